"""The folder into which a shop system drops carriers' labels, named after their orders.

`ORD-100234.pdf` is for the order's first parcel (and, with several pages, for those after it),
`ORD-100234-2.zpl` for its second. What was taken in goes to the folder `done`, what was refused to
`refused` with a text file that says why, and onto the lead's list.
"""

import logging
import os
import re
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from data.engine import Database
from data.errors import DataError
from data.store import exceptions
from data.types import ExceptionKind, OrderId
from picker.config import Settings
from picker.errors import Mistake
from picker.services.documents.carrier_labels import LabelFile, NotAttached, attach, label_medium, left_out
from picker.services.logfile import described
from picker.services.orders.lookups import order_number
from printing.text import clean

ENDINGS = frozenset({".pdf", ".png", ".zpl"})
LOOK_SECONDS = 2.0
YOUNG_SECONDS = 10.0
"""A file that can't be read and is younger may still be on its way."""
MOST_BYTES = 20_000_000
TAKEN_BY = "folder"
SETTLED_SECONDS = 1.0
"""A file that was written to more recently is looked at twice: ZPL may be whole before its last label is."""
_UNFINISHED = (".", "~")
"""How programs name what they are still copying."""
_LONGEST_NAME = 120


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `why` is "" when it was taken in."""

    name: str
    words: str
    why: str = ""


def collect(db: Database, settings: Settings, now: datetime) -> Iterator[Outcome]:
    """Take in every label that lies in the folder; each is reported as soon as it is dealt with.

    Safe beside other stations on the same folder: whoever moves a file away has it. Raises OSError when
    the folder can't be read.
    """
    folder = settings.carrier_labels
    if folder is None:
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith(_UNFINISHED):
            continue
        if path.suffix.lower() in ENDINGS and path.is_file():
            outcome = _take(db, settings, path, now)
            if outcome is not None:
                yield outcome


@contextmanager
def watching(db: Database, settings: Settings) -> Iterator[None]:
    """Look into the folder every `LOOK_SECONDS` in a thread of its own, where the settings name one."""
    if settings.carrier_labels is None:
        yield
        return
    stopping = threading.Event()
    thread = threading.Thread(target=_watch, args=(db, settings, stopping), name="labels", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(LOOK_SECONDS)


def _watch(db: Database, settings: Settings, stopping: threading.Event) -> None:
    while not stopping.wait(LOOK_SECONDS):
        try:
            for outcome in collect(db, settings, datetime.now(UTC)):
                _log.info("label %s: %s", outcome.name, outcome.words)
        except (OSError, SQLAlchemyError, DataError) as error:
            # The folder or the database is away: the next look finds both as they were.
            _log.warning("labels in %s: %s", settings.carrier_labels, described(error))


def _take(db: Database, settings: Settings, path: Path, now: datetime) -> Outcome | None:
    """`None` for a file that is still being written, or that another station has just taken."""
    with suppress(FileNotFoundError):
        status = path.stat()
        if not _settled(path, status):
            return None
        try:
            words = _attached(db, settings, path, status.st_size)
        except Mistake as error:
            if now.timestamp() - status.st_mtime < YOUNG_SECONDS:
                return None
            return _refuse(db, path, str(error))
        _move(path, path.parent / "done")
        return Outcome(_name(path), words)
    return None


def _settled(path: Path, status: os.stat_result) -> bool:
    """Whether nobody has written to the file for a moment, which is waited for."""
    age = time.time() - status.st_mtime
    if not 0 <= age < SETTLED_SECONDS:
        return True
    time.sleep(SETTLED_SECONDS - age)
    later = path.stat()
    return (later.st_size, later.st_mtime_ns) == (status.st_size, status.st_mtime_ns)


def _name(path: Path) -> str:
    """The file's name in words: it may hold anything, even what is no text."""
    return clean(path.name, _LONGEST_NAME)


def _attached(db: Database, settings: Settings, path: Path, size: int) -> str:
    if size > MOST_BYTES:
        raise NotAttached(f"{_name(path)}: expected at most {MOST_BYTES} bytes, got {size}")
    stem = unicodedata.normalize("NFC", path.stem)
    if clean(stem, len(stem)) != stem:
        raise NotAttached(f"{_name(path)}: expected the number of an order")
    order, parcel = _address(db, stem)
    file = LabelFile(_name(path), path.read_bytes(), parcel)
    attached = attach(db, OrderId(order), file, label_medium(settings), settings.carrier_zpl, TAKEN_BY)
    words = f"{order}: label of parcel {', '.join(str(label.parcel) for label in attached)}"
    return "; ".join(part for part in (words, left_out(attached)) if part)


def _address(db: Database, stem: str) -> tuple[str, int]:
    """The order and parcel that a file's name speaks of. Raises NotAttached when it could be two orders'."""
    whole = order_number(db, stem)
    parts = re.fullmatch(r"(.+)-([1-9][0-9]{0,2})", stem, re.ASCII)
    numbered = order_number(db, parts[1]) if parts else ""
    if whole and numbered:
        raise NotAttached(
            f"{stem}: is it order {whole}, or parcel {parts[2] if parts else ''} of {numbered}?"
        )
    if whole:
        return whole, 1
    if not numbered or parts is None:
        raise NotAttached(f"{stem}: there is no such order")
    return numbered, int(parts[2])


def _refuse(db: Database, path: Path, why: str) -> Outcome:
    target = _move(path, path.parent / "refused")
    target.with_name(f"{target.name}.txt").write_text(f"{why}\n", encoding="utf-8")
    with db.writer.begin() as connection:
        detail: dict[str, object] = {"file": _name(path), "why": why}
        exceptions.report(connection, ExceptionKind.CARRIER_LABEL, None, detail, datetime.now(UTC))
    return Outcome(_name(path), f"refused: {why}", why)


def _move(path: Path, folder: Path) -> Path:
    """Move a file; one of the same name that lies there is kept. Raises FileNotFoundError if it is gone."""
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}.{number}{path.suffix}"
    return path.rename(target)
