"""One turn of a station: an input being answered. Internal to the flow."""

from dataclasses import dataclass, field, replace

from data.types import CodeKind, CodeMatch, OrderId, Stream, StreamKind, order_stream, station_stream
from picker.flow import events as ev
from picker.flow.apply import apply
from picker.flow.facts import Facts
from picker.flow.messages import parts
from picker.flow.state import Command, Dialog, Pending, State, number_of
from picker.flow.streams import StreamEntries
from picker.flow.work import Entry, OrderWork
from picker.locale.messages import Message, say
from scanning.result import Scan


@dataclass(frozen=True, slots=True)
class PhotoWish:
    """What the camera is to take: the damage to a unit of a line, or the open box of a parcel."""

    order: OrderId
    subject: ev.PhotoSubject
    line: int = 0
    parcel: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The answer to one input: the next state, what happened, and what to tell the packer.

    `streams` are all that the input adds to the log, the station's own first. `photo` is to be taken now; one
    that is `held` is waited for, and the same input then given again with it.
    """

    state: State
    message: Message
    streams: tuple[StreamEntries, ...] = ()
    photo: PhotoWish | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, as they are written."""
        return tuple(entry for part in self.streams for entry in part.entries)

    @property
    def events(self) -> tuple[ev.Event, ...]:
        """Their events."""
        return tuple(entry.event for entry in self.entries)

    @property
    def orders(self) -> tuple[StreamEntries, ...]:
        """What it adds to orders."""
        return tuple(part for part in self.streams if part.stream.kind is StreamKind.ORDER)


@dataclass(slots=True)
class Turn:
    """Collects the events of one input and applies them to their orders as they come.

    `before` is the order that was in hand when the input came. `asked` is the question of the turn before, which the
    same code answers with yes.
    """

    state: State
    facts: Facts
    before: OrderWork | None = None
    scan: Scan | None = None
    command: Command | None = None
    group: str = ""
    asked: Pending | None = None
    streams: dict[Stream, StreamEntries] = field(default_factory=dict)

    @property
    def work(self) -> OrderWork:
        """The order in hand; the phases that call this always have one."""
        if self.state.work is None:
            raise AssertionError(f"Phase {self.state.phase} of {self.state.station} has no order in hand")
        return self.state.work

    def emit(self, *events: ev.Event, of: OrderWork | None = None) -> None:
        """Add events to the stream of an order, by default of the one in hand, and apply them."""
        for event in events:
            work = self.work if of is None else self.latest(of)
            stream = order_stream(work.order.id)
            part = self.streams.get(stream) or StreamEntries(stream, work.version, (), self._held(work), work)
            entry = Entry(self.facts.new_id(), self.group, event)
            self.streams[stream] = replace(part, entries=(*part.entries, entry))
            self.put(apply(work, entry))

    def emit_station(self, event: ev.Event) -> None:
        """Add an event to the station's stream."""
        stream, seen = station_stream(self.state.station), self.state.version
        part = self.streams.get(stream) or StreamEntries(stream, seen, ())
        entry = Entry(self.facts.new_id(), self.group, event)
        self.streams[stream] = replace(part, entries=(*part.entries, entry))
        self.state = replace(self.state, version=seen + 1)

    def latest(self, work: OrderWork) -> OrderWork:
        """An order as this turn has left it so far."""
        if self.state.work is not None and self.state.work.order.id == work.order.id:
            return self.state.work
        part = self.streams.get(order_stream(work.order.id))
        return part.work if part and part.work else work

    def put(self, work: OrderWork) -> None:
        """Go on with an order as it is now."""
        stream = order_stream(work.order.id)
        if stream in self.streams:
            self.streams[stream] = replace(self.streams[stream], work=work)
        if self.state.work is not None and self.state.work.order.id == work.order.id:
            self.state = replace(self.state, work=work)

    def _held(self, work: OrderWork) -> OrderWork | None:
        """The order as it was in hand when the input came; one just claimed was in nobody's."""
        in_hand = self.state.work is not None and self.state.work.order.id == work.order.id
        return self.before if in_hand else work

    def matches(self, *kinds: CodeKind) -> tuple[CodeMatch, ...]:
        """What the scanned code can stand for, of these kinds, in the order of the kinds."""
        return tuple(match for kind in kinds for match in self.facts.matches if match.kind is kind)

    def done(self, message: Message) -> Step:
        """Close the turn."""
        if self.state.work is not None:
            self.put(self.state.work)
        own_first = sorted(self.streams.values(), key=lambda part: part.stream.kind is not StreamKind.STATION)
        return Step(self.state, message, tuple(own_first))

    def say(self, key: str, **params: object) -> Step:
        """Close the turn with a message of the catalogue."""
        return self.done(say(key, **params))

    def refuse(self, key: str, **params: object) -> Step:
        """Close the turn with a refusal.

        A refused scan becomes an event, for the audit trail must show where it went wrong; of one that was answered
        in part, what it did is on record already.
        """
        message = say(key, **params)
        events = (entry.event for part in self.streams.values() for entry in part.entries)
        if self.scan is None or not all(isinstance(event, ev.ProductChosen) for event in events):
            return self.done(message)
        return self.turn_down(message)

    def turn_down(self, message: Message) -> Step:
        """Close the turn with a refusal that is on record even of a key: what it asked for was tried."""
        event = ev.ScanRefused(self.code, message.key, parts(message))
        if self.state.work is None or not self.facts.owned:
            self.emit_station(event)
        else:
            self.emit(event)
        return self.done(message)

    def resume(self, scan: Scan | None, match: CodeMatch, dialog: Dialog | None) -> None:
        """Go on with an earlier scan, which stands for this alone, and with the question that was open then."""
        self.scan, self.command = scan, None
        self.facts = replace(self.facts, matches=(match,))
        self.state = replace(self.state, dialog=dialog)

    @property
    def number(self) -> int:
        """The number of an answer, from 1, given by key, command barcode or digit; 0 for any other input."""
        return number_of(self.scan, self.command)

    @property
    def code(self) -> str:
        """The scanned text, or the command's word."""
        if self.scan is not None:
            return self.scan.text[:80]
        return self.command.name.value if self.command else ""

    def asked_for(self) -> Message:
        """The command that was given, or what was typed instead."""
        return (
            say(f"command.{self.command.name.value}")
            if self.command
            else say("command.typed", code=self.code)
        )

    def what(self) -> Message:
        """What the scanned thing IS, in words."""
        if self.command is not None:
            return say("kind.command", command=self.asked_for())
        if not self.facts.matches:
            return say("kind.unknown", code=self.code)
        match = self.facts.matches[0]
        if match.kind is CodeKind.PRODUCT:
            product = self.facts.products.get(match.ref)
            return say("kind.product", sku=match.ref, name=product.name if product else "")
        if match.kind is CodeKind.WORKER:
            worker = self.facts.workers.get(match.ref)
            return say("kind.worker", name=worker.name if worker else match.ref)
        return say(f"kind.{match.kind.value}", code=match.ref)
