"""A shift written down: every raw input with its time and source, one JSON object a line, and read back."""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from os import SEEK_END
from pathlib import Path

_YEARS = range(2000, 2100)
_log = logging.getLogger(__name__)


class RecordingError(ValueError):
    """A file that is no recording; the message names the line."""


@dataclass(frozen=True, slots=True)
class Started:
    """The station was opened, with these settings."""

    at: datetime
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heard:
    """Raw text as its source delivered it."""

    at: datetime
    source: str
    raw: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A command by key; `argument` is the number of an answer, from 1."""

    at: datetime
    command: str
    argument: int = 0


Moment = Started | Heard | Pressed


class Recorder:
    """Adds moments to a file; each is on its way to the disk when `write` returns."""

    def __init__(self, file: Path) -> None:
        """Raises OSError when the file can't be written."""
        self.file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and is_cut(file):
            _take_off_last_line(file)
        self._out = file.open("a", encoding="utf-8", newline="\n")

    def write(self, moment: Moment) -> None:
        """Add one moment. A disk that is full ends the recording, never the shift."""
        if self._out.closed:
            return
        try:
            self._out.write(line_of(moment) + "\n")
            self._out.flush()
        except OSError as error:
            _log.warning("%s: the recording ends here: %s", self.file, error)
            self.close()

    def close(self) -> None:
        """Close the file; what could not be written is given up."""
        try:
            self._out.close()
        except OSError as error:
            _log.warning("%s: %s", self.file, error)


def line_of(moment: Moment) -> str:
    """A moment as its line; ASCII, so that no byte of a bad scan can end a line."""
    match moment:
        case Started():
            row: dict[str, object] = {"settings": dict(moment.settings)}
        case Heard():
            row = {"source": moment.source, "raw": moment.raw}
        case Pressed():
            row = {"command": moment.command, "argument": moment.argument}
    return json.dumps({"at": moment.at.isoformat(), **row})


def read(file: Path) -> Iterator[Moment]:
    """The moments of a file in order. A last line without its end, cut off by a power cut, is left out.

    Raises:
        RecordingError: a line is none of ours.
        OSError: the file can't be read.
    """
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if line.endswith("\n") and line.strip():
                yield _moment(line, f"{file} line {number}")


def is_cut(file: Path) -> bool:
    """Whether the last line has no end, so that `read` leaves it out. Raises OSError when the file can't be read."""
    with file.open("rb") as data:
        if not data.seek(0, SEEK_END):
            return False
        data.seek(-1, SEEK_END)
        return data.read() != b"\n"


def _take_off_last_line(file: Path) -> None:
    """Make room for whole lines behind one that a power cut broke off."""
    with file.open("r+b") as data:
        data.truncate(data.read().rfind(b"\n") + 1)


def _moment(line: str, where: str) -> Moment:
    try:
        row = json.loads(line)
        at = datetime.fromisoformat(row["at"])
        if at.tzinfo is None or at.year not in _YEARS:
            raise ValueError("a time without its zone, or of no shift")
        if "settings" in row:
            return Started(at, dict(row["settings"]))
        if "raw" in row:
            return Heard(at, str(row["source"]), str(row["raw"]))
        return Pressed(at, str(row["command"]), int(row["argument"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecordingError(f"{where}: expected a moment of a recorded shift, got {line[:80]!r}") from error
