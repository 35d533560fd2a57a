"""The carton that would suit a parcel: how small one could be that holds the same goods, bought or cut down."""

from collections.abc import Sequence
from dataclasses import replace

from data.types import PackagingKind
from picker.packing.geometry import Size
from picker.packing.plan import fits
from picker.packing.types import Container, Item, PackingPolicy, ParcelPlan

GRID_MM = 10
"""Sides are told in steps of this: nobody orders or cuts by the millimetre."""

STEPS_MM = (80, 40, 20, GRID_MM)
"""By so much a side is shortened at a time while the goods still go in."""


def snug_carton(parcel: ParcelPlan, items: Sequence[Item], policy: PackingPolicy) -> ParcelPlan | None:
    """The same goods in the smallest carton found by shortening sides in turn, quick tries only; mm.

    `items` are what the parcel holds. `None` where they don't go into less than what they lie in.
    """
    hasty = replace(policy, effort=0)
    best = None
    size = _taken(parcel, items, policy)
    for step in STEPS_MM:
        shorter = True
        while shorter:
            shorter = False
            for axis in sorted(range(3), key=lambda axis: -size[axis]):
                tried = _shortened(size, axis, step)
                filling = fits(items, _carton(parcel.packaging, tried), hasty) if min(tried) > 0 else None
                if filling is not None:
                    best, size, shorter = filling, tried, True
    return best or fits(items, _carton(parcel.packaging, size), policy)


def _taken(parcel: ParcelPlan, items: Sequence[Item], policy: PackingPolicy) -> Size:
    """What the goods take as they lie, with cushioning, rounded up."""
    pads = {item.line: policy.cushioning.padding_mm[item.fragility] for item in items}
    x = max(p.x + p.dx + pads[p.line] for p in parcel.placements)
    y = max(p.y + p.dy + pads[p.line] for p in parcel.placements)
    z = max(p.z + p.dz + pads[p.line] for p in parcel.placements)
    lining = parcel.lining_mm
    return _rounded(x + lining), _rounded(y + lining), _rounded(z + lining)


def _rounded(side: int) -> int:
    return -(-side // GRID_MM) * GRID_MM


def _shortened(size: Size, axis: int, step: int) -> Size:
    x, y, z = (side - step if n == axis else side for n, side in enumerate(size))
    return x, y, z


def _carton(like: Container, size: Size) -> Container:
    """A carton of that inner size for as much weight as the packaging in use."""
    x, y, z = size
    return replace(
        like, code="", name="", kind=PackagingKind.CARTON, inner_mm=size, outer_mm=(x + 6, y + 6, z + 10)
    )
