"""The log of a running station: what its background threads caught, without anybody's data and without secrets."""

import logging
import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from sqlalchemy.exc import DBAPIError

from data.errors import DataError
from picker.config import Settings
from picker.safe import clean
from printing.abilities import PrinterError
from printing.jobs import SpoolError

_ROOMS = ("picker", "printing", "scanning", "data")
_LARGEST, _KEPT = 1_000_000, 1
"""Bytes after which the file is moved aside, and how many older ones are kept."""
_WORDED = (OSError, DataError, PrinterError, SpoolError)
"""Errors whose sentences are of files, devices and databases; those of any other may quote a buyer's name."""
_SECRET = re.compile(r"(://[^/\s:@]*):[^/\s@]*@|\b(password|passwd|pwd|token|secret)=\S+", re.IGNORECASE)

_Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def log_file(settings: Settings) -> Path:
    """Return the file of this station's log; it is there once something was written."""
    return settings.home / f"log-{settings.station}.txt"


@contextmanager
def logging_here(settings: Settings, on_fault: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Write into this station's log for as long as this lasts.

    `on_fault` is called, on the thread that met it, for every warning and error. A disk that takes no log costs
    the log and nothing else.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    writer = _Quiet(log_file(settings), maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True)
    writer.setFormatter(_Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    teller = _Teller(on_fault)
    loggers = [logging.getLogger(room) for room in _ROOMS]
    for logger in loggers:
        logger.addHandler(writer)
        logger.addHandler(teller)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(writer)
            logger.removeHandler(teller)
            logger.setLevel(logging.NOTSET)
            logger.propagate = True
        writer.close()


class _Quiet(RotatingFileHandler):
    """A log that can't be written must not write over the screen."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Do nothing: there is nowhere left to say it."""


class _Teller(logging.Handler):
    def __init__(self, on_fault: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._on_fault = on_fault

    def emit(self, record: logging.LogRecord) -> None:
        """Pass on that something went wrong."""
        self._on_fault()


class _Formatter(logging.Formatter):
    """One line a record, and below it where an exception came from: no values, no parameters of a query."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's lines without secrets."""
        return "\n".join(
            clean(_SECRET.sub(_hidden, line), 400) for line in super().format(record).splitlines()
        )

    def formatException(self, ei: _Caught) -> str:  # noqa: N802 - logging's own name
        """Return an exception's places and kind, with its words where they can't quote a buyer."""
        _, error, trace = ei
        if error is None:
            return ""
        places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*places, f"  {described(error)}"])


def _hidden(secret: re.Match[str]) -> str:
    return f"{secret[1]}:…@" if secret[1] else f"{secret[2]}=…"


def described(error: BaseException) -> str:
    """Return an error's kind, and its first line where that can't quote what customers wrote."""
    kind = type(error).__name__
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
        return f"{kind} {code or type(error.orig).__name__}"
    first = next(iter(str(error).strip().splitlines()), "") if isinstance(error, _WORDED) else ""
    return f"{kind}: {first}" if first else kind
