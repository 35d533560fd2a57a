"""The numbers of parcels: what is left of them, and who is told."""

from datetime import datetime

from sqlalchemy import Connection

from data.store import exceptions, parcels, setup
from data.types import ExceptionKind, ShopId
from picker.errors import Mistake
from scanning.codes import is_sscc, sscc_capacity, sscc_count

_LOW_PERCENT = 90


def take_prefix(connection: Connection, shop: ShopId, prefix: str) -> None:
    """Have a shop's next parcels be numbered under a company prefix, beyond all that read as if they were already.

    Raises Mistake where it begins another shop's prefix, or goes on from it: their parcels would share numbers, and
    GS1 gives no two such prefixes.
    """
    for other in setup.shops(connection):
        theirs = str(other.company_prefix)
        nested = prefix.startswith(theirs) or theirs.startswith(prefix)
        if other.id != shop and theirs != prefix and nested:
            raise Mistake(
                f"GS1 company prefix: {prefix} and {theirs} of shop {other.id} begin alike, so that parcels would "
                "share numbers; expected one that neither begins nor continues the other"
            )
    if is_sscc(last := parcels.last_given(connection, prefix)):
        parcels.begin_serials(connection, prefix, sscc_count(prefix, last) + 1)


def begin(connection: Connection, prefix: str, first: int) -> None:
    """Have the next parcel of a prefix bear this serial. Raises Mistake for one that was given or can't be."""
    if first >= (capacity := sscc_capacity(prefix)):
        raise Mistake(f"Prefix {prefix} has {capacity} numbers: expected a serial below, got {first}")
    if (following := parcels.begin_serials(connection, prefix, first)) != first:
        raise Mistake(
            f"Serials to {following - 1} were given already: expected {following} or more, got {first}"
        )


def left(prefix: str, number: str) -> int:
    """Return how many SSCCs of a prefix are left after a parcel's number: 0 after a code of our own."""
    return sscc_capacity(prefix) - sscc_count(prefix, number) - 1 if is_sscc(number) else 0


def running_out(prefix: str, number: str) -> ExceptionKind | None:
    """Return what the lead must know after a parcel's number: that the SSCCs run out, or have; None for nothing."""
    capacity, rest = sscc_capacity(prefix), left(prefix, number)
    if (capacity - rest) * 100 < capacity * _LOW_PERCENT:
        return None
    return ExceptionKind.SSCC_LOW if rest else ExceptionKind.SSCC_USED_UP


def tell(connection: Connection, prefix: str, number: str, now: datetime) -> None:
    """Tell the lead, once, when with this parcel's number most of a prefix's are used, and again when all are."""
    kind = running_out(prefix, number)
    if kind is None:
        return
    reported = any(
        row.kind == kind and row.detail.get("prefix") == prefix
        for row in exceptions.reports(connection, kind)
    )
    if not reported:
        exceptions.report(connection, kind, None, {"prefix": prefix, "left": left(prefix, number)}, now)
