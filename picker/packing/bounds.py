"""Proof that goods cannot go into a room, cheaper than trying.

Conservative scales (dual feasible functions): Fekete & Schepers 2004, "A general framework for bounds for
higher-dimensional orthogonal packing problems". Sides over half of the room count as whole, those under
as nothing; likewise with thirds. If the scaled volumes don't fit, neither do the goods.
"""

from collections.abc import Sequence
from itertools import product

from picker.packing.geometry import Kind, Load, Size


def impossible(room: Size, kinds: Sequence[Kind], load: Load) -> bool:
    """Whether `load` certainly doesn't fit `room`; every kind of it enters the empty room."""
    scaled = [(count, _turns(kinds[n], room)) for n, count in enumerate(load) if count]
    whole = 8 * room[0] * room[1] * room[2]
    for i, j, k in product(range(3), repeat=3):
        if sum(count * min([x[i] * y[j] * z[k] for x, y, z in turns]) for count, turns in scaled) > whole:
            return True
    return False


def _turns(kind: Kind, room: Size) -> list[tuple[Size, Size, Size]]:
    """The scaled sides of every turn that enters `room`."""
    w, d, h = room
    return [
        (_scales(dx, w), _scales(dy, d), _scales(dz, h))
        for dx, dy, dz in kind.turns
        if dx <= w and dy <= d and dz <= h
    ]


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
