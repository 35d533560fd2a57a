"""What was packed lately, parcel by parcel: from the log, with what each order's lines are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from data.store.portions import portions
from data.tables import Event, Order, OrderLine, Parcel
from data.types import EventKind, OrderId

_P, _E, _O, _L = Parcel.__table__, Event.__table__, Order.__table__, OrderLine.__table__
_KINDS = (EventKind.PACKAGING_CHOSEN.value, EventKind.PARCEL_SEALED.value)


@dataclass(frozen=True, slots=True)
class Packed:
    """A sealed parcel: its packaging, the one proposed ("" if none was) and why another one was taken.

    `contents` are (SKU, units).
    """

    order: OrderId
    parcel: int
    service: str
    packaging: str
    proposed: str
    reason: str
    contents: tuple[tuple[str, int], ...]
    at: datetime


def latest(connection: Connection, most: int) -> list[Packed]:
    """Return the sealed parcels of the orders sealed last, at most so many orders, the newest first."""
    rows = _sealed(connection, most)
    orders = sorted({row.order_id for row in rows})
    skus, marks = _skus(connection, orders), _marks(connection, orders)
    return [_packed(row, skus, marks) for row in rows if (row.order_id, row.parcel) in marks]


def _sealed(connection: Connection, most: int) -> list[Row[Any]]:
    last = func.max(_P.c.sealed_at).label("last")
    lately = select(_P.c.order_id, last).group_by(_P.c.order_id).order_by(last.desc()).limit(most).subquery()
    columns = (_P.c.order_id, _P.c.parcel, _P.c.packaging, _P.c.sealed_at, _O.c.service)
    query = select(*columns).join(lately, lately.c.order_id == _P.c.order_id)
    query = query.join(_O, _O.c.id == _P.c.order_id)
    return list(connection.execute(query.order_by(lately.c.last.desc(), _P.c.order_id, _P.c.parcel)))


def _packed(
    row: Row[Any], skus: Mapping[tuple[str, int], str], marks: Mapping[tuple[str, int], dict[str, Any]]
) -> Packed:
    mark = marks[row.order_id, row.parcel]
    contents = tuple((skus.get((row.order_id, line), ""), units) for line, units in mark["contents"])
    return Packed(
        row.order_id,
        row.parcel,
        row.service,
        row.packaging,
        mark["proposed"],
        mark["reason"],
        contents,
        row.sealed_at,
    )


def _skus(connection: Connection, orders: Sequence[str]) -> dict[tuple[str, int], str]:
    """The SKU of each order's line, as the shop wrote it where the catalogue does not know it."""
    columns = (_L.c.order_id, _L.c.line, _L.c.sku, _L.c.sku_text)
    return {
        (row.order_id, row.line): row.sku or row.sku_text
        for some in portions(orders)
        for row in connection.execute(select(*columns).where(_L.c.order_id.in_(some)))
    }


def _marks(connection: Connection, orders: Sequence[str]) -> dict[tuple[str, int], dict[str, Any]]:
    """For each sealed parcel what its packaging was chosen for, the last choice before sealing."""
    marks: dict[tuple[str, int], dict[str, Any]] = {}
    for some in portions(orders):
        query = select(_E.c.stream, _E.c.kind, _E.c.payload).where(
            _E.c.stream.in_(some), _E.c.kind.in_(_KINDS)
        )
        for row in connection.execute(query.order_by(_E.c.stream, _E.c.version)):
            mark = marks.setdefault(
                (row.stream, row.payload["parcel"]), {"proposed": "", "reason": "", "contents": ()}
            )
            if row.kind == EventKind.PARCEL_SEALED:
                mark["contents"] = row.payload["contents"]
            else:
                mark.update(proposed=row.payload["proposed"], reason=row.payload["reason"])
    return {key: mark for key, mark in marks.items() if mark["contents"]}
