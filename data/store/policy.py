"""What a shop decided about packing: every revision is kept, the newest counts."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from data.tables import Order, PackingPolicy
from data.types import OrderId, ShopId

_P, _O = PackingPolicy.__table__, Order.__table__
_HISTORY = select(_P).where(_P.c.shop == bindparam("the_shop")).order_by(_P.c.revision.desc())
_NEWEST = _HISTORY.limit(1)
_SHOP_OF = select(_O.c.shop).where(_O.c.id == bindparam("the_order")).scalar_subquery()
_OF_ORDER = select(_P).where(_P.c.shop == _SHOP_OF).order_by(_P.c.revision.desc()).limit(1)


def newest(connection: Connection, shop: ShopId) -> Row[Any] | None:
    """Return the row that counts, None before the first change."""
    return connection.execute(_NEWEST, {"the_shop": shop}).first()


def of_order(connection: Connection, order: OrderId) -> Row[Any] | None:
    """Return the row that counts for the shop of an order, None before its first change."""
    return connection.execute(_OF_ORDER, {"the_order": order}).first()


def history(connection: Connection, shop: ShopId) -> list[Row[Any]]:
    """Return every revision, the newest first."""
    return list(connection.execute(_HISTORY, {"the_shop": shop}))


def add(
    connection: Connection, shop: ShopId, revision: int, body: dict[str, object], by: str, at: datetime
) -> None:
    """Record a revision. Raises IntegrityError when somebody else recorded one of this number first."""
    values = {"shop": shop, "revision": revision, "body": body, "changed_by": by, "changed_at": at}
    connection.execute(insert(_P), values)
