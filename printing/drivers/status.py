"""The ESC/POS questions and answers by which a printer's condition is known.

After Epson's command reference: DLE EOT n answers one byte of the fixed pattern 0xx1xx10, automatic
status four bytes of which the first is 0xx1xx00, GS ( H function 48 answers 37 22 d1 d2 d3 d4 00.
"""

from dataclasses import dataclass, field

from printing.health import Health

ASK_PRINTER, ASK_OFFLINE, ASK_PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
STATUS_BACK_ON = b"\x1da\xff"

_OFFLINE_BIT = 0x08
_COVER_BIT, _PAPER_STOP_BIT, _ERROR_BIT = 0x04, 0x20, 0x40
_PAPER_END_BITS = 0x60


def ask_done(number: bytes) -> bytes:
    """GS ( H: have the printer answer with these four bytes when all before is printed.

    Each byte must be 32 to 126.
    """
    return b"\x1d(H\x06\x0000" + number


def is_status(byte: int) -> bool:
    """Whether this can be an answer to DLE EOT at all; a wrong device on the port rarely hits it."""
    return byte & 0x93 == 0x12


def judge(printer: int, offline: int, paper: int) -> Health:
    """Health from the three answers to DLE EOT 1, 2 and 4."""
    if paper & _PAPER_END_BITS or offline & _PAPER_STOP_BIT:
        return Health.PAPER_OUT
    if offline & _COVER_BIT:
        return Health.COVER_OPEN
    if offline & _ERROR_BIT:
        return Health.ERROR
    return Health.OFFLINE if printer & _OFFLINE_BIT else Health.READY


@dataclass(slots=True)
class Answers:
    """What a printer sent back, sorted; bytes that fit nothing are counted and dropped."""

    statuses: list[int] = field(default_factory=list)
    done: list[bytes] = field(default_factory=list)
    automatic: Health | None = None
    stray: int = 0
    _pending: bytearray = field(default_factory=bytearray)

    @property
    def stopped(self) -> bool:
        """Whether the printer said by itself that it can't go on."""
        return self.automatic not in (None, Health.READY)

    def feed(self, data: bytes) -> None:
        """More bytes from the printer, cut anywhere."""
        self._pending.extend(data)
        while self._pending and self._one():
            pass

    def _one(self) -> bool:
        """Take one answer off the front; false when its rest has not come yet."""
        lead = self._pending[0]
        if lead == 0x37 and len(self._pending) < 2:
            return False
        if lead == 0x37 and self._pending[1] == 0x22:
            if len(self._pending) < 7:
                return False
            self.done.append(bytes(self._pending[2:6]))
            return self._drop(7)
        if lead & 0x93 == 0x10:
            if len(self._pending) < 4:
                return False
            self.automatic = _automatic(self._pending[0], self._pending[2])
            return self._drop(4)
        if is_status(lead):
            self.statuses.append(lead)
        else:
            self.stray += 1
        return self._drop(1)

    def _drop(self, count: int) -> bool:
        del self._pending[:count]
        return True


def _automatic(first: int, third: int) -> Health:
    if third & 0x0C:
        return Health.PAPER_OUT
    if first & 0x20:
        return Health.COVER_OPEN
    return Health.OFFLINE if first & _OFFLINE_BIT else Health.READY
