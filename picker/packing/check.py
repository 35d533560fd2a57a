"""Is a packing plan right? An independent judge: it shares no code with the packer, only the types.

Each unit's padding is put around it again, walls, floor and lid
are lined as the most fragile unit of the parcel asks, and loads are shared in exact fractions.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations

from picker.packing.check_bill import carriage, strongest
from picker.packing.check_bodies import Body, Fault, Violation, at, bodies_of, is_its_size
from picker.packing.check_room import MAILERS, overlaps, rests, sticks_out
from picker.packing.types import Item, PackingPlan, PackingPolicy, ParcelPlan


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
    faults = list(_counts(parcels, items)) + list(_stock(parcels))
    for number, parcel in enumerate(parcels):
        faults += _parcel(number, parcel, items, policy)
    return faults


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
    bodies = bodies_of(parcel, items, policy)
    own = bool(parcel.packaging.own_of)
    lining = 0 if own else max((policy.cushioning.wall_mm[body.item.fragility] for body in bodies), default=0)
    if own and [(body.item.sku, body.units) for body in bodies] != [(parcel.packaging.own_of, 1)]:
        yield Violation(Fault.OWN_BOX, number, -1, f"expected one unit of {parcel.packaging.own_of!r}")
    for body in bodies:
        if not is_its_size(body):
            yield at(
                Fault.WRONG_SIZE, number, body, f"{body.item.dims_mm} {body.item.rotation} may not be so"
            )
    yield from _company(number, bodies, policy)
    yield from overlaps(number, bodies)
    yield from sticks_out(number, parcel, bodies, lining)
    yield from _weights(number, parcel, bodies, policy)
    yield from rests(number, bodies, lining, policy)


def _weights(
    number: int, parcel: ParcelPlan, bodies: list[Body], policy: PackingPolicy
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


def _void_ml(parcel: ParcelPlan, bodies: list[Body], policy: PackingPolicy) -> int:
    """Whole millilitres that padded goods leave of a packaging with walls of its own."""
    if parcel.packaging.own_of or parcel.packaging.kind in MAILERS:
        return 0
    x, y, z = parcel.packaging.inner_mm
    taken = 0
    for body in bodies:
        (a, b, c), (d, e, f) = body.low, body.high
        taken += (d - a) * (e - b) * (f - c)
    return (x * y * z - taken) // 1000


def _company(number: int, bodies: list[Body], policy: PackingPolicy) -> Iterator[Violation]:
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
            yield at(Fault.COMPANY, number, body, f"ships alone, got {units} units")
        if item.hazmat and policy.hazmat_classes is not None and item.hazmat not in policy.hazmat_classes:
            yield at(Fault.NOT_CARRIED, number, body, f"class {item.hazmat!r} is not sent")
        strong = policy.max_battery_wh is not None and item.battery_wh > policy.max_battery_wh
        if item.batteries and strong:
            yield at(Fault.BATTERIES, number, body, f"{item.battery_wh} Wh of {policy.max_battery_wh} Wh")
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
    groups = {item.group} - {""}
    if item.liquid:
        groups.add("liquid")
    if item.hazmat:
        groups.add("hazmat")
    if item.batteries:
        groups.add("battery")
    return groups
