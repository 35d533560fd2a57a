"""The documents due for sealed parcels, and how far each has come: print jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from data.tables import PrintJob

_J = PrintJob.__table__
_VERIFY_JOB = (
    update(_J)
    .where(
        _J.c.order_id == bindparam("order"),
        _J.c.parcel == bindparam("number"),
        _J.c.document == bindparam("kind"),
    )
    .values(state="verified", changed_at=bindparam("at"))
)
# Ids grow with time: those of one parcel, made at one instant, keep the order they were made in.
_JOBS_DUE = (
    select(_J)
    .where(_J.c.station == bindparam("station"), _J.c.state == "due")
    .order_by(_J.c.made_at, _J.c.id)
)
_JOB_STATE = (
    update(_J)
    .where(_J.c.id == bindparam("job"), _J.c.state != "verified")
    .values(state=bindparam("new_state"), detail=bindparam("new_detail"), changed_at=bindparam("at"))
)
_JOBS_OPEN = select(_J).where(
    _J.c.station == bindparam("station"), _J.c.state.in_(["queued", "sending", "unsure", "failed"])
)
_VERIFIED = select(_J.c.order_id, _J.c.parcel).where(
    _J.c.station == bindparam("station"),
    _J.c.state == "verified",
    _J.c.document == "label",
    _J.c.changed_at >= bindparam("since"),
)
_REPORT_JOB = (
    update(_J)
    .where(
        _J.c.order_id == bindparam("order"),
        _J.c.parcel == bindparam("number"),
        _J.c.document == bindparam("kind"),
        _J.c.revision == bindparam("edition"),
        _J.c.state != "verified",
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
    order: str
    parcel: int
    document: str
    content: dict[str, object]
    content_hash: str
    revision: int = 1
    reason: str = ""


def add_jobs(connection: Connection, station: str, jobs: Sequence[NewPrintJob], at: datetime) -> None:
    """Queue documents; a second job with the same key is refused by the table."""
    for job in jobs:
        values = {
            "id": job.id,
            "order_id": job.order,
            "parcel": job.parcel,
            "document": job.document,
            "revision": job.revision,
            "station": station,
            "content": job.content,
            "content_hash": job.content_hash,
            "state": "due",
            "made_at": at,
            "changed_at": at,
            "reason": job.reason,
        }
        connection.execute(insert(_J), values)


def jobs_due(connection: Connection, station: str) -> list[Row[Any]]:
    """Return the station's jobs that its spool has not taken yet, oldest first."""
    return list(connection.execute(_JOBS_DUE, {"station": station}))


def jobs_open(connection: Connection, station: str) -> list[Row[Any]]:
    """Return the station's jobs that are taken and not settled yet."""
    return list(connection.execute(_JOBS_OPEN, {"station": station}))


def labels_verified(connection: Connection, station: str, since: datetime) -> list[tuple[str, int]]:
    """Return (order, parcel) of the station's labels scanned on their boxes since an instant."""
    rows = connection.execute(_VERIFIED, {"station": station, "since": since})
    return [(row.order_id, row.parcel) for row in rows]


def report_job(
    connection: Connection, key: tuple[str, int, str, int], state: str, detail: str, at: datetime
) -> None:
    """Write what a spool says of the job (order, parcel, document, revision)."""
    values = {"order": key[0], "number": key[1], "kind": key[2], "edition": key[3]}
    connection.execute(_REPORT_JOB, {**values, "new_state": state, "new_detail": detail, "at": at})


def jobs_of(connection: Connection, order: str) -> list[Row[Any]]:
    """Return every print job of an order."""
    return list(connection.execute(_JOBS_OF, {"order": order}))


def newest_jobs(connection: Connection, most: int = 1000) -> list[Row[Any]]:
    """Return the newest print jobs, oldest of them first."""
    rows = connection.execute(select(_J).order_by(_J.c.made_at.desc(), _J.c.id.desc()).limit(most))
    return list(reversed(list(rows)))


def first_job(connection: Connection, order: str, parcel: int, document: str) -> Row[Any] | None:
    """Return the first job of a document."""
    values = {"order": order, "number": parcel, "document": document}
    return connection.execute(_JOB.order_by(_J.c.revision).limit(1), values).first()


def label_now(connection: Connection, order: str, parcel: int) -> tuple[str, str]:
    """Return (state, detail) of the newest label of a parcel as last told, ("", "") when there is none."""
    values = {"order": order, "number": parcel, "document": "label"}
    found = connection.execute(_JOB.order_by(_J.c.revision.desc()).limit(1), values).first()
    return (str(found.state), str(found.detail)) if found else ("", "")


def last_revision(connection: Connection, order: str, parcel: int, document: str) -> int:
    """Return the newest revision of a document, 0 when it has none."""
    values = {"order": order, "number": parcel, "document": document}
    return int(connection.execute(_REVISION, values).scalar() or 0)


def set_job_state(connection: Connection, job: UUID, state: str, detail: str, at: datetime) -> None:
    """Write a job's state; a verified job stays verified."""
    values = {"job": job, "new_state": state, "new_detail": detail, "at": at}
    connection.execute(_JOB_STATE, values)


def verify_label(connection: Connection, order: str, parcel: int, at: datetime) -> None:
    """Mark the parcel's label jobs as verified: one of them was scanned on the box."""
    values = {"order": order, "number": parcel, "kind": "label", "at": at}
    connection.execute(_VERIFY_JOB, values)
