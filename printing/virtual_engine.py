"""Inside the virtual printer: memory, paper and the answers to status requests."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from printing.interpret import Command, Cut, Feed, Paper, Parser, ProcessId, Raster, StatusBack

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY = 262_144
_ASKED = re.compile(rb"\x10\x04([\x01-\x04])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of paper; `whole` means printed to its end and cut, not torn."""

    image: "Image"
    whole: bool


class Engine:
    """Carries commands out as far as paper and cover allow; the rest waits in memory."""

    def __init__(self, directory: Path | None) -> None:
        """`directory` gets every piece of paper as a PNG."""
        self.rows_left: int | None = None
        self.cover_open = False
        self.done: list[Piece] = []
        self._directory = directory
        self._parser = Parser()
        self._paper = Paper()
        self._begun: Command | None = None
        self._answers = bytearray()
        self._tail = b""
        self._confirms = True
        self._status_back = False
        self._told: bytes = b""

    @property
    def room(self) -> int:
        """Bytes that still fit into memory; none left means that nothing more is read."""
        return MEMORY - self._parser.waiting

    def connect(self) -> None:
        """A new connection: automatic status is off until it is asked for again."""
        self._status_back = False
        self._tail = b""
        self._answers.clear()

    def receive(self, data: bytes, confirms: bool) -> bytes:
        """Take bytes in, print what can be printed, and give what is to be answered."""
        self._confirms = confirms
        # Real-time requests are answered on receipt, whatever they are part of.
        for asked in _ASKED.finditer(self._tail + data):
            if asked.end() > len(self._tail):
                self._answers.append(self._status(asked[1][0]))
        self._tail = (self._tail + data)[-2:]
        self._parser.feed(data)
        self.run()
        if self._status_back and self._told != self._automatic():
            self._told = self._automatic()
            self._answers.extend(self._told)
        answers = bytes(self._answers)
        self._answers.clear()
        return answers

    def run(self) -> None:
        """Carry out what is in memory until something is missing."""
        while not self.cover_open and self.rows_left != 0:
            command = self._begun or self._parser.take()
            self._begun = None
            if command is None:
                return
            self._do(command)

    def lose_power(self) -> None:
        """Forget everything; paper that was begun is torn off."""
        self._parser = Parser()
        self._begun = None
        if self._paper.inked:
            self._finish_paper(whole=False)
        self._paper = Paper()

    def _do(self, command: Command) -> None:
        match command:
            case Raster() | Feed():
                self._begun = self._roll(command)
            case Cut():
                self._finish_paper(whole=True)
            case ProcessId(number=number) if self._confirms:
                self._answers.extend(b"\x37\x22" + number + b"\x00")
            case StatusBack(mask=mask):
                self._status_back = mask != 0
                self._told = b""

    def _roll(self, strip: Raster | Feed) -> Raster | Feed | None:
        """Put a strip on paper; gives back what the end of the roll left over."""
        rows = strip.rows if isinstance(strip, Feed) else len(strip.data) // strip.row_bytes
        if self.rows_left is None or rows <= self.rows_left:
            self._paper.add(strip)
            if self.rows_left is not None:
                self.rows_left -= rows
            return None
        fit, self.rows_left = self.rows_left, 0
        if isinstance(strip, Feed):
            self._paper.add(Feed(fit))
            return Feed(rows - fit)
        split = fit * strip.row_bytes
        self._paper.add(Raster(strip.row_bytes, strip.data[:split]))
        return Raster(strip.row_bytes, strip.data[split:])

    def _finish_paper(self, whole: bool) -> None:
        from printing.drivers.file import write_whole
        from printing.export import image_png

        paper, self._paper = self._paper, Paper()
        if not paper.inked:
            return
        self.done.append(Piece(paper.image(), whole))
        if self._directory is not None:
            self._directory.mkdir(parents=True, exist_ok=True)
            name = f"paper-{len(self.done):04d}{'' if whole else '-torn'}.png"
            write_whole(self._directory / name, image_png(self.done[-1].image))

    @property
    def _paper_out(self) -> bool:
        return self.rows_left == 0

    def _status(self, asked: int) -> int:
        """The answer to DLE EOT `asked`: 1 printer, 2 why offline, 3 errors, 4 paper."""
        bits = {
            1: 0x08 * (self._paper_out or self.cover_open),
            2: 0x04 * self.cover_open | 0x20 * self._paper_out,
            3: 0,
            4: 0x60 * self._paper_out,
        }
        return 0x12 | bits[asked]

    def _automatic(self) -> bytes:
        """The four bytes of automatic status."""
        offline = 0x08 * (self._paper_out or self.cover_open)
        return bytes((0x10 | offline | 0x20 * self.cover_open, 0, 0x0C * self._paper_out, 0))
