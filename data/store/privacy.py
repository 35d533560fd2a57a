"""Erasing what tells who a buyer is, once an order has been closed long enough."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select, update

from data.tables import CarrierLabel, Code, Customer, CustomerReturn, Order, PrintJob, Purchase
from data.types import CodeKind, OrderState, ParcelRef

_O, _C, _J, _L = (model.__table__ for model in (Order, Customer, PrintJob, CarrierLabel))
_R, _K, _P = CustomerReturn.__table__, Code.__table__, Purchase.__table__
_OVER = (OrderState.CLOSED.value, OrderState.CANCELLED.value)
_OF_ORDER = (
    "note", "gift_message", "giver", "ship_name", "ship_company", "ship_line1", "ship_line2", "ship_city",
    "ship_zip", "ship_province", "ship_phone", "ship_tax_id",
)  # fmt: skip
_OF_CUSTOMER: dict[str, object] = {
    **dict.fromkeys(("email", "name", "tags", "birthday", "tier"), ""), "points": 0, "spent_cents": 0
}  # fmt: skip
"""What is erased of a customer, and what stands there then."""
# An order that was cancelled has no end but its cut-off.
_ENDED = func.coalesce(_O.c.closed_at, _O.c.due_at)


def due_orders(connection: Connection, before: datetime, most: int) -> list[str]:
    """Return orders over before an instant that still name their buyers, the oldest first."""
    query = select(_O.c.id).where(_due(before)).order_by(_ENDED, _O.c.id).limit(most)
    return list(connection.scalars(query))


def count_due_orders(connection: Connection, before: datetime) -> int:
    """Return how many orders `due_orders` would name."""
    return connection.execute(select(func.count()).select_from(_O).where(_due(before))).scalar_one()


def _due(before: datetime) -> ColumnElement[bool]:
    return and_(_over(before), _O.c.erased_at.is_(None))


def _over(before: datetime) -> ColumnElement[bool]:
    return and_(_O.c.state.in_(_OVER), before > _ENDED)


def erase_orders(connection: Connection, orders: Sequence[str], now: datetime) -> tuple[int, int]:
    """Erase names, addresses, phones, notes, documents and carriers' labels of some orders.

    Returns how many print jobs and carriers' labels were emptied. The country, the value and what was in the
    parcels stay, and so does the log, which names nobody.
    """
    blank: dict[str, object] = {**dict.fromkeys(_OF_ORDER, ""), "decided": {}}
    connection.execute(update(_O).where(_O.c.id.in_(orders)).values({**blank, "erased_at": now}))
    connection.execute(update(_R).where(_R.c.order_id.in_(orders)).values(note=""))
    jobs = connection.execute(update(_J).where(_J.c.order_id.in_(orders)).values(content={}))
    parcels = select(_L.c.order_id, _L.c.parcel).where(_L.c.order_id.in_(orders)).distinct()
    refs = [str(ParcelRef(row.order_id, row.parcel)) for row in connection.execute(parcels)]
    # What a carrier's square code holds may be the whole address.
    connection.execute(delete(_K).where(_K.c.kind == CodeKind.PARCEL.value, _K.c.ref.in_(refs)))
    labels = connection.execute(update(_L).where(_L.c.order_id.in_(orders)).values(payload=b"", codes=[]))
    return jobs.rowcount, labels.rowcount


def erased(connection: Connection, orders: Collection[str]) -> set[str]:
    """Return those of some orders that were erased."""
    mine = (_O.c.id.in_(orders), _O.c.erased_at.is_not(None))
    return set(connection.scalars(select(_O.c.id).where(*mine)))


def due_customers(connection: Connection, before: datetime, most: int) -> list[str]:
    """Return customers of whom something is known still, but whose every order was over before an instant."""
    return list(connection.scalars(_customers(before).order_by(_C.c.id).limit(most)))


def count_due_customers(connection: Connection, before: datetime) -> int:
    """Return how many customers `due_customers` would name."""
    return connection.execute(select(func.count()).select_from(_customers(before).subquery())).scalar_one()


def _customers(before: datetime) -> Any:
    bought = exists().where(_P.c.customer == _C.c.id)
    known = or_(bought, *(_C.c[name] != nothing for name, nothing in _OF_CUSTOMER.items()))
    mine = _O.c.customer == _C.c.id
    later = exists().where(mine, ~_over(before))
    return select(_C.c.id).where(known, exists().where(mine), ~later)


def erase_customers(connection: Connection, customers: Sequence[str]) -> None:
    """Erase who some customers are, what the shop's files said of them, and what they bought elsewhere.

    The row stays under an id that tells nothing, with how many orders it had: coupons and reports count by it, and
    a customer who orders again is known as one.
    """
    connection.execute(update(_C).where(_C.c.id.in_(customers)).values(_OF_CUSTOMER))
    connection.execute(delete(_P).where(_P.c.customer.in_(customers)))


def erase_late_notes(connection: Connection) -> int:
    """Erase notes of returns that came after their orders were erased; returns how many."""
    erased = select(_O.c.id).where(_O.c.erased_at.is_not(None))
    late = update(_R).where(_R.c.note != "", _R.c.order_id.in_(erased)).values(note="")
    return connection.execute(late).rowcount
