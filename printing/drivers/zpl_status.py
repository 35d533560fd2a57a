"""The ZPL questions and answers by which a label printer's condition is known.

After Zebra's ZPL II programming guide: ~HS answers three strings between STX and ETX, of 12, 11 and 2
values; ~HQES answers lines with "ERRORS:" and "WARNINGS:", each a flag and two hexadecimal words of
bits; ~HI answers model, version, dots per mm and memory; ~JX drops a format that was only received in
part; getvar answers a value between quotes. A printer without media or ribbon, or with
its head open, may not answer ~HS at all.
"""

import re
from dataclasses import dataclass, field

from printing.health import Health

ASK_HOST, ASK_ERRORS, DROP_PARTIAL = b"~HS", b"~HQES", b"~JX"
ASK_MODEL, ASK_WIDTH = b"~HI", b'! U1 getvar "ezpl.print_width"\r\n'

# A string of values, or the line of errors, which printers put between STX and ETX too or not at all, or
# a value of getvar; whichever comes first.
_ANSWER = re.compile(
    rb"\x02(?P<string>[0-9A-Za-z .,_-]{1,120})\x03"
    rb"|ERRORS:\s*(?P<flag>[01])\s+[0-9A-Fa-f]{8}\s+(?P<bits>[0-9A-Fa-f]{8})"
    rb'|"(?P<value>[0-9]{2,5})"'
)
_ERROR_BITS = (
    (0x01, Health.PAPER_OUT),
    (0x02, Health.RIBBON_OUT),
    (0x04, Health.COVER_OPEN),
    (0x08, Health.CUTTER),
    (0x30, Health.HOT),
)
_KEPT = 4096
"""Bytes that are kept for want of an end; an answer is far shorter."""


@dataclass(frozen=True, slots=True)
class HostStatus:
    """One answer to ~HS: health, formats and labels still to come, a format received in part, label length in dots."""

    health: Health
    waiting: int
    partial: bool
    length_dots: int = 0

    @property
    def idle(self) -> bool:
        """Whether nothing is left to print."""
        return not self.waiting and not self.partial


@dataclass(slots=True)
class HostAnswers:
    """What a label printer sent back, sorted; `heard` counts every byte of it."""

    statuses: list[HostStatus] = field(default_factory=list)
    errors: list[Health] = field(default_factory=list)
    heard: int = 0
    model: str = ""
    dots_per_mm: int | None = None
    width_dots: int | None = None
    _strings: list[list[bytes]] = field(default_factory=list)
    _pending: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> None:
        """More bytes from the printer, cut anywhere."""
        self.heard += len(data)
        self._pending.extend(data)
        while (match := _ANSWER.search(self._pending)) is not None:
            if match["string"]:
                self._take_string(match["string"].split(b","))
            elif match["flag"]:
                self.errors.append(_judge_errors(match["flag"], int(match["bits"], 16)))
            else:
                self.width_dots = int(match["value"])
            del self._pending[: match.end()]
        del self._pending[:-_KEPT]

    def _take_string(self, values: list[bytes]) -> None:
        """Three strings of the right lengths in a row are one answer to ~HS, one of four is to ~HI."""
        if len(values) == 4 and values[2].isdigit():
            self.model, self.dots_per_mm = values[0].decode("ascii", "replace"), int(values[2])
        self._strings = [*self._strings, values][-3:]
        if [len(string) for string in self._strings] != [12, 11, 2]:
            return
        first, second, _ = self._strings
        self._strings = []
        if all(value.strip().isdigit() for value in (*first[1:], *second[2:4], second[8])):
            self.statuses.append(_judge(first, second))


def _judge(one: list[bytes], two: list[bytes]) -> HostStatus:
    """Letters of the guide: b, c, dddd, eee, f, h, j, k, l of the first string; o, p, uuuuuuuu of the second."""
    first = [0, *(int(value) for value in one[1:])]
    second = [0, 0, int(two[2]), int(two[3]), 0, 0, 0, 0, int(two[8])]
    faults = (
        (first[1], Health.PAPER_OUT),
        (second[3], Health.RIBBON_OUT),
        (second[2], Health.COVER_OPEN),
        (first[11], Health.HOT),
        (first[9] or first[10], Health.ERROR),
        (first[2], Health.PAUSED),
        (first[5], Health.BUSY),
    )
    health = next((health for fault, health in faults if fault), Health.READY)
    return HostStatus(health, waiting=first[4] + second[8], partial=bool(first[7]), length_dots=first[3])


def _judge_errors(flag: bytes, bits: int) -> Health:
    if flag == b"0":
        return Health.READY
    return next((health for mask, health in _ERROR_BITS if bits & mask), Health.ERROR)
