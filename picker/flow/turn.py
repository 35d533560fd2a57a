"""One turn of a station: an input being answered. Internal to the flow."""

from dataclasses import dataclass, field, replace
from typing import Any

from data.types import CodeKind, CodeMatch
from picker.flow import events as ev
from picker.flow.apply import apply
from picker.flow.facts import Facts
from picker.flow.messages import Message, parts, say
from picker.flow.severity import Severity
from picker.flow.state import Command, CommandName, Dialog, Pending, State
from picker.flow.work import Entry, OrderWork
from scanning.result import Scan


@dataclass(frozen=True, slots=True)
class PhotoWish:
    """What the camera is to take: the damage to a unit of a line, or the open box of a parcel."""

    order: str
    subject: str
    line: int = 0
    parcel: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The answer to one input: the next state, what happened, and what to tell the packer.

    `order_entries` belong to the stream of `order`, `station_entries` to the station's own. `work`
    is the order as the entries leave it, also when it is no longer in hand. `photo` is to be taken now; one
    that is `held` is waited for, and the same input then given again with it.
    """

    state: State
    message: Message
    order: str = ""
    work: OrderWork | None = None
    order_entries: tuple[Entry, ...] = ()
    station_entries: tuple[Entry, ...] = ()
    photo: PhotoWish | None = None


@dataclass(slots=True)
class Turn:
    """Collects the events of one input and applies them to the order in hand as they come.

    `asked` is the question of the turn before, which the same code answers with yes.
    """

    state: State
    facts: Facts
    scan: Scan | None = None
    command: Command | None = None
    order: str = ""
    group: str = ""
    asked: Pending | None = None
    last: OrderWork | None = None
    entries: list[Entry] = field(default_factory=list)
    station_entries: list[Entry] = field(default_factory=list)

    @property
    def work(self) -> OrderWork:
        """The order in hand; the phases that call this always have one."""
        if self.state.work is None:
            raise AssertionError(f"Phase {self.state.phase} of {self.state.station} has no order in hand")
        return self.state.work

    def emit(self, *events: ev.Event) -> None:
        """Add events to the order's stream and apply them."""
        for event in events:
            entry = Entry(self.facts.new_id(), self.group, event)
            self.entries.append(entry)
            self.order = self.work.order.id
            self.last = apply(self.work, entry)
            self.state = replace(self.state, work=self.last)

    def emit_station(self, event: ev.Event) -> None:
        """Add an event to the station's stream."""
        self.station_entries.append(Entry(self.facts.new_id(), self.group, event))

    def set(self, **changes: Any) -> None:
        """Change fields of the state."""
        self.state = replace(self.state, **changes)

    def matches(self, *kinds: CodeKind) -> tuple[CodeMatch, ...]:
        """What the scanned code can stand for, of these kinds, in the order of the kinds."""
        return tuple(match for kind in kinds for match in self.facts.matches if match.kind is kind)

    def done(self, message: Message) -> Step:
        """Close the turn."""
        work = self.state.work or self.last
        return Step(self.state, message, self.order, work, tuple(self.entries), tuple(self.station_entries))

    def say(self, key: str, **params: object) -> Step:
        """Close the turn with a message of the catalogue.

        A refused scan becomes an event of its own, in the order's stream when one is in hand: the
        audit trail must show where it went wrong.
        """
        message = say(key, **params)
        refused = message.severity in (Severity.ERROR, Severity.STOP) and self.scan is not None
        made = (*self.entries, *self.station_entries)
        if refused and all(isinstance(entry.event, ev.ProductChosen) for entry in made):
            return self.refuse(message)
        return self.done(message)

    def refuse(self, message: Message) -> Step:
        """Close the turn with a refusal, and an event that tells of it."""
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
        self.set(dialog=dialog)

    @property
    def number(self) -> int:
        """The number of an answer, from 1, given by key, command barcode or digit; 0 for any other input."""
        if self.command is not None:
            return self.command.argument if self.command.name is CommandName.CHOICE else 0
        text = self.scan.text if self.scan else ""
        return int(text) if len(text) == 1 and text in "123456789" else 0

    @property
    def code(self) -> str:
        """The scanned text, or the command's word."""
        if self.scan is not None:
            return self.scan.text[:80]
        return self.command.name.value if self.command else ""

    def what(self) -> Message:
        """What the scanned thing IS, in words."""
        if self.command is not None:
            return say("kind.command", code=self.command.name.value)
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
