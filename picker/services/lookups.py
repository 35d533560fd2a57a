"""Small questions of the command line about orders and exceptions."""

from datetime import UTC, datetime

from data.engine import Database
from data.store import orders, parcels


def order_number(db: Database, given: str) -> str:
    """Return the number of an order as stored, given with or without a leading #; "" when there is none."""
    with db.reader.connect() as connection:
        for number in (given, given.lstrip("#"), f"#{given}"):
            if orders.exists(connection, number):
                return number
    return ""


def unknown_skus(db: Database, order_id: str) -> list[str]:
    """Return what an order wants that the catalogue does not know."""
    with db.reader.connect() as connection:
        rows = orders.lines(connection, order_id)
    return [row.sku_text or row.name for row in rows if row.sku is None and row.quantity]


def resolve_exception(db: Database, number: int, worker: str) -> bool:
    """Close one exception; False when it is not open."""
    with db.writer.begin() as connection:
        if number not in {row.id for row in parcels.open_exceptions(connection)}:
            return False
        parcels.resolve(connection, [number], worker, datetime.now(UTC))
        return True
