"""Is a packing plan right? An independent judge: it shares no code with the packer, only the types.

Each unit's padding is put around it again, walls, floor and lid
are lined as the most fragile unit of the parcel asks, and loads are shared in exact fractions.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import islice, permutations

from data.types import Fragility, PackagingKind, Rotation
from picker.packing.check_bill import carriage, strongest
from picker.packing.types import Item, PackingPlan, PackingPolicy, ParcelPlan, Placement

MAILERS = (PackagingKind.PADDED_MAILER, PackagingKind.POLY_MAILER)


class Fault(StrEnum):
    """What can be wrong with a plan."""

    OVERLAP = "overlap"
    OUTSIDE = "outside"
    OVERWEIGHT = "overweight"
    WRONG_SIZE = "wrong_size"
    UNKNOWN = "unknown"
    LOST = "lost"
    DOUBLED = "doubled"
    FLOATING = "floating"
    UNSUPPORTED = "unsupported"
    CRUSHED = "crushed"
    MAILER = "mailer"
    OUT_OF_STOCK = "out_of_stock"
    COMPANY = "company"
    BATTERIES = "batteries"
    NOT_CARRIED = "not_carried"
    OWN_BOX = "own_box"
    WRONG_SUM = "wrong_sum"
    HALF = "half"


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault: in which parcel (from 0; -1 the whole plan), of which order line (-1 none), and details."""

    fault: Fault
    parcel: int
    line: int
    detail: str


@dataclass(frozen=True, slots=True)
class _Body:
    """A placed unit with its padding around it."""

    at: Placement
    item: Item
    low: tuple[int, int, int]
    high: tuple[int, int, int]
    units: int = 1
    """How many lie nested in it."""


def check(
    plan_or_parcel: PackingPlan | ParcelPlan, items: Sequence[Item], policy: PackingPolicy
) -> list[Violation]:
    """Every fault of a plan, or of one parcel, that is to hold exactly `items`; empty when it is right."""
    if isinstance(plan_or_parcel, ParcelPlan):
        parcels: tuple[ParcelPlan, ...] = (plan_or_parcel,)
    elif plan_or_parcel.missing:
        half = Violation(Fault.HALF, -1, -1, "both parcels and missing goods")
        return [half] if plan_or_parcel.parcels else []
    else:
        parcels = plan_or_parcel.parcels
    found = list(_counts(parcels, items)) + list(_stock(parcels))
    for number, parcel in enumerate(parcels):
        found += _parcel(number, parcel, items, policy)
    return found


def _counts(parcels: Sequence[ParcelPlan], items: Sequence[Item]) -> Iterator[Violation]:
    placed = Counter(p.line for parcel in parcels for p in parcel.placements)
    for item in items:
        count = placed.pop(item.line, 0)
        if count != item.quantity:
            fault = Fault.LOST if count < item.quantity else Fault.DOUBLED
            yield Violation(fault, -1, item.line, f"{item.sku!r}: expected {item.quantity}, got {count}")
    for line, count in placed.items():
        yield Violation(Fault.UNKNOWN, -1, line, f"{count} placed of a line that was not asked for")


def _stock(parcels: Sequence[ParcelPlan]) -> Iterator[Violation]:
    used = Counter(parcel.packaging for parcel in parcels if parcel.packaging.stock is not None)
    for packaging, count in used.items():
        if packaging.stock is not None and count > packaging.stock:
            yield Violation(
                Fault.OUT_OF_STOCK, -1, -1, f"{packaging.code!r}: {packaging.stock} left, {count} wanted"
            )


def _parcel(
    number: int, parcel: ParcelPlan, items: Sequence[Item], policy: PackingPolicy
) -> Iterator[Violation]:
    bodies = _bodies(parcel, items, policy)
    own = bool(parcel.packaging.own_of)
    lining = 0 if own else max((policy.cushioning.wall_mm[body.item.fragility] for body in bodies), default=0)
    if own and [(body.item.sku, body.units) for body in bodies] != [(parcel.packaging.own_of, 1)]:
        yield Violation(Fault.OWN_BOX, number, -1, f"expected one unit of {parcel.packaging.own_of!r}")
    for body in bodies:
        if not _is_its_size(body):
            yield _at(
                Fault.WRONG_SIZE, number, body, f"{body.item.dims_mm} {body.item.rotation} may not be so"
            )
    yield from _company(number, bodies, policy)
    yield from _overlaps(number, bodies)
    yield from _bounds(number, parcel, bodies, lining)
    yield from _weights(number, parcel, bodies, policy)
    yield from _rests(number, bodies, lining, policy)


def _overlaps(number: int, bodies: list[_Body]) -> Iterator[Violation]:
    """Every pair that shares space, found along x from left to right."""
    ordered = sorted(bodies, key=lambda body: body.low)
    for n, a in enumerate(ordered):
        for b in islice(ordered, n + 1, None):
            if b.low[0] >= a.high[0]:
                break
            deep = a.low[1] < b.high[1] and b.low[1] < a.high[1]
            if deep and a.low[2] < b.high[2] and b.low[2] < a.high[2]:
                yield _at(Fault.OVERLAP, number, a, f"with line {b.at.line} at {b.low}")


