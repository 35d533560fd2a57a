"""Taking an order: the offered one, or the one whose sheet is scanned."""

from dataclasses import replace

from data.types import CodeKind, OrderState, ParcelRef
from picker.flow import collection, stop, which
from picker.flow.events import OrderClaimed
from picker.flow.facts import Claim
from picker.flow.messages import reason
from picker.flow.state import Pending, Phase, Question
from picker.flow.turn import Step, Turn
from picker.flow.work import OrderWork

_REFUSED = {
    OrderState.CLOSED: "home.closed",
    OrderState.CANCELLED: "home.cancelled",
    OrderState.HELD: "home.held",
}


def on_scan(turn: Turn) -> Step:
    """An order's code claims it; anything else is told what it is."""
    labels = turn.matches(CodeKind.PARCEL)
    if labels and turn.facts.candidate is not None and collection.is_waiting(turn.facts.candidate):
        return collection.hand_out(turn, turn.facts.candidate)
    if labels:
        label = ParcelRef.read(labels[0].ref)
        return turn.say("home.label", order=turn.facts.called(label.order), parcel=label.number)
    named = turn.matches(CodeKind.ORDER)
    if not named:
        return turn.refuse("home.scan_order", what=turn.what())
    if len({match.ref for match in named}) > 1:
        return which.ask(turn, named)
    return _take(turn)


def on_next(turn: Turn) -> Step:
    """Claim the offered order."""
    if turn.facts.candidate is None:
        return turn.say("home.none_waiting")
    return _take(turn)


def _take(turn: Turn) -> Step:
    work, claim = turn.facts.candidate, turn.facts.claim
    if work is None:
        return turn.refuse("home.scan_order", what=turn.what())
    order = work.order
    if collection.is_waiting(work):
        return collection.hand_out(turn, work)
    if order.state in _REFUSED:
        return turn.refuse(_REFUSED[order.state], order=order.name, reason=reason(order.hold_reason))
    if not any(line.wanted or line.picked for line in work.lines):
        return turn.refuse("home.empty_order", order=order.name)
    if claim is not None and claim.station != turn.state.station:
        return _take_over(turn, work, claim)
    return _claim(turn, work, claim, "home.resumed" if work.epoch else "home.claimed")


def _take_over(turn: Turn, work: OrderWork, claim: Claim) -> Step:
    if claim.live:
        return turn.refuse("home.busy", order=work.order.name, station=claim.station, worker=claim.worker)
    question = Pending(Question.TAKE_OVER, work.order.id)
    if turn.asked != question:
        turn.state = replace(turn.state, pending=question)
        return turn.say("home.take_over", order=work.order.name, station=claim.station)
    return _claim(turn, work, claim, "home.taken_over")


def _claim(turn: Turn, work: OrderWork, claim: Claim | None, key: str) -> Step:
    before = claim.station if claim else ""
    # The order in hand says where it stands from now on; whoever writes the next step goes by it.
    taken = replace(work, order=replace(work.order, state=OrderState.IN_WORK))
    turn.state = turn.state.with_order(taken)
    turn.emit(OrderClaimed(max(work.epoch, claim.epoch if claim else 0) + 1, before))
    if turn.state.phase is Phase.STOPPED:
        return stop.show(turn)
    units = sum(line.wanted for line in work.lines)
    return turn.say(key, order=work.order.name, units=units, lines=len(work.lines), station=before)
