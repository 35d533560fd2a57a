"""The one way into the log for an order's events, with all that follows from them in the tables beside it.

Steps of a station, decisions of the office and imports all come through here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from data.store import codes, exceptions, log, orders, serials, stock
from data.types import EventRecord, ExceptionKind, OrderId, OrderState, StationId, WorkerId
from picker.flow import eventlog
from picker.flow import events as ev
from picker.flow.streams import StreamEntries
from picker.flow.work import Entry, OrderWork
from picker.services.orders.effects import StockMove, effects, hold_reason_after, state_after


class Conflict(Exception):
    """Somebody else moved the order between reading and writing; read again and repeat the step."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, in whose name, when (UTC), and the number of the last event that was written there."""

    station: StationId
    worker: WorkerId
    at: datetime
    seq: int


def append(connection: Connection, part: StreamEntries, author: Author) -> None:
    """Write entries into their stream, with nothing that follows from them.

    Raises IntegrityError when somebody else moved the stream first; the caller rolls back.
    """
    records = [_record(part, entry, author, place) for place, entry in enumerate(part.entries, start=1)]
    log.append(connection, records)


def record(connection: Connection, part: StreamEntries, author: Author) -> None:
    """Write an order's entries with all that follows from them.

    Raises Conflict or IntegrityError when somebody else moved the order first; the caller rolls back.
    """
    append(connection, part, author)
    order_id, entries, before, work = OrderId(part.stream.id), part.entries, part.before, part.work
    if work is None:
        raise AssertionError(f"{part.stream.name} is no order's stream")
    state, reason = work.order.state, work.order.hold_reason
    for entry in entries:
        state, reason = state_after(state, entry.event), hold_reason_after(reason, entry.event)
    closed = author.at if state is OrderState.CLOSED else None
    if closed and work.order.state is OrderState.CLOSED:  # as it was before: it is handed out now
        closed = orders.row(connection, order_id).closed_at
    if not orders.advance(connection, order_id, part.seen, work.version, state, reason, closed):
        raise Conflict(order_id)
    orders.set_progress(connection, order_id, _line_counts(before, work))
    if before is not None and before.serials != work.serials:
        serials.follow(connection, order_id, serials_of(before), serials_of(work))
    history = before.history if before else ()
    for entry in entries:
        _carry_out(connection, order_id, entry, history, author.at)


def _carry_out(
    connection: Connection, order: OrderId, entry: Entry, history: Sequence[Entry], now: datetime
) -> None:
    """Write what one event means for stock, packaging and the lead's list; `history` is what it may undo."""
    if isinstance(entry.event, ev.Undone):
        _undo(connection, order, entry.event, history, now)
        return
    if isinstance(entry.event, ev.OrderHandedOut):
        waiting = exceptions.open_exceptions(connection, order)
        mine = [row.id for row in waiting if row.kind == ExceptionKind.COLLECTION]
        exceptions.resolve(connection, mine, "handed out", now)
    result = effects(entry.event)
    _move(connection, order, result.stock, now)
    for code, delta in result.packaging:
        lacking = stock.use_packaging(connection, code, delta)
        if lacking:
            detail: dict[str, object] = {"packaging": code, "more": lacking}
            exceptions.report(connection, ExceptionKind.STOCK_WRONG, order, detail, now)
    if result.barcode is not None:
        codes.attach(connection, result.barcode.key, result.barcode.sku, result.barcode.units)
    if result.report is not None:
        kind, detail = result.report
        exceptions.report(connection, kind, order, {**detail, "event": entry.id}, now)


def _move(connection: Connection, order: OrderId, moves: Iterable[StockMove], now: datetime) -> None:
    for move in moves:
        lacking = stock.move(connection, move.sku, move.location, move.state, move.units)
        if lacking:
            detail: dict[str, object] = {"sku": move.sku, "location": move.location, "more": lacking}
            exceptions.report(connection, ExceptionKind.STOCK_WRONG, order, detail, now)


def _undo(
    connection: Connection, order: OrderId, event: ev.Undone, history: Sequence[Entry], now: datetime
) -> None:
    for result in [effects(entry.event) for entry in history if entry.id in event.events]:
        back = [replace(move, units=-move.units) for move in result.stock]
        _move(connection, order, back, now)
        if result.barcode is not None:
            codes.detach(connection, result.barcode.key, result.barcode.sku)
    undone = [
        row.id
        for row in exceptions.open_exceptions(connection, order)
        if row.detail.get("event") in event.events
    ]
    exceptions.resolve(connection, undone, "undo", now)


def _line_counts(before: OrderWork | None, work: OrderWork) -> list[tuple[int, int, int, int, int]]:
    """Return (line, picked, checked, short, damaged) of the lines that differ from `before`."""
    old = {line.line: line for line in before.lines} if before else {}
    return [
        (line.line, line.picked, line.checked, line.short, line.damaged)
        for line in work.lines
        if before is None or old.get(line.line) != line
    ]


def serials_of(work: OrderWork) -> set[tuple[str, str]]:
    """Return the (SKU, serial number) of the units with an order; the SKU is the one they were picked as."""
    picks = (entry.event for entry in work.history if isinstance(entry.event, ev.UnitsPicked))
    skus = {(pick.line, pick.serial): pick.sku for pick in picks}
    return {(skus[unit], unit[1]) for unit in work.serials}


def _record(part: StreamEntries, entry: Entry, author: Author, place: int) -> EventRecord:
    """An entry as it is stored, the `place`-th of its author's; the input's id is in the payload."""
    kind, payload = eventlog.encode(entry.event)
    payload["group"] = entry.group
    authorised_by = WorkerId(str(payload.get("authorised_by", ""))) or None
    return EventRecord(
        UUID(entry.id),
        part.stream.name,
        part.seen + place,
        author.station,
        author.seq + place,
        author.worker,
        authorised_by,
        author.at,
        kind,
        payload,
        eventlog.SCHEMA,
    )