def _bodies(parcel: ParcelPlan, items: Sequence[Item], policy: PackingPolicy) -> list[_Body]:
    by_line = {item.line: item for item in items}
    bodies: list[_Body] = []
    for p in parcel.placements:
        item = by_line.get(p.line)
        if item is None:
            continue
        pad = 0 if parcel.packaging.own_of else policy.cushioning.padding_mm[item.fragility]
        low = (p.x - pad, p.y - pad, p.z - pad)
        body = _Body(p, item, low, (p.x + p.dx + pad, p.y + p.dy + pad, p.z + p.dz + pad))
        pile = _nested(bodies[-1], body) if bodies and item.nests_mm is not None else None
        if pile is not None:
            bodies[-1] = pile
        else:
            bodies.append(body)
    return bodies


def _nested(pile: _Body, body: _Body) -> _Body | None:
    """The pile with one more unit stuck into it, if it lies as far on as such units nest."""
    if pile.item is not body.item:
        return None
    turned = (pile.at.dx, pile.at.dy, pile.at.dz) == (body.at.dx, body.at.dy, body.at.dz)
    along = [axis for axis in range(3) if body.high[axis] != pile.high[axis]]
    nest = body.item.nests_mm
    dims = body.item.dims_mm
    if not turned or len(along) > 1 or nest is None or dims is None:
        return None
    axis = along[0] if along else 2
    on = body.high[axis] - pile.high[axis] == nest and (along or not nest)
    sideways = sorted(side for n, side in enumerate((body.at.dx, body.at.dy, body.at.dz)) if n != axis)
    if not on or sideways != sorted(dims[:2]):
        return None
    return _Body(pile.at, pile.item, pile.low, body.high, pile.units + 1)


def _at(fault: Fault, number: int, body: _Body, detail: str) -> Violation:
    return Violation(fault, number, body.at.line, f"{body.item.sku!r} at {body.low}: {detail}")


def _is_its_size(body: _Body) -> bool:
    sides = (body.at.dx, body.at.dy, body.at.dz)
    dims = body.item.dims_mm
    if dims is None:
        return False
    if body.item.rotation is Rotation.FIXED:
        return sides == dims
    # Closures of dangerous liquids stay up: 49 CFR 173.24a(a)(1).
    if body.item.rotation is Rotation.UPRIGHT or (body.item.liquid and body.item.hazmat):
        return sides in ((dims[0], dims[1], dims[2]), (dims[1], dims[0], dims[2]))
    return sorted(sides) == sorted(dims)


def _bounds(number: int, parcel: ParcelPlan, bodies: list[_Body], lining: int) -> Iterator[Violation]:
    length, width, height = parcel.packaging.inner_mm
    if parcel.packaging.kind in MAILERS:
        for body in bodies:
            if not body.item.mailer_ok or body.item.fragility >= Fragility.FRAGILE:
                yield _at(Fault.MAILER, number, body, "may not travel in a mailer")
        thickness = max((body.high[2] for body in bodies), default=0) + lining
        length, width = length - thickness, width - thickness
    for body in bodies:
        x, y, z = body.high
        inside = x <= length - lining and y <= width - lining and z <= height - lining
        if min(body.low) < lining or not inside:
            yield _at(
                Fault.OUTSIDE, number, body, f"to {body.high} of {(length, width, height)} lined {lining}"
            )


