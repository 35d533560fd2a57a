"""Choosing the packaging: the proposal is accepted by its code, another one is taken with a reason."""

from data.types import CodeKind, Packaging
from picker.flow.events import Counts, PackagingChosen
from picker.flow.messages import Message, say
from picker.flow.packaging import (
    OVERRIDE,
    code_of,
    container,
    counts,
    items_of,
    parcel_of,
    policy_of,
    propose,
)
from picker.flow.state import Dialog, Pending
from picker.flow.turn import Step, Turn
from picker.flow.wants import wanted
from picker.flow.work import OrderWork
from picker.packing import fits, how_much_fits
from picker.packing.types import Container, Item, PackingPlan, ParcelPlan

_UNFIT = "packaging:"
"""How the question whether to take an unfit packaging begins; the reason given follows."""
UNFIT = ("what_fits", "everything")
"""What to do with goods that don't all fit the packaging taken."""


def on_scan(turn: Turn) -> Step:
    """The proposed packaging is accepted at once; another one asks why, or twice when it does not fit.

    A product that is to go in its own box stands for that box.
    """
    codes = turn.matches(CodeKind.PACKAGING)
    if codes:
        return _take(turn, codes[0].ref)
    skus = {match.ref for match in turn.matches(CodeKind.PRODUCT)}
    for parcel in _planned(turn):
        if parcel.packaging.own_of in skus:
            return _accept(turn, parcel)
    return turn.say("scan.not_now", what=turn.what(), wanted=wanted(turn.state))


def on_ok(turn: Turn) -> Step:
    """Accept the proposal without scanning it."""
    planned = _planned(turn)
    if not planned:
        return turn.say("command.not_now", command="OK", wanted=wanted(turn.state))
    return _accept(turn, planned[0])


def on_more(turn: Turn) -> Step:
    """Show what the screen has no room for; an open question stays open."""
    turn.set(pending=turn.asked)
    return turn.say("packaging.more")


def _planned(turn: Turn) -> tuple[ParcelPlan, ...]:
    """Return the proposal; after a restart it has to be made again."""
    units = parcel_of(turn.work).units
    if turn.state.plan is None or turn.state.planned != units:
        turn.set(plan=propose(turn.state, turn.facts.packagings), planned=units)
    return turn.state.plan.parcels if turn.state.plan else ()


def _take(turn: Turn, code: str) -> Step:
    planned = _planned(turn)
    asked = turn.asked
    if asked is not None and asked.action.startswith(_UNFIT) and asked.code == code:
        return _choose(turn, code, asked.action.removeprefix(_UNFIT))
    for parcel in planned:
        if code_of(parcel.packaging) == code:
            return _accept(turn, parcel)
    if not planned:
        return _choose(turn, code, "no_plan")
    turn.set(dialog=Dialog("override", OVERRIDE, subject=code))
    return turn.say("override.ask", packaging=code, proposed=planned[0].packaging.name)


def _accept(turn: Turn, parcel: ParcelPlan) -> Step:
    return _chosen(turn, parcel.packaging, code_of(parcel.packaging), "", counts(parcel), parcel)


def on_reason(turn: Turn, dialog: Dialog, reason: str) -> Step:
    """The packer said why another packaging is taken."""
    turn.set(dialog=None)
    return _choose(turn, dialog.subject, reason)


def on_chosen(turn: Turn, dialog: Dialog, code: str) -> Step:
    """The packer chose another packaging from the list."""
    turn.set(dialog=None)
    return _take(turn, code)


def on_unfit(turn: Turn, dialog: Dialog, answer: str) -> Step:
    """The packer said whether only what fits goes into an unfit packaging, or all of it anyway."""
    turn.set(dialog=None)
    box = _packaging(turn, dialog.subject)
    if box is None:
        return _unknown(turn, dialog.subject)
    items = items_of(turn.work, parcel_of(turn.work))
    part = how_much_fits(items, container(box), policy_of(turn.state)) if answer == "what_fits" else None
    contents = counts(part) if part else parcel_of(turn.work).units
    return _chosen(turn, container(box), _proposed(turn), dialog.picked[0], contents, part)


def _packaging(turn: Turn, code: str) -> Packaging | None:
    return next((p for p in turn.facts.packagings if p.code == code), None)


def _unknown(turn: Turn, code: str) -> Step:
    what = say("kind.packaging", code=code)
    return turn.say("scan.not_now", what=what, wanted=wanted(turn.state))


def _choose(turn: Turn, code: str, reason: str) -> Step:
    found = _packaging(turn, code)
    if found is None:
        return _unknown(turn, code)
    parcel = parcel_of(turn.work)
    items = items_of(turn.work, parcel)
    known = all(item.dims_mm and item.weight_g for item in items)
    filling = fits(items, container(found), policy_of(turn.state)) if known else None
    question = Pending(f"{_UNFIT}{reason}", code)
    if known and filling is None and turn.asked != question:
        turn.set(pending=question)
        return _warn(turn, found, items, reason)
    return _chosen(turn, container(found), _proposed(turn), reason, parcel.units, filling)


def _warn(turn: Turn, found: Packaging, items: list[Item], reason: str) -> Step:
    """Say that it doesn't fit, and what of the goods does."""
    part = how_much_fits(items, container(found), policy_of(turn.state))
    fitting = say("also.nothing")
    if part is not None:
        turn.set(dialog=Dialog("unfit", UNFIT, subject=found.code, picked=(reason,)))
        names = {item.line: item.name for item in items}
        goods = ", ".join(f"{units} x {names[line]}" for line, units in counts(part))
        fitting = say("also.takes", goods=goods)
    return turn.say("packaging.unfit", packaging=found.name, why=_why(items, found), fitting=fitting)


def _why(items: list[Item], packaging: Packaging) -> Message:
    weight = packaging.tare_g + sum((item.weight_g or 0) * item.quantity for item in items)
    if weight > packaging.max_gross_g:
        return say("also.too_heavy", weight=weight, most=packaging.max_gross_g)
    return say("also.too_small", inner=" x ".join(str(side) for side in packaging.inner_mm))


def _proposed(turn: Turn) -> str:
    planned = _planned(turn)
    return code_of(planned[0].packaging) if planned else ""


def _chosen(
    turn: Turn, box: Container, proposed: str, reason: str, contents: Counts, filling: ParcelPlan | None
) -> Step:
    """Take the packaging; `filling` is how these contents go into it, where that is known."""
    parcel = parcel_of(turn.work)
    number, last = parcel.number, turn.work.parcels[-1]
    rest = last.number + (1 if last.units or last.sealed else 0)
    expected = _expected(turn.work, box, contents)
    fits_ = filling is not None
    turn.emit(PackagingChosen(number, code_of(box), proposed, reason, contents, rest, expected, fits_))
    turn.set(plan=PackingPlan((filling,) if filling else ()), planned=contents)
    if box.own_of:
        return turn.say("packaging.own_box", name=box.name)
    if contents != parcel.units:
        return turn.say("packaging.rest", packaging=box.name, parcel=number)
    return turn.say("packaging.done" if filling else "packaging.done_unshown", packaging=box.name)


def _expected(work: OrderWork, box: Container, contents: Counts) -> int:
    weights = [_weight(work, line) for line, _ in contents]
    if not all(weights):
        return 0
    return box.tare_g + sum(weight * n for weight, (_, n) in zip(weights, contents, strict=True))


def _weight(work: OrderWork, number: int) -> int:
    product = work.order.products.get(work.line(number).sku)
    return (product.weight_g or 0) if product else 0
