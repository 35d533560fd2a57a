"""What a shop sets once: its name on the documents, its carrier services."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from data.tables import Service, Shop

_S, _V = Shop.__table__, Service.__table__
_SHOPS = select(_S).order_by(_S.c.id)
_SERVICES = select(_V).order_by(_V.c.code)
_SET_SHOP = update(_S).where(_S.c.id == bindparam("shop_id"))
_SET_SERVICE = update(_V).where(_V.c.code == bindparam("service_code"))


def shops(connection: Connection) -> list[Row[Any]]:
    """Return every shop's row."""
    return list(connection.execute(_SHOPS))


def set_shop(connection: Connection, shop_id: str, changes: dict[str, object]) -> bool:
    """Change fields of a shop; False when there is no such shop."""
    return connection.execute(_SET_SHOP.values(**changes), {"shop_id": shop_id}).rowcount == 1


def services(connection: Connection) -> list[Row[Any]]:
    """Return every carrier service's row."""
    return list(connection.execute(_SERVICES))


def set_service(connection: Connection, code: str, changes: dict[str, object]) -> None:
    """Change a carrier service, or make it when it is new."""
    if connection.execute(_SET_SERVICE.values(**changes), {"service_code": code}).rowcount == 0:
        connection.execute(insert(_V), {"code": code, "carrier": code, "name": code, **changes})
