"""Erasing who buyers are, some days after their orders were closed: the log and every figure stay whole."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from data.engine import Database
from data.errors import DataError
from data.store import privacy
from picker.config import Settings
from picker.services.clock import housekeeping_time
from picker.services.logfile import described
from picker.services.printers.printers import PAPER
from printing.jobs import JobState
from printing.spool import Spool

_CHUNK = 50
_PAUSE_S = 0.02
_LOOK_S = 3_600.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, or in a dry run would be, of orders over before an instant."""

    before: datetime
    orders: int = 0
    customers: int = 0
    print_jobs: int = 0
    carrier_labels: int = 0
    spooled: int = 0
    files: int = 0
    dry_run: bool = False

    def to_json(self) -> dict[str, object]:
        """Return JSON values."""
        return {**asdict(self), "before": self.before.isoformat()}


def erase(db: Database, settings: Settings, days: int, now: datetime, *, dry_run: bool = False) -> Erased:
    """Erase names, addresses, e-mails, phones, notes and documents of orders that were over `days` days ago.

    In small transactions, so that stations go on packing. On SQLite nothing of it is left in the file
    afterwards; backups made before still hold it. Raises DataError when the database can't be reached.
    """
    before = now - timedelta(days=days)
    if dry_run:
        with db.reader.connect() as connection:
            orders = privacy.count_due_orders(connection, before)
            customers = privacy.count_due_customers(connection, before)
        return Erased(before, orders, customers, dry_run=True)
    pause = threading.Event()
    orders = jobs = labels = customers = 0
    while due := _erase_some_orders(db, before, now):
        orders, jobs, labels = orders + due[0], jobs + due[1], labels + due[2]
        pause.wait(_PAUSE_S)
    while some := _erase_some_customers(db, before):
        customers += some
        pause.wait(_PAUSE_S)
    db.checkpoint()
    spooled, files = _forget(db, settings, before), _unlink(settings, before)
    return Erased(before, orders, customers, jobs, labels, spooled, files)


def _erase_some_orders(db: Database, before: datetime, now: datetime) -> tuple[int, int, int] | None:
    """(orders, print jobs, carriers' labels) of the next few, None when none is left.

    They are looked for as a reader: that takes longer, and no station has to wait for it.
    """
    with db.reader.connect() as connection:
        due = privacy.due_orders(connection, before, _CHUNK)
    with db.writer.begin() as connection:
        if not due:
            privacy.erase_late_notes(connection)
            return None
        return len(due), *privacy.erase_orders(connection, due, now)


def _erase_some_customers(db: Database, before: datetime) -> int:
    with db.reader.connect() as connection:
        due = privacy.due_customers(connection, before, _CHUNK)
    if due:
        with db.writer.begin() as connection:
            privacy.erase_customers(connection, due)
    return len(due)


def _forget(db: Database, settings: Settings, before: datetime) -> int:
    """Erase what this machine's spools hold of jobs finished before an instant; returns how many.

    What failed and was left lying is given up first, once its order is erased.
    """
    forgotten = 0
    for path in sorted(settings.home.glob("spool-*.sqlite")):
        spool = Spool(path)
        try:
            failed = [job for job in spool.jobs(states={JobState.FAILED}) if job.taken_at < before]
            with db.reader.connect() as connection:
                over = privacy.erased(connection, {job.order for job in failed})
            for job in failed:
                if job.order in over:
                    spool.cancel(job.id, "its order is over", "privacy")
            forgotten += spool.forget(before)
        finally:
            spool.close()
    return forgotten


def _unlink(settings: Settings, before: datetime) -> int:
    """Remove printed paper and taken-in carriers' labels that lie as files on this machine; returns how many."""
    folders = [settings.home / PAPER]
    if settings.carrier_labels is not None:
        folders += [settings.carrier_labels / name for name in ("done", "refused")]
    removed = 0
    for path in (path for folder in folders if folder.is_dir() for path in folder.rglob("*")):
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                path.unlink()
                removed += 1
    return removed


@contextmanager
def erasing(db: Database, settings: Settings) -> Iterator[None]:
    """Erase in the background while a station runs: at its start, and whenever a day has begun."""
    stopping = threading.Event()
    thread = threading.Thread(target=_watch, args=(db, settings, stopping), name="privacy", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(5)


def _watch(db: Database, settings: Settings, stopping: threading.Event) -> None:
    done = None
    while not stopping.is_set():
        try:
            now = housekeeping_time(db)
            if now is not None and now.date() != done:
                erase(db, settings, settings.erase_after_days, now)
                done = now.date()
        except (SQLAlchemyError, DataError, OSError, ValueError) as error:
            _log.warning("buyers' data could not be erased, it is tried again: %s", described(error))
        stopping.wait(_LOOK_S)
