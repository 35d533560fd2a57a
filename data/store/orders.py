"""Orders as a station works on them: heads, lines, what comes next, who else wants a product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, or_, select, update

from data.store.prepared import Prepared
from data.store.records import columns
from data.tables import Claim, Order, OrderLine, Product, Shop
from data.types import OrderId, OrderState, ShopId, Sku, StationId, WorkerId


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """What rules of campaigns may ask of an order. `value_cents` in the minor unit of `currency` (ISO 4217)."""

    id: OrderId
    number: str
    customer: str | None
    placed_at: datetime
    source: str
    gift: bool
    value_cents: int
    currency: str
    language: str
    ship_country: str


@dataclass(frozen=True, slots=True)
class StoredOrder(OrderSummary):
    """An order's whole row; `data.tables.Order` says what its columns mean. Amounts in minor units of `currency`."""

    shop: ShopId
    source_id: str | None
    service: str
    priority: int
    due_at: datetime
    intake_state: str
    state: str
    hold_reason: str
    revision: str
    note: str
    gift_message: str
    giver: str
    collect_cents: int
    ship_name: str
    ship_company: str
    ship_line1: str
    ship_line2: str
    ship_city: str
    ship_zip: str
    ship_province: str
    ship_phone: str
    decided: dict[str, Any]
    ship_tax_id: str
    version: int
    closed_at: datetime | None
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line of an order, in units; `data.tables.OrderLine` says what its columns mean."""

    order_id: OrderId
    line: int
    sku: Sku | None
    sku_text: str
    name: str
    quantity: int
    unread: str
    price_cents: int
    kit: str
    kit_name: str
    kit_units: int
    kit_cents: int
    picked: int
    checked: int
    short: int
    damaged: int


_O, _L, _C, _P = Order.__table__, OrderLine.__table__, Claim.__table__, Product.__table__

_HEAD = (
    select(_O.c.id, _O.c.state, _O.c.version, _O.c.hold_reason)
    .where(_O.c.id == bindparam("id"))
    .with_for_update()
)
_VERSION = Prepared(select(_O.c.version).where(_O.c.id == bindparam("id")).with_for_update())
_HOLDER = select(_C.c.station, _C.c.worker, _C.c.epoch, _C.c.expires_at).where(
    _C.c.order_id == bindparam("id")
)
_ROW = select(*columns(StoredOrder, _O)).where(_O.c.id == bindparam("id"))
_CURRENCY = (
    select(Shop.__table__.c.currency)
    .join_from(Shop.__table__, _O, _O.c.shop == Shop.__table__.c.id)
    .where(_O.c.id == bindparam("id"))
)
_LINES = select(*columns(StoredLine, _L)).where(_L.c.order_id == bindparam("id")).order_by(_L.c.line)
_SOMETHING_TO_PACK = (
    select(_L.c.line).where(_L.c.order_id == _O.c.id, or_(_L.c.quantity > 0, _L.c.picked > 0)).exists()
)
_NEXT = (
    select(_O.c.id)
    .where(_O.c.state == OrderState.WAITING.value, _SOMETHING_TO_PACK)
    .order_by(_O.c.due_at, _O.c.priority.desc(), _O.c.id)
    .limit(1)
)
_NEXT_LOCKED = _NEXT.with_for_update(skip_locked=True)
_WAITING = select(func.count()).select_from(
    select(_O.c.id).where(_O.c.state == OrderState.WAITING.value).limit(bindparam("most")).subquery()
)
_WANTED = (
    select(_L.c.order_id, _C.c.station)
    .select_from(_L.join(_O, _O.c.id == _L.c.order_id).outerjoin(_C, _C.c.order_id == _L.c.order_id))
    .where(
        _L.c.sku == bindparam("sku"),
        _O.c.state.in_([OrderState.IN_WORK.value, OrderState.PARKED.value, OrderState.WAITING.value]),
        _L.c.quantity > _L.c.picked + _L.c.short,
    )
    .order_by(_C.c.station.is_(None), _O.c.due_at)
    .limit(3)
)
_ADVANCE = Prepared(
    update(_O)
    .where(and_(_O.c.id == bindparam("order_id"), _O.c.version == bindparam("seen")))
    .values(
        version=bindparam("new_version"),
        state=bindparam("new_state"),
        hold_reason=bindparam("new_reason"),
        closed_at=bindparam("new_closed_at"),
    )
)
_PROGRESS = Prepared(
    update(_L)
    .where(and_(_L.c.order_id == bindparam("order"), _L.c.line == bindparam("number")))
    .values(
        picked=bindparam("new_picked"),
        checked=bindparam("new_checked"),
        short=bindparam("new_short"),
        damaged=bindparam("new_damaged"),
    )
)


@dataclass(frozen=True, slots=True)
class Head:
    """Where an order stands now, and who holds it ("" and 0 when nobody does)."""

    id: OrderId
    state: OrderState
    version: int
    hold_reason: str
    station: StationId
    worker: WorkerId
    epoch: int
    expires_at: datetime | None


def head(connection: Connection, order_id: OrderId) -> Head | None:
    """Return an order's head and lock its row until the transaction ends (where the database locks rows).

    The claim is read in a second statement: one that has waited for the lock would still see, of the tables
    it joins, what stood there before the wait (PostgreSQL 13.2.1), and take a lost order for its own.
    """
    row = connection.execute(_HEAD, {"id": order_id}).first()
    if row is None:
        return None
    state = OrderState(row.state)
    holder = connection.execute(_HOLDER, {"id": order_id}).first()
    if holder is None:
        return Head(row.id, state, row.version, row.hold_reason, StationId(""), WorkerId(""), 0, None)
    return Head(
        row.id,
        state,
        row.version,
        row.hold_reason,
        holder.station,
        holder.worker,
        holder.epoch,
        holder.expires_at,
    )


def version(connection: Connection, order_id: OrderId) -> int | None:
    """Return an order's version and lock its row, as `head` does; None when there is no such order."""
    rows = _VERSION.rows(connection, {"id": order_id})
    return int(rows[0][0]) if rows else None


