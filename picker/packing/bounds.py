"""Proof that goods cannot go into a room, cheaper than trying.

Conservative scales (dual feasible functions): Fekete & Schepers 2004, "A general framework for bounds for
higher-dimensional orthogonal packing problems". Sides over half of the room count as whole, those under
as nothing; likewise with thirds. If the scaled volumes don't fit, neither do the goods. Nor do they if two of them
don't: two boxes lie side by side along some axis.
"""

from collections.abc import Sequence
from itertools import product

from picker.packing.geometry import Kind, Load, Size

Scaled = tuple[int, ...]
"""A unit's least volume on each combination of scales, eight times as large as it is."""


class Bounds:
    """What is proven of one order's kinds, remembered for each room."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._kinds = kinds
        self._scaled: dict[tuple[Size, int], Scaled] = {}
        self._pairs: dict[tuple[Size, int, int], bool] = {}

    def impossible(self, room: Size, load: Load) -> bool:
        """Whether `load` certainly doesn't fit `room`; every kind of it enters the empty room."""
        return self._apart(room, load) or self._too_much(room, load)

    def _apart(self, room: Size, load: Load) -> bool:
        """Whether some two units don't fit together."""
        members = [n for n, count in enumerate(load) if count]
        for at, a in enumerate(members):
            for b in members[at if load[a] > 1 else at + 1 :]:
                known = self._pairs.get((room, a, b))
                if known is None:
                    known = self._pairs[room, a, b] = _side_by_side(self._kinds[a], self._kinds[b], room)
                if not known:
                    return True
        return False

    def _too_much(self, room: Size, load: Load) -> bool:
        """Whether the volumes on some combination of scales exceed the room's."""
        sums = [0] * 27
        for n, count in enumerate(load):
            if count:
                scaled = self._scaled.get((room, n))
                if scaled is None:
                    scaled = self._scaled[room, n] = _scaled(self._kinds[n], room)
                sums = [a + count * b for a, b in zip(sums, scaled, strict=True)]
        return max(sums) > 8 * room[0] * room[1] * room[2]


def _side_by_side(a: Kind, b: Kind, room: Size) -> bool:
    """Whether one unit of each fits `room` together."""
    w, d, h = room
    turns = [turn for turn in b.turns if turn[0] <= w and turn[1] <= d and turn[2] <= h]
    for ax, ay, az in a.turns:
        if ax <= w and ay <= d and az <= h:
            for bx, by, bz in turns:
                if ax + bx <= w or ay + by <= d or az + bz <= h:
                    return True
    return False


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
