"""The numbers of parcels: what is left of them, and who is told."""

from datetime import datetime

from sqlalchemy import Connection

from data.store import exceptions, parcels
from scanning.codes import sscc_capacity

LOW, USED_UP = "sscc_low", "sscc_used_up"
"""Kinds of reports to the lead: most of the SSCCs of a company prefix are used, or all of them."""
_LOW_PERCENT = 90


def tell(connection: Connection, prefix: str, now: datetime) -> None:
    """Tell the lead, once, when most of a prefix's numbers are used, and again when all are."""
    used, capacity = parcels.next_serial(connection, prefix), sscc_capacity(prefix)
    if used * 100 < capacity * _LOW_PERCENT:
        return
    kind = USED_UP if used >= capacity else LOW
    told = any(
        row.kind == kind and row.detail.get("prefix") == prefix
        for row in exceptions.reports(connection, kind)
    )
    if not told:
        exceptions.report(connection, kind, None, {"prefix": prefix, "left": max(0, capacity - used)}, now)
