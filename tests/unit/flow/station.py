"""One packing station in the test world; every answer is checked before it is handed out."""

from collections import Counter
from dataclasses import replace

from data.types import CodeKind, OrderId, StationId
from picker.flow import Command, CommandName, Facts, FlowPolicy, Phase, State, Step, look, render
from picker.flow import events as ev
from picker.flow.accepts import Accept, accepts
from picker.flow.commands import commands_now
from picker.flow.facts import Camera, Offer, Photo
from picker.flow.filling import PHASES
from picker.flow.fold import without_undone
from picker.flow.step import step
from picker.flow.work import OrderWork
from picker.locale.messages import Message
from picker.locale.severity import Severity
from scanning.parse import parse
from scanning.result import Scan
from tests.unit.flow.world import World


class Bench:
    """One packing station in that world; every answer is checked before it is handed out."""

    def __init__(self, world: World, policy: FlowPolicy | None = None, name: str = "PACK-1") -> None:
        self.world = world
        self.state = State(StationId(name), policy=policy or FlowPolicy())
        self.last: Step | None = None
        self.text = ""

    @property
    def key(self) -> str:
        """Key of the last message."""
        assert self.last is not None
        return self.last.message.key

    @property
    def phase(self) -> Phase:
        return self.state.phase

    def at(self, phase: Phase) -> bool:
        """Whether the station is in this phase."""
        return self.phase is phase

    @property
    def work(self) -> OrderWork:
        assert self.state.work is not None
        return self.state.work

    @property
    def events(self) -> list[ev.Event]:
        """Events of the order that the last input made."""
        assert self.last is not None
        return [event for part in self.last.orders for event in part.events]

    def scan(self, *texts: str) -> str:
        """Scan (or type) one text after the other; return the key of the last message."""
        for text in texts:
            self.give(parse(text, "test"))
        return self.key

    def press(self, *names: str) -> str:
        """Press commands one after the other, digits meaning choices; return the key of the last message."""
        for name in names:
            choice = name.isdigit()
            command = CommandName.CHOICE if choice else CommandName(name)
            self.give(Command(command, int(name) if choice else 0))
        return self.key

    def give(self, given: Scan | Command) -> Step:
        state, owned, owner = self._current()
        facts = self.world.facts(state, given, owned, owner)
        answer = step(state, given, facts)
        if answer.photo is not None and answer.photo.held:
            answer = step(state, given, replace(facts, photo=self.world.shoot()))
        _check_audit(facts, given, answer)
        self.world.commit(state, answer)
        self.state, self.last, self.text = answer.state, answer, render(answer.message)
        if self.state.phase is Phase.HOME:
            order = self.world.next_order(self.state.station)
            self.state = replace(
                self.state, offer=Offer(OrderId(order), "DHL", None, 1, 1, 1, code=order) if order else None
            )
        self.check()
        return answer

    def _current(self) -> tuple[State, bool, str]:
        work = self.state.work
        if work is None:
            return self.state, True, ""
        order = self.world.orders[work.order.id]
        owner = order.claim.station if order.claim else ""
        mine = order.claim is not None and (owner, order.claim.epoch) == (self.state.station, work.epoch)
        if len(order.log) != work.version:
            work = self.world.load(order.id)
        elif self.state.phase is Phase.PICK:
            skus = {line.sku for line in work.lines if line.waiting}
            places = {**work.order.places, **{sku: self.world.places(sku) for sku in skus}}
            work = replace(work, order=replace(work.order, places=places))
        return replace(self.state, work=work), mine, owner

    def restart(self) -> None:
        """The program dies and comes back: only the log is left."""
        worker = self.state.worker
        name = self.state.station
        mine = [o.id for o in self.world.orders.values() if o.claim and o.claim.station == name]
        work = self.world.load(mine[0]) if mine and worker else None
        version = len(self.world.log_of(name))
        self.state = State(name, worker=worker, work=work, policy=self.state.policy, version=version)
        if self.phase in PHASES:
            self.press("BACK")  # as the service does, to have the plan made again
        self.check()

    def check(self) -> None:
        """What holds after every step, whatever it was."""
        assert "{" not in self.text, self.text
        assert "reason." not in self.text, self.text
        assert self.last is None or _holes_filled(self.last.message), self.last.message
        _check_filling(self.state)
        view = look(self.state)
        told = (*view.options, *view.cautions, *view.facts, *view.steps, *([view.hint] if view.hint else []))
        for message in (view.prompt, *told, *(hint for accept in view.accepts for hint in accept.hints)):
            words = render(message)
            assert words, message
            assert _holes_filled(message), message
            assert "{" not in words, words
        wanted = accepts(self.state)
        assert wanted, f"nothing is accepted in {self.state.phase}"
        assert any(accept.kind for accept in wanted)
        work = self.state.work
        if work is not None and len(self.world.orders[work.order.id].log) == work.version:
            # Folding a long log anew at each of its steps would take longer than all the rest.
            if work.version > 40 and work.version % 4:
                self.world.remember(work)
            again = self.world.load(work.order.id)
            assert again.order.state == work.order.state
            assert replace(again, order=work.order) == work
        self.world_adds_up()
        self.keeps_its_word()

    def keeps_its_word(self) -> None:
        """No code that is named as fitting is refused when it is given."""
        state, owned, owner = self._current()
        state = replace(state, camera=self.world.camera)
        no_photo = state.phase is Phase.PHOTO and self.world.camera is not Camera.WELL
        if not owned or no_photo or state.phase is Phase.STOPPED:
            return  # what only the camera knows, or an office that has just been here
        offered = commands_now(state) - {CommandName.CHOICE, CommandName.PRINTED}
        named = [Accept("command", (name,)) for name in sorted(offered)]
        for accept in (*accepts(state), *named):
            for code in accept.codes:
                command = accept.kind == "command"
                assert not command or code in offered, (state.phase, accept, offered)
                given = Command(CommandName(code)) if command else parse(code, "test")
                answer = step(state, given, self.world.facts(state, given, owned, owner))
                if answer.photo is not None and answer.photo.held:
                    facts = self.world.facts(state, given, owned, owner)
                    answer = step(state, given, replace(facts, photo=Photo("1.jpg", "0" * 64)))
                shown = answer.message.key.startswith(
                    "stop."
                )  # taken, and with it what the office said meanwhile
                refused = answer.message.severity in (Severity.ERROR, Severity.STOP) and not shown
                assert not refused, (state.phase, accept, code, render(answer.message))

    def world_adds_up(self) -> None:
        """Units are conserved: in each line, in the parcels, and in the whole house."""
        world = self.world
        held: Counter[str] = Counter()
        known: Counter[str] = Counter(world.start)
        for order in world.orders.values():
            work = world.load(order.id)
            _check_lines(work)
            for line in work.lines:
                held[line.sku] += line.picked
            for entry in without_undone(order.log):
                known.update(_new_on_record(entry.event))
        total: Counter[str] = Counter()
        for (sku, _, _), units in world.stock.items():
            total[sku] += units
        for sku in world.products:
            assert total[sku] + held[sku] == known[sku], f"{sku}: {total[sku]} + {held[sku]} != {known[sku]}"


