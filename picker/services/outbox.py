"""From the shop's database to the station's spool and back: documents due, printed, or in doubt.

Runs in a thread of its own. The shop's database only says what is due; what was printed is known to
the spool, on the station's own disk, and is reported back whenever the database can be reached.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from data.engine import Database
from data.errors import DataError
from data.store import parcels
from picker.config import Settings
from printing.health import Health
from printing.jobs import Answer, Job, JobState, NewJob, SpoolError
from printing.media import medium
from printing.spool import UNSETTLED, Spool
from printing.targets import open_driver
from printing.worker import Worker

IDLE_SECONDS = 1.0
MAIN, LABELS = "main", "labels"


@dataclass(frozen=True, slots=True)
class PrinterSetup:
    """One printer of this station: its name, where it is, and its paper."""

    name: str
    target: str
    medium: str


def printers(settings: Settings) -> list[PrinterSetup]:
    """Return the station's printers; without any, documents go into a folder as bytes and pictures."""
    main = settings.printer or f"file:{settings.home / 'paper'}"
    found = [PrinterSetup(MAIN, main, settings.medium)]
    if settings.printer_label:
        found.append(PrinterSetup(LABELS, settings.printer_label, settings.medium_label or settings.medium))
    return found


def spool_path(settings: Settings) -> Path:
    """Return the file of this station's spool."""
    return settings.home / f"spool-{settings.station}.sqlite"


class Outbox:
    """Feeds the station's printers; `on_health` and `on_job` come on other threads."""

    def __init__(
        self,
        db: Database,
        settings: Settings,
        on_health: Callable[[str, Health, str], None] | None = None,
        on_job: Callable[[Job], None] | None = None,
    ) -> None:
        """Open the spool. Raises TargetError for a printer address that can't be read."""
        self._db, self._station, self._on_job = db, settings.station, on_job
        setups = printers(settings)
        self._route = {"label": setups[-1].name}
        drivers = [(setup, open_driver(setup.target)) for setup in setups]
        settings.home.mkdir(parents=True, exist_ok=True)
        self.spool = Spool(spool_path(settings))
        self._workers = [
            Worker(self.spool, setup.name, driver, medium(setup.medium), on_health)
            for setup, driver in drivers
        ]
        self._cursor = 0
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        """Begin to take and print."""
        for worker in self._workers:
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
        for worker in self._workers:
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
        with self._db.reader.connect() as connection:
            due = bool(parcels.jobs_due(connection, self._station))
        self._wake.set()
        return due or bool(self.spool.jobs(states={JobState.QUEUED, JobState.SENDING}))

    def _poke_workers(self) -> None:
        for worker in self._workers:
            worker.wake()

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
        try:
            taken = self._take()
            self._verify(timedelta(minutes=2))
            self._report()
        except (SQLAlchemyError, DataError):
            return False
        if taken:
            self._poke_workers()
        return taken

    def _take(self) -> bool:
        with self._db.reader.connect() as connection:
            due = parcels.jobs_due(connection, self._station)
        for row in due:
            printer = self._route.get(row.document, MAIN)
            self.spool.take(
                NewJob(row.order_id, row.parcel, row.document, dict(row.content), printer, row.revision)
            )
        if due:
            with self._db.writer.begin() as connection:
                for row in due:
                    parcels.set_job_state(connection, row.id, JobState.QUEUED.value, "", datetime.now(UTC))
        return bool(due)

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
