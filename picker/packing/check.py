"""Is a packing plan right? An independent judge: it shares no code with the packer, only the types.

Each unit's padding is put around it again, walls, floor and lid
are lined as the most fragile unit of the parcel asks, and loads are shared in exact fractions.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from math import ceil

from data.types import Fragility, PackagingKind, Rotation
from picker.packing.types import Item, PackingPlan, PackingPolicy, ParcelPlan, Placement


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
    used = Counter(parcel.packaging for parcel in parcels)
    for packaging, count in used.items():
        if packaging.stock is not None and count > packaging.stock:
            yield Violation(
                Fault.OUT_OF_STOCK, -1, -1, f"{packaging.code!r}: {packaging.stock} left, {count} wanted"
            )


def _parcel(
    number: int, parcel: ParcelPlan, items: Sequence[Item], policy: PackingPolicy
) -> Iterator[Violation]:
    bodies = _bodies(parcel, items, policy)
    lining = max((policy.wall_mm[body.item.fragility] for body in bodies), default=0)
    for body in bodies:
        if not _is_its_size(body):
            yield _at(
                Fault.WRONG_SIZE, number, body, f"{body.item.dims_mm} {body.item.rotation} may not be so"
            )
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
            if all(a.low[i] < b.high[i] and b.low[i] < a.high[i] for i in (1, 2)):
                yield _at(Fault.OVERLAP, number, a, f"with line {b.at.line} at {b.low}")


def _bodies(parcel: ParcelPlan, items: Sequence[Item], policy: PackingPolicy) -> list[_Body]:
    by_line = {item.line: item for item in items}
    bodies = []
    for p in parcel.placements:
        item = by_line.get(p.line)
        if item is not None:
            pad = policy.padding_mm[item.fragility]
            low = (p.x - pad, p.y - pad, p.z - pad)
            bodies.append(_Body(p, item, low, (p.x + p.dx + pad, p.y + p.dy + pad, p.z + p.dz + pad)))
    return bodies


def _at(fault: Fault, number: int, body: _Body, detail: str) -> Violation:
    return Violation(fault, number, body.at.line, f"{body.item.sku!r} at {body.low}: {detail}")


def _is_its_size(body: _Body) -> bool:
    sides = (body.at.dx, body.at.dy, body.at.dz)
    dims = body.item.dims_mm
    if dims is None:
        return False
    if body.item.rotation is Rotation.FIXED:
        return sides == dims
    if body.item.rotation is Rotation.UPRIGHT:
        return sides in ((dims[0], dims[1], dims[2]), (dims[1], dims[0], dims[2]))
    return sorted(sides) == sorted(dims)


def _bounds(number: int, parcel: ParcelPlan, bodies: list[_Body], lining: int) -> Iterator[Violation]:
    length, width, height = parcel.packaging.inner_mm
    if parcel.packaging.kind in (PackagingKind.PADDED_MAILER, PackagingKind.POLY_MAILER):
        for body in bodies:
            if not body.item.mailer_ok or body.item.fragility >= Fragility.FRAGILE:
                yield _at(Fault.MAILER, number, body, "may not travel in a mailer")
        thickness = max((body.high[2] for body in bodies), default=0) + lining
        length, width = length - thickness, width - thickness
    for body in bodies:
        inside = all(side >= lining for side in body.low) and all(
            far <= side - lining for far, side in zip(body.high, (length, width, height), strict=True)
        )
        if not inside:
            yield _at(
                Fault.OUTSIDE, number, body, f"to {body.high} of {(length, width, height)} lined {lining}"
            )


def _weights(
    number: int, parcel: ParcelPlan, bodies: list[_Body], policy: PackingPolicy
) -> Iterator[Violation]:
    box = parcel.packaging
    gross = box.tare_g + sum(body.item.weight_g or 0 for body in bodies)
    most = min(box.max_gross_g, policy.max_weight_g)
    if gross > most:
        yield Violation(Fault.OVERWEIGHT, number, -1, f"{gross} g of {most} g")
    outer = Fraction(box.outer_mm[0] * box.outer_mm[1] * box.outer_mm[2], policy.dim_divisor)
    billable = max(Fraction(gross), outer)
    steps = max(1, ceil(billable / policy.step_g))
    cost = box.price_cents + policy.base_cents + policy.step_cents * steps
    if parcel.gross_g != gross:
        yield Violation(Fault.WRONG_SUM, number, -1, f"gross: expected {gross} g, got {parcel.gross_g} g")
    if not billable <= parcel.billable_g < billable + 1:
        yield Violation(Fault.WRONG_SUM, number, -1, f"billable: {billable} g, got {parcel.billable_g} g")
    if parcel.cost_cents != cost:
        yield Violation(Fault.WRONG_SUM, number, -1, f"cost: expected {cost}, got {parcel.cost_cents}")


def _rests(number: int, bodies: list[_Body], lining: int, policy: PackingPolicy) -> Iterator[Violation]:
    """Floating, too little support, and too great a load, from the top down."""
    load = [Fraction(0)] * len(bodies)
    tops: dict[int, list[int]] = {}
    for m, body in enumerate(bodies):
        tops.setdefault(body.high[2], []).append(m)
    for n in sorted(range(len(bodies)), key=lambda n: bodies[n].low[2], reverse=True):
        body = bodies[n]
        if body.item.max_top_g is not None and load[n] > body.item.max_top_g:
            detail = f"bears {float(load[n]):.0f} g of {body.item.max_top_g} g"
            yield _at(Fault.CRUSHED, number, body, detail)
        if body.low[2] <= lining:
            continue
        contacts = {m: area for m in tops.get(body.low[2], ()) if (area := _contact(body, bodies[m]))}
        carried = sum(contacts.values())
        base = (body.high[0] - body.low[0]) * (body.high[1] - body.low[1])
        if not carried:
            yield _at(Fault.FLOATING, number, body, "nothing beneath it")
        elif carried * 100 < policy.min_support_percent * base:
            yield _at(Fault.UNSUPPORTED, number, body, f"{carried} of {base} mm2 rest on others")
        for m, area in contacts.items():
            load[m] += ((body.item.weight_g or 0) + load[n]) * Fraction(area, carried)


def _contact(body: _Body, other: _Body) -> int:
    """mm2 of `body`'s base over `other`, whose top is at the same height."""
    wide = min(body.high[0], other.high[0]) - max(body.low[0], other.low[0])
    deep = min(body.high[1], other.high[1]) - max(body.low[1], other.low[1])
    return max(0, wide) * max(0, deep)
