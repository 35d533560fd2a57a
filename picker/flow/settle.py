"""What follows by itself from an input: closing, giving up, proposing packaging."""

from dataclasses import replace

from data.types import Packaging
from picker.flow import collection, pieces
from picker.flow.apply import NOTHING_TO_PACK
from picker.flow.events import OrderClosed, OrderHeld
from picker.flow.filling import PHASES
from picker.flow.packaging import filled, planned_parcels, propose
from picker.flow.state import Phase, State
from picker.flow.turn import Step, Turn
from picker.locale.messages import say

_NOTHING_FOLLOWS = (Phase.STOPPED, Phase.TAKE_BACK, Phase.PICK, Phase.MEASURE)


def settle(turn: Turn, answer: Step) -> Step:
    """Return the answer with its consequences: the order closed or given up, or a proposal at hand."""
    if answer.state.take_out and not _can_take_out(answer.state):
        answer = replace(answer, state=replace(answer.state, take_out=False))
        turn.state = replace(turn.state, take_out=False)
    if answer.state.work is None or answer.state.phase in _NOTHING_FOLLOWS:
        return answer
    if answer.state.phase is Phase.LABEL and answer.state.work.next_parcel is None:
        return _finish(turn)
    if answer.state.phase in PHASES:
        answer = _with_plan(turn, answer)
    if answer.state.phase is Phase.PIECES:
        return replace(answer, state=_with_count(answer.state, turn.facts.packagings))
    return answer


def _can_take_out(state: State) -> bool:
    """The mode ends by itself where it can't be ended by hand, and when nothing is left to take out."""
    work = state.work
    if work is None or state.phase in (Phase.STOPPED, Phase.TAKE_BACK, Phase.CAPTURE, Phase.LABEL):
        return False
    return any(work.loose(line.line) for line in work.lines)


def _finish(turn: Turn) -> Step:
    work = turn.work
    if not any(parcel.sealed for parcel in work.parcels):
        turn.emit(OrderHeld(NOTHING_TO_PACK))
        message = say("pick.nothing_left", order=work.order.name)
    else:
        again = pieces.at_last(turn) if work.pieces else ""
        turn.emit(
            OrderClosed(sum(1 for p in work.parcels if p.sealed), sum(line.short for line in work.lines))
        )
        message = say("pieces.closed" if again else "label.closed", order=work.order.name, parcels=again)
        message = collection.shelve(turn) if work.order.pick_up else message
    turn.state = turn.state.with_order(None)
    return turn.done(message)


def _with_plan(turn: Turn, answer: Step) -> Step:
    """With the proposal for the parcel in front, or, once its packaging is taken, how to fill that."""
    parcel = answer.state.work.next_parcel if answer.state.work else None
    if parcel is None or (answer.state.plan is not None and answer.state.planned == parcel.units):
        return answer
    codes = {box.code: code for box in turn.facts.packagings if (code := _code(box))}
    if parcel.packaging:
        filling = filled(answer.state, parcel, turn.facts.packagings)
        return replace(
            answer, state=replace(answer.state, plan=filling, planned=parcel.units, box_codes=codes)
        )
    plan = propose(answer.state, turn.facts.packagings)
    in_stock = [packaging for packaging in turn.facts.packagings if packaging.stock > 0]
    boxes = tuple(packaging.code for packaging in sorted(in_stock, key=_roomiest))
    state = replace(answer.state, plan=plan, planned=parcel.units, boxes=boxes, box_codes=codes)
    return replace(answer, state=state)


def _with_count(state: State, packagings: tuple[Packaging, ...]) -> State:
    """With how many parcels there will be by the plan: those begun, divided further where they must be."""
    work = state.work
    if work is None:
        return state
    loose = [parcel for parcel in work.parcels if parcel.units and not parcel.packaging]
    more = sum(planned_parcels(state, parcel, packagings) - 1 for parcel in loose)
    return replace(state, parcels=work.parcels_begun + more)


def _code(packaging: Packaging) -> str:
    """What to scan for a packaging: its code, or the barcode that stands on it instead."""
    known = packaging.code.upper() in packaging.codes
    return packaging.code if known else next(iter(packaging.codes), "")


def _roomiest(packaging: Packaging) -> tuple[int, str]:
    x, y, z = packaging.inner_mm
    return -x * y * z, packaging.code
