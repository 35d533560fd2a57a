"""What buyers sent back damaged, beside the parcels it travelled in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from data.store.packed import Packed
from data.tables import CustomerReturn
from data.types import ReturnReason

_R = CustomerReturn.__table__
_DAMAGED = (
    select(_R.c.order_id, _R.c.sku, func.sum(_R.c.quantity).label("units"))
    .where(_R.c.reason == ReturnReason.DAMAGED.value)
    .group_by(_R.c.order_id, _R.c.sku)
)


@dataclass(frozen=True, slots=True)
class Damaged:
    """Units sent back damaged, by SKU and by the packaging they travelled in; what nobody sent back is absent."""

    by_sku: Mapping[str, int]
    by_packaging: Mapping[str, int]


def damaged(connection: Connection, parcels: Iterable[Packed]) -> Damaged:
    """Return how many units of these parcels were sent back damaged.

    Where an order's units of a SKU travelled in several parcels, those of the first are counted first: no
    buyer says which one it was.
    """
    back = {(row.order_id, row.sku): int(row.units) for row in connection.execute(_DAMAGED)}
    by_sku: Counter[str] = Counter()
    by_packaging: Counter[str] = Counter()
    for parcel in sorted(parcels, key=lambda parcel: (parcel.order, parcel.parcel)):
        for sku, sent in parcel.contents:
            units = min(sent, back.get((parcel.order, sku), 0))
            if units:
                back[parcel.order, sku] -= units
                by_sku[sku] += units
                by_packaging[parcel.packaging] += units
    return Damaged(by_sku, by_packaging)
