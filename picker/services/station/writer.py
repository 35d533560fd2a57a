"""Writing one step: events and everything that follows from them, in the caller's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from data.engine import Database
from data.store import claims, codes, log, measure, orders, parcels, photos, serials, stock
from data.types import EventRecord, OrderState
from picker.flow import State, Step, eventlog
from picker.flow import events as ev
from picker.flow.messages import Message
from picker.flow.work import Entry, OrderWork
from picker.services.campaigns.trouble import check_printed
from picker.services.documents.customs import warn_early
from picker.services.orders.effects import StockMove, effects, state_after
from picker.services.station.due_documents import documents_for, label_again

LEASE = timedelta(minutes=10)


class Conflict(Exception):
    """Somebody else moved the order between reading and writing; read again and repeat the step."""


@dataclass(slots=True)
class Writer:
    """Writes the steps of one station; `seq` is the station's last sequence number."""

    db: Database
    station: str
    company_prefix: str
    shop_id: str
    seq: int = 0

    def write(self, connection: Connection, before: State, answer: Step) -> Message | None:
        """Write a step's entries and their consequences; what these have to tell goes before the step's words.

        Raises Conflict, or ParcelKept when a parcel may not go on as it is; the caller rolls back.
        """
        notice = None
        now = datetime.now(UTC)
        person = before.worker or answer.state.worker
        worker = person.id if person else ""
        seq = self.seq
        if answer.station_entries:
            seq = self._append_station(connection, before, answer, seq, now)
        if answer.order_entries and answer.work is not None:
            self._append_order(connection, answer, answer.work, worker, seq, now)
            notice = self._project(connection, before, answer, answer.work, worker, now)
        for entry in (*answer.station_entries, *answer.order_entries):
            _measure(connection, entry.event, worker, now)
        return notice

    def written(self, answer: Step) -> None:
        """Remember that the step's transaction was committed."""
        self.seq += len(answer.station_entries) + len(answer.order_entries)

    def _append_station(
        self, connection: Connection, before: State, answer: Step, seq: int, now: datetime
    ) -> int:
        stream = f"station:{self.station}"
        version = log.last_version(connection, stream)
        records = []
        for entry in answer.station_entries:
            seq, version = seq + 1, version + 1
            who = before.worker or answer.state.worker
            if isinstance(entry.event, ev.SignedIn):
                who = answer.state.worker
            records.append(to_record(entry, stream, version, self.station, seq, who.id if who else "", now))
        log.append(connection, records)
        return seq

    def _append_order(
        self, connection: Connection, answer: Step, work: OrderWork, worker: str, seq: int, now: datetime
    ) -> None:
        first = work.version - len(answer.order_entries) + 1
        records = [
            to_record(entry, answer.order, first + n, self.station, seq + 1 + n, worker, now)
            for n, entry in enumerate(answer.order_entries)
        ]
        log.append(connection, records)

    def _project(
        self,
        connection: Connection,
        before: State,
        answer: Step,
        work: OrderWork,
        worker: str,
        now: datetime,
    ) -> Message | None:
        events = [entry.event for entry in answer.order_entries]
        self._advance(connection, answer, work, events, now)
        self._claim(connection, answer, work, worker)
        orders.set_progress(connection, answer.order, line_counts(before.work, work))
        follow_serials(connection, before.work, work)
        history = before.work.history if before.work else ()
        for entry in answer.order_entries:
            carry_out(connection, answer.order, entry, history, now)
        return self._parcels(connection, answer, work, events, worker, now)

    def _advance(
        self, connection: Connection, answer: Step, work: OrderWork, events: list[ev.Event], now: datetime
    ) -> None:
        state, reason = work.order.state, work.order.hold_reason
        for event in events:
            state = state_after(state, event)
            reason = event.reason if isinstance(event, ev.OrderHeld) else reason
        closed = now if state is OrderState.CLOSED else None
        seen = work.version - len(events)
        if not orders.advance(connection, answer.order, seen, work.version, state, reason, closed):
            raise Conflict(answer.order)

    def _claim(self, connection: Connection, answer: Step, work: OrderWork, worker: str) -> None:
        if answer.state.work is None:
            claims.release(connection, answer.order)
        elif isinstance(answer.order_entries[0].event, ev.OrderClaimed):
            until = self.db.now(connection) + LEASE
            claims.take(connection, answer.order, self.station, worker, work.epoch, until)

    def _parcels(
        self,
        connection: Connection,
        answer: Step,
        work: OrderWork,
        events: list[ev.Event],
        worker: str,
        now: datetime,
    ) -> Message | None:
        notice = None
        for event in events:
            if isinstance(event, ev.PhotoTaken):
                about = (event.subject, event.line, event.parcel)
                photos.add(connection, answer.order, self.station, about, (event.file, event.sha256), now)
            elif isinstance(event, ev.ParcelSealed):
                weights = (event.expected_g, event.gross_g or None)
                parcel = (answer.order, event.parcel, event.packaging, event.sscc)
                parcels.add_parcel(connection, *parcel, weights, now)
                parcels.use_serial(connection, self.company_prefix)
                due = documents_for(connection, self.shop_id, work, event, worker)
                parcels.add_jobs(connection, self.station, due.jobs, now)
                notice = due.notice
            elif isinstance(event, ev.OrderClaimed):
                notice = warn_early(connection, self.shop_id, work)
            elif isinstance(event, ev.ReprintRequested):
                again = label_again(connection, answer.order, event)
                parcels.add_jobs(connection, self.station, [again], now)
            elif isinstance(event, ev.LabelVerified):
                parcels.verify_parcel(connection, answer.order, event.parcel)
                parcels.verify_label(connection, answer.order, event.parcel, now)
                notice = check_printed(connection, answer.order, event.parcel, now)
            elif isinstance(event, ev.LabelPrinted):
                notice = check_printed(connection, answer.order, event.parcel, now)
        return notice


