"""Small questions of the command line about orders and exceptions."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row

from data.engine import Database
from data.importers.holds import Item, look_up
from data.importers.identity import named_orders
from data.store import exceptions, orders
from picker.errors import Unknown


def order_number(db: Database, given: str) -> str:
    """Return the key of the order that is named by its number, with or without a leading #, by `SHOP/number` or by
    `SHOP/id`; "" when there is none. Raises Mistake with the choices where the number is that of several.
    """
    with db.reader.connect() as connection:
        return order_key(connection, given)


def order_key(connection: Connection, given: str) -> str:
    """Like `order_number`, within a transaction."""
    named = named_orders(connection, given)
    if len(named) > 1:
        raise Unknown(f"Which order {given}? Expected {' or '.join(order.name for order in named)}")
    return named[0].id if named else ""


def unknown_goods(db: Database, order_id: str) -> list[str]:
    """Return, in words, what an order wants of which the catalogue does not know the product."""
    with db.reader.connect() as connection:
        rows = [row for row in orders.lines(connection, order_id) if row.sku is None and row.quantity]
        catalogue = look_up(connection, {row.sku_text for row in rows})
    return [_goods(row, catalogue.choices(Item(row.line, row.sku_text, row.name))) for row in rows]


def _goods(row: Row[Any], choices: set[str]) -> str:
    if not choices:
        return f"{row.sku_text or row.name}, which no product import has brought yet"
    return (
        f"{row.name} in line {row.line}, which may be {' or '.join(sorted(choices))} (`picker order which`)"
    )


def resolve_exception(db: Database, number: int, worker: str) -> bool:
    """Close one exception; False when it is not open."""
    with db.writer.begin() as connection:
        if number not in {row.id for row in exceptions.open_exceptions(connection)}:
            return False
        exceptions.resolve(connection, [number], worker, datetime.now(UTC))
        return True
