"""Our own files of what buyers sent back."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, insert, select

from data.importers.fields import Cells, FieldError
from data.importers.grouping import order_number
from data.importers.options import ImportOptions
from data.importers.read import Sheet
from data.importers.records import ReturnIn
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome
from data.importers.upsert import Chunk, Row, upsert
from data.store.names import orders_of
from data.tables import CustomerReturn, Order, OrderLine, OrderSerial, ReturnedSerial
from data.types import ReturnReason

ALIASES = {
    "order_number": "order",
    "order_id": "order",
    "qty": "quantity",
    "serial_number": "serial",
    "return_reason": "reason",
    "returned_at": "date",
    "comment": "note",
}
NEEDED = frozenset({"order", "sku", "reason", "date"})
_S, _O, _R = OrderSerial.__table__, Order.__table__, ReturnedSerial.__table__
_MINE = (_R.c.order_id == _S.c.order_id, _R.c.sku == _S.c.sku, _R.c.serial == _S.c.serial)
_GONE_OUT = (
    select(_S.c.order_id, _S.c.sku, _S.c.serial, _R.c.reason, _R.c.at)
    .select_from(_S.join(_O, _O.c.id == _S.c.order_id).outerjoin(_R, and_(*_MINE)))
    .where(_O.c.closed_at.is_not(None))
)


def parse_returns(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[ReturnIn]:
    """The file's returns; rows of one order, SKU, reason and date add up."""
    returns: dict[tuple[str, str, ReturnReason, datetime], ReturnIn] = {}
    for row in sheet.rows:
        cells = Cells(sheet, row)
        record = understood(partial(_return, cells, options), [cells], report)
        if record is None:
            report.count(Outcome.LEFT_OUT)
            continue
        key = (record.order, record.sku, record.reason, record.at)
        returns[key] = _together(returns[key], record, report) if key in returns else record
    return list(returns.values())


def _together(first: ReturnIn, second: ReturnIn, report: ImportReport) -> ReturnIn:
    """Two rows of one return; a unit whose serial number both name is one unit."""
    again = [serial for serial in second.serials if serial in first.serials]
    more = second.quantity - len(again)
    if again:
        report.note(
            f"Lines {first.line} and {second.line} name one unit, {', '.join(again)}; it counts once."
        )
    else:
        report.note(f"Lines {first.line} and {second.line} are one return; their quantities add up.")
    return replace(
        second,
        quantity=first.quantity + more,
        note=second.note or first.note,
        serials=tuple(dict.fromkeys((*first.serials, *second.serials))),
    )


def _return(cells: Cells, options: ImportOptions) -> ReturnIn:
    cells.intact()
    order, sku = order_number(cells.needed_code("order", 60)), cells.needed_code("sku", 100)
    reason = cells.choice("reason", frozenset(ReturnReason))
    if reason is None:
        raise cells.error("reason", " or ".join(ReturnReason))
    at = cells.moment("date", options.zone)
    if at is None:
        raise cells.error("date", "a date such as 2026-11-22 14:30")
    serials = tuple(
        dict.fromkeys(part.strip() for part in cells.code("serial", 500).split("|") if part.strip())
    )
    quantity = cells.whole("quantity", 1, 1_000_000) or len(serials) or 1
    if len(serials) > quantity:
        raise cells.error("quantity", f"at least {len(serials)}, a unit for each serial number")
    note = cells.text("note", 500)
    return ReturnIn(cells.line, order, sku, ReturnReason(reason), at, quantity, note, serials)


