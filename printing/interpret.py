"""A reader of the ESC/POS that this program sends: from bytes back to the paper they make.

After Epson's ESC/POS command reference (GS v 0, GS V, ESC d, ESC J, ESC @, GS a, GS r, GS ( , DLE EOT).
Anything else is text or a command that has no business in a raster job, and is kept as rubbish.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LINE_ROWS = 30
"""Rows of one line feed: 1/6 inch at 180 dpi, Epson's default."""


@dataclass(frozen=True, slots=True)
class Raster:
    """Rows of dots, `row_bytes` each, a set bit is black."""

    row_bytes: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank rows."""

    rows: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The paper is cut here."""


@dataclass(frozen=True, slots=True)
class Reset:
    """ESC @."""


@dataclass(frozen=True, slots=True)
class StatusBack:
    """GS a: automatic status on (any bit) or off."""

    mask: int


@dataclass(frozen=True, slots=True)
class ProcessId:
    """GS ( H, function 48: answer with these four bytes when everything before is printed."""

    number: bytes


@dataclass(frozen=True, slots=True)
class InTurn:
    """GS r: answer with one byte when everything before is carried out."""


@dataclass(frozen=True, slots=True)
class Rubbish:
    """A byte that a printer would print as text or mistake for a command."""

    byte: int


Command = Raster | Feed | Cut | Reset | StatusBack | ProcessId | InTurn | Rubbish


class Parser:
    """Cuts a stream of bytes into commands; half a command waits for its rest."""

    def __init__(self) -> None:
        """An empty stream."""
        self._pending = bytearray()

    @property
    def waiting(self) -> int:
        """Bytes of a command that isn't complete yet."""
        return len(self._pending)

    def feed(self, data: bytes) -> None:
        """More of the stream."""
        self._pending.extend(data)

    def take(self) -> Command | None:
        """The next whole command, or `None` until more comes."""
        while self._pending:
            taken = _command(self._pending)
            if taken is None:
                return None
            length, command = taken
            del self._pending[:length]
            if command is not None:
                return command
        return None


class Paper:
    """Rows as they leave the print head, up to the next cut."""

    def __init__(self) -> None:
        """Blank paper of no length yet."""
        self._strips: list[Raster | Feed] = []

    @property
    def inked(self) -> bool:
        """Whether there is more than blank feed."""
        return any(isinstance(strip, Raster) for strip in self._strips)

    def add(self, strip: Raster | Feed) -> None:
        """More paper."""
        self._strips.append(strip)

    def image(self) -> "Image":
        """The paper as mode "1", as wide as its widest raster."""
        from PIL import Image

        rasters = [strip for strip in self._strips if isinstance(strip, Raster)]
        width = max((strip.row_bytes for strip in rasters), default=1) * 8
        paper = Image.new("1", (width, sum(_rows(strip) for strip in self._strips)), 1)
        y = 0
        for strip in self._strips:
            if isinstance(strip, Raster) and strip.data:
                size = (strip.row_bytes * 8, _rows(strip))
                paper.paste(Image.frombytes("1", size, strip.data, "raw", "1;I"), (0, y))
            y += _rows(strip)
        return paper


def papers(data: bytes) -> list["Image"]:
    """The pieces of paper that a job makes, each up to its cut and its feed included.

    Raises `ValueError` for bytes that a printer would take for text or that end within a command.
    """
    done: list[Image] = []
    paper = Paper()
    parser = Parser()
    for command in commands(parser, data):
        if isinstance(command, Rubbish):
            raise ValueError(f"print job: expected ESC/POS raster commands, got byte 0x{command.byte:02x}")
        if isinstance(command, (Raster, Feed)):
            paper.add(command)
        elif isinstance(command, Cut):
            done.append(paper.image())
            paper = Paper()
    if parser.waiting or paper.inked:
        raise ValueError(f"print job: expected a cut at the end, got {parser.waiting} bytes of a command")
    return done


def commands(parser: Parser, data: bytes) -> Iterator[Command]:
    """The whole commands within `data`, after what the parser held before."""
    parser.feed(data)
    while (command := parser.take()) is not None:
        yield command


def _rows(strip: Raster | Feed) -> int:
    return strip.rows if isinstance(strip, Feed) else len(strip.data) // strip.row_bytes


def _command(data: bytearray) -> tuple[int, Command | None] | None:
    """Length and meaning of the command at the start; `None` when it isn't all there."""
    lead = bytes(data[:2])
    match lead[:1]:
        case b"\x00":
            return 1, None
        case b"\n":
            return 1, Feed(LINE_ROWS)
        case b"\x10" | b"\x1b" | b"\x1d" if len(lead) < 2:
            return None
    match lead:
        case b"\x1b@":
            return 2, Reset()
        case b"\x10\x04" | b"\x10\x05":
            return None if len(data) < 3 else (3, None)
        case b"\x1bd" | b"\x1bJ":
            return None if len(data) < 3 else (3, Feed(data[2] * (LINE_ROWS if lead == b"\x1bd" else 1)))
        case b"\x1da":
            return None if len(data) < 3 else (3, StatusBack(data[2]))
        case b"\x1dr":
            return None if len(data) < 3 else (3, InTurn())
        case b"\x1dV":
            return _cut(data)
        case b"\x1dv":
            return _raster(data)
        case b"\x1d(":
            return _function(data)
    return 1, Rubbish(data[0])


def _cut(data: bytearray) -> tuple[int, Command] | None:
    if len(data) < 3:
        return None
    length = 3 if data[2] in (0, 1, 48, 49) else 4
    return None if len(data) < length else (length, Cut())


def _raster(data: bytearray) -> tuple[int, Command] | None:
    if len(data) < 8:
        return None
    row_bytes = data[4] + data[5] * 256
    length = 8 + row_bytes * (data[6] + data[7] * 256)
    if data[2] != 0x30 or not row_bytes:
        return 1, Rubbish(data[0])
    return None if len(data) < length else (length, Raster(row_bytes, bytes(data[8:length])))


def _function(data: bytearray) -> tuple[int, Command | None] | None:
    if len(data) < 5:
        return None
    length = 5 + data[3] + data[4] * 256
    if len(data) < length:
        return None
    if data[2] == ord("H") and length == 11 and data[5:7] == b"00":
        return length, ProcessId(bytes(data[7:11]))
    return length, None
