"""What a shop sets once: its name on the documents, its carrier services."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from data.tables import Order, Service, Shop
from data.types import OrderState, ShopId

_S, _V, _O = Shop.__table__, Service.__table__, Order.__table__
_OPEN = _O.c.state.not_in([OrderState.CLOSED.value, OrderState.CANCELLED.value])
_SHOPS = select(_S).order_by(_S.c.id)
_LOCK = select(_S.c.id).where(_S.c.id == bindparam("shop_id")).with_for_update(key_share=True)
_SERVICES = select(_V).order_by(_V.c.code)
_SET_SHOP = update(_S).where(_S.c.id == bindparam("shop_id"))
_SET_SERVICE = update(_V).where(_V.c.code == bindparam("service_code"))


def shops(connection: Connection) -> list[Row[Any]]:
    """Return every shop's row."""
    return list(connection.execute(_SHOPS))


def add_shop(connection: Connection, code: str, company_prefix: str) -> None:
    """Make a shop that is called by its code until it is named."""
    connection.execute(
        insert(_S), {"id": code, "name": code, "company_prefix": company_prefix, "sender_lines": []}
    )


def lock(connection: Connection, shop_id: ShopId) -> bool:
    """Have others who decide about a shop wait for the end of this transaction; False when there is no such shop.

    Orders of the shop come in meanwhile. On SQLite every transaction that writes has them wait already.
    """
    return connection.execute(_LOCK, {"shop_id": shop_id}).first() is not None


def set_shop(
    connection: Connection,
    shop_id: ShopId,
    changes: Mapping[str, object],
    days_in: Mapping[str, int] | None = None,
    closed: Mapping[str, bool] | None = None,
) -> bool:
    """Change fields of a shop, by country the days that goods must keep (0 takes a country back), and by ISO date
    whether its carriers rest.

    Returns False when there is no such shop.
    """
    if not lock(connection, shop_id):
        return False
    row = connection.execute(_SHOPS.where(_S.c.id == shop_id)).one()
    by_country = {code: days for code, days in {**row.min_days_left_in, **(days_in or {})}.items() if days}
    days = {**dict.fromkeys(row.closed_days, True), **(closed or {})}
    rest = sorted(day for day, is_closed in days.items() if is_closed)
    values = {**changes, "min_days_left_in": by_country, "closed_days": rest}
    connection.execute(_SET_SHOP.values(**values), {"shop_id": shop_id})
    return True


def services(connection: Connection) -> list[Row[Any]]:
    """Return every carrier service's row."""
    return list(connection.execute(_SERVICES))


def set_service(connection: Connection, code: str, changes: dict[str, object]) -> None:
    """Change a carrier service, or make it when it is new; a retired one is in use again."""
    changes = {**changes, "retired": False}
    if connection.execute(_SET_SERVICE.values(**changes), {"service_code": code}).rowcount == 0:
        connection.execute(insert(_V), {"code": code, "carrier": code, "name": code, **changes})


def retire_service(connection: Connection, code: str) -> int:
    """Show a carrier service no more, unless open orders want it; returns how many do."""
    wanted = connection.scalar(select(func.count()).select_from(_O).where(_O.c.service == code, _OPEN)) or 0
    if not wanted:
        connection.execute(_SET_SERVICE.values(retired=True), {"service_code": code})
    return wanted
