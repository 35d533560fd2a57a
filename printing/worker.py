"""The one thread that feeds a printer: takes its jobs in order and records honestly how each ended."""

import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from printing.abilities import Abilities, Language
from printing.drivers.base import Driver, Payload
from printing.health import HEALTH_WORDS, MENDABLE, WELL, Health, Outcome, Result
from printing.jobs import Job, JobState, SpoolFault, WrongState
from printing.media import Medium
from printing.prepare import prepare, warm_up
from printing.printer_lock import PrinterLock
from printing.spool import Spool

POLL_SECONDS = 0.8
"""Between two looks at an idle printer: a fault is known within three seconds, its time limits included."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 2.0
TURN_SECONDS = 0.15
"""Between two tries at a printer that serves another computer."""
MANNERS_SECONDS = 0.4
"""Left free after each parcel at a printer that other computers use too, so that their turn comes."""
SHARED_SECONDS = 600.0
RAREST_SECONDS = 60.0
"""Between two questions to a printer that never answered in its language: it may print them."""
HELD_SECONDS = 600.0
WARM_UP_SECONDS = 5.0
"""After the start, so that neither the screen's first paint nor the first label waits for libraries."""

_STATES = {
    Outcome.PRINTED: JobState.PRINTED,
    Outcome.SENT: JobState.SENT,
    Outcome.UNSURE: JobState.UNSURE,
    Outcome.NOT_SENT: JobState.FAILED,
}
_NO_ANSWER = frozenset({Health.BUSY, Health.WRONG_DEVICE})
_NOT_ASKED = frozenset({Health.UNKNOWN, Health.OFFLINE, Health.SPOOL, Health.ERROR})
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
        language: Language = Language.ESCPOS,
        on_job: Callable[[], None] | None = None,
        held_seconds: float = HELD_SECONDS,
        unfit: str = "",
        foreign: bool = False,
        judge: Callable[[Abilities], str] | None = None,
    ) -> None:
        """`unfit` says what the printer is otherwise than it is set up, as it said of itself; `foreign` that it is
        the language, so that its silence is no puzzle. `judge` says the same of what it tells now: it is asked at the
        start, and whenever it is ready again, for then another roll may be in it.

        `on_health` gets (printer, health, detail) when either changes, `on_job` tells of changed jobs.

        Both come on this worker's thread. `held_seconds` is how long a job is waited for that stopped in
        its middle, while the printer says why.
        """
        self._spool, self.printer, self._driver = spool, printer, driver
        self._medium, self._language = medium, language
        self._on_health, self._on_job = on_health, on_job
        self._held_seconds = held_seconds
        self._unfit, self._foreign, self._silent = unfit, foreign, 0
        self._judge, self._looks = judge, judge is not None
        self._answered = self._doubtful = False
        self._health: tuple[Health, str] | None = None
        self._unwell_since: float | None = None
        self._next_check = self._shared_until = 0.0
        self._warm_at = time.monotonic() + WARM_UP_SECONDS
        # At the start, and after an error that hides how a sending ended, sending jobs are orphans.
        self._orphans = True
        self._failures = 0
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"printer-{printer}", daemon=True)

    @property
    def health(self) -> Health:
        """The printer's condition when it was last heard of."""
        return Health.UNKNOWN if self._health is None else self._health[0]

    @property
    def detail(self) -> str:
        """What is known of that condition beside its name."""
        return "" if self._health is None else self._health[1]

    @property
    def unwell_for(self) -> float:
        """Seconds since the printer was last well, 0 while it is."""
        since = self._unwell_since
        return 0.0 if since is None else time.monotonic() - since

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
        with PrinterLock(self._spool.path, self.printer) as lock:
            while not self._stopping.is_set():
                if lock.acquire():
                    self._work(lock)
                    lock.release()
                else:
                    self._report(Health.UNKNOWN, "another program works for this printer")
                    self._pause(POLL_SECONDS)

    def _work(self, lock: PrinterLock) -> None:
        """Feed the printer until the end, or until another program wants to borrow it."""
        while not self._stopping.is_set() and not lock.wanted():
            try:
                seconds = self._turn()
            except Exception as error:  # noqa: BLE001 - the thread must outlive every fault
                _log.exception("printer %s", self.printer)
                self._orphans = True
                if isinstance(error, SpoolFault):
                    self._report(Health.SPOOL, str(error))
                else:
                    self._report(Health.ERROR, f"{type(error).__name__}: {error}")
                seconds = self._back_off(FIRST_PAUSE)
            self._pause(seconds)
        self._driver.close()

    def _turn(self) -> float:
        """One look at the queue; returns the seconds to wait before the next."""
        if self._orphans:
            if self._spool.recover(self.printer):
                self._tell()
            self._doubtful = self._spool.broke_off(self.printer)
            self._orphans = False
        job = self._spool.next_job(self.printer)
        if job is None:
            return self._look_after()
        data = self._frozen(job)
        if data is None:
            return 0.0
        more = self._spool.follows(job)
        return self._settle(job, self._send(job, data, more), more)

    def _send(self, job: Job, data: bytes, more: bool) -> Result | None:
        """How the sending ended; `None` when the job was cancelled before its first byte."""
        try:
            return self._driver.send(
                Payload(job.name, data, more, self._patience(job)),
                lambda: self._spool.start_sending(job.id, self.printer),
                self._doubtful,
            )
        except WrongState:
            return None

    def _patience(self, job: Job) -> Callable[[Health], bool]:
        """Waits for a printer that stopped within a job, until a person or the time limit ends it."""
        deadline = 0.0

        def held(health: Health) -> bool:
            nonlocal deadline
            mends = health in MENDABLE
            if mends and not deadline:
                deadline = time.monotonic() + self._held_seconds
            words = HEALTH_WORDS[health]
            going = self._spool.hold(
                job.id, f"{words}; it goes on by itself when that is mended" if mends else words
            )
            self._report(health, f"within {job.name}: {words}")
            self._tell()
            return mends and going and time.monotonic() < deadline and not self._stopping.is_set()

        return held

    def _settle(self, job: Job, result: Result | None, more: bool) -> float:
        """Record the result and give the pause that it asks for."""
        if result is None:
            return 0.0
        busy = result.health is Health.BUSY
        waits = result.outcome is Outcome.NOT_SENT and (busy or result.refused)
        state = JobState.QUEUED if waits else _STATES[result.outcome]
        self._spool.finish(job.id, state, result.detail, printer=self.printer)
        self._tell()
        self._report(result.health, "" if result.health in WELL else result.detail)
        if waits:
            self._shared_until = time.monotonic() + SHARED_SECONDS if busy else self._shared_until
            return self._back_off(TURN_SECONDS)
        if result.outcome is Outcome.NOT_SENT:
            return self._back_off(FIRST_PAUSE)
        self._doubtful = result.outcome is Outcome.UNSURE
        self._failures = 0
        self._next_check = 0.0 if self._doubtful else time.monotonic() + POLL_SECONDS
        shared = not more and time.monotonic() < self._shared_until
        return MANNERS_SECONDS if shared else 0.0

    def _frozen(self, job: Job) -> bytes | None:
        """The job's bytes as they are on disk, made when there are none; `None` when there will be none.

        A job that can't be made fails for good, so that the jobs behind it go on. One that was given to
        another printer meanwhile is that one's: bytes made for this one would be rubbish there.
        """
        try:
            data = self._spool.payload(job.id)
            if data is None:
                content = self._spool.content(job.id)
                made = prepare(content, self._medium, job.copy, self._language)
                frozen = (made.payload, made.sha256, made.notes)
                job = self._spool.freeze(job.id, self.printer, *frozen)
                data = self._spool.payload(job.id)
        except SpoolFault:
            raise  # the job is good: it is made when the disk takes it
        except Exception as error:  # noqa: BLE001 - whatever it is, the queue must go on
            _log.exception("printer %s: job %s can't be made", self.printer, job.name)
            words = f"can't be made: {type(error).__name__}: {error}"
            self._give_up(job, words)
            return None
        if job.printer != self.printer:
            return None
        if data is None or hashlib.sha256(data).hexdigest() != job.sha256:
            words = f"its bytes on disk are damaged: expected SHA-256 {job.sha256}"
            self._give_up(job, words)
            return None
        return data

    def _give_up(self, job: Job, words: str) -> None:
        self._spool.finish(job.id, JobState.FAILED, words, retry=False, printer=self.printer)
        self._tell()

    def _look_after(self) -> float:
        """Ask an idle printer how it is, when it is time, and less often when it is slow to answer."""
        now = time.monotonic()
        if now >= self._next_check:
            self._failures = 0
            health = self._driver.preflight()
            if health is Health.READY and self._looks:
                self._look()
            self._report(health, "")
            took = time.monotonic() - now
            self._next_check = time.monotonic() + self._rarely(max(POLL_SECONDS, 4 * took))
        if now >= self._warm_at:
            self._warm_at = float("inf")
            warm_up(self._language)
        return max(0.0, self._next_check - time.monotonic())

    def _look(self) -> None:
        """Compare what it says of itself with how it is set up; one that falls silent meanwhile is asked later."""
        if self._judge is not None:
            with suppress(OSError):
                asked = self._driver.examine()
                if asked.status:
                    self._unfit, self._looks = self._judge(asked), False

    def _rarely(self, seconds: float) -> float:
        """The pause after a question: ever longer for a printer that has answered none in its language yet."""
        return seconds if self._answered else min(RAREST_SECONDS, seconds * 2 ** min(self._silent, 10))

    def _back_off(self, first: float) -> float:
        longest = min(LONGEST_PAUSE, first * 1.5 ** min(self._failures, 10))
        self._failures += 1
        # Two stations that lost the same printer must not come back in step.
        return self._rarely(longest * (50 + secrets.randbelow(51)) / 100)

    def _report(self, health: Health, detail: str) -> None:
        if health in _NO_ANSWER:
            self._silent += 1
        elif health not in _NOT_ASKED:
            self._answered = True
        if health not in WELL:
            self._looks = self._judge is not None
        if health is Health.READY and self._unfit:
            health, detail = Health.UNFIT, self._unfit
        elif health is Health.BUSY and self._foreign and not self._answered:
            health, detail = Health.WRONG_DEVICE, self._unfit
        if (health, detail) == self._health:
            return
        self._health = (health, detail)
        if health in WELL:
            self._unwell_since = None
        elif self._unwell_since is None:
            self._unwell_since = time.monotonic()
        if self._on_health is not None:
            self._call(partial(self._on_health, self.printer, health, detail))

    def _tell(self) -> None:
        if self._on_job is not None:
            self._call(self._on_job)

    def _call(self, listener: Callable[[], None]) -> None:
        try:
            listener()
        except Exception:  # noqa: BLE001 - who listens must not stop the printer
            _log.exception("printer %s: its listener failed", self.printer)

    def _pause(self, seconds: float) -> None:
        """Wait until woken or the time is up."""
        if seconds > 0:
            self._wake.wait(seconds)
        self._wake.clear()
