"""What a station shows: derived from its state alone, the same for every kind of screen."""

from dataclasses import dataclass
from datetime import datetime

from picker.flow.messages import Message, say
from picker.flow.packaging import no_plan
from picker.flow.state import Phase, State
from picker.flow.tasks import tasks
from picker.flow.wants import Accept, accepts, prompt, to_take_back
from picker.flow.work import LineWork, OrderWork
from picker.packing import sketch
from picker.packing.types import FillStep, ParcelPlan


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
    """Everything a screen shows beside the last verdict. `done` and `total` count units of the phase."""

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
    steps: tuple[Message, ...] = ()
    picture: tuple[str, ...] = ()
    hint: Message | None = None
    note: str = ""


def look(state: State) -> View:
    """Return what to show for a state."""
    options = tuple(say(f"reason.{option}") for option in state.dialog.options) if state.dialog else ()
    work = state.work
    if work is None:
        due = state.offer.due_at if state.offer else None
        service = state.offer.service if state.offer else ""
        return View(state.phase, prompt(state), accepts(state), service=service, due_at=due, options=options)
    return _look_at_work(state, work, options)


def _look_at_work(state: State, work: OrderWork, options: tuple[Message, ...]) -> View:
    current = _current(state, work)
    parcel = work.next_parcel
    proposal = _proposal(state)
    return View(
        phase=state.phase,
        prompt=prompt(state),
        accepts=accepts(state),
        order=work.order.id,
        service=work.order.service,
        due_at=work.order.due_at,
        location=_location(state, work),
        item=current.name if current else proposal.packaging.name if proposal else "",
        sku=current.sku if current else "",
        count=_count(state, current) if current else 0,
        done=sum(_done(state, line) for line in work.lines),
        total=sum(line.wanted - line.short for line in work.lines),
        parcel=parcel.number if parcel else 1,
        parcels=len([p for p in work.parcels if p.units]),
        rows=tuple(_row(state, work, line, current) for line in _in_walking_order(work)),
        options=options,
        steps=tuple(_fill(step) for step in proposal.steps) if proposal else (),
        picture=tuple(sketch(proposal, 24)) if proposal else (),
        hint=_hint(state),
        note=work.order.note,
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


def _proposal(state: State) -> ParcelPlan | None:
    """The plan of the parcel in front of the packer, unless another packaging was taken."""
    parcel = state.work.next_parcel if state.work else None
    if state.phase not in (Phase.PACKAGING, Phase.WEIGH, Phase.SEAL) or state.plan is None or parcel is None:
        return None
    for planned in state.plan.parcels:
        if not parcel.packaging or parcel.packaging == planned.packaging.code:
            return planned
    return None


def _fill(step: FillStep) -> Message:
    key = "fill.padded" if step.padding_mm else "fill.plain"
    return say(
        key,
        quantity=step.quantity,
        name=step.name,
        place=step.place,
        orientation=step.orientation,
        padding=step.padding_mm,
    )


def _hint(state: State) -> Message | None:
    if state.phase is Phase.PACKAGING and state.plan is not None and not state.plan.parcels:
        return no_plan(state.plan)
    return None
