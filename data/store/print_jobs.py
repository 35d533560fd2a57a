"""The documents due for sealed parcels, and how far each has come: print jobs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from data.tables import PrintJob
from data.types import OrderId, ParcelRef, PrintJobState, StationId

_J = PrintJob.__table__
_VERIFIED_STATE = PrintJobState.VERIFIED.value
_OPEN = (PrintJobState.QUEUED, PrintJobState.SENDING, PrintJobState.UNSURE, PrintJobState.FAILED)
_VERIFY_JOB = (
    update(_J)
    .where(
        _J.c.order_id == bindparam("order"),
        _J.c.parcel == bindparam("number"),
        _J.c.document == bindparam("kind"),
    )
    .values(state=_VERIFIED_STATE, changed_at=bindparam("at"))
)
# Ids grow with time: those of one parcel, made at one instant, keep the order they were made in.
_JOBS_DUE = (
    select(_J)
    .where(_J.c.station == bindparam("station"), _J.c.state == PrintJobState.DUE.value)
    .order_by(_J.c.made_at, _J.c.id)
)
_JOB_STATE = (
    update(_J)
    .where(_J.c.id == bindparam("job"), _J.c.state != _VERIFIED_STATE)
    .values(state=bindparam("new_state"), detail=bindparam("new_detail"), changed_at=bindparam("at"))
)
_JOBS_OPEN = select(_J).where(
    _J.c.station == bindparam("station"), _J.c.state.in_([state.value for state in _OPEN])
)
_VERIFIED = (
    select(_J.c.order_id, _J.c.parcel, func.max(_J.c.revision).label("newest"))
    .where(
        _J.c.station == bindparam("station"),
        _J.c.state == _VERIFIED_STATE,
        _J.c.document == "label",
        _J.c.changed_at >= bindparam("since"),
    )
    .group_by(_J.c.order_id, _J.c.parcel)
)
_REPORT_JOB = (
    update(_J)
    .where(
        _J.c.order_id == bindparam("order"),
        _J.c.parcel == bindparam("number"),
        _J.c.document == bindparam("kind"),
        _J.c.revision == bindparam("edition"),
        _J.c.state != _VERIFIED_STATE,
    )
    .values(state=bindparam("new_state"), detail=bindparam("new_detail"), changed_at=bindparam("at"))
)
_REVISION = select(func.max(_J.c.revision)).where(
    _J.c.order_id == bindparam("order"),
    _J.c.parcel == bindparam("number"),
    _J.c.document == bindparam("document"),
)
_JOBS_OF = select(_J).where(_J.c.order_id == bindparam("order")).order_by(_J.c.parcel, _J.c.made_at, _J.c.id)
_JOB = select(_J).where(
    _J.c.order_id == bindparam("order"),
    _J.c.parcel == bindparam("number"),
    _J.c.document == bindparam("document"),
)


@dataclass(frozen=True, slots=True)
class NewPrintJob:
    """A document that has become due."""

    id: UUID
    parcel: ParcelRef
    document: str
    content: dict[str, object]
    content_hash: str
    revision: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StoredJob:
    """A print job as it stands; `content` is empty once it was erased with its buyer's data."""

    id: UUID
    parcel: ParcelRef
    document: str
    revision: int
    station: StationId
    content: dict[str, object]
    state: PrintJobState
    detail: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class JobKey:
    """What names a job in the shop and in its spool alike."""

    parcel: ParcelRef
    document: str
    revision: int


def add_jobs(connection: Connection, station: StationId, jobs: Sequence[NewPrintJob], at: datetime) -> None:
    """Queue documents; a second job with the same key is refused by the table."""
    for job in jobs:
        values = {
            "id": job.id,
            "order_id": job.parcel.order,
            "parcel": job.parcel.number,
            "document": job.document,
            "revision": job.revision,
            "station": station,
            "content": job.content,
            "content_hash": job.content_hash,
            "state": PrintJobState.DUE.value,
            "made_at": at,
            "changed_at": at,
            "reason": job.reason,
        }
        connection.execute(insert(_J), values)


def jobs_due(connection: Connection, station: StationId) -> list[StoredJob]:
    """Return the station's jobs that its spool has not taken yet, oldest first."""
    return _stored(connection, _JOBS_DUE, {"station": station})


def jobs_open(connection: Connection, station: StationId) -> list[StoredJob]:
    """Return the station's jobs that are taken and not settled yet."""
    return _stored(connection, _JOBS_OPEN, {"station": station})


def labels_verified(connection: Connection, station: StationId, since: datetime) -> dict[ParcelRef, int]:
    """Return the parcels whose label was scanned on its box since an instant, each with its newest revision then.

    One printed again later, when the number of parcels changed, is proven by no scan before it.
    """
    rows = connection.execute(_VERIFIED, {"station": station, "since": since})
    return {ParcelRef(row.order_id, row.parcel): row.newest for row in rows}


def report_job(connection: Connection, key: JobKey, state: PrintJobState, detail: str, at: datetime) -> None:
    """Write what a spool says of a job."""
    values = {**_of(key.parcel), "kind": key.document, "edition": key.revision}
    connection.execute(_REPORT_JOB, {**values, "new_state": state.value, "new_detail": detail, "at": at})


def jobs_of(connection: Connection, order: OrderId) -> list[StoredJob]:
    """Return every print job of an order."""
    return _stored(connection, _JOBS_OF, {"order": order})


def newest_jobs(connection: Connection, most: int = 1000) -> list[StoredJob]:
    """Return the newest print jobs, oldest of them first."""
    newest = select(_J).order_by(_J.c.made_at.desc(), _J.c.id.desc()).limit(most)
    return _stored(connection, newest, {})[::-1]


def newest_job(connection: Connection, parcel: ParcelRef, document: str) -> StoredJob | None:
    """Return the newest job of a document: an earlier one may say what is no longer true."""
    values = {**_of(parcel), "document": document}
    return next(iter(_stored(connection, _JOB.order_by(_J.c.revision.desc()).limit(1), values)), None)


def last_revision(connection: Connection, parcel: ParcelRef, document: str) -> int:
    """Return the newest revision of a document, 0 when it has none."""
    values = {**_of(parcel), "document": document}
    return int(connection.execute(_REVISION, values).scalar() or 0)


def set_job_state(connection: Connection, job: UUID, state: PrintJobState, detail: str, at: datetime) -> None:
    """Write a job's state; a verified job stays verified."""
    values = {"job": job, "new_state": state.value, "new_detail": detail, "at": at}
    connection.execute(_JOB_STATE, values)


def verify_label(connection: Connection, parcel: ParcelRef, at: datetime) -> None:
    """Mark the parcel's label jobs as verified: one of them was scanned on the box."""
    connection.execute(_VERIFY_JOB, {**_of(parcel), "kind": "label", "at": at})


def _of(parcel: ParcelRef) -> dict[str, object]:
    return {"order": parcel.order, "number": parcel.number}


def _stored(
    connection: Connection, query: Select[tuple[PrintJob]], values: Mapping[str, object]
) -> list[StoredJob]:
    return [
        StoredJob(
            row.id,
            ParcelRef(row.order_id, row.parcel),
            row.document,
            row.revision,
            row.station,
            row.content,
            PrintJobState(row.state),
            row.detail,
            row.made_at,
        )
        for row in connection.execute(query, values)
    ]
