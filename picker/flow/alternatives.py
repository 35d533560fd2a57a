"""The other packagings that would do: the next best by cost, to be taken by a key."""

from dataclasses import replace
from itertools import islice

from data.types import Packaging
from picker.flow.packaging import container, contents, items_of, parcel_of, policy_of
from picker.flow.state import Dialog, DialogKind, State
from picker.flow.turn import Step, Turn
from picker.locale.messages import Message, Money, Sides, say
from picker.packing import fits
from picker.packing.pricing import service_for
from picker.packing.types import Container, ParcelPlan

_MOST = 5
_TRIED = 40
"""Packagings that are tried, the cheapest to send first: with hundreds in stock the rest cost too much."""


def on_other(turn: Turn) -> Step:
    """Ask which packaging is taken instead of the proposed one; without a proposal the roomiest are named."""
    planned = turn.state.plan.parcels if turn.state.plan else ()
    if planned:
        parcels = _next_best(turn, planned[0])
    else:
        by_code = {packaging.code: packaging for packaging in turn.facts.packagings}
        parcels = [(code, _roomy(by_code[code])) for code in turn.state.boxes[:_MOST] if code in by_code]
    if not parcels:
        return turn.say("other.none")
    codes, words = zip(*parcels, strict=True)
    turn.state = replace(turn.state, dialog=Dialog(DialogKind.OTHER, tuple(codes), words=tuple(words)))
    return turn.say("other.ask")


def _roomy(packaging: Packaging) -> Message:
    return say("other.roomy", packaging=packaging.name, code=packaging.code, inner=Sides(packaging.inner_mm))


def _next_best(turn: Turn, proposed: ParcelPlan) -> list[tuple[str, Message]]:
    """The packagings in stock that hold all the proposed one holds, the cheapest first."""
    state = turn.state
    goods = contents(items_of(state.work, parcel_of(state.work)), proposed)
    weight = sum((item.weight_g or 0) * item.quantity for item in goods)
    boxes = [container(p) for p in turn.facts.packagings if p.stock > 0 and p.code != proposed.packaging.code]
    costs = ((_least_cost(state, box, weight), n) for n, box in enumerate(boxes))
    likely = sorted((cost, n) for cost, n in costs if cost is not None)[:_TRIED]
    fitting = (fits(goods, boxes[n], policy_of(state)) for _, n in likely)
    parcels = list(islice((parcel for parcel in fitting if parcel is not None), _MOST))
    parcels.sort(key=lambda parcel: parcel.cost_cents)
    return [(parcel.packaging.code, _compared(parcel, proposed, state.policy.currency)) for parcel in parcels]


def _least_cost(state: State, box: Container, weight_g: int) -> int | None:
    """What the parcel costs at least in this packaging, without void fill; None when no service takes it."""
    carriage = service_for(box, box.tare_g + weight_g, policy_of(state))
    return None if carriage is None else box.price_cents + carriage[0]


def _compared(parcel: ParcelPlan, proposed: ParcelPlan, currency: str) -> Message:
    more = parcel.cost_cents - proposed.cost_cents
    key = "other.dearer" if more > 0 else "other.cheaper" if more < 0 else "other.same"
    box = parcel.packaging
    return say(
        key, packaging=box.name, code=box.code, cost=Money(abs(more), currency), empty=parcel.empty_percent
    )
