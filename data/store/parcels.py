"""Sealed parcels and their numbers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from data.tables import Parcel, SsccCounter
from data.types import ParcelRef

_P, _N = Parcel.__table__, SsccCounter.__table__
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


@dataclass(frozen=True, slots=True)
class Weights:
    """What a parcel should weigh and what the scale said, in g; 0 and None are not known."""

    expected_g: int
    gross_g: int | None


def next_serial(connection: Connection, company_prefix: str) -> int:
    """Return the next parcel serial of a company prefix without using it up."""
    serial = connection.execute(_NEXT_SERIAL, {"prefix": company_prefix}).scalar()
    return int(serial) if serial is not None else 0


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


def last_given(connection: Connection, company_prefix: str) -> str:
    """Return the greatest number of a parcel that reads as one of this prefix, "" where there is none: it may have
    been given under a prefix that begins this one, or goes on from it.
    """
    like = _P.c.sscc.like(f"_{company_prefix}%")
    return str(connection.scalar(select(func.max(_P.c.sscc)).where(like)) or "")


def add_parcel(
    connection: Connection,
    parcel: ParcelRef,
    packaging: str,
    sscc: str,
    weights: Weights,
    at: datetime,
) -> None:
    """Record a sealed parcel."""
    values = {
        "order_id": parcel.order,
        "parcel": parcel.number,
        "packaging": packaging,
        "sscc": sscc,
        "expected_g": weights.expected_g,
        "gross_g": weights.gross_g,
        "sealed_at": at,
    }
    connection.execute(insert(_P), values)


def of_sscc(connection: Connection, sscc: str) -> ParcelRef | None:
    """Return the sealed parcel of a number, None when we never gave it."""
    row = connection.execute(_OF_SSCC, {"sscc": sscc}).first()
    return ParcelRef(row.order_id, row.parcel) if row else None


def verify_parcel(connection: Connection, parcel: ParcelRef) -> None:
    """Record that the parcel's label was scanned on the box."""
    connection.execute(_VERIFY, {"order": parcel.order, "number": parcel.number})
