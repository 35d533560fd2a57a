"""A label printer that speaks ZPL, on any line."""

import time

from printing.abilities import Abilities
from printing.drivers.base import Payload
from printing.drivers.channel import Line
from printing.drivers.stream import SILENT_SECONDS, StreamDriver, not_ready
from printing.drivers.zpl_status import (
    ASK_ERRORS,
    ASK_HOST,
    ASK_MODEL,
    ASK_WIDTH,
    DROP_PARTIAL,
    HostAnswers,
    HostStatus,
)
from printing.escpos import RESET
from printing.health import HEALTH_WORDS, MENDABLE, Health, Outcome, Result
from printing.text import clean

LABEL_SECONDS = 20.0
"""How long a label may take beside the usual, while the printer goes on saying that it is at it."""
DPI = {6: 152, 8: 203, 12: 300, 24: 600}
"""Dots per inch of a print head, by its dots per mm as ~HI tells them."""
MODEL_LIMIT = 40
_LOOK_AGAIN = 0.2
_GARBAGE = 4


class ZplDriver(StreamDriver[HostAnswers]):
    """Asks by ~HS and ~HQES; a printer that has nothing left to print after a job has printed it.

    A printer that ran out within a label prints that label again by itself when it is mended (^JZ), so
    such a job is waited for, and when that ends without its label it is unsure.
    """

    _tells_errors: bool | None = None
    """Whether it answers ~HQES; `None` is found out."""

    _spoken = False
    """Whether it has ever answered in ZPL."""

    def _listener(self) -> HostAnswers:
        return HostAnswers()

    def _ask(self, line: Line[HostAnswers], seconds: float) -> Health:
        status = self._status(line, seconds)
        return status if isinstance(status, Health) else self._beside(line, status)

    def _status(self, line: Line[HostAnswers], seconds: float) -> HostStatus | Health:
        """The answer to ~HS; without one, why there is none, as far as the printer or whatever it is says.

        Its errors are asked for before the time is up: silence on ~HS is how many printers show a fault.
        """
        heard = line.heard
        line.drain()
        heard.statuses.clear()
        heard.errors.clear()
        heard.heard = 0
        began = time.monotonic()
        line.send(ASK_HOST, self._limits.stall)
        if not self._answered(line, lambda: bool(heard.statuses), min(seconds, self._limits.answer)):
            line.send(ASK_ERRORS, self._limits.stall)
            left = began + self._patience(seconds) - time.monotonic()
            line.wait(lambda: bool(heard.statuses or heard.errors), max(left, self._limits.answer / 2))
        self._spoken = self._spoken or bool(heard.statuses or heard.errors)
        if heard.statuses:
            return heard.statuses[-1]
        if heard.errors:
            return heard.errors[-1] if heard.errors[-1] is not Health.READY else Health.BUSY
        if not heard.heard and not self._spoken:
            # It may be a printer of ESC/POS, which would print the questions as text with its next line.
            line.send(RESET, self._limits.stall)
        return Health.WRONG_DEVICE if heard.heard >= _GARBAGE else Health.BUSY

    def _beside(self, line: Line[HostAnswers], status: HostStatus) -> Health:
        """The printer's health with what ~HS has no word for, such as a jammed cutter."""
        if status.health is not Health.READY or self._tells_errors is False:
            return status.health
        heard = line.heard
        heard.errors.clear()
        line.send(ASK_ERRORS, self._limits.stall)
        if line.wait(lambda: bool(heard.errors), self._limits.answer):
            self._tells_errors = True
            return heard.errors[-1]
        # One that answered before is only slow now.
        self._tells_errors = self._tells_errors or False
        return status.health

    def _make_ready(self, line: Line[HostAnswers], doubtful: bool) -> Result | None:
        if doubtful:
            line.send(DROP_PARTIAL, self._limits.stall)
        if not self._asks_status:
            return None
        status = self._status(line, self._limits.patience)
        if isinstance(status, HostStatus) and status.partial:
            # Nobody else is connected: it is what a broken connection left behind.
            line.send(DROP_PARTIAL, self._limits.stall)
            status = self._status(line, self._limits.patience)
        if isinstance(status, Health):
            return not_ready(status)
        health = self._beside(line, status)
        if health is not Health.READY:
            return not_ready(health)
        if not status.idle:
            return Result(Outcome.NOT_SENT, Health.BUSY, f"{status.waiting} earlier labels are still to come")
        return None

    def _examine(self, line: Line[HostAnswers]) -> Abilities:
        heard = line.heard
        status = self._status(line, self._limits.patience)
        if isinstance(status, Health):
            return Abilities(status=False)
        line.send(ASK_MODEL, self._limits.stall)
        line.wait(lambda: bool(heard.model), self._limits.answer)
        line.send(ASK_WIDTH, self._limits.stall)
        line.wait(lambda: heard.width_dots is not None, self._limits.answer)
        dpi = DPI.get(heard.dots_per_mm or 0)
        model = clean(heard.model, MODEL_LIMIT)
        return Abilities(
            status=True,
            confirms=True,
            width_dots=heard.width_dots,
            dpi=dpi,
            length_dots=status.length_dots or None,
            model=model,
        )

    def _confirm(self, line: Line[HostAnswers], payload: Payload) -> Result:
        seconds = LABEL_SECONDS + self._seconds(payload)
        deadline = time.monotonic() + seconds
        idle, look_closer = 0, time.monotonic() + SILENT_SECONDS
        while time.monotonic() < deadline:
            status = self._status(line, self._limits.patience)
            idle = idle + 1 if isinstance(status, HostStatus) and status.idle else 0
            health = self._within(line, status, closer=not idle and time.monotonic() >= look_closer)
            if health in MENDABLE and payload.held(health):
                deadline, idle = time.monotonic() + seconds, 0
            elif health is not Health.READY:
                return _doubt(health)
            # A label may be between the buffer and the paper for a moment: one look is not enough.
            if idle == 2:
                return Result(Outcome.PRINTED, Health.READY)
            time.sleep(_LOOK_AGAIN)
        return Result(Outcome.UNSURE, Health.BUSY, "the printer has not finished the label")

    def _within(self, line: Line[HostAnswers], status: HostStatus | Health, *, closer: bool) -> Health:
        """The health within a label; only one that takes long is asked for more, as questions slow it down."""
        if isinstance(status, Health):
            return status
        return self._beside(line, status) if closer else status.health


def _doubt(health: Health) -> Result:
    words = f"within the label the printer: {HEALTH_WORDS[health]}; mended, it may finish the label by itself"
    return Result(Outcome.UNSURE, health, words)
