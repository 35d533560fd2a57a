"""Proof that goods cannot go into a room, cheaper than trying.

Conservative scales (dual feasible functions): Fekete & Schepers 2004, "A general framework for bounds for
higher-dimensional orthogonal packing problems". Sides over half of the room count as whole, those under
as nothing; likewise with thirds. If the scaled volumes don't fit, neither do the goods.
"""

from collections.abc import Sequence
from itertools import product

from picker.packing.geometry import Kind, Load, Size

Scaled = tuple[int, ...]
"""A unit's least volume on each combination of scales, eight times as large as it is."""


class Bounds:
    """The scaled volumes of one order's kinds, remembered for each room."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._kinds = kinds
        self._known: dict[tuple[Size, int], Scaled] = {}

    def impossible(self, room: Size, load: Load) -> bool:
        """Whether `load` certainly doesn't fit `room`; every kind of it enters the empty room."""
        whole = 8 * room[0] * room[1] * room[2]
        known = self._known
        sums = [0] * 27
        for n, count in enumerate(load):
            if count:
                scaled = known.get((room, n))
                if scaled is None:
                    scaled = known[room, n] = _scaled(self._kinds[n], room)
                if count == 1:
                    sums = [a + b for a, b in zip(sums, scaled, strict=True)]
                else:
                    sums = [a + count * b for a, b in zip(sums, scaled, strict=True)]
        return max(sums) > whole


def _scaled(kind: Kind, room: Size) -> Scaled:
    w, d, h = room
    turns = [
        [x * y * z for x, y, z in product(_scales(dx, w), _scales(dy, d), _scales(dz, h))]
        for dx, dy, dz in kind.turns
        if dx <= w and dy <= d and dz <= h
    ]
    return tuple(map(min, *turns)) if len(turns) > 1 else tuple(turns[0])


def _scales(side: int, whole: int) -> Size:
    """Twice the `side` as it is, by halves of the `whole`, and by thirds."""
    halves = 2 * side
    thirds = 3 * side
    by_halves = 2 * whole if halves > whole else halves if halves == whole else 0
    if thirds > 2 * whole:
        by_thirds = 2 * whole
    elif thirds in (whole, 2 * whole):
        by_thirds = halves
    else:
        by_thirds = whole if thirds > whole else 0
    return halves, by_halves, by_thirds
