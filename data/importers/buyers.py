"""Customers as orders tell of them."""

from collections.abc import Sequence

from sqlalchemy import func, select

from data.importers.places import language_of
from data.importers.records import OrderIn
from data.importers.upsert import Chunk, Row, upsert
from data.importers.who import customer_id
from data.tables import Customer, Order
from data.types import OrderState


def buyer_of(chunk: Chunk, record: OrderIn) -> str | None:
    """The id of the order's customer, None when the order names nobody."""
    if not record.email and not record.address.name:
        return None
    return customer_id(chunk.options.shop, record.email, record.address.name, record.address.zip)


def upsert_buyers(chunk: Chunk, records: Sequence[OrderIn]) -> dict[str, str]:
    """Make or refresh the customers of some orders; the language of each customer by id.

    A language the shop's own customer file gave is kept; without one it follows the country.
    """
    table = Customer.__table__
    rows: dict[str, Row] = {}
    for record in records:
        buyer = buyer_of(chunk, record)
        if buyer is not None:
            rows.setdefault(buyer, {"id": buyer}).update(_row(chunk, record))
    stored = select(table.c.id, table.c.language).where(table.c.id.in_(rows))
    languages = {row.id: row.language for row in chunk.connection.execute(stored)}
    upsert(chunk.connection, table, list(rows.values()), _with_language)
    return {
        buyer: languages.get(buyer) or str(_with_language(row)["language"]) for buyer, row in rows.items()
    }


def _row(chunk: Chunk, record: OrderIn) -> Row:
    row: Row = {
        "shop": chunk.options.shop,
        "email": record.email,
        "name": record.address.name,
        "country": record.address.country,
    }
    if record.language:
        row["language"] = record.language
    if record.marketing_consent is not None:
        row["marketing_consent"] = record.marketing_consent
    return row


def _with_language(row: Row) -> Row:
    return {"language": language_of(str(row["country"])), **row}


def count_orders(chunk: Chunk, buyers: Sequence[str]) -> None:
    """Bring up to date how many other orders of each customer are known.

    A higher figure from the shop's own customer file stands, and so does its date of the last order: an order that
    came in is in the tables with its own.
    """
    table, orders = Customer.__table__, Order.__table__
    query = (
        select(table.c.id, table.c.orders_count, func.count().label("known"))
        .join_from(table, orders, orders.c.customer == table.c.id)
        .where(table.c.id.in_(set(buyers)), orders.c.state != OrderState.CANCELLED.value)
        .group_by(table.c.id)
    )
    counts = [(row.id, max(row.orders_count, row.known - 1)) for row in chunk.connection.execute(query)]
    rows: list[Row] = [{"id": customer, "orders_count": count} for customer, count in counts]
    upsert(chunk.connection, table, rows)
