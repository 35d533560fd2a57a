"""What is known of buyers from before: read column by column, because nobody may read more than is used."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, and_, bindparam, func, select

from data.store.portions import portions
from data.tables import Customer, InsertGiven, Order, OrderLine, Product, ProductNote, Purchase
from data.types import OrderId, OrderState, ShopId

_C, _O, _L, _P, _B = (model.__table__ for model in (Customer, Order, OrderLine, Product, Purchase))
_G, _N = InsertGiven.__table__, ProductNote.__table__
_FALLBACK = "en"
_SOME: BindParameter[Any] = bindparam("customers", expanding=True)
_ORDERS = select(_O.c.customer, _O.c.id, _O.c.placed_at, _O.c.value_cents).where(
    _O.c.customer.in_(_SOME), _O.c.state != OrderState.CANCELLED.value
)
_IMPORTED = select(_B).where(_B.c.customer.in_(_SOME))
_OF_LINE: list[Any] = [
    _O.c.customer,
    _O.c.id,
    func.coalesce(_L.c.sku, _L.c.sku_text).label("sku"),
    func.coalesce(_P.c.category, "").label("category"),
    (_L.c.quantity - _L.c.short).label("units"),
    _L.c.price_cents,
    _O.c.closed_at,
]
_PACKED = (
    select(*_OF_LINE)
    .select_from(_O.join(_L, _L.c.order_id == _O.c.id).outerjoin(_P, _P.c.sku == _L.c.sku))
    .where(
        _O.c.customer.in_(_SOME),
        _O.c.state == OrderState.CLOSED.value,
        _L.c.quantity > _L.c.short,
    )
)


@dataclass(frozen=True, slots=True)
class Bought:
    """Units of one product that a customer bought; `order` is "" where Picker doesn't know it. Money in cents."""

    customer: str
    order: OrderId
    sku: str
    category: str
    units: int
    cents: int
    on: date


@dataclass(frozen=True, slots=True)
class Placed:
    """An order of a customer that was not cancelled."""

    customer: str
    order: OrderId
    at: datetime
    cents: int


def lock(connection: Connection, customer: str) -> None:
    """Let no other station decide about this customer's inserts until the transaction ends."""
    connection.execute(select(_C.c.id).where(_C.c.id == customer).with_for_update())


def agreeing(
    connection: Connection, customers: Collection[str], columns: Iterable[str]
) -> dict[str, Row[Any]]:
    """Return those columns of the customers among these who agreed to marketing, by id."""
    wanted = [_C.c[name] for name in sorted({"id", *columns})]
    return {
        row.id: row
        for some in portions(sorted(customers))
        for row in connection.execute(select(*wanted).where(_C.c.id.in_(some), _C.c.marketing_consent))
    }


def orders_of(connection: Connection, customers: Collection[str]) -> list[Placed]:
    """Return every order of some customers."""
    return [
        Placed(*row)
        for some in portions(sorted(customers))
        for row in connection.execute(_ORDERS, {"customers": some})
    ]


def bought(connection: Connection, customers: Collection[str]) -> list[Bought]:
    """Return what some customers bought: in orders that were packed here, and as the shop's files say."""
    lines: list[Bought] = []
    for some in portions(sorted(customers)):
        given = {"customers": some}
        lines += [
            Bought(row.customer, OrderId(""), row.sku, row.category, row.units, row.cents, row.day)
            for row in connection.execute(_IMPORTED, given)
        ]
        lines += [_packed(row) for row in connection.execute(_PACKED, given)]
    return lines


def _packed(row: Row[Any]) -> Bought:
    cents = row.units * row.price_cents
    return Bought(row.customer, row.id, row.sku, row.category, row.units, cents, row.closed_at.date())


def notes(connection: Connection, skus: Collection[str], language: str) -> dict[str, tuple[str, str]]:
    """Return (care note, manual's address) of some products for a buyer of a language, by SKU.

    What isn't there in it is the product's own, else the English.
    """
    own = select(_P.c.sku, _P.c.care_note, _P.c.manual_url).where(_P.c.sku.in_(skus))
    by_sku = {row.sku: (row.care_note, row.manual_url) for row in connection.execute(own)}
    query = select(_N).where(_N.c.sku.in_(skus), _N.c.language.in_((language, _FALLBACK)))
    by_language = {(row.sku, row.language): row for row in connection.execute(query)}
    for sku, (care, manual) in by_sku.items():
        first, last = by_language.get((sku, language)), by_language.get((sku, _FALLBACK))
        by_sku[sku] = (
            (first.care_note if first else "") or care or (last.care_note if last else ""),
            (first.manual_url if first else "") or manual or (last.manual_url if last else ""),
        )
    return by_sku


def orders_after(connection: Connection, shop: ShopId) -> dict[tuple[str, str], tuple[int, int]]:
    """Return by (campaign, outcome) the orders, and their cents, that customers placed after they first got it."""
    first = (
        select(_G.c.campaign, _G.c.outcome, _G.c.customer, func.min(_G.c.at).label("at"))
        .where(_G.c.shop == shop, _G.c.customer.is_not(None))
        .group_by(_G.c.campaign, _G.c.outcome, _G.c.customer)
        .subquery()
    )
    later = (_O.c.customer == first.c.customer, _O.c.placed_at > first.c.at)
    not_cancelled = _O.c.state != OrderState.CANCELLED.value
    query = (
        select(first.c.campaign, first.c.outcome, func.count(), func.sum(_O.c.value_cents))
        .select_from(first)
        .join(_O, and_(*later, not_cancelled))
        .group_by(first.c.campaign, first.c.outcome)
    )
    return {(row[0], row[1]): (int(row[2]), int(row[3])) for row in connection.execute(query)}
