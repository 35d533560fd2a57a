"""One packaging's figures, worked out once: what it takes, and what carriage costs by weight."""

from bisect import bisect_left
from dataclasses import dataclass

from data.types import Tariff
from picker.packing.geometry import MAILERS
from picker.packing.pricing import carriage_cents, most_g, takes, volume_g
from picker.packing.types import Container, Objective, PackingPolicy

PARCEL = 1 << 50
"""What a parcel more counts as where the fewest are wanted: more than any inner volume in mm3."""

UNCARRIED = 1 << 59
"""The cost of what no carrier takes."""


Carried = tuple[tuple[int, Tariff], ...]
"""Tariffs that take a packaging, each with what its volume counts as in g."""

STEPS = 200
"""Tariffs of more steps than this are reckoned each time anew."""


@dataclass(frozen=True, slots=True)
class Box:
    """A packaging's figures: mm3, greatest g of goods, tare in g, cents before carriage, least cost in all.

    `room` is its inner volume and `filled` that which void fill makes up.
    """

    number: int
    room: int
    filled: int
    most: int
    tare: int
    fixed: int
    carried: Carried
    table: tuple[tuple[int, ...], tuple[int, ...]] | None
    """Its carriage by gross weight: up to these g, these cents."""
    plain: tuple[int, int, int, int] | None
    """(g by volume, cents, cents and g of a step) where all depends on one tariff's steps."""
    floor: int


def carriage(box: Box, grams: int) -> int:
    """What the cheapest service takes for a parcel of `grams` in all, `UNCARRIED` if none carries it."""
    if box.table is None:
        return _cheapest(box.carried, grams)
    ends, cents = box.table
    at = bisect_left(ends, grams)
    return cents[at] if at < len(ends) else UNCARRIED


def _cheapest(carried: Carried, grams: int) -> int:
    """What the cheapest of these tariffs takes."""
    return min(
        (
            cents
            for by_volume, tariff in carried
            if grams <= tariff.heaviest_g
            and (cents := carriage_cents(max(grams, by_volume), tariff)) is not None
        ),
        default=UNCARRIED,
    )


def _table(carried: Carried, most_g: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Up to which g, in rising order, the cheapest tariff takes how much; `None` if that makes too many steps."""
    ends: set[int] = set()
    for _, tariff in carried:
        most = min(most_g, tariff.heaviest_g)
        if not tariff.rates and most // tariff.step_g > STEPS:
            return None
        steps = [up for up, _ in tariff.rates] or range(tariff.step_g, most, tariff.step_g)
        ends.update(up for up in steps if up < most)
        ends.add(most)
    ordered = tuple(sorted(ends))
    return ordered, tuple(_cheapest(carried, end) for end in ordered)


def box_of(number: int, container: Container, policy: PackingPolicy) -> Box:
    """Work out the figures of one packaging."""
    x, y, z = container.inner_mm
    carried = tuple(
        (grams, tariff)
        for tariff in policy.tariffs
        if takes(tariff, container) and (grams := volume_g(container, tariff)) <= tariff.heaviest_g
    )
    fixed = container.price_cents + policy.handling_cents
    floor = fixed + min(
        (carriage_cents(max(grams, container.tare_g), t) or 0 for grams, t in carried), default=UNCARRIED
    )
    if policy.objective is Objective.BOXES:
        fixed = floor = (PARCEL if carried else UNCARRIED) + x * y * z
    plain = _plain(fixed, carried, policy)
    by_table = plain is None and policy.objective is Objective.COST
    return Box(
        number=number,
        room=UNCARRIED if container.own_of else x * y * z,
        filled=0 if container.own_of or container.kind in MAILERS else x * y * z,
        most=min(most_g(container, policy), max((t.heaviest_g for _, t in carried), default=0))
        - container.tare_g,
        tare=container.tare_g,
        fixed=fixed,
        carried=carried,
        table=_table(carried, most_g(container, policy)) if by_table else None,
        plain=plain,
        floor=floor,
    )


def _plain(
    fixed: int, carried: tuple[tuple[int, Tariff], ...], policy: PackingPolicy
) -> tuple[int, int, int, int] | None:
    many = len(carried) != 1 or carried[0][1].rates or policy.void_fill.cents_per_litre
    if many or policy.objective is Objective.BOXES:
        return None
    by_volume, tariff = carried[0]
    return by_volume, fixed + tariff.base_cents, tariff.step_cents, tariff.step_g
