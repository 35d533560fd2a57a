"""Our own files of what buyers sent back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy import func, select

from data.importers.fields import Cells, FieldError
from data.importers.grouping import order_number
from data.importers.options import ImportOptions
from data.importers.read import Sheet
from data.importers.records import ReturnIn
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome
from data.importers.upsert import Chunk, Row, upsert
from data.tables import CustomerReturn, OrderLine
from data.types import ReturnReason

ALIASES = {
    "order_number": "order",
    "order_id": "order",
    "qty": "quantity",
    "return_reason": "reason",
    "returned_at": "date",
    "comment": "note",
}
NEEDED = frozenset({"order", "sku", "reason", "date"})


def parse_returns(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[ReturnIn]:
    """The file's returns; rows of one order, SKU, reason and date add up."""
    found: dict[tuple[str, str, ReturnReason, datetime], ReturnIn] = {}
    for row in sheet.rows:
        cells = Cells(sheet, row)
        record = understood(partial(_return, cells, options), [cells], report)
        if record is None:
            report.count(Outcome.LEFT_OUT)
            continue
        key = (record.order, record.sku, record.reason, record.at)
        if (first := found.get(key)) is not None:
            report.note(f"Lines {first.line} and {record.line} are one return; their quantities add up.")
            record = replace(
                record, quantity=first.quantity + record.quantity, note=record.note or first.note
            )
        found[key] = record
    return list(found.values())


def _return(cells: Cells, options: ImportOptions) -> ReturnIn:
    cells.intact()
    order, sku = order_number(cells.needed("order", 60)), cells.needed("sku", 100)
    reason = cells.choice("reason", frozenset(ReturnReason))
    if reason is None:
        raise cells.error("reason", " or ".join(ReturnReason))
    at = cells.moment("date", options.zone)
    if at is None:
        raise cells.error("date", "a date such as 2026-11-22 14:30")
    quantity = cells.whole("quantity", 1, 1_000_000) or 1
    return ReturnIn(cells.line, order, sku, ReturnReason(reason), at, quantity, cells.text("note", 500))


def apply_returns(chunk: Chunk, records: Sequence[ReturnIn]) -> None:
    """Returns of orders that are known, of no more units than were ordered."""
    ordered = _ordered(chunk, {record.order for record in records})
    rows: list[Row] = []
    for record in records:
        error = _refusal(record, ordered)
        if error is not None:
            chunk.report.problem(error)
            chunk.report.count(Outcome.LEFT_OUT)
            continue
        rows.append(
            {
                "order_id": record.order,
                "sku": record.sku,
                "reason": record.reason.value,
                "at": record.at,
                "quantity": record.quantity,
                "note": record.note,
            }
        )
    for outcome in upsert(chunk.connection, CustomerReturn.__table__, rows):
        chunk.report.count(outcome)


def _ordered(chunk: Chunk, orders: set[str]) -> dict[str, dict[str, int]]:
    table = OrderLine.__table__
    sku = func.coalesce(table.c.sku, table.c.sku_text)
    query = select(table.c.order_id, sku, func.sum(table.c.quantity)).where(table.c.order_id.in_(orders))
    found: dict[str, dict[str, int]] = {}
    for order, name, units in chunk.connection.execute(query.group_by(table.c.order_id, sku)):
        found.setdefault(order, {})[name] = int(units)
    return found


def _refusal(record: ReturnIn, ordered: dict[str, dict[str, int]]) -> FieldError | None:
    if record.order not in ordered:
        return FieldError(record.line, "order", record.order, "the number of an order Picker knows")
    skus = ordered[record.order]
    if record.sku not in skus:
        return FieldError(record.line, "sku", record.sku, f"a SKU of the order ({', '.join(sorted(skus))})")
    if record.quantity > skus[record.sku]:
        most = skus[record.sku]
        return FieldError(record.line, "quantity", str(record.quantity), f"at most the {most} units ordered")
    return None
