"""The ESC/POS questions and answers by which a printer's condition is known.

After Epson's command reference: DLE EOT n answers one byte of the fixed pattern 0xx1xx10; automatic
status is four bytes, the first 0xx1xx00 and the others 0xx0xxxx; GS ( H function 48 answers
37 22 d1 d2 d3 d4 00; GS r answers one byte 0xx0xxxx when everything before it was carried out.
"""

from dataclasses import dataclass, field

from printing.health import Health

ASK_PRINTER, ASK_OFFLINE, ASK_ERROR, ASK_PAPER = (b"\x10\x04" + bytes((n,)) for n in (1, 2, 3, 4))
STATUS_BACK_ON = b"\x1da\xff"
ASK_IN_TURN = b"\x1dr\x01"

# In the answer to DLE EOT 1: offline, waiting to be set online again, paper fed by its button.
_NOT_ONLINE_BITS = 0x68
# In the answer to DLE EOT 2, beside those below: paper fed by its button.
_COVER_BIT, _FEEDING_BIT, _PAPER_STOP_BIT, _ERROR_BIT = 0x04, 0x08, 0x20, 0x40
_CUTTER_BIT, _HOT_BIT = 0x08, 0x40
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
    """Health from the three answers to DLE EOT 1, 2 and 4; each of them alone can say no.

    That way a stray byte that shifts the answers by one still can't pass off a printer without paper
    as ready.
    """
    if paper & _PAPER_END_BITS or offline & _PAPER_STOP_BIT:
        return Health.PAPER_OUT
    if offline & _COVER_BIT:
        return Health.COVER_OPEN
    if offline & _ERROR_BIT:
        return Health.ERROR
    if offline & _FEEDING_BIT or printer & _NOT_ONLINE_BITS:
        return Health.OFFLINE
    return Health.READY


def judge_error(error: int) -> Health:
    """Which error it is, from the answer to DLE EOT 3; only a hot head mends itself."""
    if error & _CUTTER_BIT:
        return Health.CUTTER
    return Health.HOT if error & _HOT_BIT else Health.ERROR


@dataclass(slots=True)
class Answers:
    """What a printer sent back, sorted; bytes that fit nothing are counted as stray and dropped.

    `in_turn` counts what can be an answer to GS r, `stops` the reports that it can't go on.
    """

    statuses: list[int] = field(default_factory=list)
    done: list[bytes] = field(default_factory=list)
    automatic: Health | None = None
    in_turn: int = 0
    stray: int = 0
    stops: int = 0
    _pending: bytearray = field(default_factory=bytearray)

    @property
    def stopped(self) -> bool:
        """Whether the printer said by itself that it can't go on."""
        return self.automatic not in (None, Health.READY)

    @property
    def noise(self) -> int:
        """Bytes since these counts were set to 0 that answer no question for the status."""
        return self.stray + self.in_turn + len(self._pending)

    def feed(self, data: bytes) -> None:
        """More bytes from the printer, cut anywhere."""
        self._pending.extend(data)
        while self._pending and self._one():
            pass

    def _one(self) -> bool:
        """Take one answer off the front; false when its rest has not come yet."""
        lead, rest = self._pending[0], self._pending[1:]
        if lead == 0x37 and _may_be_done(rest):
            if len(rest) < 6:
                return False
            self.done.append(bytes(rest[1:5]))
            return self._drop(7)
        if lead & 0x93 == 0x10 and not any(byte & 0x90 for byte in rest[:3]):
            if len(rest) < 3:
                return False
            self.automatic = _automatic(lead, rest[0], rest[1])
            self.stops += self.stopped
            return self._drop(4)
        if is_status(lead):
            self.statuses.append(lead)
        elif lead & 0x90 == 0:
            self.in_turn += 1
        else:
            self.stray += 1
        return self._drop(1)

    def _drop(self, count: int) -> bool:
        del self._pending[:count]
        return True


def _may_be_done(rest: bytearray) -> bool:
    """Whether these bytes, as far as they have come, follow 37 in an answer to GS ( H."""
    if (rest and rest[0] != 0x22) or not all(32 <= byte <= 126 for byte in rest[1:5]):
        return False
    return len(rest) < 6 or rest[5] == 0


def _automatic(first: int, second: int, third: int) -> Health:
    if third & 0x0C:
        return Health.PAPER_OUT
    if first & 0x20:
        return Health.COVER_OPEN
    if second & _CUTTER_BIT:
        return Health.CUTTER
    if second & _HOT_BIT:
        return Health.HOT
    if second & 0x24:
        return Health.ERROR
    return Health.OFFLINE if first & 0x48 else Health.READY