def _weights(
    number: int, parcel: ParcelPlan, bodies: list[_Body], policy: PackingPolicy
) -> Iterator[Violation]:
    """Weight, billed weight and cost, reckoned anew."""
    box = parcel.packaging
    gross = box.tare_g + sum((body.item.weight_g or 0) * body.units for body in bodies)
    bill = carriage(parcel, gross, policy)
    most = strongest(box)
    if gross > most or gross > bill.most_g:
        yield Violation(Fault.OVERWEIGHT, number, -1, f"{gross} g of {min(most, bill.most_g)} g")
        return
    if bill.cents is None:
        yield Violation(Fault.NOT_CARRIED, number, -1, f"service {parcel.service!r} does not take it")
        return
    fill = _void_ml(parcel, bodies, policy)
    paid = -(-fill * policy.void_fill.cents_per_litre // 1000)
    cost = box.price_cents + policy.handling_cents + paid + bill.cents
    expected = {
        "gross in g": (gross, parcel.gross_g),
        "billable in g": (bill.grams, parcel.billable_g),
        "void fill in ml": (fill, parcel.void_fill_ml),
        "void fill in cents": (paid, parcel.void_fill_cents),
        "cost": (cost, parcel.cost_cents),
    }
    for name, (right, got) in expected.items():
        if right != got:
            yield Violation(Fault.WRONG_SUM, number, -1, f"{name}: expected {right}, got {got}")


def _void_ml(parcel: ParcelPlan, bodies: list[_Body], policy: PackingPolicy) -> int:
    """Whole millilitres that padded goods leave of a packaging with walls of its own."""
    if parcel.packaging.own_of or parcel.packaging.kind in MAILERS:
        return 0
    x, y, z = parcel.packaging.inner_mm
    taken = 0
    for body in bodies:
        (a, b, c), (d, e, f) = body.low, body.high
        taken += (d - a) * (e - b) * (f - c)
    return (x * y * z - taken) // 1000


def _company(number: int, bodies: list[_Body], policy: PackingPolicy) -> Iterator[Violation]:
    """Goods that may not share a parcel, may not be sent, or are too many batteries."""
    groups = {body.item.line: _groups(body.item) for body in bodies if policy.apart}
    for one, other in permutations(groups, 2):
        for a, b in sorted(policy.apart):
            if a in groups[one] and b in groups[other]:
                yield Violation(Fault.COMPANY, number, one, f"{a!r} together with {b!r} of line {other}")
    units = sum(body.units for body in bodies)
    for body in bodies:
        item = body.item
        if item.ships_alone and units > 1:
            yield _at(Fault.COMPANY, number, body, f"ships alone, got {units} units")
        if item.hazmat and policy.hazmat_classes is not None and item.hazmat not in policy.hazmat_classes:
            yield _at(Fault.NOT_CARRIED, number, body, f"class {item.hazmat!r} is not sent")
        strong = policy.max_battery_wh is not None and item.battery_wh > policy.max_battery_wh
        if item.batteries and strong:
            yield _at(Fault.BATTERIES, number, body, f"{item.battery_wh} Wh of {policy.max_battery_wh} Wh")
    batteries = sum(body.item.batteries * body.units for body in bodies)
    if policy.max_batteries is not None and batteries > policy.max_batteries:
        yield Violation(Fault.BATTERIES, number, -1, f"{batteries} batteries of {policy.max_batteries}")
    net = sum(_battery_g(body.item) * body.units for body in bodies)
    if policy.max_battery_net_g is not None and net > policy.max_battery_net_g:
        yield Violation(Fault.BATTERIES, number, -1, f"{net} g of batteries of {policy.max_battery_net_g} g")


def _battery_g(item: Item) -> int:
    """What the batteries of a unit weigh; all of it where that isn't known."""
    weight = item.weight_g or 0
    return (weight if item.battery_g is None else min(item.battery_g, weight)) if item.batteries else 0


def _groups(item: Item) -> set[str]:
    found = {item.group} - {""}
    if item.liquid:
        found.add("liquid")
    if item.hazmat:
        found.add("hazmat")
    if item.batteries:
        found.add("battery")
    return found


def _rests(number: int, bodies: list[_Body], lining: int, policy: PackingPolicy) -> Iterator[Violation]:
    """Floating, too little support, and too great a load, from the top down."""
    limited = any(body.item.max_top_g is not None for body in bodies)
    load = [Fraction(0)] * len(bodies)
    tops: dict[int, list[int]] = {}
    for m, body in enumerate(bodies):
        tops.setdefault(body.high[2], []).append(m)
    for n in sorted(range(len(bodies)), key=lambda n: bodies[n].low[2], reverse=True):
        body = bodies[n]
        if limited:
            yield from _crushed(number, body, load[n])
        if body.low[2] <= lining:
            continue
        contacts = {m: area for m in tops.get(body.low[2], ()) if (area := _contact(body, bodies[m]))}
        carried = sum(contacts.values())
        base = (body.high[0] - body.low[0]) * (body.high[1] - body.low[1])
        if not carried:
            yield _at(Fault.FLOATING, number, body, "nothing beneath it")
        elif carried * 100 < policy.min_support_percent * base:
            yield _at(Fault.UNSUPPORTED, number, body, f"{carried} of {base} mm2 rest on others")
        for m, area in contacts.items() if limited else ():
            load[m] += ((body.item.weight_g or 0) * body.units + load[n]) * Fraction(area, carried)


def _crushed(number: int, body: _Body, load: Fraction) -> Iterator[Violation]:
    """The lowest unit of a pile bears those stuck into it too."""
    most = body.item.max_top_g
    if most is not None:
        borne = load + (body.item.weight_g or 0) * (body.units - 1)
        if borne > most:
            yield _at(Fault.CRUSHED, number, body, f"bears {float(borne):.0f} g of {most} g")


def _contact(body: _Body, other: _Body) -> int:
    """mm2 of `body`'s base over `other`, whose top is at the same height."""
    wide = min(body.high[0], other.high[0]) - max(body.low[0], other.low[0])
    deep = min(body.high[1], other.high[1]) - max(body.low[1], other.low[1])
    return max(0, wide) * max(0, deep)
