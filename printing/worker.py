"""The one thread that feeds a printer: takes its jobs in order and records honestly how each ended."""

import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Callable

from printing.drivers.base import Driver, Payload
from printing.health import Health, Outcome, Result
from printing.jobs import Job, JobState, WrongState
from printing.media import Medium
from printing.prepare import prepare
from printing.printer_lock import PrinterLock
from printing.spool import Spool

IDLE_SECONDS = 2.0
HEALTH_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0

_STATES = {
    Outcome.PRINTED: JobState.PRINTED,
    Outcome.SENT: JobState.SENT,
    Outcome.UNSURE: JobState.UNSURE,
    Outcome.NOT_SENT: JobState.FAILED,
}
_log = logging.getLogger(__name__)


class Worker:
    """Prints one printer's jobs, one at a time, in a thread of its own.

    Only what certainly did not leave is tried again by itself, with growing pauses. One process at a
    time works for a printer of a spool: a second one waits and reports `Health.UNKNOWN`.
    """

    def __init__(
        self,
        spool: Spool,
        printer: str,
        driver: Driver,
        medium: Medium,
        on_health: Callable[[str, Health, str], None] | None = None,
    ) -> None:
        """`on_health` gets (printer, health, detail) on this worker's thread, when either changes."""
        self._spool = spool
        self._printer = printer
        self._driver = driver
        self._medium = medium
        self._on_health = on_health
        self._health: tuple[Health, str] | None = None
        self._next_check = 0.0
        # At the start, and after an error that hides how a sending ended, sending jobs are orphans.
        self._orphans = True
        self._doubtful = False
        self._failures = 0
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"printer-{printer}", daemon=True)

    def start(self) -> None:
        """Begin; jobs found in sending become unsure first."""
        self._thread.start()

    def wake(self) -> None:
        """Look for work now: after taking a job, or when somebody has seen to the printer."""
        self._wake.set()

    def stop(self, timeout: float = 10.0) -> bool:
        """End after the job in hand; returns whether the thread ended within `timeout` seconds."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        with PrinterLock(self._spool.path, self._printer) as lock:
            while not self._stopping.is_set() and not lock.acquire():
                self._report(Health.UNKNOWN, "another program works for this printer")
                self._pause(IDLE_SECONDS)
            while not self._stopping.is_set():
                try:
                    seconds = self._turn()
                except Exception as error:  # noqa: BLE001 - the thread must outlive every fault
                    _log.exception("printer %s", self._printer)
                    self._orphans = True
                    self._report(Health.ERROR, f"{type(error).__name__}: {error}")
                    seconds = self._back_off()
                self._pause(seconds)

    def _turn(self) -> float:
        """One look at the queue; returns the seconds to wait before the next."""
        if self._orphans:
            self._doubtful = bool(self._spool.recover(self._printer)) or self._doubtful
            self._orphans = False
        job = self._spool.next_job(self._printer)
        if job is None:
            self._check_health()
            return IDLE_SECONDS
        data = self._frozen(job)
        if data is None:
            return 0.0
        return self._settle(job, self._send(job, data))

    def _send(self, job: Job, data: bytes) -> Result | None:
        """How the sending ended; `None` when the job was cancelled before its first byte."""
        try:
            return self._driver.send(
                Payload(job.name, data), lambda: self._spool.start_sending(job.id), self._doubtful
            )
        except WrongState:
            return None

    def _settle(self, job: Job, result: Result | None) -> float:
        """Record the result and give the pause that it asks for."""
        if result is None:
            return 0.0
        self._spool.finish(job.id, _STATES[result.outcome], result.detail)
        self._report(result.health, result.detail)
        if result.outcome is Outcome.NOT_SENT:
            return self._back_off()
        self._doubtful = result.outcome is Outcome.UNSURE
        self._failures = 0
        return 0.0

    def _frozen(self, job: Job) -> bytes | None:
        """The job's bytes as they are on disk, made when there are none; `None` when they can't be.

        A job that can't be made fails for good, so that the jobs behind it go on.
        """
        try:
            if self._spool.payload(job.id) is None:
                made = prepare(self._spool.content(job.id), self._medium, job.copy)
                self._spool.freeze(job.id, made.payload, made.sha256, made.notes)
        except Exception as error:  # noqa: BLE001 - whatever it is, the queue must go on
            _log.exception("printer %s: job %s can't be made", self._printer, job.name)
            words = f"can't be made: {type(error).__name__}: {error}"
            self._spool.finish(job.id, JobState.FAILED, words, retry=False)
            return None
        data, expected = self._spool.payload(job.id), self._spool.job(job.id).sha256
        if data is None or hashlib.sha256(data).hexdigest() != expected:
            words = f"its bytes on disk are damaged: expected SHA-256 {expected}"
            self._spool.finish(job.id, JobState.FAILED, words, retry=False)
            return None
        return data

    def _check_health(self) -> None:
        if self._failures or time.monotonic() >= self._next_check:
            self._next_check = time.monotonic() + HEALTH_SECONDS
            self._failures = 0
            self._report(self._driver.preflight(), "")

    def _back_off(self) -> float:
        longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(self._failures, 10))
        self._failures += 1
        # Two stations that lost the same printer must not come back in step.
        return longest * (50 + secrets.randbelow(51)) / 100

    def _report(self, health: Health, detail: str) -> None:
        if (health, detail) == self._health:
            return
        self._health = (health, detail)
        try:
            if self._on_health is not None:
                self._on_health(self._printer, health, detail)
        except Exception:  # noqa: BLE001 - who listens must not stop the printer
            _log.exception("printer %s: its listener failed", self._printer)

    def _pause(self, seconds: float) -> None:
        """Wait until woken or the time is up."""
        if seconds > 0:
            self._wake.wait(seconds)
        self._wake.clear()
