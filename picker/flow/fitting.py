"""Which goods a scan would be taken for now: what a shared code means, and which codes are named as fitting."""

from datetime import date

from picker.flow.events import OWN_BOX
from picker.flow.stacks import Stack, in_parcel, in_tote, meant
from picker.flow.state import DialogKind, Phase, State
from picker.flow.tasks import nearest
from picker.flow.trace import NOTHING, Trace
from picker.flow.work import LineWork, OrderWork

TOTE = 0
"""In place of a parcel's number: the units are taken from the tote."""


def takes(state: State, sku: str, units: int, said: Trace = NOTHING) -> bool:
    """Whether a scan of so many units of a product would be taken now, for whatever the station waits.

    `said` is what the code tells of them: of those that are picked it must be true.
    """
    work, phase = state.work, state.phase
    if phase is Phase.MEASURE:
        return True
    lines = [line for line in work.lines if line.sku == sku] if work else []
    if state.dialog is not None:
        fitting = [
            line for line in lines if state.dialog.kind is not DialogKind.DAMAGE or damageable(state, line)
        ]
        return bool(fitting)
    if state.take_out or phase is Phase.TAKE_BACK:
        wanted = [line for line in lines if phase is not Phase.TAKE_BACK or line.surplus]
        return any(source(state, line, units, said) is not None for line in wanted)
    if phase is Phase.PICK:
        return _picks(state, lines, units)
    if phase is Phase.CHECK:
        return _checks(state, lines, units, said)
    return _boxes(state, sku)


def _picks(state: State, lines: list[LineWork], units: int) -> bool:
    waiting = [line for line in lines if line.waiting]
    if state.work is None or not waiting or units > sum(line.waiting for line in waiting):
        return False
    product = state.work.order.products.get(waiting[0].sku)
    if units > 1 and product is not None and product.serial_wanted:
        return False
    location = nearest(state.work, waiting).location
    return not state.policy.confirm_location or location in ("", state.work.location)


def _checks(state: State, lines: list[LineWork], units: int, said: Trace) -> bool:
    here = in_tote(state.work, lines) if state.work else []
    stacks = [stack for stack in here if stack.trace.agrees(said)]
    product = state.work.order.products.get(lines[0].sku) if state.work and lines else None
    fresh = [stack for stack in stacks if keeps(state, lines[0].sku, stack.trace.expiry)]
    if units > 1 and product is not None and product.serial_wanted and any(s.trace.serial for s in stacks):
        return False
    return units <= sum(line.in_tote for line in lines) and bool(meant(fresh, units, product))


def keeps(state: State, sku: str, expiry: str) -> bool:
    """Whether a unit of this date (ISO, "" not known) may go out today."""
    if not expiry or state.today is None or state.work is None:
        return True
    left = (date.fromisoformat(expiry) - state.today).days
    return left >= days_wanted(state.work, sku)


def days_wanted(work: OrderWork, sku: str) -> int:
    """Return how many days a product must keep from today: by itself, its shop or where it goes; the most counts."""
    product = work.order.products.get(sku)
    return max(product.min_days_left if product else 0, work.order.min_days_left)


def _boxes(state: State, sku: str) -> bool:
    """Whether the product stands for its own box, proposed or taken for the parcel in front."""
    parcel = state.work.next_parcel if state.work else None
    if state.phase is Phase.PACKAGING:
        return any(p.packaging.own_of == sku for p in (state.plan.parcels if state.plan else ()))
    return parcel is not None and parcel.packaging == f"{OWN_BOX}{sku}"


def damageable(state: State, line: LineWork) -> bool:
    """Whether a unit of the line is at hand that could be damaged."""
    loose = state.work.loose(line.line) if state.work else 0
    return bool(line.in_tote or loose or (line.waiting and state.phase in (Phase.PICK, Phase.CAPTURE)))


def places(state: State, line: LineWork) -> list[int]:
    """Return the open parcels, or `TOTE`, in which units of a line lie, the one to take from first."""
    work = state.work
    if work is None:
        return []
    front = work.next_parcel if state.phase is not Phase.CHECK else work.open_parcel
    parcels = [parcel for parcel in work.parcels if not parcel.sealed and parcel.count(line.line)]
    parcels.sort(key=lambda parcel: front is None or parcel.number != front.number)
    numbers = [parcel.number for parcel in parcels]
    if line.in_tote:
        numbers.insert(0 if leaves_the_order(state) else len(numbers), TOTE)
    return numbers


def lying(state: State, line: LineWork, place: int, said: Trace = NOTHING) -> list[Stack]:
    """Return the units of a line at a place of which this may be said."""
    if state.work is None:
        return []
    here = in_tote(state.work, [line]) if place == TOTE else in_parcel(state.work.parcel(place), line)
    return [stack for stack in here if stack.trace.agrees(said)]


def source(state: State, line: LineWork, units: int, said: Trace = NOTHING) -> int | None:
    """Return the parcel to take such units out of, `TOTE`, or None when no one place holds so many."""
    if state.phase is Phase.TAKE_BACK and line.surplus < units:
        return None
    product = state.work.order.products.get(line.sku) if state.work else None
    for place in places(state, line):
        here = lying(state, line, place, said)
        if sum(stack.units for stack in here) >= units and meant(here, units, product):
            return place
    return None


def leaves_the_order(state: State) -> bool:
    """Whether what is taken out goes back to the shelf."""
    return state.phase is Phase.TAKE_BACK or state.policy.one_scan