def carry_out(
    connection: Connection, order: str, entry: Entry, history: Sequence[Entry], now: datetime
) -> None:
    """Write what one event means for stock, packaging and the lead's list; `history` is what it may undo."""
    if isinstance(entry.event, ev.Undone):
        _undo(connection, order, entry.event, history, now)
        return
    found = effects(entry.event)
    _move(connection, order, found.stock, now)
    for code, delta in found.packaging:
        lacking = stock.use_packaging(connection, code, delta)
        if lacking:
            detail: dict[str, object] = {"packaging": code, "more": lacking}
            parcels.report(connection, "stock_wrong", order, detail, now)
    if found.barcode is not None:
        codes.attach(connection, *found.barcode)
    if found.report is not None:
        kind, detail = found.report
        parcels.report(connection, kind, order, {**detail, "event": entry.id}, now)


def _measure(connection: Connection, event: ev.Event, worker: str, now: datetime) -> None:
    found = effects(event).figures
    if found is not None:
        sku, figures = found
        length, width, height, weight = (figure or None for figure in figures)
        measure.set_sizes(connection, sku, (length, width, height), weight, worker, now)


def _move(connection: Connection, order: str, moves: Iterable[StockMove], now: datetime) -> None:
    for sku, location, state, delta in moves:
        lacking = stock.move(connection, sku, location, state, delta)
        if lacking:
            detail: dict[str, object] = {"sku": sku, "location": location, "more": lacking}
            parcels.report(connection, "stock_wrong", order, detail, now)


def _undo(
    connection: Connection, order: str, event: ev.Undone, history: Sequence[Entry], now: datetime
) -> None:
    for found in [effects(entry.event) for entry in history if entry.id in event.events]:
        back = [(sku, place, state, -delta) for sku, place, state, delta in found.stock]
        _move(connection, order, back, now)
        if found.barcode is not None:
            codes.detach(connection, *found.barcode[:2])
    undone = [
        row.id
        for row in parcels.open_exceptions(connection, order)
        if row.detail.get("event") in event.events
    ]
    parcels.resolve(connection, undone, "undo", now)


def line_counts(before: OrderWork | None, work: OrderWork) -> list[tuple[int, int, int, int, int]]:
    """Return (line, picked, checked, short, damaged) of the lines that differ from `before`."""
    old = {line.line: line for line in before.lines} if before else {}
    return [
        (line.line, line.picked, line.checked, line.short, line.damaged)
        for line in work.lines
        if before is None or old.get(line.line) != line
    ]


def follow_serials(connection: Connection, before: OrderWork | None, work: OrderWork) -> None:
    """Write which serial numbers are with the order, where that changed; a claim changes nothing of it."""
    if before is not None and before.serials != work.serials:
        serials.follow(connection, work.order.id, serials_of(before), serials_of(work))


def serials_of(work: OrderWork) -> set[tuple[str, str]]:
    """Return the (SKU, serial number) of the units with an order; the SKU is the one they were picked as."""
    picks = (entry.event for entry in work.history if isinstance(entry.event, ev.UnitsPicked))
    skus = {(pick.line, pick.serial): pick.sku for pick in picks}
    return {(skus[unit], unit[1]) for unit in work.serials}


def to_record(
    entry: Entry, stream: str, version: int, station: str, seq: int, worker: str, at: datetime
) -> EventRecord:
    """Return an entry as it is stored; the id of its input is kept in the payload."""
    kind, payload = eventlog.encode(entry.event)
    payload["group"] = entry.group
    authorised_by = str(payload.get("authorised_by", "")) or None
    return EventRecord(
        UUID(entry.id),
        stream,
        version,
        station,
        seq,
        worker,
        authorised_by,
        at,
        kind,
        payload,
        eventlog.SCHEMA,
    )
