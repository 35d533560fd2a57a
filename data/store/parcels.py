"""Sealed parcels, their numbers, the documents due for them, and what people must look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from data.tables import ExceptionReport, Parcel, PrintJob, SsccCounter

_P, _J, _X, _N = Parcel.__table__, PrintJob.__table__, ExceptionReport.__table__, SsccCounter.__table__
_NEXT_SERIAL = select(_N.c.next_serial).where(_N.c.company_prefix == bindparam("prefix")).with_for_update()
_COUNT_UP = (
    update(_N).where(_N.c.company_prefix == bindparam("prefix")).values(next_serial=_N.c.next_serial + 1)
)
_OF_SSCC = select(_P.c.order_id, _P.c.parcel).where(_P.c.sscc == bindparam("sscc"))
_VERIFY = (
    update(_P)
    .where(_P.c.order_id == bindparam("order"), _P.c.parcel == bindparam("number"))
    .values(state="verified")
)
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
_OPEN = select(_X).where(_X.c.resolved_at.is_(None)).order_by(_X.c.at)


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


def next_serial(connection: Connection, company_prefix: str) -> int:
    """Return the next parcel serial of a company prefix without using it up."""
    found = connection.execute(_NEXT_SERIAL, {"prefix": company_prefix}).scalar()
    return int(found) if found is not None else 0


def use_serial(connection: Connection, company_prefix: str) -> None:
    """Use the next serial up; it is never given again."""
    if connection.execute(_COUNT_UP, {"prefix": company_prefix}).rowcount == 0:
        connection.execute(insert(_N), {"company_prefix": company_prefix, "next_serial": 1})


def begin_serials(connection: Connection, company_prefix: str, first: int) -> int:
    """Have the next parcel of a prefix bear this serial, unless so many were given already; returns the next one."""
    now = next_serial(connection, company_prefix)
    if first <= now:
        return now
    values = {"company_prefix": company_prefix, "next_serial": first}
    if not connection.execute(
        update(_N).where(_N.c.company_prefix == company_prefix).values(values)
    ).rowcount:
        connection.execute(insert(_N), values)
    return first


def add_parcel(
    connection: Connection,
    order: str,
    parcel: int,
    packaging: str,
    sscc: str,
    weights: tuple[int, int | None],
    at: datetime,
) -> None:
    """Record a sealed parcel; `weights` are (expected, gross or None) in g."""
    values = {
        "order_id": order,
        "parcel": parcel,
        "packaging": packaging,
        "sscc": sscc,
        "expected_g": weights[0],
        "gross_g": weights[1],
        "sealed_at": at,
    }
    connection.execute(insert(_P), values)


def of_sscc(connection: Connection, sscc: str) -> tuple[str, int] | None:
    """Return (order, parcel) of a sealed parcel's number, None when we never gave it."""
    found = connection.execute(_OF_SSCC, {"sscc": sscc}).first()
    return (found.order_id, found.parcel) if found else None


def verify_parcel(connection: Connection, order: str, parcel: int) -> None:
    """Record that the parcel's label was scanned on the box."""
    connection.execute(_VERIFY, {"order": order, "number": parcel})


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


def report(
    connection: Connection, kind: str, order: str | None, detail: dict[str, object], at: datetime
) -> None:
    """Open an exception for the shift lead."""
    connection.execute(insert(_X), {"order_id": order, "kind": kind, "detail": detail, "at": at})


def open_exceptions(connection: Connection, order: str | None = None) -> list[Row[Any]]:
    """Return the exceptions nobody has resolved, oldest first; with `order` only that order's."""
    return list(connection.execute(_OPEN if order is None else _OPEN.where(_X.c.order_id == order)))


def reports(connection: Connection, kind: str) -> list[Row[Any]]:
    """Return all exceptions of a kind, also those that a person has seen to."""
    return list(connection.execute(select(_X).where(_X.c.kind == kind)))


def resolved_exceptions(connection: Connection, order: str, kind: str) -> list[Row[Any]]:
    """Return an order's exceptions of one kind that a person has seen to."""
    mine = (_X.c.order_id == order, _X.c.kind == kind, _X.c.resolved_at.is_not(None))
    return list(connection.execute(select(_X).where(*mine)))


def resolve(connection: Connection, exception_ids: Sequence[int], by: str, at: datetime) -> None:
    """Close exceptions."""
    if exception_ids:
        connection.execute(
            update(_X).where(_X.c.id.in_(list(exception_ids))).values(resolved_at=at, resolved_by=by)
        )
