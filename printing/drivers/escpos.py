"""A printer that speaks ESC/POS, on any line."""

import itertools
import secrets
import time
from collections.abc import Callable

from printing.abilities import Abilities
from printing.drivers.base import Payload
from printing.drivers.channel import Line, Open
from printing.drivers.status import (
    ASK_ERROR,
    ASK_IN_TURN,
    ASK_OFFLINE,
    ASK_PAPER,
    ASK_PRINTER,
    STATUS_BACK_ON,
    Answers,
    ask_done,
    judge,
    judge_error,
)
from printing.drivers.stream import SILENT_SECONDS, Limits, StreamDriver, not_ready
from printing.escpos import flush_remains
from printing.health import HEALTH_WORDS, MENDABLE, WELL, Health, Outcome, Result

ASK_AGAIN_SECONDS = 1.0
"""Between two questions to a printer that has stopped within a job."""
_GARBAGE = 3
"""So many bytes that fit nothing, in answer to one round of questions, come from no printer."""


class EscposDriver(StreamDriver[Answers]):
    """Asks by DLE EOT, is told by automatic status, and takes an answered GS ( H for a printed job."""

    def __init__(
        self,
        open_line: Open,
        asks_status: bool = True,
        limits: Limits | None = None,
        confirms: bool | None = None,
        in_turn: bool | None = None,
    ) -> None:
        """`confirms` and `in_turn` are whether it answers GS ( H and GS r; `None` is found out."""
        super().__init__(open_line, asks_status, limits)
        self._confirms = confirms
        self._in_turn = in_turn
        self._numbers = itertools.count(secrets.randbelow(10_000))

    def _listener(self) -> Answers:
        return Answers()

    def _said(self, line: Line[Answers]) -> Health | None:
        return line.heard.automatic

    def _ask(self, line: Line[Answers], seconds: float) -> Health:
        line.heard.stray = line.heard.in_turn = 0
        answers = []
        for question in (ASK_PRINTER, ASK_OFFLINE, ASK_PAPER):
            status = self._status(line, question, seconds)
            if line.heard.stray + line.heard.in_turn > _GARBAGE:
                return Health.WRONG_DEVICE
            if status is None:
                return Health.WRONG_DEVICE if line.heard.noise >= _GARBAGE else Health.BUSY
            answers.append(status)
        health = judge(*answers)
        if health is Health.ERROR:
            error = self._status(line, ASK_ERROR, seconds)
            return health if error is None else judge_error(error)
        return health

    def _status(self, line: Line[Answers], question: bytes, seconds: float) -> int | None:
        # Answers nobody asked for may have come before; the next one is ours.
        heard = line.heard
        line.drain()
        heard.statuses.clear()
        line.send(question, self._limits.stall)
        return heard.statuses[0] if self._answered(line, lambda: bool(heard.statuses), seconds) else None

    def _make_ready(self, line: Line[Answers], doubtful: bool) -> Result | None:
        health = self._ask(line, self._limits.patience) if self._asks_status else Health.READY
        if health is Health.BUSY and doubtful:
            # Some printers hear no question while they wait for the rest of a picture.
            line.send(flush_remains(), self._limits.stall)
            health = self._ask(line, self._limits.patience)
        if health is not Health.READY:
            return not_ready(health)
        if doubtful:
            line.send(flush_remains(), self._limits.stall)
        if self._asks_status:
            line.send(STATUS_BACK_ON, self._limits.stall)
            self._learn(line, doubtful)
            if line.heard.stopped and line.heard.automatic is not None:
                return not_ready(line.heard.automatic)
        line.heard.stops = 0
        return None

    def _learn(self, line: Line[Answers], doubtful: bool) -> None:
        """Find out once whether this printer tells when it has printed; one with remains takes longer."""
        seconds = self._limits.confirm if doubtful else self._patience(self._limits.answer)
        if self._confirms is None:
            self._confirms = self._printed(line, seconds)
        if self._confirms is False and self._in_turn is None:
            self._in_turn = self._carried_out(line, seconds)

    def _examine(self, line: Line[Answers]) -> Abilities:
        health = self._ask(line, self._limits.patience)
        if health in (Health.BUSY, Health.WRONG_DEVICE):
            return Abilities(status=False)
        line.send(STATUS_BACK_ON, self._limits.stall)
        automatic = line.wait(lambda: line.heard.automatic is not None, self._limits.answer)
        if health is not Health.READY:
            # Neither of the other two is answered by a printer that has to wait.
            return Abilities(status=True, automatic=automatic)
        confirms = self._printed(line, self._limits.patience)
        in_turn = self._carried_out(line, self._limits.answer)
        return Abilities(status=True, automatic=automatic, confirms=confirms, in_turn=in_turn)

    def _printed(self, line: Line[Answers], seconds: float, payload: Payload | None = None) -> bool:
        """Ask to be told when everything sent so far is printed, and wait for that.

        Within a job the printer may say that it can't go on: then it is waited for until it is mended.
        """

        def waits(still: float = 0.0) -> bool:
            return payload is not None and self._waits(line, payload, still)

        number = b"%04d" % (next(self._numbers) % 10_000)
        line.send(ask_done(number), self._limits.stall, waits)
        heard = line.heard
        self._listen(line, lambda: number in heard.done or heard.stopped, seconds, payload)
        while heard.stopped and number not in heard.done:
            # The paper may have ended just behind the job.
            line.wait(lambda: number in heard.done, self._limits.close)
            if number in heard.done or not waits():
                break
            self._mended(line)
            line.wait(lambda: number in heard.done or heard.stopped, seconds)
        return number in heard.done

    def _listen(
        self, line: Line[Answers], arrived: Callable[[], bool], seconds: float, payload: Payload | None
    ) -> None:
        """Wait for an answer to what keeps its turn.

        When it stays out within a job, the printer is asked how it is, so that its trouble or its silence
        is shown before the wait ends.
        """
        deadline = time.monotonic() + seconds
        if line.wait(arrived, min(seconds, SILENT_SECONDS)) or payload is None:
            return
        health = self._ask(line, self._limits.answer)
        if health in MENDABLE:
            line.heard.automatic = health
        elif health is not Health.READY and not arrived():
            payload.held(health)
        line.wait(arrived, max(0.0, deadline - time.monotonic()))

    def _mended(self, line: Line[Answers]) -> None:
        """Listen for the end of a stop; asking shows one that wasn't told, and a connection that is gone."""
        if not line.wait(lambda: not line.heard.stopped, ASK_AGAIN_SECONDS):
            health = self._ask(line, self._limits.answer)
            line.heard.automatic = health if health in MENDABLE | WELL else line.heard.automatic

    def _carried_out(self, line: Line[Answers], seconds: float, payload: Payload | None = None) -> bool:
        """Wait until everything sent so far was carried out, by a question that keeps its turn."""
        line.heard.in_turn = 0
        line.send(ASK_IN_TURN, self._limits.stall)
        self._listen(line, lambda: line.heard.in_turn > 0 or line.heard.stopped, seconds, payload)
        return line.heard.in_turn > 0

    def _confirm(self, line: Line[Answers], payload: Payload) -> Result:
        seconds = self._seconds(payload)
        if self._confirms:
            if self._printed(line, seconds, payload):
                return Result(Outcome.PRINTED, Health.READY)
            return _doubt("printing was not confirmed", _stop(line))
        if self._in_turn and not self._carried_out(line, seconds, payload) and not line.heard.stopped:
            return _doubt("the printer has not got through the job", Health.BUSY)
        return self._unconfirmed(line, payload)

    def _unconfirmed(self, line: Line[Answers], payload: Payload) -> Result:
        """How a job ended at a printer that can't confirm it.

        One that stopped within it is asked until it goes on: while there is no paper, nobody can say
        whether the label is there, and printed again it would come twice.
        """
        stopped = False
        while (health := self._ask(line, self._limits.patience)) in MENDABLE and payload.held(health):
            stopped = True
            line.wait(lambda: False, ASK_AGAIN_SECONDS)
        if health is not Health.READY:
            return _doubt("after sending", health)
        if stopped or line.heard.stops:
            return Result(Outcome.UNSURE, health, "the printer stopped within it, went on, and can't confirm")
        return Result(Outcome.SENT, health, "the printer can't confirm")


def _stop(line: Line[Answers]) -> Health:
    """Why a printer goes on no more: as it said by itself, or because it says nothing."""
    said = line.heard.automatic
    return Health.BUSY if said in (None, Health.READY) else said


def _doubt(what: str, health: Health) -> Result:
    return Result(Outcome.UNSURE, health, f"{what}; the printer: {HEALTH_WORDS[health]}")
