"""Where serial numbers are: with which order, and whether that has gone out and they came back from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, exists, func, insert, select

from data.tables import Order, OrderSerial, ReturnedSerial
from data.types import OrderId, Sku


@dataclass(frozen=True, slots=True)
class SerialElsewhere:
    """A serial number with an order, and when that was closed."""

    sku: Sku
    serial: str
    order_id: OrderId
    closed_at: datetime | None


_S, _O, _R = OrderSerial.__table__, Order.__table__, ReturnedSerial.__table__
_CAME_BACK = exists().where(_R.c.order_id == _S.c.order_id, _R.c.sku == _S.c.sku, _R.c.serial == _S.c.serial)
_WITH_OTHERS = (
    select(_S.c.sku, _S.c.serial, _S.c.order_id, _O.c.closed_at)
    .join(_O, _O.c.id == _S.c.order_id)
    .where(~_CAME_BACK)
    .order_by(_O.c.closed_at.desc(), _S.c.order_id)
)


def elsewhere(
    connection: Connection, order: OrderId, skus: Iterable[str], serials: Iterable[str]
) -> list[SerialElsewhere]:
    """Return where these numbers are with other orders, those that came back excepted.

    Of a number that two stations give at once the second one waits here until the first is done: what it then reads
    is the truth, and it stays so until its own transaction ends. On SQLite writers take turns anyway.
    """
    wanted = sorted(set(serials))
    if connection.dialect.name == "postgresql":
        for serial in wanted:
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(serial, 0))))
    mine = (_S.c.sku.in_(list(skus)), _S.c.serial.in_(wanted), _S.c.order_id != order)
    return [SerialElsewhere(*row) for row in connection.execute(_WITH_OTHERS.where(*mine))]


def gone_out(connection: Connection, order: OrderId) -> frozenset[tuple[str, str]]:
    """Return (SKU, serial) of an order's units that have gone out with another one and haven't come back from it."""
    mine = _S.alias()
    same = (mine.c.order_id == order, mine.c.sku == _S.c.sku, mine.c.serial == _S.c.serial)
    query = _WITH_OTHERS.where(_S.c.order_id != order, _O.c.closed_at.is_not(None), exists().where(*same))
    return frozenset((row.sku, row.serial) for row in connection.execute(query))


def follow(
    connection: Connection, order: OrderId, before: set[tuple[str, str]], now: set[tuple[str, str]]
) -> None:
    """Have the (SKU, serial) of an order's units as they are now, where they were as `before`."""
    for sku, serial in sorted(before - now):
        gone = and_(_S.c.sku == sku, _S.c.serial == serial, _S.c.order_id == order)
        connection.execute(delete(_S).where(gone))
    new = [{"sku": sku, "serial": serial, "order_id": order} for sku, serial in sorted(now - before)]
    if new:
        connection.execute(insert(_S), new)


def every(connection: Connection) -> set[tuple[str, str, str]]:
    """Return every (order, SKU, serial)."""
    rows = connection.execute(select(_S.c.order_id, _S.c.sku, _S.c.serial))
    return {(row.order_id, row.sku, row.serial) for row in rows}
