"""A packing station without a screen: inputs in, verdicts out, everything committed in between.

Belongs to one thread. The screens and the line mode talk to it through a queue.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from data.engine import Database
from data.errors import DataError
from data.store import claims, log, lookup, names, orders, report
from data.types import CodeKind, OrderId, Packaging, StationId, station_stream
from picker.flow import Command, CommandName, FlowPolicy, Message, Phase, State, Step, say
from picker.flow.events import LabelVerified, ParcelSealed, ReprintRequested
from picker.flow.facts import Camera, Offer, Parked, Photo
from picker.flow.filling import PHASES
from picker.flow.step import step
from picker.flow.turn import PhotoWish
from picker.flow.work import OrderWork
from picker.services.office.imports import put_on_hold
from picker.services.orders.ledger import Conflict
from picker.services.orders.load import load_work
from picker.services.orders.matching import means
from picker.services.orders.parcel_held import ParcelHeld, report_held
from picker.services.packing import policies
from picker.services.station.facts import Ownership, read_facts, with_next_place, with_places
from picker.services.station.trouble import why_not_saved
from picker.services.station.writer import LEASE, RENEWAL, Writer
from scanning.parse import parse
from scanning.result import Scan

_DUE = (ParcelSealed, ReprintRequested, LabelVerified)
_PARKED_TOLD = 9
"""Parked orders named between two orders; of the others there is the number."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The verdict on one input and the state after it. `saved` is False when nothing could be committed."""

    state: State
    message: Message
    saved: bool = True
    order: OrderId = OrderId("")


class NameTaken(Exception):
    """Another machine works under this station's name now."""


class Photos(Protocol):
    """Who takes photos for a station."""

    @property
    def camera(self) -> Camera:
        """How the camera is."""

    def begin(self, wish: PhotoWish) -> None:
        """Start to take a photo."""

    def finish(self, wish: PhotoWish) -> Photo:
        """Return the photo begun of this, or one taken now, once it is safely on disk; it never fails."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What stands around a station.

    `on_due` is called when documents have become due. `clock` says, in UTC, what has expired, by the day in the
    warehouse's `zone`; `photos` takes photos, where the station has a camera; `lost_to` names the machine that has
    taken this station's name, "" while it is ours; `label_down` the printer of labels while it can't print.
    """

    on_due: Callable[[], None] | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    photos: Photos | None = None
    lost_to: Callable[[Connection], str] = lambda connection: ""
    label_down: Callable[[], str] = lambda: ""
    zone: tzinfo = UTC


ALONE = Equipment()
"""A station with nothing beside it."""


