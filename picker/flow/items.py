"""From a scanned code to the product it means, or a refusal that says what it is."""

from dataclasses import dataclass

from data.types import CodeKind, Product
from picker.flow import attach, which
from picker.flow.facts import Wanted
from picker.flow.prompts import wanted
from picker.flow.turn import Step, Turn
from picker.flow.work import LineWork
from picker.locale.messages import Message, say


@dataclass(frozen=True, slots=True)
class Item:
    """A product in the packer's hand: `quantity` units by its code (a case counts its content)."""

    sku: str
    name: str
    quantity: int
    product: Product | None


def scanned_item(turn: Turn) -> Item | Step:
    """Return the one product the scan means, or the refusal or question to answer with.

    Of several products under one code the one that is wanted now is meant; `which` says more.
    """
    if not turn.matches(CodeKind.PRODUCT):
        if turn.facts.matches:
            return turn.refuse("scan.not_now", what=turn.what(), wanted=wanted(turn.state))
        attach.note(turn)
        return turn.refuse("scan.unknown", code=turn.code, why=attach.why(turn), wanted=wanted(turn.state))
    match = which.product(turn)
    if isinstance(match, Step):
        return match
    product = turn.facts.products.get(match.ref)
    count = turn.scan.count if turn.scan and turn.scan.count else 1
    return Item(match.ref, product.name if product else match.ref, match.quantity * count, product)


def lines_of(turn: Turn, item: Item) -> list[LineWork]:
    """Return the order's lines of this product."""
    return [line for line in turn.work.lines if line.sku == item.sku]


def spread(quantity: int, rooms: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spread the units of one scan over lines of one product, given as (line, units it takes)."""
    shares = []
    for line, room in rooms:
        share = min(quantity, room)
        if share:
            shares.append((line, share))
            quantity -= share
    return shares


def wrong_item(turn: Turn, item: Item) -> Step:
    """Refuse a product this order does not hold: say what it is, who wants it, where it lives."""
    what = say("kind.product", sku=item.sku, name=item.name)
    for other in [match for match in turn.matches(CodeKind.PRODUCT) if match.ref != item.sku][:2]:
        known = turn.facts.products.get(other.ref)
        second = say("kind.product", sku=other.ref, name=known.name if known else "")
        what = say("also.or", first=what, second=second)
    return turn.refuse("scan.wrong_item", what=what, wanted_by=_owner(turn, item), wanted=wanted(turn.state))


def _owner(turn: Turn, item: Item) -> Message:
    claimants: list[Wanted] = [other for other in turn.facts.wanted_by if other.order != turn.work.order.id]
    if claimants and claimants[0].station:
        return say(
            "also.wanted_at", order=turn.facts.called(claimants[0].order), station=claimants[0].station
        )
    if claimants:
        return say("also.wanted_by", order=turn.facts.called(claimants[0].order))
    if item.product and item.product.location:
        return say("also.home", location=item.product.location)
    return say("also.nothing")
