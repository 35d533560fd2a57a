"""A parcel as the choice of packaging sees it: its goods, what could hold them, at which prices; the proposal."""

from collections import Counter
from dataclasses import replace
from functools import lru_cache

from data.types import Packaging, Product, Tariff
from picker.flow.events import OWN_BOX, Counts
from picker.flow.state import State
from picker.flow.work import OrderWork, ParcelWork
from picker.locale.messages import Message, say
from picker.packing import fits, plan
from picker.packing.goods import own_box
from picker.packing.snug import snug_carton
from picker.packing.types import Container, Item, Missing, Obstacle, PackingPlan, PackingPolicy, ParcelPlan
from picker.packing.types import Warning as Caution

OVERRIDE = ("too_small", "too_big", "out_of_stock", "damage_risk", "customer_wish", "other")
"""Why a packaging is taken that holds the goods but isn't the proposed one."""
UNFIT = ("what_fits", "record_wrong", "out_of_stock", "customer_wish", "other")
"""What to do with goods that don't fit the packaging taken: only the first divides them."""
_CLEARLY = 10
"""So many percent less empty, another packaging is worth a warning although it isn't within the limit either."""
_TRIED = 4
"""Packagings tried whether they leave less empty, the roomiest first: those are likeliest to hold the goods."""


def propose(state: State, packagings: tuple[Packaging, ...]) -> PackingPlan:
    """Return the plan for the parcel in front of the packer."""
    containers = [container(packaging) for packaging in packagings]
    goods = items_of(state.work, parcel_of(state.work))
    return actionable(plan(goods, containers, policy_of(state)), goods, packagings, policy_of(state))


def planned_parcels(state: State, parcel: ParcelWork, packagings: tuple[Packaging, ...]) -> int:
    """Return into how many parcels the goods of one are to be divided, 1 where there is no plan."""
    found = plan(items_of(state.work, parcel), [container(each) for each in packagings], policy_of(state))
    return max(1, len(found.parcels))


def filled(state: State, parcel: ParcelWork, packagings: tuple[Packaging, ...]) -> PackingPlan:
    """Return how to fill the packaging taken for a parcel; nothing where no way is found."""
    items = items_of(state.work, parcel)
    if parcel.packaging.startswith(OWN_BOX):
        filling = fits(items, own_box(items[0]), policy_of(state))
    else:
        box = next((packaging for packaging in packagings if packaging.code == parcel.packaging), None)
        filling = fits(items, container(box), policy_of(state)) if box else None
    return actionable(PackingPlan((filling,) if filling else ()), items, packagings, policy_of(state))


def actionable(
    plan: PackingPlan, goods: list[Item], packagings: tuple[Packaging, ...], policy: PackingPolicy
) -> PackingPlan:
    """Return the plan with what would be better for parcels that are too empty.

    There is no warning where nothing in stock leaves clearly less of it empty: nobody reads one that is always
    there and that nobody can heed. The lead's report counts those parcels.
    """
    boxes = [container(packaging) for packaging in packagings if packaging.stock > 0]
    parcels = (_improvable(parcel, goods, boxes, policy) for parcel in plan.parcels)
    return replace(plan, parcels=tuple(parcels))


def _improvable(
    parcel: ParcelPlan, goods: list[Item], boxes: list[Container], policy: PackingPolicy
) -> ParcelPlan:
    if Caution.MUCH_EMPTY not in parcel.warnings:
        return parcel
    stocked = _less_empty(parcel, goods, boxes, policy)
    if stocked is not None:
        return replace(parcel, better=stocked)
    snug = snug_carton(parcel, contents(goods, parcel), policy)
    clearly = snug is not None and snug.empty_percent <= parcel.empty_percent - _CLEARLY
    return replace(
        parcel,
        warnings=tuple(warning for warning in parcel.warnings if warning is not Caution.MUCH_EMPTY),
        better=snug.packaging if snug is not None and clearly else None,
    )


def _less_empty(
    parcel: ParcelPlan, goods: list[Item], boxes: list[Container], policy: PackingPolicy
) -> Container | None:
    """The roomiest in stock that holds the same and is clearly less empty."""
    most = max(policy.max_empty_percent, parcel.empty_percent - _CLEARLY)
    held = contents(goods, parcel)
    longest = max(max(item.dims_mm or (0,)) for item in held)
    volume = _inner_mm3(parcel.packaging) * (101 - parcel.empty_percent) // (100 - most)
    small = [box for box in boxes if _inner_mm3(box) <= volume and max(box.inner_mm) >= longest]
    small.sort(key=_inner_mm3, reverse=True)
    fitting = ((box, fits(held, box, policy)) for box in small[:_TRIED])
    return next((box for box, other in fitting if other is not None and other.empty_percent <= most), None)


def _inner_mm3(box: Container) -> int:
    x, y, z = box.inner_mm
    return x * y * z


def contents(goods: list[Item], parcel: ParcelPlan) -> list[Item]:
    """Return the part of the goods that a planned parcel holds."""
    held = dict(counts(parcel))
    return [replace(item, quantity=held[item.line]) for item in goods if item.line in held]


def counts(parcel: ParcelPlan) -> Counts:
    """Return the units of each line in a planned parcel."""
    return tuple(sorted(Counter(placement.line for placement in parcel.placements).items()))


def code_of(box: Container) -> str:
    """Return how a packaging stands in the log: its code, or whose own box it is."""
    return f"{OWN_BOX}{box.own_of}" if box.own_of else box.code


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


def parcel_of(work: OrderWork | None) -> ParcelWork:
    """Return the parcel in front of the packer. Raises AssertionError when there is none."""
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
    """Return units of a product of the catalogue as an item to pack; of none nothing is known."""
    if product is None:
        return Item(number, sku, name, quantity, None, None)
    sides = (product.length_mm, product.width_mm, product.height_mm)
    known = (sides[0], sides[1], sides[2]) if sides[0] and sides[1] and sides[2] else None
    return Item(
        number, sku, name, quantity, known, product.weight_g, product.rotation, product.fragility,
        product.max_top_g, product.mailer_ok, product.liquid, product.own_box, product.ships_alone,
        product.group, product.hazmat, product.batteries, product.battery_wh, product.nests_mm, product.battery_g,
        product.un_number,
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


def no_plan(plan: PackingPlan) -> Message:
    """Return why there is no proposal: what is missing of which product, or what fits nowhere."""
    if not plan.missing:
        return say("packaging.none", why=say("reason.no_packaging"))
    unmeasured = any(m.obstacle in (Obstacle.NO_DIMENSIONS, Obstacle.NO_WEIGHT) for m in plan.missing)
    return say("packaging.none_measured" if unmeasured else "packaging.none", why=why_not(plan.missing))


def why_not(missing: tuple[Missing, ...]) -> Message:
    """Return what stands in the way of a plan, up to three products by name."""
    why = _why_not(missing[0])
    for other in missing[1:3]:
        why = say("also.and", first=why, second=_why_not(other))
    if len(missing) > 3:
        why = say("also.and", first=why, second=say("also.more", count=len(missing) - 3))
    return why


def _why_not(missing: Missing) -> Message:
    reason = f"reason.{missing.obstacle.value}"
    if missing.figure is None or not missing.got:
        return say("also.why", skus=missing.sku, reason=reason)
    figure = say(f"figure.{missing.figure.value}", got=missing.got, most=missing.most)
    return say("also.why_figure", skus=missing.sku, reason=reason, figure=figure)
