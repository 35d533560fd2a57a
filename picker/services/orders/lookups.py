"""Small questions of the command line about orders and exceptions."""

from datetime import UTC, datetime

from sqlalchemy import Connection

from data.engine import Database
from data.store import exceptions
from data.store.names import named_orders
from data.types import OrderId, WorkerId
from picker.errors import Unknown


def order_number(db: Database, given: str) -> OrderId:
    """Return the key of the order that is named by its number, with or without a leading #, by `SHOP/number` or by
    `SHOP/id`; "" when there is none. Raises Mistake with the choices where the number is that of several.
    """
    with db.reader.connect() as connection:
        return order_key(connection, given)


def order_key(connection: Connection, given: str) -> OrderId:
    """Like `order_number`, within a transaction."""
    named = named_orders(connection, given)
    if len(named) > 1:
        raise Unknown(f"Which order {given}? Expected {' or '.join(order.name for order in named)}")
    return named[0].id if named else OrderId("")


def resolve_exception(db: Database, number: int, worker: WorkerId) -> bool:
    """Close one exception; False when it is not open."""
    with db.writer.begin() as connection:
        if number not in {row.id for row in exceptions.open_exceptions(connection)}:
            return False
        exceptions.resolve(connection, [number], worker, datetime.now(UTC))
        return True
