"""Writing one step: events and everything that follows from them, in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from data.engine import Database
from data.store import claims, lookup, measure, parcels, photos, print_jobs
from data.types import OrderId, ParcelRef, ShopId, StationId, WorkerId
from picker.flow import State, Step
from picker.flow import events as ev
from picker.flow.streams import StreamEntries
from picker.flow.work import OrderWork
from picker.locale.messages import Message
from picker.services.campaigns.trouble import check_printed
from picker.services.documents.carriage import check_claim
from picker.services.documents.customs import warn_early
from picker.services.orders import ledger, numbers
from picker.services.orders.effects import effects
from picker.services.orders.ledger import Author
from picker.services.station.due_documents import documents_for, label_again

LEASE, RENEWAL = timedelta(minutes=10), timedelta(minutes=1)
"""For how long an order is a station's without a sign of life, and after how much work the lease is renewed."""


@dataclass(slots=True)
class Writer:
    """Writes the steps of one station; `seq` is the station's last sequence number."""

    db: Database
    station: StationId
    seq: int = 0

    def write(self, connection: Connection, before: State, answer: Step, now: datetime) -> Message | None:
        """Write all that a step adds, to however many streams, with its consequences; or, by raising, nothing.

        `now` is when the input was given, UTC. What the consequences have to tell goes before the step's words.

        Raises Conflict or IntegrityError when somebody else moved one of the streams, or ParcelHeld when a parcel may
        not go on as it is; the caller rolls back.
        """
        notice, seq = None, self.seq
        for part in answer.streams:
            author = Author(self.station, _author(before, answer, part), now, seq)
            seq += len(part.entries)
            if part.work is None:
                ledger.append(connection, part, author)
            else:
                ledger.record(connection, part, author)
                self._claim(connection, before, answer, part, part.work, author.worker)
                notice = self._parcels(connection, part, part.work, author) or notice
            for event in part.events:
                _measure(connection, event, author.worker, now)
        return notice

    def written(self, answer: Step) -> None:
        """Remember that the step's transaction was committed."""
        self.seq += len(answer.entries)

    def _claim(
        self,
        connection: Connection,
        before: State,
        answer: Step,
        part: StreamEntries,
        work: OrderWork,
        worker: WorkerId,
    ) -> None:
        """Take an order that came into hand, give up one that left it; others stay whose they are."""
        order = OrderId(part.stream.id)
        claimed = isinstance(part.events[0], ev.OrderClaimed)
        if (claimed or _holds(before, order)) and not _holds(answer.state, order):
            claims.release(connection, order)
        elif claimed:
            until = self.db.now(connection) + LEASE
            claims.take(connection, order, self.station, worker, work.epoch, until)

    def _parcels(
        self, connection: Connection, part: StreamEntries, work: OrderWork, author: Author
    ) -> Message | None:
        notice, order, now = None, OrderId(part.stream.id), author.at
        for event in part.events:
            if isinstance(event, ev.PhotoTaken):
                photo = photos.NewPhoto(
                    event.subject.value, event.line, event.parcel, event.file, event.sha256
                )
                photos.add(connection, order, self.station, photo, now)
            elif isinstance(event, ev.ParcelSealed):
                parcel = ParcelRef(order, event.parcel)
                weights = parcels.Weights(event.expected_g, event.gross_g or None)
                parcels.add_parcel(connection, parcel, event.packaging, event.sscc, weights, now)
                prefix = lookup.shop(connection, ShopId(work.order.shop)).company_prefix
                parcels.use_serial(connection, prefix)
                numbers.tell(connection, prefix, event.sscc, now)
                due = documents_for(connection, work, event, author.worker)
                print_jobs.add_jobs(connection, self.station, due.jobs, now)
                notice = due.notice
            elif isinstance(event, ev.OrderClaimed):
                check_claim(connection, work)
                notice = warn_early(connection, work)
            elif isinstance(event, ev.ReprintRequested):
                again = label_again(connection, work, event)
                print_jobs.add_jobs(connection, self.station, [again], now)
            elif isinstance(event, ev.LabelVerified):
                parcels.verify_parcel(connection, ParcelRef(order, event.parcel))
                print_jobs.verify_label(connection, ParcelRef(order, event.parcel), now)
                notice = check_printed(connection, order, event.parcel, now)
            elif isinstance(event, ev.LabelPrinted):
                notice = check_printed(connection, order, event.parcel, now)
        return notice


def _author(before: State, answer: Step, part: StreamEntries) -> WorkerId:
    """Who writes: whoever was signed in when the input came; with nobody there, or a badge, who is now."""
    comes = any(isinstance(event, ev.SignedIn) for event in part.events)
    who = answer.state.worker if comes else before.worker or answer.state.worker
    return who.id if who else WorkerId("")


def _holds(state: State, order: OrderId) -> bool:
    return state.work is not None and state.work.order.id == order


def _measure(connection: Connection, event: ev.Event, worker: WorkerId, now: datetime) -> None:
    measured = effects(event).figures
    if measured is not None:
        sku, figures = measured
        length, width, height, weight = (figure or None for figure in figures)
        measure.set_sizes(connection, sku, (length, width, height), weight, worker, now)