def _check_audit(facts: Facts, given: Scan | Command, answer: Step) -> None:
    """A scan that is refused leaves an event that tells of it, unless a part of it was answered; no other does."""
    refused = answer.message.severity in (Severity.ERROR, Severity.STOP)
    audited = any(isinstance(event, ev.ScanRefused) for event in answer.events)
    key = isinstance(given, Command) or any(match.kind is CodeKind.COMMAND for match in facts.matches)
    if not refused:
        assert not audited, answer.message
    elif not key:
        assert answer.events, answer.message


def _holes_filled(message: Message) -> bool:
    """Whether every hole of the sentence, and of those within it, is filled with something."""
    return all(
        _holes_filled(value) if isinstance(value, Message) else value != "None" for _, value in message.params
    )


def _check_filling(state: State) -> None:
    """What is shown of a parcel's filling is of what lies in it."""
    if state.plan is not None and state.phase in PHASES and state.work and state.work.next_parcel:
        assert state.planned == state.work.next_parcel.units, state.planned
    assert not (state.work and state.last_line) or state.work.line(state.last_line)


def _new_on_record(event: ev.Event) -> dict[str, int]:
    """Units that come on record by an event: a corrected figure, or goods without a location."""
    match event:
        case ev.StockCorrected():
            return {event.sku: event.quantity}
        case ev.UnitsPicked(location=""):
            return {event.sku: event.quantity}
        case ev.UnitsDamaged(source=ev.DamageSource.SHELF, location=""):
            return {event.sku: event.quantity}
        case ev.UnitsTakenOut(to_shelf=True, location=""):
            return {event.sku: -event.quantity}
    return {}


def _check_lines(work: OrderWork) -> None:
    for line in work.lines:
        kept = line.picked - line.surplus
        assert line.wanted == line.waiting + kept + line.short, line
        assert line.picked == line.in_tote + line.checked, line
        numbers = (line.waiting, line.picked, line.checked, line.in_tote, line.short, line.damaged)
        assert min(numbers) >= 0, line
        assert sum(parcel.count(line.line) for parcel in work.parcels) == line.checked, (line, work.parcels)
    assert all(units > 0 for parcel in work.parcels for _, units in parcel.units)
    assert len({parcel.number for parcel in work.parcels}) == len(work.parcels)
