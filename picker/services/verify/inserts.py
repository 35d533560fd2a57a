"""Cards and coupons: what is recorded of them beside parcels, print jobs and counters."""

from collections.abc import Iterator

from sqlalchemy import Connection

from data.store import audit
from picker.services.verify.report import about


def insert_faults(connection: Connection) -> Iterator[str]:
    """Yield what doesn't agree, in words. Which campaign a parcel got is no event, for its buyer decides on it."""
    for order, parcel, campaign, lacks in audit.inserts_without(connection):
        yield about("order", order, f"card {campaign} was given with parcel {parcel}, which lacks {lacks}")
    for code in audit.coupons_of_nobody(connection):
        yield about("coupon", code, "it is marked as given, but lay in no parcel")
    for row in audit.inserts_miscounted(connection):
        yield about(
            "campaign", row.code, f"{row.given} cards were given, its counter stands at {row.printed}"
        )