class Station:
    """One packing station, for all shops of its database."""

    def __init__(
        self, db: Database, name: StationId, policy: FlowPolicy, equipment: Equipment = ALONE
    ) -> None:
        """Load what the station was doing. Raises DataError when the database can't be read."""
        self.db = db
        self._equipment = equipment
        self._clock, self._photos = equipment.clock, equipment.photos
        with db.reader.connect() as connection:
            self._packagings: tuple[Packaging, ...] = lookup.packagings(connection)
            seq = log.last_seq(connection, name)
            self.state = _resumed(connection, State(name, policy=policy))
        self._writer = Writer(db, name, seq)
        self.state = self._with_offer(self.state)
        self._at = self._renewed = self._clock()
        self._offset = timedelta(0)
        self._measure_clock()
        self._doubtful: tuple[Scan | Command, Step] | None = None

    def welcome(self) -> Reply:
        """Return the first words of a started station: who it goes on with, or that it waits for a badge."""
        worker, work = self.state.worker, self.state.work
        if worker is None:
            return Reply(self.state, say("station.ready"))
        if work is None:
            return Reply(self.state, say("station.welcome_back", worker=worker.name))
        if self.state.phase in PHASES:
            self.handle(Command(CommandName.BACK))  # has the plan made again
        return Reply(self.state, say("station.resumed", worker=worker.name, order=work.order.id))

    def hear(self, raw: str, source: str) -> Reply:
        """Answer a raw text as `source` delivered it."""
        return self.handle(parse(raw, source))

    def press(self, command: Command) -> Reply:
        """Answer a command given by key."""
        return self.handle(command)

    def handle(self, given: Scan | Command) -> Reply:
        """Answer one input; when this returns with `saved`, its events are on disk."""
        self._at = self._clock() + self._offset
        try:
            return self._after_doubt(given) or self._try(given)
        except NameTaken as error:
            words = say("station.name_taken", station=self.state.station, host=str(error))
            return Reply(self.state, words, saved=False)
        except (DataError, DBAPIError) as error:
            return self._not_saved(given, error)

    def _try(self, given: Scan | Command) -> Reply:
        photo: Photo | None = None
        held: ParcelHeld | None = None
        for _ in range(3):
            try:
                answer = self._attempt(given, photo, held)
                if photo is None and self._photos and answer.photo and answer.photo.held:
                    # Waited for between two transactions: no other station waits for a camera.
                    photo = self._photos.finish(answer.photo)
                    answer = self._attempt(given, photo, held)
                return self._answered(answer)
            except ParcelHeld as error:
                held = error  # nothing of the step is saved; that it was refused is
            except (Conflict, IntegrityError):
                self._read_again()
            except OperationalError as error:
                if not _is_deadlock(error):
                    raise
        raise DataError("Another program keeps changing this order")

    def _after_doubt(self, given: Scan | Command) -> Reply | None:
        """The last COMMIT got no answer: look now. What it saved is not done twice when it is given again."""
        if self._doubtful is None:
            return None
        before, answer = self._doubtful
        committed = self._was_committed(answer)
        self._doubtful = None
        if not committed:
            return None
        reply = self._answered(answer)
        return reply if given == before else None

    def _attempt(self, given: Scan | Command, photo: Photo | None, held: ParcelHeld | None) -> Step:
        answer: Step | None = None
        try:
            with self.db.writer.begin() as connection:
                answer = self._step(connection, given, photo, held)
        except DBAPIError as error:
            if answer is None or isinstance(error, IntegrityError):
                raise
            self._doubtful = (given, answer)
            committed = self._was_committed(answer)
            self._doubtful = None
            if not committed:
                raise
        return answer

    def _step(
        self, connection: Connection, given: Scan | Command, photo: Photo | None, held: ParcelHeld | None
    ) -> Step:
        if host := self._equipment.lost_to(connection):
            raise NameTaken(host)
        state, ownership = self._current(connection)
        facts = read_facts(
            connection,
            self.db,
            self._at.astimezone(self._equipment.zone),
            state,
            given,
            ownership,
            self._packagings,
        )
        if facts.candidate is not None:
            state = _at_policy(connection, state, facts.candidate)
        camera = self._photos.camera if self._photos else Camera.NONE
        facts = replace(facts, camera=camera, photo=photo, label_down=self._equipment.label_down())
        if held is not None:
            report_held(connection, held)
            if held.hold:
                put_on_hold(connection, held.order, held.hold)
            facts = replace(facts, held=held.message)
        answer = step(state, given, facts)
        notice = self._writer.write(connection, state, answer, self._at)
        answer = replace(answer, message=notice or answer.message)
        if self._lease_due(answer.state):
            self._renew(connection, answer.state)
        return with_next_place(connection, answer)

    def _current(self, connection: Connection) -> tuple[State, Ownership]:
        """The state with the order as it is now: somebody may have changed, cancelled or taken it.

        None of that happens without an event, so an unchanged version is all there is to look at.
        """
        state, work = self.state, self.state.work
        if work is None:
            return state, Ownership()
        if orders.version(connection, work.order.id) != work.version:
            return self._changed(connection, work)
        if state.dialog is not None:  # what it is told may correct these figures
            skus = sorted({line.sku for line in work.lines if line.waiting})
            state = replace(state, work=with_places(connection, work, skus))
        return state, Ownership()

    def _changed(self, connection: Connection, work: OrderWork) -> tuple[State, Ownership]:
        head = orders.head(connection, work.order.id)
        if head is None:
            return self.state, Ownership(owned=False)
        if head.station != self.state.station or head.epoch != work.epoch:
            return self.state, Ownership(owned=False, owner=head.station)
        return replace(self.state, work=load_work(connection, work.order.id)), Ownership()

    def _lease_due(self, state: State) -> bool:
        return state.work is not None and abs(self._at - self._renewed) >= RENEWAL

    def _renew(self, connection: Connection, state: State) -> None:
        if state.work is not None:
            until = self.db.now(connection) + LEASE
            if not claims.renew(connection, state.work.order.id, state.work.epoch, until):
                raise Conflict(state.work.order.id)

    def _measure_clock(self) -> None:
        """Learn by how much this machine's clock differs from the database's; on SQLite they are one."""
        if self.db.dialect == "sqlite":
            return
        with self.db.reader.connect() as connection:
            before = self._clock()
            theirs = self.db.now(connection)
            self._offset = theirs - before - (self._clock() - before) / 2

    def _answered(self, answer: Step) -> Reply:
        self._writer.written(answer)
        if self._lease_due(answer.state):
            self._renewed = self._at
        self.state = answer.state
        if self._photos and answer.photo and not answer.photo.held:
            self._photos.begin(answer.photo)
        events = answer.events
        try:
            if any(isinstance(event, ParcelSealed) for event in events):
                self._read_packagings()
            if answer.state.phase is Phase.HOME:
                self._measure_clock()
                self.state = self._with_offer(answer.state)
        except (DataError, DBAPIError):
            # The step itself is saved; what could not be read is read again with the next one.
            self.state = replace(answer.state, offer=None)
        if self._equipment.on_due is not None and any(isinstance(event, _DUE) for event in events):
            self._equipment.on_due()
        order = answer.orders[0].stream.id if answer.orders else ""
        return Reply(self.state, answer.message, order=OrderId(order))

    def _read_packagings(self) -> None:
        with self.db.reader.connect() as connection:
            self._packagings = lookup.packagings(connection)

    def _with_offer(self, state: State) -> State:
        if state.phase is not Phase.HOME or state.worker is None:
            return replace(state, offer=None, parked=Parked())
        with self.db.reader.connect() as connection:
            parked = _parked(connection)
            mine = claims.of_worker(connection, state.worker.id, state.station, self.db.now(connection))
            order_id = mine or orders.next_waiting(connection, lock=False)
            if not order_id:
                return replace(state, offer=None, parked=parked)
            row = orders.row(connection, order_id)
            lines = orders.lines(connection, order_id)
            waiting = orders.waiting(connection)
            name = names.called(connection, [order_id])[order_id]
            code = order_id if means(connection, order_id, CodeKind.ORDER, order_id) else ""
        units = sum(line.quantity for line in lines)
        offer = Offer(name, row.service, row.due_at, len(lines), units, waiting, code)
        return replace(state, offer=offer, parked=parked)

    def _read_again(self) -> None:
        station = self.state.station
        with self.db.reader.connect() as connection:
            self._writer.seq = log.last_seq(connection, station)
            self.state = replace(self.state, version=log.last_version(connection, station_stream(station)))

    def _was_committed(self, answer: Step) -> bool:
        """Whether a COMMIT whose answer was lost took place after all."""
        if not answer.entries:
            return True
        with self.db.writer.connect() as connection:
            return log.has(connection, UUID(answer.entries[0].id))

    def _not_saved(self, given: Scan | Command, error: Exception) -> Reply:
        code = given.text[:80] if isinstance(given, Scan) else given.name.value
        words = say("station.not_saved", code=code, why=why_not_saved(error))
        return Reply(self.state, words, saved=False)


