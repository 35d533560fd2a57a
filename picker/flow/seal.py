"""Weighing and sealing: the last moment before documents exist."""

from dataclasses import replace

from data.types import CodeKind
from picker.choices import Weighing
from picker.flow import pieces
from picker.flow.events import OWN_BOX, ParcelSealed, ParcelWeighed
from picker.flow.policy import FlowPolicy
from picker.flow.prompts import wanted
from picker.flow.state import Pending, Question
from picker.flow.turn import Step, Turn
from picker.flow.weights import HEAVIEST_G, NoWeight, read_weight
from picker.flow.work import OrderWork, ParcelWork
from picker.locale.messages import Message, say

NOT_YET = {NoWeight.MOVING: "weigh.moving", NoWeight.BEYOND: "weigh.beyond"}
"""What is said of a scale that has no weight to tell yet."""


def _parcel(turn: Turn) -> ParcelWork:
    parcel = turn.work.next_parcel
    if parcel is None:
        raise AssertionError("no parcel to seal")
    return parcel


def on_weight(turn: Turn) -> Step:
    """Take the gross weight; far from the expected one it must be given twice."""
    text = turn.scan.text if turn.scan else ""
    grams = read_weight(text)
    if isinstance(grams, NoWeight) or (turn.facts.matches and len(text) > 5):
        if grams in NOT_YET and not turn.facts.matches:
            return turn.refuse(NOT_YET[grams], text=turn.code)
        if turn.facts.matches or len(text) > 7:
            return turn.refuse("scan.not_now", what=turn.what(), wanted=wanted(turn.state))
        return turn.refuse("weigh.bad", text=turn.code, most=HEAVIEST_G)
    parcel = _parcel(turn)
    off = abs(grams - parcel.expected_g) if parcel.expected_g else 0
    if off <= tolerance_g(turn.state.policy, parcel.expected_g):
        return _weighed(turn, parcel, grams, confirmed=False)
    question = Pending(Question.WEIGHT, str(grams))
    if turn.asked == question:
        return _weighed(turn, parcel, grams, confirmed=True)
    turn.state = replace(turn.state, pending=question)
    direction = say("also.lighter" if grams < parcel.expected_g else "also.heavier")
    guess = _guess(turn.work, parcel, grams)
    return turn.say(
        "weigh.off", gross=grams, expected=parcel.expected_g, delta=off, direction=direction, guess=guess
    )


def tolerance_g(policy: FlowPolicy, expected_g: int) -> int:
    """Return how far a weight may be off without a question, in g."""
    return max(policy.weight_tolerance_g, expected_g * policy.weight_tolerance_percent // 100)


def _guess(work: OrderWork, parcel: ParcelWork, grams: int) -> Message:
    delta = parcel.expected_g - grams
    for line, _ in parcel.units:
        product = work.order.products.get(work.line(line).sku)
        weight = product.weight_g if product else None
        if weight and abs(abs(delta) - weight) <= max(10, weight // 20):
            key = "also.perhaps_missing" if delta > 0 else "also.perhaps_extra"
            return say(key, name=work.line(line).name)
    return say("also.nothing")


def _weighed(turn: Turn, parcel: ParcelWork, grams: int, *, confirmed: bool) -> Step:
    if turn.facts.label_lacking == "required":
        return turn.refuse("seal.no_label", order=turn.work.order.name, parcel=parcel.number)
    turn.emit(ParcelWeighed(parcel.number, grams, parcel.expected_g, confirmed))
    again = _seal(turn, parcel, grams)
    if again:
        return turn.say("pieces.sealed", count=parcel.number, parcels=again)
    if turn.facts.label_lacking == "wanted":
        return turn.say("seal.own_label")
    return _sealed(turn, "weigh.sealed", gross=grams)


def on_skip(turn: Turn) -> Step:
    """Seal without a weight, where the shop allows it; not to get round a weight that looks wrong."""
    if turn.asked is not None and turn.asked.action is Question.WEIGHT:
        turn.state = replace(turn.state, pending=turn.asked)
        return turn.refuse("weigh.no_skip", gross=turn.asked.code)
    if turn.state.policy.weigh is Weighing.REQUIRED:
        return turn.refuse("command.not_now", command=say("command.SKIP"), wanted=wanted(turn.state))
    return on_ok(turn)


def on_scan(turn: Turn) -> Step:
    """The packaging's own code, scanned again, seals."""
    if is_packaging(turn, _parcel(turn)):
        return on_ok(turn)
    return turn.refuse("scan.not_now", what=turn.what(), wanted=wanted(turn.state))


def is_packaging(turn: Turn, parcel: ParcelWork) -> bool:
    """Whether the parcel's packaging was scanned; for a product's own box that is the product."""
    codes = {match.ref for match in turn.matches(CodeKind.PACKAGING)}
    own = {f"{OWN_BOX}{match.ref}" for match in turn.matches(CodeKind.PRODUCT)}
    return parcel.packaging in codes | own


def on_ok(turn: Turn) -> Step:
    """Seal the parcel: its documents are queued with it."""
    parcel = _parcel(turn)
    if turn.facts.label_lacking == "required":
        return turn.refuse("seal.no_label", order=turn.work.order.name, parcel=parcel.number)
    again = _seal(turn, parcel, 0)
    if again:
        return turn.say("pieces.sealed", count=parcel.number, parcels=again)
    if turn.facts.label_lacking == "wanted":
        return turn.say("seal.own_label")
    return _sealed(turn, "seal.done")


def _sealed(turn: Turn, key: str, **params: object) -> Step:
    """Say what is true of the label: it goes to the printer, or comes once that is ready."""
    if turn.facts.label_down:
        return turn.say("seal.waits", printer=turn.facts.label_down)
    return turn.say(key if turn.state.policy.label_scan else f"{key}_only", **params)


def _seal(turn: Turn, parcel: ParcelWork, grams: int) -> str:
    """Seal a parcel; returns which labels its number made wrong."""
    turn.emit(
        ParcelSealed(
            parcel.number,
            turn.facts.sscc,
            grams,
            parcel.expected_g,
            parcel.packaging,
            parcel.units,
            turn.state.policy.label_scan,
        )
    )
    again = pieces.at_last(turn)
    turn.state = turn.state.unplanned()
    return again
