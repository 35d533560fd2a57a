"""From the shop's database to the station's spool and back: documents due, printed, or in doubt.

Runs in a thread of its own. The shop's database only says what is due; what was printed is known to
the spool, on the station's own disk, and is reported back whenever the database can be reached.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from data.engine import Database
from data.errors import DataError
from data.store import parcels
from picker.config import Settings
from picker.services.printers import driver_of, open_spool, station_printers
from printing.content import ContentError
from printing.health import Health
from printing.jobs import WAITING, Answer, Job, JobState, NewJob, SpoolError
from printing.media import medium
from printing.printers import route
from printing.spool import UNSETTLED
from printing.worker import Worker

IDLE_SECONDS = 1.0
FALLBACK_SECONDS, BUSY_SECONDS = 5.0, 30.0
"""After which a printer that can't print, or only serves others, leaves its jobs to its fallback."""


class Outbox:
    """Feeds the station's printers; `on_health` and `on_job` come on other threads."""

    def __init__(
        self,
        db: Database,
        settings: Settings,
        on_health: Callable[[str, Health, str], None] | None = None,
        on_job: Callable[[Job], None] | None = None,
    ) -> None:
        """Open the spool. Raises PrinterError for printers that can't be read or understood."""
        self._db, self._station = db, settings.station
        self._on_health, self._on_job = on_health, on_job
        self._setups = station_printers(settings)
        drivers = {setup.name: driver_of(setup) for setup in self._setups}
        self.spool = open_spool(settings)
        self._workers = {
            setup.name: Worker(
                self.spool,
                setup.name,
                drivers[setup.name],
                medium(setup.medium),
                self._heard,
                setup.language,
            )
            for setup in self._setups
        }
        self._cursor = 0
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        """Begin to take and print."""
        self._adopt()
        for worker in self._workers.values():
            worker.start()
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
        for worker in self._workers.values():
            worker.stop()
        self._round()
        self.spool.close()

    def resolve(self, job_id: str, answer: Answer, operator: str) -> None:
        """Take a person's answer to an unsure job. Raises SpoolError when it is no longer unsure."""
        self.spool.resolve(job_id, answer, operator)
        self._poke_workers()
        self._wake.set()

    def waiting(self) -> int:
        """Return how many jobs are not on paper yet."""
        return len(self.spool.jobs(states=UNSETTLED))

    def _busy(self) -> bool:
        self._wake.set()
        return self._due_somewhere() or bool(self.spool.jobs(states={JobState.QUEUED, JobState.SENDING}))

    def _due_somewhere(self) -> bool:
        try:
            with self._db.reader.connect() as connection:
                return bool(parcels.jobs_due(connection, self._station))
        except (SQLAlchemyError, DataError):
            return False

    def _adopt(self) -> None:
        """Jobs of printers that were removed go to those that print their documents now."""
        for job in self.spool.jobs(states=WAITING | {JobState.SENDING}):
            if job.printer in self._workers:
                continue
            if job.state is JobState.SENDING:
                self.spool.recover(job.printer)
            else:
                self.spool.hand_over(job.id, route(self._setups, job.document).name)

    def _heard(self, printer: str, health: Health, detail: str) -> None:
        self.spool.note_health(printer, health, detail)
        if self._on_health is not None:
            self._on_health(printer, health, detail)

    def _poke_workers(self) -> None:
        for worker in self._workers.values():
            worker.wake()

    def _fall_back(self) -> None:
        """What waits for a printer that can't print goes to its fallback, if that one is well."""
        for setup in self._setups:
            worker, other = self._workers[setup.name], self._workers.get(setup.fallback)
            patience = BUSY_SECONDS if worker.health is Health.BUSY else FALLBACK_SECONDS
            if other is None or other.health is not Health.READY or worker.unwell_for < patience:
                continue
            if self.spool.reroute(setup.name, setup.fallback):
                other.wake()

    def _run(self) -> None:
        caught_up = False
        while not caught_up and not self._stopping.is_set():
            caught_up = self._try_to_catch_up()
        while not self._stopping.is_set():
            busy = self._round()
            self._wake.wait(0.1 if busy else IDLE_SECONDS)
            self._wake.clear()

    def _try_to_catch_up(self) -> bool:
        try:
            self._catch_up()
        except (SQLAlchemyError, DataError):
            self._stopping.wait(IDLE_SECONDS)
            return False
        return True

    def _round(self) -> bool:
        """Take what is due, report what changed; a database that is away is tried again."""
        self._fall_back()
        try:
            taken = self._take()
            self._verify(timedelta(minutes=2))
            self._report()
        except (SQLAlchemyError, DataError):
            return False
        return taken

    def _take(self) -> bool:
        with self._db.reader.connect() as connection:
            due = parcels.jobs_due(connection, self._station)
        states = {row.id: self._take_one(row) for row in due}
        if due:
            # The printers begin before the shop's database knows: it may be slow, or gone.
            self._poke_workers()
            with self._db.writer.begin() as connection:
                for job_id, (state, detail) in states.items():
                    parcels.set_job_state(connection, job_id, state, detail, datetime.now(UTC))
        return bool(due)

    def _take_one(self, row: Row[Any]) -> tuple[str, str]:
        """State and words for a due job: queued, or failed when it can never be printed."""
        printer = route(self._setups, row.document).name
        new = NewJob(row.order_id, row.parcel, row.document, dict(row.content), printer, row.revision)
        try:
            self.spool.take(new)
        except (SpoolError, ContentError) as error:
            return JobState.FAILED.value, str(error)
        return JobState.QUEUED.value, ""

    def _verify(self, within: timedelta) -> None:
        """Tell the spool which labels were scanned on their boxes: proof that they are on paper."""
        with self._db.reader.connect() as connection:
            labels = parcels.labels_verified(connection, self._station, datetime.now(UTC) - within)
        for order, parcel in labels:
            try:
                self.spool.verify(order, parcel)
            except SpoolError:
                continue  # not printed here yet: the next round asks again

    def _catch_up(self) -> None:
        """After a start: report every open job as the spool knows it, and go on from there."""
        while changes := self.spool.changes_since(self._cursor):
            self._cursor = changes[-1].cursor
        with self._db.reader.connect() as connection:
            rows = parcels.jobs_open(connection, self._station)
        for row in rows:
            copies = [
                job
                for job in self.spool.jobs(row.order_id, row.parcel)
                if (job.document, job.revision) == (row.document, row.revision)
            ]
            if copies:
                self._write([max(copies, key=lambda job: job.copy)])
        self._verify(timedelta(days=1))

    def _report(self) -> None:
        changes = self.spool.changes_since(self._cursor)
        if not changes:
            return
        self._write([change.job for change in changes])
        self._cursor = changes[-1].cursor
        for change in changes:
            if self._on_job is not None:
                self._on_job(change.job)

    def _write(self, jobs: list[Job]) -> None:
        with self._db.writer.begin() as connection:
            for job in jobs:
                key = (job.order, job.parcel, job.document, job.revision)
                parcels.report_job(connection, key, job.state.value, job.detail, datetime.now(UTC))
