"""The judge's geometry: what lies within something else, sticks out, rests on too little or is crushed."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from data.types import Fragility, PackagingKind
from picker.packing.check_bodies import Body, Fault, Violation, at
from picker.packing.types import PackingPolicy, ParcelPlan

MAILERS = (PackagingKind.PADDED_MAILER, PackagingKind.POLY_MAILER)


def overlaps(number: int, bodies: list[Body]) -> Iterator[Violation]:
    """Every pair that shares space, found along x from left to right."""
    ordered = sorted(bodies, key=lambda body: body.low)
    for n, a in enumerate(ordered):
        for b in islice(ordered, n + 1, None):
            if b.low[0] >= a.high[0]:
                break
            deep = a.low[1] < b.high[1] and b.low[1] < a.high[1]
            if deep and a.low[2] < b.high[2] and b.low[2] < a.high[2]:
                yield at(Fault.OVERLAP, number, a, f"with line {b.at.line} at {b.low}")


def sticks_out(number: int, parcel: ParcelPlan, bodies: list[Body], lining: int) -> Iterator[Violation]:
    """What reaches into lining or walls; a mailer loses on each side what it is filled to: usable width = goods'
    width + thickness (makers' sizing guides).
    """
    length, width, height = parcel.packaging.inner_mm
    if parcel.packaging.kind in MAILERS:
        for body in bodies:
            if not body.item.mailer_ok or body.item.fragility >= Fragility.FRAGILE:
                yield at(Fault.MAILER, number, body, "may not travel in a mailer")
        thickness = max((body.high[2] for body in bodies), default=0) + lining
        length, width = length - thickness, width - thickness
    for body in bodies:
        x, y, z = body.high
        inside = x <= length - lining and y <= width - lining and z <= height - lining
        if min(body.low) < lining or not inside:
            yield at(
                Fault.OUTSIDE, number, body, f"to {body.high} of {(length, width, height)} lined {lining}"
            )


def rests(number: int, bodies: list[Body], lining: int, policy: PackingPolicy) -> Iterator[Violation]:
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
            yield at(Fault.FLOATING, number, body, "nothing beneath it")
        elif carried * 100 < policy.min_support_percent * base:
            yield at(Fault.UNSUPPORTED, number, body, f"{carried} of {base} mm2 rest on others")
        for m, area in contacts.items() if limited else ():
            load[m] += ((body.item.weight_g or 0) * body.units + load[n]) * Fraction(area, carried)


def _crushed(number: int, body: Body, load: Fraction) -> Iterator[Violation]:
    """The lowest unit of a pile bears those stuck into it too."""
    most = body.item.max_top_g
    if most is not None:
        borne = load + (body.item.weight_g or 0) * (body.units - 1)
        if borne > most:
            yield at(Fault.CRUSHED, number, body, f"bears {float(borne):.0f} g of {most} g")


def _contact(body: Body, other: Body) -> int:
    """mm2 of `body`'s base over `other`, whose top is at the same height."""
    wide = min(body.high[0], other.high[0]) - max(body.low[0], other.low[0])
    deep = min(body.high[1], other.high[1]) - max(body.low[1], other.low[1])
    return max(0, wide) * max(0, deep)
