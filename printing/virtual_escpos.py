"""Inside a virtual printer that speaks ESC/POS."""

import re
from pathlib import Path

from printing.interpret import Command, Cut, Feed, InTurn, Paper, Parser, ProcessId, Raster, StatusBack
from printing.virtual_machine import MEMORY, Fault, Machine

_ASKED = re.compile(rb"\x10\x04([\x01-\x04])")
_ERRORS = {Fault.CUTTER: 0x08, Fault.HOT: 0x40}


class EscposMachine(Machine):
    """Carries commands out as far as paper and cover allow; the rest waits in memory."""

    def __init__(self, directory: Path | None) -> None:
        """`directory` gets every piece of paper as a PNG."""
        super().__init__(directory)
        self._parser = Parser()
        self._paper = Paper()
        self._begun: Command | None = None
        self._answers = bytearray()
        self._tail = b""
        self._status_back = False
        self._told = b""

    @property
    def room(self) -> int:
        """Bytes that still fit into memory."""
        return MEMORY - self._parser.waiting

    def connect(self) -> None:
        """A new connection: automatic status is off until it is asked for again."""
        self._status_back = False
        self._tail = b""
        self._answers.clear()

    def receive(self, data: bytes) -> bytes:
        """Take bytes in, print what can be printed, and give what is to be answered."""
        # Real-time requests are answered on receipt, whatever they are part of.
        for asked in _ASKED.finditer(self._tail + data):
            if asked.end() > len(self._tail):
                self._answers.append(self._status(asked[1][0]))
        self._tail = (self._tail + data)[-2:]
        self._parser.feed(data)
        self.run()
        if self.reports and self._status_back and self._told != self._automatic():
            self._told = self._automatic()
            self._answers.extend(self._told)
        answers = bytes(self._answers)
        self._answers.clear()
        return answers

    def run(self) -> None:
        """Carry out what is in memory until something is missing."""
        while not self.stopped:
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
            case ProcessId(number=number) if self.confirms:
                if Fault.OLD_NUMBER in self.faults:
                    self._answers.extend(b"\x37\x22!old\x00")
                answered = b"!alt" if Fault.OTHER_QUESTION in self.faults else number
                self._answers.extend(b"\x37\x22" + answered + b"\x00")
            case InTurn() if self.confirms:
                self._answers.append(0)
            case StatusBack(mask=mask):
                self._status_back = mask != 0
                self._told = b""

    def _roll(self, strip: Raster | Feed) -> Raster | Feed | None:
        """Put a strip on paper; gives back what the end of the roll left over."""
        rows = strip.rows if isinstance(strip, Feed) else len(strip.data) // strip.row_bytes
        fit = self._print_rows(rows)
        if isinstance(strip, Feed):
            self._paper.add(Feed(fit))
            return Feed(rows - fit) if fit < rows else None
        split = fit * strip.row_bytes
        self._paper.add(Raster(strip.row_bytes, strip.data[:split]))
        return Raster(strip.row_bytes, strip.data[split:]) if fit < rows else None

    def _finish_paper(self, whole: bool) -> None:
        paper, self._paper = self._paper, Paper()
        if paper.inked:
            self._drop(paper.image(), whole)

    def _status(self, asked: int) -> int:
        """The answer to DLE EOT `asked`: 1 printer, 2 why offline, 3 errors, 4 paper."""
        faults = self.faults
        error = sum(bit for fault, bit in _ERRORS.items() if fault in faults)
        out = Fault.PAPER_OUT in faults
        stopped = out or error or faults & {Fault.COVER_OPEN, Fault.OFFLINE, Fault.PAUSED}
        bits = {
            1: 0x08 * bool(stopped),
            2: 0x04 * (Fault.COVER_OPEN in faults) | 0x20 * out | 0x40 * bool(error),
            3: error,
            4: 0x60 * out,
        }
        if Fault.OTHER_QUESTION in faults:
            asked = asked % 4 + 1
        return 0x12 | bits[asked]

    def _automatic(self) -> bytes:
        """The four bytes of automatic status."""
        offline = self._status(1) & 0x08
        cover = 0x20 * (Fault.COVER_OPEN in self.faults)
        error = sum(bit for fault, bit in _ERRORS.items() if fault in self.faults)
        return bytes((0x10 | offline | cover, error, 0x0C * (Fault.PAPER_OUT in self.faults), 0))