def currency(connection: Connection, order_id: OrderId) -> str:
    """Return the ISO 4217 currency of an order's shop; NoResultFound when there is no such order."""
    found: str = connection.execute(_CURRENCY, {"id": order_id}).scalar_one()
    return found


def row(connection: Connection, order_id: OrderId) -> StoredOrder:
    """Return an order's whole row; NoResultFound when there is none."""
    return StoredOrder(*connection.execute(_ROW, {"id": order_id}).one())


def lines(connection: Connection, order_id: OrderId) -> list[StoredLine]:
    """Return an order's lines in order."""
    return [StoredLine(*row) for row in connection.execute(_LINES, {"id": order_id})]


def next_waiting(connection: Connection, *, lock: bool) -> OrderId:
    """Return the order to pack next by cut-off, then priority; "" when none waits. One without goods is passed over.

    With `lock` the row is taken until the transaction ends, skipping rows other stations are taking.
    """
    return OrderId(connection.execute(_NEXT_LOCKED if lock else _NEXT).scalar() or "")


def all_waiting(connection: Connection, shop: ShopId) -> list[OrderSummary]:
    """Return a shop's waiting orders, the most urgent first."""
    query = (
        select(*columns(OrderSummary, _O))
        .where(_O.c.shop == shop, _O.c.state == OrderState.WAITING.value)
        .order_by(_O.c.due_at, _O.c.priority.desc(), _O.c.id)
    )
    return [OrderSummary(*row) for row in connection.execute(query)]


def newest(connection: Connection, shop: ShopId) -> OrderId:
    """Return the order of a shop that was closed last, the most urgent one while none is; "" without orders."""
    latest = (_O.c.closed_at.is_(None), _O.c.closed_at.desc(), _O.c.due_at, _O.c.id)
    query = select(_O.c.id).where(_O.c.shop == shop).order_by(*latest).limit(1)
    return OrderId(connection.execute(query).scalar() or "")


def goods_of(connection: Connection, orders: Sequence[str]) -> list[Row[Any]]:
    """Return (order_id, sku, name, category, units) of what some orders want and is not short.

    There are at most as many orders as a query takes values.
    """
    sku = func.coalesce(_L.c.sku, _L.c.sku_text).label("sku")
    category = func.coalesce(_P.c.category, "").label("category")
    units = (_L.c.quantity - _L.c.short).label("units")
    query = select(_L.c.order_id, sku, _L.c.name, category, units)
    query = query.select_from(_L.outerjoin(_P, _P.c.sku == _L.c.sku)).where(_L.c.order_id.in_(orders))
    return list(connection.execute(query.order_by(_L.c.order_id, _L.c.line)))


def waiting(connection: Connection, most: int = 1000) -> int:
    """Return how many orders wait, counted up to `most`."""
    return int(connection.execute(_WAITING, {"most": most}).scalar_one())


def wanted_by(connection: Connection, sku: Sku) -> list[tuple[OrderId, StationId]]:
    """Return up to three open orders that still want a product, with their station ("" when none has them)."""
    return [(row.order_id, StationId(row.station or "")) for row in connection.execute(_WANTED, {"sku": sku})]


def advance(
    connection: Connection,
    order_id: OrderId,
    seen: int,
    version: int,
    state: OrderState,
    reason: str,
    closed_at: datetime | None,
) -> bool:
    """Move an order from version `seen` to `version`; False when somebody else moved it first."""
    values = {
        "order_id": order_id,
        "seen": seen,
        "new_version": version,
        "new_state": state.value,
        "new_reason": reason,
        "new_closed_at": closed_at,
    }
    return _ADVANCE.count(connection, values) == 1


def set_product(connection: Connection, order_id: OrderId, line: int, sku: Sku) -> None:
    """Lead a line of an order to a product."""
    mine = (_L.c.order_id == order_id, _L.c.line == line)
    connection.execute(update(_L).where(*mine).values(sku=sku))


def set_quantity(connection: Connection, order_id: OrderId, line: int, quantity: int) -> None:
    """Write how many units of a line are wanted, which was unknown or another number before."""
    mine = (_L.c.order_id == order_id, _L.c.line == line)
    connection.execute(update(_L).where(*mine).values(quantity=quantity, unread=""))


def set_content(connection: Connection, order_id: OrderId, values: Mapping[str, object]) -> None:
    """Write columns of an order that intake owns."""
    connection.execute(update(_O).where(_O.c.id == order_id).values(dict(values)))


def set_progress(
    connection: Connection, order_id: OrderId, counts: list[tuple[int, int, int, int, int]]
) -> None:
    """Write (line, picked, checked, short, damaged) of the lines that changed."""
    for line, picked, checked, short, damaged in counts:
        values = {
            "order": order_id,
            "number": line,
            "new_picked": picked,
            "new_checked": checked,
            "new_short": short,
            "new_damaged": damaged,
        }
        _PROGRESS.count(connection, values)
