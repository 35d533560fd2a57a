"""The ways to try: orders of units times tastes for places, the most successful first."""

from functools import cache

from picker.packing.geometry import Kind
from picker.packing.place import Order, Start, Taste


def by_volume(kind: Kind) -> tuple[int, ...]:
    """The bulkiest first."""
    return -kind.volume, -kind.longest


def by_longest(kind: Kind) -> tuple[int, ...]:
    """The longest first."""
    return -kind.longest, -kind.volume


def by_face(kind: Kind) -> tuple[int, ...]:
    """The widest face first."""
    return -kind.widest_face, -kind.volume


def by_weight(kind: Kind) -> tuple[int, ...]:
    """The heaviest first."""
    return -kind.weight, -kind.volume


def low(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """As low as it goes, then to the front, then to the left."""
    return (((z << 20 | y) << 20 | x) << 20) + dz


def low_top(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """The lowest upper side, so that layers stay even."""
    return ((z + dz) << 20 | y) << 20 | x


def snug(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """The least slack in the tightest direction."""
    return (min(w - dx, d - dy, h - dz) << 20 | z) << 20 | x + y


def snug_base(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """Low, where the base fills its space best."""
    return (z << 20 | min(w - dx, d - dy)) << 20 | y + x


def least_space(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """The smallest space that takes it."""
    return (w * d * h << 20 | z) << 20 | dz


def wall(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """Build walls from the left: the least reach along x."""
    return ((x + dx) << 20 | z) << 20 | y


def corner(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """Keep the goods' common hull small and cubic."""
    return (x + dx) * (x + dx) + (y + dy) * (y + dy) + (z + dz) * (z + dz)


_PROVEN: tuple[tuple[Order, Taste], ...] = (
    (by_longest, wall),
    (by_volume, snug),
    (by_volume, low),
    (by_volume, snug_base),
    (by_face, wall),
    (by_face, snug),
    (by_weight, snug_base),
    (by_longest, snug_base),
    (by_volume, corner),
    (by_weight, wall),
)
_REST = tuple(
    (order, taste)
    for taste in (low_top, snug, least_space, corner, wall, low, snug_base)
    for order in (by_face, by_longest, by_weight, by_volume)
    if (order, taste) not in _PROVEN
)


@cache
def starts(effort: int, delicate: bool) -> tuple[Start, ...]:
    """The first `effort` ways to try, at least one; `delicate` goods also come in orders that mix them in."""
    pairs = _PROVEN + _REST
    grid = [Start(order, taste) for order, taste in pairs]
    if delicate:
        mixed = [Start(order, taste, fragile_last=False) for order, taste in pairs]
        grid = [start for both in zip(grid, mixed, strict=True) for start in both]
    return tuple(grid[: max(1, effort)])
