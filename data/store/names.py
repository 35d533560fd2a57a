"""What orders are called by people, and which orders a name means: their number, and what tells them apart where it is
that of several.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select

from data.tables import Order, Shop
from data.types import OrderId, ShopId

_O, _S, _T = Order.__table__, Shop.__table__, Order.__table__.alias("twin")
_ALIKE = select(func.count()).where(_T.c.number == _O.c.number)
_CALLED = (
    select(
        _O.c.id,
        _O.c.number,
        _O.c.source_id,
        _S.c.name,
        _ALIKE.scalar_subquery().label("alike"),
        _ALIKE.where(_T.c.shop == _O.c.shop).scalar_subquery().label("in_shop"),
    )
    .join(_S, _S.c.id == _O.c.shop)
    .where(_O.c.id.in_(bindparam("ids", expanding=True)))
)
_AT_ONCE = 500


def called(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return by id what each order is called: 1001, or 1001 (Pine) where another shop has that number too, and with
    the source's own id where another order of its shop has it.
    """
    wanted = sorted(set(ids))
    names = {order: order for order in wanted}
    for start in range(0, len(wanted), _AT_ONCE):
        for row in connection.execute(_CALLED, {"ids": wanted[start : start + _AT_ONCE]}):
            apart = [row.name] if row.alike > row.in_shop else []
            apart += [row.source_id or row.id] if row.in_shop > 1 else []
            if row.number:
                names[row.id] = f"{row.number} ({', '.join(apart)})" if apart else row.number
    return names


@dataclass(frozen=True, slots=True)
class Twin:
    """An order among those of one number."""

    id: OrderId
    shop: ShopId
    number: str
    source_id: str | None

    @property
    def name(self) -> str:
        """What names this order alone: its shop and the source's id, or where that isn't known the number."""
        return f"{self.shop}/{self.source_id or self.number}"


def named_orders(connection: Connection, name: str) -> list[Twin]:
    """The orders that a person's words name: a number, `SHOP/number`, `SHOP/id` with the source's own id, or what
    stations call one of several, `number (SHOP'S NAME)`.
    """
    number = name.strip().removeprefix("#")
    if number.endswith(")") and (alike := twins(connection, _O.c.number == number.partition(" (")[0])):
        words = called(connection, [twin.id for twin in alike])
        if shown := [twin for twin in alike if words[twin.id] == number]:
            return shown
    shop, slash, rest = number.partition("/")
    if slash and (orders := orders_of(connection, shop, {rest.removeprefix("#")})):
        return orders[rest.removeprefix("#")]
    both = (name, number, f"#{number}")
    return twins(connection, _O.c.number.in_(both)) or twins(connection, _O.c.id.in_(both))


def orders_of(connection: Connection, shop: str, names: set[str]) -> dict[str, list[Twin]]:
    """A shop's orders by what names them: their number, else the source's id."""
    numbered: dict[str, list[Twin]] = defaultdict(list)
    by_source: dict[str, list[Twin]] = {}
    for twin in twins(connection, _O.c.shop == shop, or_(_O.c.number.in_(names), _O.c.source_id.in_(names))):
        numbered[twin.number].append(twin)
        by_source[twin.source_id or ""] = [twin]
    every = {name: numbered.get(name) or by_source.get(name) for name in names}
    return {name: twins for name, twins in every.items() if twins}


def twins(connection: Connection, *where: ColumnElement[bool]) -> list[Twin]:
    """The orders for which all of this holds."""
    query = select(_O.c.id, _O.c.shop, _O.c.number, _O.c.source_id).where(*where).order_by(_O.c.id)
    return [Twin(*row) for row in connection.execute(query)]
