"""What of an order the catalogue does not know."""

from data.engine import Database
from data.importers.holds import Item, look_up
from data.store import orders
from data.types import OrderId


def unknown_goods(db: Database, order_id: OrderId) -> list[str]:
    """Return, in words, what an order wants of which nobody knows the product, or how many."""
    with db.reader.connect() as connection:
        rows = [
            row
            for row in orders.lines(connection, order_id)
            if (row.sku is None and row.quantity) or row.unread
        ]
        catalogue = look_up(connection, {row.sku_text for row in rows})
    return [_goods(row, catalogue.choices(Item(row.line, row.sku_text, row.name))) for row in rows]


def _goods(row: orders.StoredLine, choices: set[str]) -> str:
    if row.unread:
        return f"nobody knows how many of {row.name} in line {row.line}: {row.unread}"
    if not choices:
        return f"{row.sku_text or row.name}, which no product import has brought yet"
    return (
        f"{row.name} in line {row.line}, which may be {' or '.join(sorted(choices))} (`picker order which`)"
    )
