"""What a shop sets once: its name on the documents, its carrier services."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from data.cutoff import next_cutoff
from data.tables import Order, Service, Shop
from data.types import OrderState

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


def lock(connection: Connection, shop_id: str) -> bool:
    """Have others who decide about a shop wait for the end of this transaction; False when there is no such shop.

    Orders of the shop come in meanwhile. On SQLite every transaction that writes has them wait already.
    """
    return connection.execute(_LOCK, {"shop_id": shop_id}).first() is not None


def set_shop(
    connection: Connection,
    shop_id: str,
    changes: Mapping[str, object],
    days_in: Mapping[str, int] | None = None,
) -> bool:
    """Change fields of a shop, and by country the days that goods must keep (0 takes a country back).

    Returns False when there is no such shop.
    """
    if not lock(connection, shop_id):
        return False
    row = connection.execute(_SHOPS.where(_S.c.id == shop_id)).one()
    kept = {code: days for code, days in {**row.min_days_left_in, **(days_in or {})}.items() if days}
    connection.execute(_SET_SHOP.values(**changes, min_days_left_in=kept), {"shop_id": shop_id})
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


def redate(connection: Connection, code: str, cutoff: str, timezone: str) -> int:
    """Give a service's open orders the cut-off they are to catch now; returns how many changed.

    Raises ZoneInfoNotFoundError for a time zone that does not exist.
    """
    zone, changed = ZoneInfo(timezone), 0
    open_orders = select(_O.c.id, _O.c.placed_at, _O.c.due_at).where(_O.c.service == code, _OPEN)
    for row in connection.execute(open_orders).all():
        due = next_cutoff(row.placed_at.replace(tzinfo=row.placed_at.tzinfo or UTC), cutoff, zone)
        if due != row.due_at:
            connection.execute(update(_O).where(_O.c.id == row.id).values(due_at=due))
            changed += 1
    return changed
