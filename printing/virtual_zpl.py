"""Inside a virtual printer that speaks ZPL."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from printing.virtual_machine import MEMORY, STOPPING, Fault, Machine

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH_DOTS, LENGTH_DOTS = 812, 1218
_SEEN = re.compile(rb'~HS|~HQES|~HI|~JX|\^XZ|! U1 getvar "ezpl.print_width"\r\n')
_ERRORS = {
    Fault.PAPER_OUT: 1,
    Fault.RIBBON_OUT: 2,
    Fault.COVER_OPEN: 4,
    Fault.CUTTER: 8,
    Fault.HOT: 0x10,
}


class ZplMachine(Machine):
    """Prints formats one after the other; one that was cut short is printed again when it is mended.

    `tells` says whether ~HS is answered while media or ribbon are out or the head is open; by Zebra's
    guide it is not, and many printers do it all the same. Its head and its loaded label can be others.
    """

    def __init__(self, directory: Path | None) -> None:
        """`directory` gets every piece of paper as a PNG."""
        super().__init__(directory)
        self.tells = False
        self.dots_per_mm, self.length_dots = 8, LENGTH_DOTS
        self._pending = bytearray()
        self._formats: list[bytes] = []

    @property
    def room(self) -> int:
        """Bytes that still fit into memory."""
        return MEMORY - len(self._pending) - sum(map(len, self._formats))

    def connect(self) -> None:
        """A new connection: what came over the last one stays in memory."""

    def receive(self, data: bytes) -> bytes:
        """Take bytes in, print whole formats, and answer."""
        self._pending.extend(data)
        self.run()
        answers = bytearray()
        while (seen := _SEEN.search(self._pending)) is not None:
            asked = bytes(seen[0])
            if asked == b"^XZ":
                self._take_format(bytes(self._pending[: seen.end()]))
                del self._pending[: seen.end()]
                continue
            del self._pending[seen.start() : seen.end()]
            answers.extend(self._answer(asked))
        return bytes(answers)

    def run(self) -> None:
        """Print the formats in memory until something is missing."""
        while self._formats and not self.stopped:
            for image in _images(self._formats[0]):
                fit = self._print_rows(image.height)
                if fit < image.height:
                    self._drop(image.crop((0, 0, image.width, max(1, fit))), whole=False)
                    return
                self._drop(image, whole=True)
            del self._formats[0]

    def lose_power(self) -> None:
        """Forget everything."""
        self._pending.clear()
        self._formats.clear()

    def _take_format(self, data: bytes) -> None:
        """A format begins at the last ^XA; what came before it is the rest of a broken one."""
        begin = data.rfind(b"^XA")
        if begin >= 0:
            self._formats.append(data[begin:])
            self.run()

    def _answer(self, asked: bytes) -> bytes:
        if asked == b"~JX":
            if b"^XA" in self._pending:
                del self._pending[self._pending.rindex(b"^XA") :]
            return b""
        if Fault.OTHER_QUESTION in self.faults or asked == b"~HI":
            return f"\x02VIRTUAL,V1.0,{self.dots_per_mm},8192KB\x03\r\n".encode()
        if asked == b"~HS":
            return self._host_status()
        if asked == b"~HQES":
            bits = sum(bit for fault, bit in _ERRORS.items() if fault in self.faults)
            words = f"\r\n  PRINTER STATUS\r\n   ERRORS:         {int(bits > 0)} 00000000 {bits:08X}\r\n"
            return f"\x02{words}   WARNINGS:       0 00000000 00000000\r\n\x03".encode()
        return f'"{WIDTH_DOTS}"'.encode()

    def _host_status(self) -> bytes:
        faults = self.faults
        if not self.tells and faults & (STOPPING - {Fault.PAUSED, Fault.OFFLINE}):
            return b""
        partial = b"^XA" in self._pending
        paused = bool(faults & {Fault.PAUSED, Fault.OFFLINE, Fault.CUTTER})
        first = (
            f"030,{int(Fault.PAPER_OUT in faults)},{int(paused)},{self.length_dots:04d},{len(self._formats):03d},0,0,"
            f"{int(partial)},000,0,0,{int(Fault.HOT in faults)}"
        )
        second = f"000,0,{int(Fault.COVER_OPEN in faults)},{int(Fault.RIBBON_OUT in faults)},0,2,4,0,00000000,1,000"
        return f"\x02{first}\x03\r\n\x02{second}\x03\r\n\x021234,0\x03\r\n".encode()


def _images(data: bytes) -> list["Image"]:
    """The labels that a format makes; what can't be drawn here, as a carrier's own may be, is blank."""
    from PIL import Image

    from printing.zpl import ZplError, labels

    try:
        return labels(data)
    except ZplError:
        return [Image.new("1", (WIDTH_DOTS, LENGTH_DOTS), 1)]
