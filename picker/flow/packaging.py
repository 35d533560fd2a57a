"""Which carton, mailer or tube: proposed, accepted by its code, or overridden with a reason."""

from data.types import CodeKind, Packaging
from picker.flow.events import Counts, PackagingChosen
from picker.flow.messages import Message, say
from picker.flow.state import Dialog, Pending, State
from picker.flow.turn import Step, Turn
from picker.flow.wants import wanted
from picker.flow.work import OrderWork, ParcelWork
from picker.packing import fits, plan
from picker.packing.types import Container, Item, PackingPlan, ParcelPlan

OVERRIDE = ("too_small", "too_big", "out_of_stock", "damage_risk", "customer_wish")


def propose(state: State, packagings: tuple[Packaging, ...]) -> PackingPlan:
    """Return the plan for the parcel in front of the packer."""
    parcel = _parcel(state.work)
    containers = [container(packaging) for packaging in packagings]
    return plan(items_of(state.work, parcel), containers, state.policy.packing)


def _parcel(work: OrderWork | None) -> ParcelWork:
    parcel = work.next_parcel if work else None
    if parcel is None:
        raise AssertionError("no parcel to choose packaging for")
    return parcel


def items_of(work: OrderWork | None, parcel: ParcelWork) -> list[Item]:
    """Return a parcel's content as items to pack; a product that left the catalogue has no size."""
    if work is None:
        return []
    return [_item(work, line, quantity) for line, quantity in parcel.units]


def _item(work: OrderWork, number: int, quantity: int) -> Item:
    line = work.line(number)
    product = work.order.products.get(line.sku)
    if product is None:
        return Item(number, line.sku, line.name, quantity, None, None)
    sides = (product.length_mm, product.width_mm, product.height_mm)
    known = (sides[0], sides[1], sides[2]) if sides[0] and sides[1] and sides[2] else None
    return Item(
        number, line.sku, line.name, quantity, known, product.weight_g, product.rotation, product.fragility,
        product.max_top_g, product.mailer_ok, product.liquid,
    )  # fmt: skip


def container(packaging: Packaging) -> Container:
    """Return a packaging of the catalogue as a container to choose from."""
    p = packaging
    return Container(
        p.code, p.name, p.kind, p.inner_mm, p.outer_mm, p.tare_g, p.max_gross_g, p.price_cents, p.stock
    )


def on_scan(turn: Turn) -> Step:
    """The proposed packaging is accepted at once; another one asks why, or twice when it does not fit."""
    codes = turn.matches(CodeKind.PACKAGING)
    if not codes:
        proposed = (
            turn.state.plan.parcels[0].packaging.name if turn.state.plan and turn.state.plan.parcels else ""
        )
        return turn.say("packaging.wanted", what=turn.what(), proposed=proposed or wanted(turn.state))
    return _take(turn, codes[0].ref)


def on_ok(turn: Turn) -> Step:
    """Accept the proposal without scanning it."""
    if turn.state.plan is None or not turn.state.plan.parcels:
        return turn.say("command.not_now", command="OK", wanted=wanted(turn.state))
    return _accept(turn, turn.state.plan.parcels[0])


def _take(turn: Turn, code: str) -> Step:
    planned = turn.state.plan
    for parcel in planned.parcels if planned else ():
        if parcel.packaging.code == code:
            return _accept(turn, parcel)
    if planned is None or not planned.parcels:
        return _choose(turn, code, "no_plan")
    turn.set(dialog=Dialog("override", OVERRIDE, subject=code))
    return turn.say("override.ask", packaging=code, proposed=planned.parcels[0].packaging.name)


def _accept(turn: Turn, parcel: ParcelPlan) -> Step:
    return _chosen(turn, parcel.packaging, parcel.packaging.code, "", _counts(parcel), fits_=True)


def _counts(parcel: ParcelPlan) -> Counts:
    counts: dict[int, int] = {}
    for placement in parcel.placements:
        counts[placement.line] = counts.get(placement.line, 0) + 1
    return tuple(sorted(counts.items()))


def on_reason(turn: Turn, dialog: Dialog, reason: str) -> Step:
    """The packer said why another packaging is taken."""
    turn.set(dialog=None)
    return _choose(turn, dialog.subject, reason)


def _choose(turn: Turn, code: str, reason: str) -> Step:
    parcel = _parcel(turn.work)
    found = next((p for p in turn.facts.packagings if p.code == code), None)
    if found is None:
        return turn.say("packaging.wanted", what=turn.what(), proposed=wanted(turn.state))
    items = items_of(turn.work, parcel)
    known = all(item.dims_mm and item.weight_g is not None for item in items)
    good = known and fits(items, container(found), turn.state.policy.packing) is not None
    question = Pending(f"packaging:{reason}", code)
    if known and not good and not _confirmed(turn, code):
        turn.set(pending=question)
        return turn.say("packaging.unfit", packaging=found.name, why=_why(items, found))
    kept = (
        turn.state.pending.action.partition(":")[2]
        if _confirmed(turn, code) and turn.state.pending
        else reason
    )
    proposed = (
        turn.state.plan.parcels[0].packaging.code if turn.state.plan and turn.state.plan.parcels else ""
    )
    return _chosen(turn, container(found), proposed, kept, parcel.units, fits_=good)


def _confirmed(turn: Turn, code: str) -> bool:
    pending = turn.state.pending
    return pending is not None and pending.code == code and pending.action.startswith("packaging:")


def _why(items: list[Item], packaging: Packaging) -> str:
    weight = packaging.tare_g + sum((item.weight_g or 0) * item.quantity for item in items)
    if weight > packaging.max_gross_g:
        return f"{weight} g > {packaging.max_gross_g} g"
    return " x ".join(str(side) for side in packaging.inner_mm) + " mm"


def _chosen(turn: Turn, box: Container, proposed: str, reason: str, contents: Counts, *, fits_: bool) -> Step:
    parcel = _parcel(turn.work)
    number, rest = parcel.number, max(p.number for p in turn.work.parcels) + 1
    expected = _expected(turn.work, box, contents)
    turn.emit(PackagingChosen(number, box.code, proposed, reason, contents, rest, expected, fits_))
    turn.set(pending=None)
    if contents != parcel.units:
        return turn.say("packaging.rest", packaging=box.name, parcel=number)
    return turn.say("packaging.done", packaging=box.name)


def _expected(work: OrderWork, box: Container, contents: Counts) -> int:
    weights = [_weight(work, line) for line, _ in contents]
    if not all(weights):
        return 0
    return box.tare_g + sum(weight * n for weight, (_, n) in zip(weights, contents, strict=True))


def _weight(work: OrderWork, number: int) -> int:
    product = work.order.products.get(work.line(number).sku)
    return (product.weight_g or 0) if product else 0


def no_plan(found: PackingPlan) -> Message:
    """Return why there is no proposal: which product lacks what."""
    why = ", ".join(f"{m.sku}" for m in found.missing[:3])
    reason = f"reason.{found.missing[0].obstacle.value}" if found.missing else "reason.no_packaging"
    return say("packaging.none", why=say("also.why", skus=why, reason=reason))
