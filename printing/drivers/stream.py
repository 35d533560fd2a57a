"""What all printers have in common that are spoken to over a line of bytes.

A line acknowledges nothing, so a printer is asked before and after, and whatever is not certain
afterwards is unsure.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from printing.abilities import Abilities
from printing.drivers.base import Payload
from printing.drivers.channel import Heard, Line, Open
from printing.health import HEALTH_WORDS, MENDABLE, Health, Outcome, Result

SILENT_SECONDS = 1.5
"""After which a printer that is silent within a job is asked, and shown to be so if it stays silent."""
BYTES_A_SECOND = 50_000
"""What even a slow printer takes; a long job is printing for longer after its last byte."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds each stage may take.

    `answer` is for a printer that is only looked at, `patience` for one that has a job to print;
    `stall` is without a byte moving, `confirm` after the last one. With the time to connect, a fault is
    known within three seconds.
    """

    answer: float = 1.0
    patience: float = 2.5
    stall: float = 4.0
    confirm: float = 5.0
    close: float = 0.5


class StreamDriver(ABC, Generic[Heard]):
    """One printer; a connection lasts for one call, or for the jobs of one parcel."""

    def __init__(self, open_line: Open, asks_status: bool = True, limits: Limits | None = None) -> None:
        """`asks_status=False` is for a printer that never answers: its jobs can only become sent."""
        self._open = open_line
        self._asks_status = asks_status
        self._limits = limits or Limits()
        self._slowest = 0.0
        self._held: Line[Heard] | None = None

    def preflight(self) -> Health:
        """What the printer answers; silence is busy, no connection is offline."""
        self.close()
        try:
            line = self._connect()
        except OSError:
            return Health.OFFLINE
        with line:
            try:
                return self._ask(line, self._limits.answer) if self._asks_status else Health.UNKNOWN
            except OSError:
                return Health.BUSY

    def send(self, payload: Payload, started: Callable[[], None], doubtful: bool) -> Result:
        """Send once. Not sent is certain up to the first byte, unsure is every doubt after it."""
        try:
            line, self._held = self._held or self._connect(), None
        except ConnectionRefusedError:
            words = "refuses the connection: busy with another computer, or switched off"
            return Result(Outcome.NOT_SENT, Health.OFFLINE, words, refused=True)
        except OSError as error:
            return Result(Outcome.NOT_SENT, Health.OFFLINE, f"can't connect: {error}")
        keep = False
        try:
            result = self._before(line, doubtful) or self._after(line, payload, started)
            keep = payload.more and self._asks_status and result.outcome in (Outcome.PRINTED, Outcome.SENT)
            return result
        finally:
            if keep:
                self._held = line
            else:
                line.close()

    def examine(self) -> Abilities:
        """What the printer answers to every question there is; raises `OSError` without a connection."""
        self.close()
        with self._connect() as line:
            return self._examine(line) if self._asks_status else Abilities(status=False)

    def close(self) -> None:
        """Hang up, if the connection was kept."""
        if self._held is not None:
            self._held.close()
            self._held = None

    @abstractmethod
    def _listener(self) -> Heard:
        """A new sorter of answers."""

    @abstractmethod
    def _ask(self, line: Line[Heard], seconds: float) -> Health:
        """The printer's health as it says now; each answer may take `seconds`."""

    @abstractmethod
    def _make_ready(self, line: Line[Heard], doubtful: bool) -> Result | None:
        """Everything before the first byte of a job; a result when the job must not be sent."""

    @abstractmethod
    def _confirm(self, line: Line[Heard], payload: Payload) -> Result:
        """How the job ended whose bytes have just left."""

    @abstractmethod
    def _examine(self, line: Line[Heard]) -> Abilities:
        """What it can do, asked over an open line."""

    def _connect(self) -> Line[Heard]:
        return Line(self._open(), self._listener())

    def _before(self, line: Line[Heard], doubtful: bool) -> Result | None:
        try:
            return self._make_ready(line, doubtful)
        except OSError as error:
            return Result(Outcome.NOT_SENT, Health.BUSY, f"before the first byte: {error or 'timed out'}")

    def _after(self, line: Line[Heard], payload: Payload, started: Callable[[], None]) -> Result:
        started()
        try:
            line.send(payload.data, self._limits.stall, lambda still: self._waits(line, payload, still))
            if self._asks_status:
                return self._confirm(line, payload)
            line.finish(self._limits.close)
            return Result(Outcome.SENT, Health.UNKNOWN)
        except OSError as error:
            words = f"after the first byte: {error or 'timed out'}"
            return Result(Outcome.UNSURE, self._said(line) or Health.OFFLINE, words)

    def _said(self, line: Line[Heard]) -> Health | None:
        """What the printer has said of itself without being asked."""
        return None

    def _waits(self, line: Line[Heard], payload: Payload, still: float = 0.0) -> bool:
        """Whether the printer has said that it can't go on, and is still waited for."""
        said = self._said(line)
        if said is not None and said in MENDABLE:
            return payload.held(said)
        if still >= SILENT_SECONDS:
            payload.held(Health.BUSY)
        return False

    def _seconds(self, payload: Payload) -> float:
        """How long printing may take after the last byte."""
        return self._limits.confirm + len(payload.data) / BYTES_A_SECOND

    def _answered(self, line: Line[Heard], arrived: Callable[[], bool], seconds: float) -> bool:
        """Wait for an answer; a printer that was slow once is given more time the next time."""
        began = time.monotonic()
        answered = line.wait(arrived, self._patience(seconds))
        if answered:
            self._slowest = time.monotonic() - began
        return answered

    def _patience(self, seconds: float) -> float:
        """How long an answer may take that usually takes up to `seconds`."""
        return max(seconds, min(3 * self._slowest, self._limits.patience))


def not_ready(health: Health) -> Result:
    """The result of a job that a printer in this condition must not get."""
    return Result(Outcome.NOT_SENT, health, f"the printer: {HEALTH_WORDS[health]}")
