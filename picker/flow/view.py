"""What a station shows: derived from its state alone, the same for every kind of screen."""

from dataclasses import dataclass
from datetime import datetime

from picker.flow import filling
from picker.flow.accepts import Accept, accepts
from picker.flow.figures import on_record
from picker.flow.messages import reason
from picker.flow.packaging import no_plan
from picker.flow.prompts import options, prompt, to_take_back
from picker.flow.state import Measuring, Phase, State
from picker.flow.tasks import tasks
from picker.flow.work import LineWork, OrderWork
from picker.locale.messages import Message, say
from picker.packing import sketch
from picker.packing.types import ParcelPlan


@dataclass(frozen=True, slots=True)
class Row:
    """One order line on the screen: units done of units wanted in this phase."""

    sku: str
    name: str
    done: int
    wanted: int
    short: int
    location: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """Everything a screen shows beside the last verdict. `done` and `total` count units of the phase.

    Of the parcel in front: `cautions` come before all else, then `steps` and `facts`; `parcel` of `parcels`
    counts those planned too. `page` is how often more of it was asked for. `parked` are orders put aside,
    each with its reason, to be told between two orders.
    """

    phase: Phase
    prompt: Message
    accepts: tuple[Accept, ...]
    order: str = ""
    service: str = ""
    due_at: datetime | None = None
    location: str = ""
    item: str = ""
    sku: str = ""
    count: int = 0
    done: int = 0
    total: int = 0
    parcel: int = 0
    parcels: int = 0
    rows: tuple[Row, ...] = ()
    options: tuple[Message, ...] = ()
    cautions: tuple[Message, ...] = ()
    facts: tuple[Message, ...] = ()
    steps: tuple[Message, ...] = ()
    filling: ParcelPlan | None = None
    page: int = 0
    hint: Message | None = None
    note: Message | None = None
    parked: tuple[Message, ...] = ()

    @property
    def picture(self) -> tuple[str, ...]:
        """The filling drawn in characters, level by level, 24 columns wide."""
        return tuple(sketch(self.filling, 24)) if self.filling else ()


def look(state: State) -> View:
    """Return what to show for a state."""
    work, measured = state.work, state.measuring or Measuring()
    if work is None:
        due = state.offer.due_at if state.offer else None
        service = state.offer.service if state.offer else ""
        return View(
            state.phase,
            prompt(state),
            accepts(state),
            service=service,
            due_at=due,
            item=measured.name,
            sku=measured.sku,
            options=options(state),
            hint=_hint(state),
            parked=_parked(state),
        )
    return _look_at_work(state, work, measured)


def _look_at_work(state: State, work: OrderWork, measured: Measuring) -> View:
    current = _current(state, work)
    proposal = filling.filling(state)
    return View(
        phase=state.phase,
        prompt=prompt(state),
        accepts=accepts(state),
        order=work.order.name,
        service=work.order.service,
        due_at=work.order.due_at,
        location=_location(state, work),
        item=current.name if current else proposal.packaging.name if proposal else measured.name,
        sku=current.sku if current else measured.sku,
        count=_count(state, current) if current else 0,
        done=sum(_done(state, line) for line in work.lines),
        total=sum(line.wanted - line.short for line in work.lines),
        parcel=_parcel(state, work),
        parcels=_parcels(state, work),
        rows=tuple(_row(state, work, line, current) for line in _in_walking_order(work)),
        options=options(state),
        cautions=filling.cautions(state),
        facts=filling.facts(state),
        steps=filling.steps(proposal) if proposal else (),
        filling=proposal,
        page=state.page,
        hint=_hint(state),
        note=say("about.note", note=work.order.note) if work.order.note else None,
    )


def _current(state: State, work: OrderWork) -> LineWork | None:
    if work.capture is not None:
        return work.line(work.capture.line)
    if state.phase is Phase.PICK:
        return tasks(work)[0].line
    if state.phase is Phase.TAKE_BACK:
        return to_take_back(work)
    return None


def _location(state: State, work: OrderWork) -> str:
    if work.capture is not None:
        return work.capture.location
    return tasks(work)[0].location if state.phase is Phase.PICK else ""


def _count(state: State, line: LineWork) -> int:
    return line.surplus if state.phase is Phase.TAKE_BACK else line.waiting


def _done(state: State, line: LineWork) -> int:
    return line.picked if state.phase in (Phase.PICK, Phase.CAPTURE) else line.checked


def _in_walking_order(work: OrderWork) -> list[LineWork]:
    """Open picks along the walk, then the other lines as ordered."""
    open_lines = [task.line for task in tasks(work)]
    numbers = {line.line for line in open_lines}
    return [*open_lines, *(line for line in work.lines if line.line not in numbers)]


def _row(state: State, work: OrderWork, line: LineWork, current: LineWork | None) -> Row:
    location = next((t.location for t in tasks(work) if t.line.line == line.line), "")
    return Row(
        line.sku,
        line.name,
        _done(state, line),
        line.wanted - line.short,
        line.short,
        location,
        current is not None and current.line == line.line,
    )


def _parcel(state: State, work: OrderWork) -> int:
    """The parcel that scans go into, once goods are checked the one in front of the packer."""
    if state.phase in (Phase.PICK, Phase.CAPTURE, Phase.CHECK):
        return work.open_parcel.number
    return work.next_parcel.number if work.next_parcel else 1


def _parcels(state: State, work: OrderWork) -> int:
    """Parcels with goods in them or begun, and those that the present proposal divides the one in front into."""
    more = len(state.plan.parcels) - 1 if state.phase is Phase.PACKAGING and state.plan else 0
    said = max(work.pieces, state.parcels if state.phase is Phase.PIECES else 0)
    return max(said, _parcel(state, work), len([p for p in work.parcels if p.units]) + max(0, more))


def _hint(state: State) -> Message | None:
    if state.phase is Phase.PACKAGING and state.plan is not None and not state.plan.parcels:
        return no_plan(state.plan)
    if state.phase is Phase.MEASURE and state.measuring and state.measuring.sku:
        return say("measure.before", before=on_record(state.measuring.before))
    if state.phase is Phase.HOME and state.parked.count:
        return say("home.parked", count=state.parked.count)
    return None


def _parked(state: State) -> tuple[Message, ...]:
    orders = state.parked.orders if state.phase is Phase.HOME else ()
    return tuple(say("home.parked_order", order=order, reason=reason(why)) for order, why in orders)
