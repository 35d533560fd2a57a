"""Which carton, mailer or tube: proposed, accepted by its code, or overridden with a reason."""

from dataclasses import replace
from functools import lru_cache

from data.types import CodeKind, Packaging, Product, Tariff
from picker.flow.events import Counts, PackagingChosen
from picker.flow.messages import Message, say
from picker.flow.state import Dialog, Pending, State
from picker.flow.turn import Step, Turn
from picker.flow.wants import wanted
from picker.flow.work import OrderWork, ParcelWork
from picker.packing import fits, plan
from picker.packing.types import Container, Item, PackingPlan, PackingPolicy, ParcelPlan

_UNFIT = "packaging:"
"""How the question whether to take an unfit packaging begins; the reason given follows."""
OVERRIDE = ("too_small", "too_big", "out_of_stock", "damage_risk", "customer_wish")


def propose(state: State, packagings: tuple[Packaging, ...]) -> PackingPlan:
    """Return the plan for the parcel in front of the packer."""
    parcel = _parcel(state.work)
    containers = [container(packaging) for packaging in packagings]
    return plan(items_of(state.work, parcel), containers, policy_of(state))


def policy_of(state: State) -> PackingPolicy:
    """Return the shop's policy at the prices and limits of the order's carrier service."""
    tariff = state.work.order.tariff if state.work else None
    if tariff is None:
        return state.policy.packing
    return priced(state.policy.packing, tariff)


@lru_cache(maxsize=16)
def priced(policy: PackingPolicy, tariff: Tariff) -> PackingPolicy:
    """Return the policy at the prices and limits of one carrier service."""
    return replace(policy, tariffs=(tariff,))


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
    return item(number, line.sku, line.name, quantity, work.order.products.get(line.sku))


def item(number: int, sku: str, name: str, quantity: int, product: Product | None) -> Item:
    """Return units of a product of the catalogue as an item to pack; without the product nothing is known of it."""
    if product is None:
        return Item(number, sku, name, quantity, None, None)
    sides = (product.length_mm, product.width_mm, product.height_mm)
    known = (sides[0], sides[1], sides[2]) if sides[0] and sides[1] and sides[2] else None
    return Item(
        number, sku, name, quantity, known, product.weight_g, product.rotation, product.fragility,
        product.max_top_g, product.mailer_ok, product.liquid, product.own_box, product.ships_alone,
        product.group, product.hazmat, product.batteries, product.battery_wh, product.nests_mm,
    )  # fmt: skip


def container(packaging: Packaging) -> Container:
    """Return a packaging of the catalogue as a container to choose from."""
    p = packaging
    return Container(
        p.code,
        p.name,
        p.kind,
        p.inner_mm,
        p.outer_mm,
        p.tare_g,
        p.max_gross_g,
        p.price_cents,
        p.stock,
        p.ect,
        p.walls,
        p.services,
    )


def on_scan(turn: Turn) -> Step:
    """The proposed packaging is accepted at once; another one asks why, or twice when it does not fit."""
    codes = turn.matches(CodeKind.PACKAGING)
    if not codes:
        return turn.say("scan.not_now", what=turn.what(), wanted=wanted(turn.state))
    return _take(turn, codes[0].ref)


def on_ok(turn: Turn) -> Step:
    """Accept the proposal without scanning it."""
    planned = _planned(turn)
    if not planned:
        return turn.say("command.not_now", command="OK", wanted=wanted(turn.state))
    return _accept(turn, planned[0])


def _planned(turn: Turn) -> tuple[ParcelPlan, ...]:
    """Return the proposal; after a restart it has to be made again."""
    units = _parcel(turn.work).units
    if turn.state.plan is None or turn.state.planned != units:
        turn.set(plan=propose(turn.state, turn.facts.packagings), planned=units)
    return turn.state.plan.parcels if turn.state.plan else ()


def _take(turn: Turn, code: str) -> Step:
    planned = _planned(turn)
    asked = turn.asked
    if asked is not None and asked.action.startswith(_UNFIT) and asked.code == code:
        return _choose(turn, code, asked.action.removeprefix(_UNFIT))
    for parcel in planned:
        if parcel.packaging.code == code:
            return _accept(turn, parcel)
    if not planned:
        return _choose(turn, code, "no_plan")
    turn.set(dialog=Dialog("override", OVERRIDE, subject=code))
    return turn.say("override.ask", packaging=code, proposed=planned[0].packaging.name)


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
        what = say("kind.packaging", code=code)
        return turn.say("scan.not_now", what=what, wanted=wanted(turn.state))
    items = items_of(turn.work, parcel)
    known = all(item.dims_mm and item.weight_g for item in items)
    good = known and fits(items, container(found), policy_of(turn.state)) is not None
    question = Pending(f"{_UNFIT}{reason}", code)
    if known and not good and turn.asked != question:
        turn.set(pending=question)
        return turn.say("packaging.unfit", packaging=found.name, why=_why(items, found))
    planned = _planned(turn)
    proposed = planned[0].packaging.code if planned else ""
    return _chosen(turn, container(found), proposed, reason, parcel.units, fits_=good)


def _why(items: list[Item], packaging: Packaging) -> Message:
    weight = packaging.tare_g + sum((item.weight_g or 0) * item.quantity for item in items)
    if weight > packaging.max_gross_g:
        return say("also.too_heavy", weight=weight, most=packaging.max_gross_g)
    return say("also.too_small", inner=" x ".join(str(side) for side in packaging.inner_mm))


def _chosen(turn: Turn, box: Container, proposed: str, reason: str, contents: Counts, *, fits_: bool) -> Step:
    parcel = _parcel(turn.work)
    number, last = parcel.number, turn.work.parcels[-1]
    rest = last.number + (1 if last.units or last.sealed else 0)
    expected = _expected(turn.work, box, contents)
    turn.emit(PackagingChosen(number, box.code, proposed, reason, contents, rest, expected, fits_))
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
