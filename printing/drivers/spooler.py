"""Printers behind the system's own spooler, which says nothing of paper: CUPS, and Windows' winspool.

A spooler that took a job whole is all that can be known, so such jobs end as sent.
"""

import os
import subprocess
from collections.abc import Callable
from typing import Protocol

from printing.abilities import Abilities
from printing.drivers.base import Payload
from printing.health import Health, Outcome, Result

SECONDS = 10.0


class CupsDriver:
    """A CUPS queue, given raw bytes through `lp`, without a shell."""

    def __init__(self, queue: str, seconds: float = SECONDS) -> None:
        """`queue` is the queue's name; each call of `lp` may take `seconds`."""
        self._queue = queue
        self._seconds = seconds

    def preflight(self) -> Health:
        """Whether the queue exists and is enabled; what its printer is like, CUPS doesn't know."""
        try:
            code, words = self._run(["lpstat", "-p", self._queue])
        except (OSError, subprocess.TimeoutExpired):
            return Health.OFFLINE
        if code:
            return Health.OFFLINE
        return Health.PAUSED if " disabled since " in words else Health.UNKNOWN

    def send(self, payload: Payload, started: Callable[[], None], doubtful: bool) -> Result:
        """Hand the job over; `lp` takes it whole or not at all, so only a hanging `lp` is unsure."""
        health = self.preflight()
        if health is not Health.UNKNOWN:
            return Result(Outcome.NOT_SENT, health, f"the queue {self._queue!r} takes no jobs")
        started()
        command = ["lp", "-d", self._queue, "-o", "raw", "-t", payload.name, "-"]
        try:
            code, words = self._run(command, payload.data)
        except OSError as error:
            return Result(Outcome.NOT_SENT, Health.OFFLINE, str(error))
        except subprocess.TimeoutExpired:
            return Result(Outcome.UNSURE, Health.BUSY, "lp did not end")
        if code:
            return Result(Outcome.NOT_SENT, Health.ERROR, f"lp refused the job: {words}")
        return Result(Outcome.SENT, Health.UNKNOWN, "handed to CUPS, which can't confirm")

    def examine(self) -> Abilities:
        """A spooler tells nothing of its printer."""
        return Abilities(status=False)

    def close(self) -> None:
        """Nothing is held."""

    def _run(self, command: list[str], data: bytes = b"") -> tuple[int, str]:
        """Exit code and the words of a command, in English."""
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=self._seconds,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace").strip()


class Spooler(Protocol):
    """What is needed of Windows' print spooler; every call raises `OSError` when it is refused."""

    def status(self, printer: str) -> int:
        """The printer's PRINTER_STATUS_ bits."""
        ...

    def begin(self, printer: str, title: str) -> None:
        """Open a raw document."""
        ...

    def write(self, data: bytes) -> None:
        """Write all of its bytes."""
        ...

    def end(self) -> None:
        """Close the document: the spooler may print it from now on."""
        ...

    def abort(self) -> None:
        """Throw the document away."""
        ...


# PRINTER_STATUS_ of winspool.h.
_STATUS_BITS = (
    (0x10, Health.PAPER_OUT),
    (0x40_0000, Health.COVER_OPEN),
    (0x80 | 0x1000, Health.OFFLINE),
    (0x08 | 0x02 | 0x10_0000, Health.ERROR),
    (0x01, Health.PAUSED),
)


class WindowsDriver:
    """A Windows print queue, given raw bytes."""

    def __init__(self, printer: str, spooler: Spooler) -> None:
        """`printer` is the queue's name as Windows shows it."""
        self._printer = printer
        self._spooler = spooler

    def preflight(self) -> Health:
        """What Windows says of the queue; no complaint is not readiness."""
        try:
            return self._state()
        except OSError:
            return Health.OFFLINE

    def _state(self) -> Health:
        bits = self._spooler.status(self._printer)
        return next((health for mask, health in _STATUS_BITS if bits & mask), Health.UNKNOWN)

    def send(self, payload: Payload, started: Callable[[], None], doubtful: bool) -> Result:
        """Hand the job over; a document that was not closed is thrown away by Windows."""
        try:
            health = self._state()
            if health is not Health.UNKNOWN:
                return Result(Outcome.NOT_SENT, health, f"Windows holds the queue {self._printer!r} back")
            self._spooler.begin(self._printer, payload.name)
        except OSError as error:
            return Result(Outcome.NOT_SENT, Health.OFFLINE, str(error))
        try:
            started()
        except BaseException:
            self._spooler.abort()
            raise
        try:
            self._spooler.write(payload.data)
            self._spooler.end()
        except OSError as error:
            self._spooler.abort()
            return Result(Outcome.UNSURE, Health.ERROR, str(error))
        return Result(Outcome.SENT, Health.UNKNOWN, "handed to Windows, which can't confirm")

    def examine(self) -> Abilities:
        """A spooler tells nothing of its printer."""
        return Abilities(status=False)

    def close(self) -> None:
        """Nothing is held."""