def _parked(connection: Connection) -> Parked:
    count, rows = report.parked(connection, _PARKED_TOLD)
    called = names.called(connection, [row.id for row in rows])
    return Parked(count, tuple((called[row.id], str(row.payload.get("reason", ""))) for row in rows))


def _is_deadlock(error: OperationalError) -> bool:
    """Whether PostgreSQL broke a circle of waiting transactions by ending this one (error 40P01)."""
    return getattr(error.orig, "sqlstate", "") == "40P01"


def _resumed(connection: Connection, state: State) -> State:
    """The station as its log left it: the worker signed in and the order it holds."""
    version = log.last_version(connection, station_stream(state.station))
    badge = log.signed_in(connection, state.station)
    worker = lookup.worker(connection, badge) if badge else None
    order_id = claims.of_station(connection, state.station)
    work: OrderWork | None = load_work(connection, order_id) if order_id and worker else None
    if work is not None and claims.of_station(connection, state.station) != order_id:
        work = None  # another station took it over while it was being read
    if work is not None:
        state = _at_policy(connection, state, work)
    return replace(state, version=version, worker=worker, work=work)


def _at_policy(connection: Connection, state: State, work: OrderWork) -> State:
    """The state with the packing policy and currency that count now for the order's shop: read at its claim."""
    packing, currency = (
        policies.of_order(connection, work.order.id),
        orders.currency(connection, work.order.id),
    )
    return replace(state, policy=replace(state.policy, packing=packing, currency=currency))
