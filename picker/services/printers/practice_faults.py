"""What a trainee may break at the virtual printer, one thing after the other."""

from printing.virtual import VirtualPrinter
from printing.virtual_machine import Fault

_INSIDE_A_JOB = 2000
"""Bytes of the next job after which its connection or its power goes."""
FAULTS: tuple[tuple[Fault, int | None], ...] = (
    (Fault.PAPER_OUT, None),
    (Fault.COVER_OPEN, None),
    (Fault.CUTTER, None),
    (Fault.HOT, None),
    (Fault.OFFLINE, None),
    (Fault.BUSY, None),
    (Fault.MUTE, None),
    (Fault.RESET, _INSIDE_A_JOB),
    (Fault.POWER_CYCLE, _INSIDE_A_JOB),
)


class PracticeFaults:
    """The switches of one virtual printer; at most one is on."""

    def __init__(self, printer: VirtualPrinter) -> None:
        self._printer = printer
        self._next = 0
        self.now = ""

    def cause_next(self) -> None:
        """Mend what is broken and break the next thing; `now` names it."""
        fault, after = FAULTS[self._next]
        self.mend()
        self._printer.cause(fault, after)
        self._next = (self._next + 1) % len(FAULTS)
        self.now = fault.value

    def mend(self) -> None:
        """Mend everything; `now` is empty then."""
        self._printer.mend()
        self.now = ""
