"""The numbers of parcels: what is left of them, and who is told."""

from datetime import datetime

from sqlalchemy import Connection

from data.store import exceptions
from data.types import ExceptionKind
from scanning.codes import is_sscc, sscc_capacity, sscc_count

_LOW_PERCENT = 90


def tell(connection: Connection, prefix: str, number: str, now: datetime) -> None:
    """Tell the lead, once, when with this parcel's number most of a prefix's are used, and again when all are."""
    capacity = sscc_capacity(prefix)
    used = sscc_count(prefix, number) + 1 if is_sscc(number) else capacity
    if used * 100 < capacity * _LOW_PERCENT:
        return
    kind = ExceptionKind.SSCC_USED_UP if used >= capacity else ExceptionKind.SSCC_LOW
    told = any(
        row.kind == kind and row.detail.get("prefix") == prefix
        for row in exceptions.reports(connection, kind)
    )
    if not told:
        exceptions.report(connection, kind, None, {"prefix": prefix, "left": capacity - used}, now)
