"""Proof that goods cannot go into a room, cheaper than trying.

Conservative scales (dual feasible functions): Fekete & Schepers 2004, "A general framework for bounds for
higher-dimensional orthogonal packing problems". Sides over half of the room count as whole, those under
as nothing; likewise with thirds. If the scaled volumes don't fit, neither do the goods. Nor do they if two or three
of them don't: any two boxes lie side by side along some axis.
"""

from collections.abc import Sequence
from itertools import combinations, product
from operator import le

from picker.packing.geometry import Kind, Load, Size

Scaled = tuple[int, ...]
"""A unit's least volume on each combination of scales, eight times as large as it is."""


BULKY = 12
"""Kinds looked at together, two or three units at a time: what doesn't fit together is bulky."""


class Bounds:
    """What is proven of one order's kinds, remembered for each room."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._kinds = kinds
        self._scaled: dict[tuple[Size, int], Scaled] = {}
        self._groups: dict[tuple[Size, tuple[int, ...]], bool] = {}

    def impossible(self, room: Size, load: Load) -> bool:
        """Whether `load` certainly doesn't fit `room`; every kind of it enters the empty room."""
        return self._apart(room, load, 2) or self._too_much(room, load)

    def hopeless(self, room: Size, load: Load) -> bool:
        """The same by three units at a time: dearer to find out."""
        return self._apart(room, load, 3)

    def _apart(self, room: Size, load: Load, size: int) -> bool:
        """Whether some `size` units of the bulkiest kinds, two or three, don't fit together."""
        kinds = [n for n, count in enumerate(load) if count]
        if len(kinds) > BULKY:
            kinds = sorted(kinds, key=lambda n: -self._kinds[n].volume)[:BULKY]
        members = [n for n in kinds for _ in range(min(load[n], size))]
        for group in dict.fromkeys(combinations(members, size)):
            known = self._groups.get((room, group))
            if known is None:
                known = self._groups[room, group] = _together([self._kinds[n] for n in group], room)
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


def _together(group: Sequence[Kind], room: Size) -> bool:
    """Whether two or three units might fit `room` together.

    Any two lie side by side along some axis; three whose pairs can do so along one and the same axis only
    must share its length.
    """
    first, second, *third = ([turn for turn in kind.turns if all(map(le, turn, room))] for kind in group)
    for a in first:
        for b in second:
            ab = _axes(a, b, room)
            if ab and (not third or any(_third(a, b, c, ab, room) for c in third[0])):
                return True
    return False


def _third(a: Size, b: Size, c: Size, ab: int, room: Size) -> bool:
    ac, bc = _axes(a, c, room), _axes(b, c, room)
    if not ac or not bc:
        return False
    if ab != ac or ab != bc or ab not in ONE_AXIS:
        return True
    axis = ONE_AXIS[ab]
    return a[axis] + b[axis] + c[axis] <= room[axis]


ONE_AXIS = {1: 0, 2: 1, 4: 2}
"""The axis of each set of axes, as bits, that is a single one."""


def _axes(a: Size, b: Size, room: Size) -> int:
    """The axes, as bits, along which two sizes lie side by side within `room`."""
    return (a[0] + b[0] <= room[0]) | (a[1] + b[1] <= room[1]) << 1 | (a[2] + b[2] <= room[2]) << 2


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
