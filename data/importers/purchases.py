"""What buyers bought before Picker knew them, as the shop's system tells it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from data.importers.fields import Cells
from data.importers.grouping import order_number
from data.importers.options import ImportOptions
from data.importers.read import Sheet
from data.importers.records import PurchaseIn
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome
from data.importers.upsert import Chunk, Row, upsert
from data.importers.who import customer_id
from data.store.names import orders_of
from data.tables import Purchase

ALIASES = {
    "order_number": "order",
    "order_id": "order",
    "quantity": "units",
    "qty": "units",
    "total": "amount",
    "purchased_at": "date",
}
NEEDED = frozenset({"email", "sku", "units", "date"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_purchases(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[PurchaseIn]:
    """The file's purchases; rows of one buyer, SKU and day add up."""
    purchases: dict[tuple[str, str, date], PurchaseIn] = {}
    for row in sheet.rows:
        cells = Cells(sheet, row)
        record = understood(partial(_purchase, cells, options), [cells], report)
        if record is None:
            report.count(Outcome.LEFT_OUT)
            continue
        key = (record.email, record.sku, record.day)
        if (first := purchases.get(key)) is not None:
            units, cents = first.units + record.units, first.cents + record.cents
            record = replace(record, units=units, cents=cents, category=record.category or first.category)
        purchases[key] = record
    return list(purchases.values())


def _purchase(cells: Cells, options: ImportOptions) -> PurchaseIn:
    cells.intact()
    email, sku = cells.needed("email").casefold(), cells.needed_code("sku", 100)
    if "@" not in email:
        raise cells.error("email", "an e-mail address")
    units = cells.whole("units", 1, 1_000_000)
    if units is None:
        raise cells.error("units", "a whole number from 1")
    cents = cells.whole("cents")
    cents = cells.cents("amount") if cents is None else cents
    order = order_number(cells.code("order", 60))
    return PurchaseIn(
        cells.line, email, sku, cells.text("category"), units, cents or 0, _day(cells, options), order
    )


def _day(cells: Cells, options: ImportOptions) -> date:
    """The day as written, or that of an instant in the warehouse."""
    written = cells.raw("date")
    at = cells.moment("date", options.zone)
    if at is None:
        raise cells.error("date", "a date such as 2026-11-22")
    return date.fromisoformat(written) if _DAY.fullmatch(written) else at.astimezone(options.zone).date()


def apply_purchases(chunk: Chunk, records: Sequence[PurchaseIn]) -> None:
    """Purchases by buyer; no address is kept. Those of orders that Picker has itself are left out."""
    named = {record.order for record in records if record.order}
    ours = orders_of(chunk.connection, chunk.options.shop, named)
    rows: list[Row] = []
    for record in records:
        if record.order in ours:
            chunk.report.count(Outcome.LEFT_OUT)
            continue
        rows.append(
            {
                "customer": customer_id(chunk.options.shop, record.email),
                "sku": record.sku,
                "day": record.day,
                "category": record.category,
                "units": record.units,
                "cents": record.cents,
            }
        )
    if len(rows) < len(records):
        chunk.report.note(
            "Purchases of orders that Picker packs itself were left out: it counts them already."
        )
    for outcome in upsert(chunk.connection, Purchase.__table__, rows):
        chunk.report.count(outcome)
