"""Stock of goods and of packaging: moved by events, never silently below zero."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, insert, select, update

from data.store.prepared import Prepared
from data.tables import Location, Packaging, Stock
from data.types import Sku, StockState

_S, _P, _L = Stock.__table__, Packaging.__table__, Location.__table__
_KEY = (
    _S.c.sku == bindparam("a_sku"),
    _S.c.location == bindparam("a_location"),
    _S.c.state == bindparam("a_state"),
)
_FIND = select(_S.c.base, _S.c.moved).where(*_KEY).with_for_update()
_MOVE = update(_S).where(*_KEY).values(base=bindparam("new_base"), moved=bindparam("new_moved"))
_TAKE = Prepared(
    update(_S)
    .where(*_KEY, _S.c.base + _S.c.moved + bindparam("delta") >= bindparam("least"))
    .values(moved=_S.c.moved + bindparam("delta"))
)
_NEW = insert(_S)
_FIND_PACKAGING = select(_P.c.base, _P.c.moved).where(_P.c.code == bindparam("a_code")).with_for_update()
_MOVE_PACKAGING = (
    update(_P)
    .where(_P.c.code == bindparam("a_code"))
    .values(base=bindparam("new_base"), moved=bindparam("new_moved"))
)
_HAS_LOCATION = select(_L.c.code).where(_L.c.code == bindparam("code"))


def move(connection: Connection, sku: Sku, location: str, state: StockState, delta: int) -> int:
    """Move `delta` units; return how many units the record lacked (they are added to it, so it ends at 0)."""
    key = {"a_sku": sku, "a_location": location, "a_state": state.value}
    if _TAKE.count(connection, {**key, "delta": delta, "least": 0}) == 1:
        return 0
    row = connection.execute(_FIND, key).first()
    base, moved = (row.base, row.moved) if row else (0, 0)
    lacking = max(0, -(base + moved + delta))
    if row is None:
        _ensure_location(connection, location)
        values = {"sku": sku, "location": location, "state": state.value, "base": lacking, "moved": delta}
        connection.execute(_NEW, values)
    else:
        connection.execute(_MOVE, {**key, "new_base": base + lacking, "new_moved": moved + delta})
    return lacking


def quantity(connection: Connection, sku: Sku, location: str, state: StockState) -> int:
    """Return the units on record."""
    key = {"a_sku": sku, "a_location": location, "a_state": state.value}
    row = connection.execute(_FIND, key).first()
    return (int(row.base) + int(row.moved)) if row else 0


def use_packaging(connection: Connection, code: str, delta: int) -> int:
    """Move the stock of a packaging; return how many the record lacked, as in `move`."""
    row = connection.execute(_FIND_PACKAGING, {"a_code": code}).first()
    if row is None:
        return 0
    lacking = int(max(0, -(row.base + row.moved + delta)))
    values = {"a_code": code, "new_base": row.base + lacking, "new_moved": row.moved + delta}
    connection.execute(_MOVE_PACKAGING, values)
    return lacking


def ensure_locations(connection: Connection, codes: Iterable[str]) -> None:
    """Make locations that don't exist yet; they come last in the walk."""
    for code in codes:
        _ensure_location(connection, code)


def _ensure_location(connection: Connection, code: str) -> None:
    if connection.execute(_HAS_LOCATION, {"code": code}).first() is None:
        connection.execute(insert(_L), {"code": code, "walk_key": 2**31})