@dataclass(slots=True)
class _Known:
    """What the database has of the chunk's orders, by order and SKU; kept up as records are accepted.

    `skus` are the products here of each SKU as the shop writes it. `back` are the units that came back by (reason,
    instant), `serials` the numbers that went out, each with the
    (reason, instant) of its return or None.
    """

    zone: ZoneInfo
    orders: set[str]
    ordered: dict[tuple[str, str], int]
    skus: dict[tuple[str, str], set[str]]
    back: dict[tuple[str, str], dict[tuple[str, datetime], int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    serials: dict[tuple[str, str], dict[str, tuple[str, datetime] | None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def with_known_sku(self, record: ReturnIn) -> ReturnIn:
        """The record with the SKU that its product has here, where the shop's means one product of the order."""
        skus = self.skus.get((record.order, record.sku), set())
        return replace(record, sku=next(iter(skus))) if len(skus) == 1 else record

    def refusal(self, record: ReturnIn) -> FieldError | None:
        """Why a record can't be true; None when it can."""
        if record.order not in self.orders:
            return FieldError(record.line, "order", record.order, "the number of an order Picker knows")
        goods, mine = (record.order, record.sku), (record.reason.value, record.at)
        if goods not in self.ordered:
            skus = sorted(sku for order, sku in self.ordered if order == record.order)
            return FieldError(record.line, "sku", record.sku, f"a SKU of the order ({', '.join(skus)})")
        back_already = sum(units for key, units in self.back[goods].items() if key != mine)
        most = self.ordered[goods] - back_already
        if self._units(record) > most:
            came = f", {back_already} of them are back already" if back_already else ""
            return FieldError(
                record.line,
                "quantity",
                str(record.quantity),
                f"at most {most}: {self.ordered[goods]} were ordered and not short{came}",
            )
        return None

    def bad_serials(self, record: ReturnIn) -> dict[str, FieldError]:
        """Which of a record's serial numbers can't have come back, and why."""
        goods = (record.order, record.sku)
        out, parcels = self.serials[goods], {}
        for serial in record.serials if goods in self.ordered else ():
            if serial not in out:
                listed = ", ".join(sorted(out)[:10]) or "none did"
                parcels[serial] = FieldError(
                    record.line, "serial", serial, f"one that went out with the order ({listed})"
                )
            elif (came := out[serial]) is not None and came != (record.reason.value, record.at):
                day = f"{came[1].astimezone(self.zone):%Y-%m-%d}"
                parcels[serial] = FieldError(
                    record.line, "serial", serial, f"a unit that isn't back yet; it came on {day}"
                )
        return parcels

    def _units(self, record: ReturnIn) -> int:
        """How many units that return has with this record: at least those known by number."""
        mine = record.reason.value, record.at
        out = self.serials[record.order, record.sku]
        named = {serial for serial, came in out.items() if came == mine} | set(record.serials)
        return max(record.quantity, len(named))

    def accept(self, record: ReturnIn) -> int:
        """Take a record over; returns how many units that return has now."""
        goods, mine = (record.order, record.sku), (record.reason.value, record.at)
        self.back[goods][mine] = self._units(record)
        self.serials[goods] |= dict.fromkeys(record.serials, mine)
        return self.back[goods][mine]


def apply_returns(chunk: Chunk, records: Sequence[ReturnIn]) -> None:
    """Returns of orders that are known, of no more units in all than were sent, and of numbers that went out."""
    meant = _of_one_order(chunk, records)
    known = _known(chunk, {record.order for record in meant})
    rows: list[Row] = []
    back: list[Row] = []
    for given in map(known.with_known_sku, meant):
        record = _without_bad_serials(chunk, known, given)
        error = known.refusal(record) if record else None
        if error is not None:
            chunk.report.problem(error)
            chunk.report.count(Outcome.LEFT_OUT)
        if record is None or error is not None:
            continue
        key: Row = {
            "order_id": record.order,
            "sku": record.sku,
            "reason": record.reason.value,
            "at": record.at,
        }
        out = known.serials[record.order, record.sku]
        back += [{**key, "serial": serial} for serial in record.serials if out[serial] is None]
        rows.append({**key, "quantity": known.accept(record), "note": record.note})
    for outcome in upsert(chunk.connection, CustomerReturn.__table__, rows):
        chunk.report.count(outcome)
    if back:
        chunk.connection.execute(insert(ReturnedSerial.__table__), back)


def _of_one_order(chunk: Chunk, records: Sequence[ReturnIn]) -> list[ReturnIn]:
    """The records under their orders' keys; those whose number is that of several orders are refused."""
    orders = orders_of(chunk.connection, chunk.options.shop, {record.order for record in records})
    meant = []
    for record in records:
        named = orders.get(record.order, [])
        if len(named) > 1:
            ids = " or ".join(order.source_id or order.number for order in named)
            chunk.report.problem(FieldError(record.line, "order", record.order, f"which order, by id: {ids}"))
            chunk.report.count(Outcome.LEFT_OUT)
            continue
        meant.append(replace(record, order=named[0].id) if named else record)
    return meant


def _without_bad_serials(chunk: Chunk, known: _Known, record: ReturnIn) -> ReturnIn | None:
    """The record without the units whose numbers can't be true, which are reported; None when none is left."""
    bad = known.bad_serials(record)
    for error in bad.values():
        chunk.report.problem(error)
        chunk.report.count(Outcome.LEFT_OUT)
    serials = tuple(serial for serial in record.serials if serial not in bad)
    quantity = record.quantity - len(bad)
    return replace(record, serials=serials, quantity=quantity) if quantity else None


def _known(chunk: Chunk, orders: set[str]) -> _Known:
    line, connection = OrderLine.__table__, chunk.connection
    sku = func.coalesce(line.c.sku, line.c.sku_text)
    units = func.sum(line.c.quantity - line.c.short)
    query = select(line.c.order_id, sku, units).where(line.c.order_id.in_(orders))
    rows = connection.execute(query.group_by(line.c.order_id, sku))
    ordered = {(order, name): int(units) for order, name, units in rows}
    skus: dict[tuple[str, str], set[str]] = defaultdict(set)
    written = select(line.c.order_id, line.c.sku_text, sku).where(line.c.order_id.in_(orders))
    for order, text, name in connection.execute(written):
        skus[order, text].add(name)
    known = _Known(chunk.options.zone, {order for order, _ in ordered}, ordered, skus)
    returned = CustomerReturn.__table__
    for row in connection.execute(select(returned).where(returned.c.order_id.in_(orders))):
        known.back[row.order_id, row.sku][row.reason, row.at] = row.quantity
    for row in connection.execute(_GONE_OUT.where(_S.c.order_id.in_(orders))):
        known.serials[row.order_id, row.sku][row.serial] = (row.reason, row.at) if row.reason else None
    return known
