"""Choosing the packaging: the proposal is accepted by its code, another one is taken with a reason."""

from dataclasses import replace

from data.types import CodeKind, Packaging
from picker.flow import which
from picker.flow.events import OWN_BOX, Counts, PackagingChosen
from picker.flow.packaging import (
    OVERRIDE,
    UNFIT,
    actionable,
    code_of,
    container,
    counts,
    items_of,
    parcel_of,
    policy_of,
    propose,
)
from picker.flow.prompts import wanted
from picker.flow.state import Dialog, DialogKind
from picker.flow.turn import Step, Turn
from picker.flow.work import OrderWork
from picker.locale.messages import Message, Sides, say
from picker.packing import fits, how_much_fits
from picker.packing.geometry import MAILERS
from picker.packing.pricing import service_for
from picker.packing.types import Container, Item, PackingPlan, ParcelPlan

_NONE = (0, 0, 0, 0)
"""No padding for any grade of fragility."""


def on_scan(turn: Turn) -> Step:
    """The proposed packaging is accepted at once; another one asks why, and says so when it does not fit.

    A product that is to go in its own box stands for that box. Of several under one code the proposed one is meant.
    """
    planned: dict[str, ParcelPlan] = {}
    for parcel in _planned(turn):
        planned.setdefault(code_of(parcel.packaging), parcel)
    codes = {match.ref: match for match in turn.matches(CodeKind.PACKAGING)}
    own = {f"{OWN_BOX}{match.ref}": match for match in turn.matches(CodeKind.PRODUCT)}
    scanned = codes or own
    proposed = [code for code in planned if code in scanned]
    if len(proposed) > 1 or (not proposed and len(codes) > 1):
        return which.ask(turn, [scanned[code] for code in proposed or codes])
    if proposed:
        return _accept(turn, planned[proposed[0]])
    if codes:
        return _take(turn, next(iter(codes)))
    return turn.refuse("scan.not_now", what=turn.what(), wanted=wanted(turn.state))


def on_ok(turn: Turn) -> Step:
    """Accept the proposal without scanning it."""
    planned = _planned(turn)
    if not planned:
        return turn.refuse("command.not_now", command=say("command.OK"), wanted=wanted(turn.state))
    return _accept(turn, planned[0])


def on_more(turn: Turn) -> Step:
    """Show what the screen has no room for; an open question stays open."""
    turn.state = replace(turn.state, pending=turn.asked)
    return turn.say("packaging.more")


def _planned(turn: Turn) -> tuple[ParcelPlan, ...]:
    """Return the proposal; after a restart it has to be made again."""
    units = parcel_of(turn.work).units
    if turn.state.plan is None or turn.state.planned != units:
        turn.state = replace(turn.state, plan=propose(turn.state, turn.facts.packagings), planned=units)
    return turn.state.plan.parcels if turn.state.plan else ()


def _take(turn: Turn, code: str) -> Step:
    planned = _planned(turn)
    for parcel in planned:
        if code_of(parcel.packaging) == code:
            return _accept(turn, parcel)
    packaging = _packaging(turn, code)
    if packaging is None:
        return _unknown(turn, code)
    items = items_of(turn.work, parcel_of(turn.work))
    filling = fits(items, container(packaging), policy_of(turn.state))
    if filling is None and all(item.dims_mm and item.weight_g for item in items):
        return _warn(turn, packaging, items)
    if not planned:
        return _chosen(turn, container(packaging), "", "no_plan", parcel_of(turn.work).units, filling)
    turn.state = replace(turn.state, dialog=Dialog(DialogKind.OVERRIDE, OVERRIDE, subject=code))
    return turn.say("override.ask", packaging=packaging.name, proposed=planned[0].packaging.name)


def _accept(turn: Turn, parcel: ParcelPlan) -> Step:
    return _chosen(turn, parcel.packaging, code_of(parcel.packaging), "", counts(parcel), parcel)


def on_reason(turn: Turn, dialog: Dialog, reason: str) -> Step:
    """The packer said why another packaging is taken, or what to do with goods that don't fit it."""
    turn.state = replace(turn.state, dialog=None)
    box = _packaging(turn, dialog.subject)
    if box is None:
        return _unknown(turn, dialog.subject)
    items, units = items_of(turn.work, parcel_of(turn.work)), parcel_of(turn.work).units
    if reason == "what_fits":
        filling = how_much_fits(items, container(box), policy_of(turn.state))
        units = counts(filling) if filling else units
    else:
        filling = fits(items, container(box), policy_of(turn.state))
    return _chosen(turn, container(box), _proposed(turn), reason, units, filling)


def on_chosen(turn: Turn, dialog: Dialog, code: str) -> Step:
    """The packer chose another packaging from the list."""
    turn.state = replace(turn.state, dialog=None)
    return _take(turn, code)


def _packaging(turn: Turn, code: str) -> Packaging | None:
    return next((p for p in turn.facts.packagings if p.code == code), None)


def _unknown(turn: Turn, code: str) -> Step:
    if code in turn.facts.foreign:
        return turn.refuse("packaging.other_shop", packaging=code, wanted=wanted(turn.state))
    what = say("kind.packaging", code=code)
    return turn.refuse("scan.not_now", what=what, wanted=wanted(turn.state))


def _warn(turn: Turn, packaging: Packaging, items: list[Item]) -> Step:
    """Say that it doesn't fit, and what of the goods does; ask once why it is taken nevertheless."""
    part = how_much_fits(items, container(packaging), policy_of(turn.state))
    turn.state = replace(
        turn.state, dialog=Dialog(DialogKind.UNFIT, UNFIT if part else UNFIT[1:], subject=packaging.code)
    )
    why = _why(turn, items, packaging)
    if padding := _only_padding(turn, items, packaging):
        return turn.say("packaging.unpadded", packaging=packaging.name, why=why, padding=padding)
    fitting = say("also.nothing")
    if part is not None:
        names = {item.line: item.name for item in items}
        goods = ", ".join(f"{units} x {names[line]}" for line, units in counts(part))
        fitting = say("also.takes", goods=goods)
    return turn.say("packaging.unfit", packaging=packaging.name, why=why, fitting=fitting)


def _only_padding(turn: Turn, items: list[Item], packaging: Packaging) -> int:
    """Return the mm that padding and lining want on each side, when nothing else keeps the goods out; else 0."""
    policy = policy_of(turn.state)
    bare = replace(policy.cushioning, padding_mm=_NONE, wall_mm=_NONE)
    if fits(items, container(packaging), replace(policy, cushioning=bare)) is None:
        return 0
    padding, wall = policy.cushioning.padding_mm, policy.cushioning.wall_mm
    lined = packaging.kind not in MAILERS
    return max(padding[item.fragility] + (wall[item.fragility] if lined else 0) for item in items)


def _why(turn: Turn, items: list[Item], packaging: Packaging) -> Message:
    weight = packaging.tare_g + sum((item.weight_g or 0) * item.quantity for item in items)
    if weight > packaging.max_gross_g:
        return say("also.too_heavy", weight=weight, most=packaging.max_gross_g)
    if service_for(container(packaging), weight, policy_of(turn.state)) is None:
        return say("also.not_carried", weight=weight)
    return say("also.too_small", inner=Sides(packaging.inner_mm))


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
    plan = PackingPlan((filling,) if filling else ())
    goods = items_of(turn.work, parcel_of(turn.work))
    shown = actionable(plan, goods, turn.facts.packagings, policy_of(turn.state))
    turn.state = replace(turn.state, plan=shown, planned=contents)
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
