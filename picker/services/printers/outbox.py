"""From the shop's database to the station's spool and back: documents due, printed, or in doubt.

Runs in a thread of its own. The shop's database only says what is due; what was printed is known to
the spool, on the station's own disk, and is reported back whenever the database can be reached.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from data.engine import Database
from data.errors import DataError
from data.store import print_jobs, printers
from data.store.print_jobs import JobKey, StoredJob
from data.store.printers import PrinterWord
from data.types import OrderId, ParcelRef, PrintJobState
from picker.config import Settings
from picker.services.printers.jobs import act
from picker.services.printers.printers import open_spool
from picker.services.printers.workers import PrintersNow, PrinterWorkers
from printing.content import ContentError
from printing.health import Health
from printing.jobs import LABEL, Job, JobNotFound, JobState, NewJob, SpoolError, SpoolFault, WrongState

IDLE_SECONDS = 1.0
HEARTBEAT_SECONDS = 30.0
"""After which the shop is told how the printers are though nothing has changed."""

LIST = "printers"
"""What the list of printers is called beside the printers, while it can't be read."""

_log = logging.getLogger(__name__)


class Outbox:
    """Feeds the station's printers; `on_printers` gets each change, and comes on other threads."""

    def __init__(
        self,
        db: Database,
        settings: Settings,
        on_printers: Callable[[PrintersNow], None] | None = None,
        on_label: Callable[[str, int], None] | None = None,
    ) -> None:
        """Open the spool; `on_label` gets (order, parcel) of each label that the shop knows to be printed.

        Raises PrinterError for printers that can't be read or understood, SpoolFault for such a spool.
        """
        self._db, self._station = db, settings.station
        self._on_printers, self._on_label = on_printers, on_label
        self.spool = open_spool(settings)
        self._workers = PrinterWorkers(settings, self.spool, self._heard, self._show)
        self._trouble = ""
        self._shown: PrintersNow | None = None
        self._showing = threading.Lock()
        self._told: tuple[PrinterWord, ...] = ()
        self._told_at = 0.0
        self._cursor = 0
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        """Begin to take and print."""
        self._workers.start()
        self._thread.start()

    def wake(self) -> None:
        """Look for due documents now."""
        self._wake.set()

    def stop(self, drain_seconds: float = 0.0) -> None:
        """End; first wait up to `drain_seconds` until nothing waits or is being sent."""
        deadline = time.monotonic() + drain_seconds
        while time.monotonic() < deadline and self._busy():
            self._stopping.wait(0.05)
        self._stopping.set()
        self._wake.set()
        self._thread.join(5)
        self._workers.stop()
        self._round()
        self._leave()
        self.spool.close()

    def label_down(self) -> str:
        """Return the name of the printer of labels while it is known that none comes; from any thread."""
        return self._workers.printer_for(LABEL) if self._trouble else self._workers.down_for(LABEL)

    def decide(self, job_id: str, action: str, reason: str, operator: str) -> Job:
        """Do what a person decided of a job, as in `picker.services.printers.jobs.act`; returns the one that counts.

        Raises SpoolError where the job doesn't allow it.
        """
        job = act(self.spool, job_id, action, reason, operator)
        self._show()
        self._workers.wake()
        self._wake.set()
        return job

    def _busy(self) -> bool:
        self._wake.set()
        return self._due_somewhere() or bool(self.spool.jobs(states={JobState.QUEUED, JobState.SENDING}))

    def _due_somewhere(self) -> bool:
        try:
            with self._db.reader.connect() as connection:
                return bool(print_jobs.jobs_due(connection, self._station))
        except (SQLAlchemyError, DataError):
            return False

    def _heard(self, printer: str, health: Health, detail: str) -> None:
        try:
            self.spool.note_health(printer, health, detail)
        except SpoolFault as error:
            self._trouble = str(error)
        self._show()

    def _now(self) -> PrintersNow:
        """How the printers are; none of them gets a job while the spool can't keep any."""
        now = self._workers.now()
        if self._workers.list_trouble:
            list_word = PrinterWord(LIST, Health.LIST.value, self._workers.list_trouble, 0, 0)
            now = replace(now, printers=(*now.printers, list_word))
        if not self._trouble:
            return now
        stuck = [replace(word, health=Health.SPOOL.value, detail=self._trouble) for word in now.printers]
        return replace(now, printers=tuple(stuck))

    def _show(self) -> None:
        """Pass on how the printers are and which jobs are unsure, if that has changed."""
        with self._showing:
            now = self._now()
            if now == self._shown:
                return
            self._shown = now
            if self._on_printers is not None:
                self._on_printers(now)
        self._wake.set()

    def _tell(self) -> None:
        """Have the shop know how the printers are: at each change of health, of counts a little later."""
        words, since = self._now().printers, time.monotonic() - self._told_at
        well = [(word.printer, word.health, word.detail) for word in words]
        same = well == [(word.printer, word.health, word.detail) for word in self._told]
        if since < HEARTBEAT_SECONDS and same and (words == self._told or since < IDLE_SECONDS):
            return
        with self._db.writer.begin() as connection:
            printers.tell(connection, self._station, words, self._db.now(connection))
        self._told, self._told_at = words, time.monotonic()

    def _leave(self) -> None:
        """A closed station has no printers that anybody must see to."""
        with contextlib.suppress(SQLAlchemyError, DataError), self._db.writer.begin() as connection:
            printers.forget(connection, self._station)

    def _run(self) -> None:
        caught_up = False
        while not self._stopping.is_set():
            busy = False
            try:
                caught_up = caught_up or self._try_to_catch_up()
                busy = caught_up and self._round()
                self._keep_up()
                self._workers.fall_back()
            except Exception:  # noqa: BLE001 - without this thread nothing would be printed any more
                _log.exception("outbox of station %s", self._station)
            self._wake.wait(0.1 if busy else IDLE_SECONDS)
            self._wake.clear()

    def _keep_up(self) -> None:
        before = self._workers.list_trouble
        self._workers.keep_up()
        if self._workers.list_trouble != before:
            self._show()

    def _try_to_catch_up(self) -> bool:
        try:
            self._catch_up()
        except (SQLAlchemyError, DataError):
            return False
        return True

    def _round(self) -> bool:
        """Take what is due, report what changed; a database that is away, or a full disk, is tried again."""
        taken, trouble = False, ""
        try:
            try:
                self._note_again()
                taken = self._take()
                self._verify(timedelta(minutes=2))
            except SpoolFault as error:
                trouble = str(error)
            if trouble != self._trouble:
                self._trouble = trouble
                self._show()
            self._tell()
            self._report()
        except (SQLAlchemyError, DataError):
            return False
        return taken

    def _note_again(self) -> None:
        """Find out whether a spool that was in trouble takes anything again, by what it has missed."""
        if self._trouble:
            for word in self._workers.now().printers:
                self.spool.note_health(word.printer, word.health, word.detail)

    def _take(self) -> bool:
        with self._db.reader.connect() as connection:
            due = print_jobs.jobs_due(connection, self._station)
        states = {}
        for row in due:
            states[row.id] = self._take_one(row)
            # The printers begin before the shop's database knows: it may be slow, or gone.
            self._workers.wake()
        if due:
            with self._db.writer.begin() as connection:
                now = self._db.now(connection)
                for job_id, (state, detail) in states.items():
                    print_jobs.set_job_state(connection, job_id, state, detail, now)
        return bool(due)

    def _take_one(self, row: StoredJob) -> tuple[PrintJobState, str]:
        """State and words for a due job: queued, or failed when it can never be printed."""
        printer = self._workers.printer_for(row.document)
        new = NewJob(
            row.parcel.order, row.parcel.number, row.document, dict(row.content), printer, row.revision
        )
        try:
            self.spool.take(new)
        except SpoolFault:
            raise
        except (SpoolError, ContentError) as error:
            return PrintJobState.FAILED, str(error)
        return PrintJobState.QUEUED, ""

    def _verify(self, within: timedelta) -> None:
        """Tell the spool which labels were scanned on their boxes: proof that they are on paper."""
        with self._db.reader.connect() as connection:
            labels = print_jobs.labels_verified(connection, self._station, self._db.now(connection) - within)
        for label, revision in labels.items():
            try:
                self.spool.verify(label.order, label.number, revision=revision)
            except (JobNotFound, WrongState):
                continue  # not printed here yet: the next round asks again

    def _catch_up(self) -> None:
        """After a start: report every open job as the spool knows it, and go on from there."""
        while changes := self.spool.changes_since(self._cursor):
            self._cursor = changes[-1].cursor
        with self._db.reader.connect() as connection:
            rows = print_jobs.jobs_open(connection, self._station)
        for row in rows:
            copies = [
                job
                for job in self.spool.jobs(row.parcel.order, row.parcel.number)
                if (job.document, job.revision) == (row.document, row.revision)
            ]
            if copies:
                self._write([max(copies, key=lambda job: job.copy)])
        self._verify(timedelta(days=1))

    def _report(self) -> None:
        changes = self.spool.changes_since(self._cursor)
        if not changes:
            return
        # Each change shows its job as it is now: once is enough.
        self._write(list({change.job.id: change.job for change in changes}.values()))
        self._cursor = changes[-1].cursor

    def _write(self, jobs: list[Job]) -> None:
        with self._db.writer.begin() as connection:
            now = self._db.now(connection)
            for job in jobs:
                key = JobKey(ParcelRef(OrderId(job.order), job.parcel), job.document, job.revision)
                remarks = "; ".join(words for words in (job.detail, job.notes) if words)
                print_jobs.report_job(connection, key, PrintJobState(job.state.value), remarks, now)
        for job in jobs:
            if self._on_label is not None and (job.document, job.state) == (LABEL, JobState.PRINTED):
                self._on_label(job.order, job.parcel)
