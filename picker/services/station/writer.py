"""Writing one step: events and everything that follows from them, in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from data.engine import Database
from data.store import claims, log, measure, parcels, photos
from picker.flow import State, Step
from picker.flow import events as ev
from picker.flow.messages import Message
from picker.flow.work import OrderWork
from picker.services.campaigns.trouble import check_printed
from picker.services.documents.customs import warn_early
from picker.services.orders import ledger
from picker.services.orders.effects import effects
from picker.services.orders.ledger import Author, to_record
from picker.services.station.due_documents import documents_for, label_again

LEASE, RENEWAL = timedelta(minutes=10), timedelta(minutes=1)
"""For how long an order is a station's without a sign of life, and after how much work the lease is renewed."""


@dataclass(slots=True)
class Writer:
    """Writes the steps of one station; `seq` is the station's last sequence number."""

    db: Database
    station: str
    company_prefix: str
    shop_id: str
    seq: int = 0

    def write(self, connection: Connection, before: State, answer: Step, now: datetime) -> Message | None:
        """Write a step's entries and their consequences; what these have to tell goes before the step's words.

        `now` is when the input was given, UTC.

        Raises Conflict, or ParcelKept when a parcel may not go on as it is; the caller rolls back.
        """
        notice = None
        person = before.worker or answer.state.worker
        worker = person.id if person else ""
        seq = self.seq
        if answer.station_entries:
            seq = self._append_station(connection, before, answer, seq, now)
        if answer.order_entries and answer.work is not None:
            author = Author(self.station, worker, now, seq)
            notice = self._record_order(connection, before, answer, answer.work, author)
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
            author = Author(self.station, who.id if who else "", now, seq - 1)
            records.append(to_record(entry, stream, version, author))
        log.append(connection, records)
        return seq

    def _record_order(
        self, connection: Connection, before: State, answer: Step, work: OrderWork, author: Author
    ) -> Message | None:
        ledger.record(connection, answer.order, answer.order_entries, before.work, work, author)
        self._claim(connection, answer, work, author.worker)
        events = [entry.event for entry in answer.order_entries]
        return self._parcels(connection, answer, work, events, author.worker, author.at)

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


def _measure(connection: Connection, event: ev.Event, worker: str, now: datetime) -> None:
    found = effects(event).figures
    if found is not None:
        sku, figures = found
        length, width, height, weight = (figure or None for figure in figures)
        measure.set_sizes(connection, sku, (length, width, height), weight, worker, now)
