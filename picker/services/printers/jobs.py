"""The shop's print jobs for people and programs, and what a person decides about one of them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime

from data.engine import Database
from data.store import names
from data.store import print_jobs as stored_jobs
from data.types import OrderId, StationId, WorkerId
from picker.config import Settings
from picker.services.leads import with_badge
from picker.services.orders.lookups import order_key
from picker.services.shop import open_shop
from printing.jobs import Answer, Job, JobNotFound, SpoolError
from printing.spool import Spool


@dataclass(frozen=True, slots=True)
class PrintJobLine:
    """One print job: as its station's spool knows it where that is on this machine, else as reported.

    `id` is its name, which `picker job` takes; `printer` is empty and `copy` is 0 for another machine's.
    """

    id: str
    order: str
    parcel: int
    document: str
    revision: int
    station: StationId
    state: str
    detail: str
    made_at: datetime
    printer: str = ""
    copy: int = 0
    notes: str = ""

    def to_json(self) -> dict[str, object]:
        """Return JSON values."""
        return {**asdict(self), "made_at": self.made_at.isoformat()}


def print_jobs(settings: Settings, order: str | None) -> list[PrintJobLine]:
    """Return the print jobs, of one order or the newest thousand of all; "due" means not taken yet."""
    with closing(_Spools(settings)) as spools:
        db = open_shop(settings.db)
        try:
            with db.reader.connect() as connection:
                number = order_key(connection, order) if order else OrderId("")
                rows = (
                    stored_jobs.jobs_of(connection, number) if order else stored_jobs.newest_jobs(connection)
                )
                called = names.called(connection, {row.parcel.order for row in rows})
        finally:
            db.dispose()
        return [_line(row, called[row.parcel.order], spools.job(row.station, _name(row))) for row in rows]


def act(spool: Spool, job_id: str, action: str, reason: str, by: str) -> Job:
    """Do what a person decided of a job: "reprint", "cancel", "lost", or an `Answer` for an unsure one.

    "lost" is a job being sent that will not come: it becomes unsure. Returns the job that counts from now
    on. Raises SpoolError where the job doesn't allow it.
    """
    if action == "reprint":
        return spool.reprint(job_id, reason, by)
    if action == "cancel":
        return spool.cancel(job_id, reason, by)
    if action == "lost":
        return spool.give_up(job_id, by)
    return spool.resolve(job_id, Answer(action), by)


def decide(settings: Settings, name: str, action: str, reason: str, by: str) -> Job:
    """Do what a person decided of a job of any station of this machine, as in `act`. Raises SpoolError."""
    spool, job = _opened_job(settings, name)
    with closing(spool):
        return act(spool, job.id, action, reason, by)


def _opened_job(settings: Settings, name: str) -> tuple[Spool, Job]:
    """A job of any station of this machine, by the id that `print_jobs` gives it, and its open spool."""
    for path in sorted(settings.home.glob("spool-*.sqlite")):
        spool = Spool(path)
        try:
            return spool, spool.named(name)
        except JobNotFound:
            spool.close()
    raise JobNotFound(f"no print job {name!r} on this machine: picker jobs lists them, with their stations")


def lead_of(db: Database, badge: str) -> WorkerId:
    """Return the id of the lead whose badge this is; raises SpoolError for anybody else."""
    with db.reader.connect() as connection:
        lead = with_badge(connection, badge)
    if not lead:
        raise SpoolError("a reprint needs a lead's badge here, and this is none")
    return lead


def _name(row: stored_jobs.StoredJob) -> str:
    revision = f"-r{row.revision}" if row.revision > 1 else ""
    return f"{row.parcel.order}-{row.parcel.number}-{row.document}{revision}"


def _line(row: stored_jobs.StoredJob, order: str, job: Job | None) -> PrintJobLine:
    key = (_name(row), order, row.parcel.number, row.document, row.revision, row.station)
    if job is None:
        return PrintJobLine(*key, row.state.value, row.detail, row.made_at)
    return PrintJobLine(*key, job.state.value, job.detail, row.made_at, job.printer, job.copy, job.notes)


class _Spools:
    """The spools of this machine's stations, each opened when it is first asked."""

    def __init__(self, settings: Settings) -> None:
        self._home = settings.home
        self._open: dict[str, Spool | None] = {}

    def job(self, station: StationId, name: str) -> Job | None:
        """The job in that station's spool, if it is here."""
        if station not in self._open:
            path = self._home / f"spool-{station}.sqlite"
            self._open[station] = Spool(path) if path.exists() else None
        spool = self._open[station]
        try:
            return None if spool is None else spool.named(name)
        except JobNotFound:
            return None

    def close(self) -> None:
        """Close them all."""
        for spool in self._opened():
            spool.close()

    def _opened(self) -> Iterator[Spool]:
        return (spool for spool in self._open.values() if spool is not None)
