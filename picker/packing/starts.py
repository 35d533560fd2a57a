"""The ways to try: orders of units times tastes for places, the most successful first."""

from picker.packing.geometry import Kind
from picker.packing.place import Start


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


def by_density(kind: Kind) -> tuple[int, ...]:
    """The heaviest for its volume first."""
    return -(kind.weight << 40) // kind.volume, -kind.volume


def gently(kind: Kind) -> tuple[int, ...]:
    """The least fragile first, of those the heaviest."""
    return kind.padding, -kind.weight


def flat(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """As low as it goes and lying flat, there where the base fills its space best."""
    return ((z << 20 | dz) << 20 | min(w - dx, d - dy)) << 20 | y + x


def low(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """As low as it goes, then to the front, then to the left."""
    return (((z << 20 | y) << 20 | x) << 20) + dz


def snug(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """The least slack in the tightest direction."""
    return (min(w - dx, d - dy, h - dz) << 20 | z) << 20 | x + y


def snug_base(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """Low, where the base fills its space best."""
    return (z << 20 | min(w - dx, d - dy)) << 20 | y + x


def wall(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """Build walls from the left: the least reach along x."""
    return ((x + dx) << 20 | z) << 20 | y


def corner(x: int, y: int, z: int, dx: int, dy: int, dz: int, w: int, d: int, h: int) -> int:
    """Keep the goods' common hull small and cubic."""
    return (x + dx) * (x + dx) + (y + dy) * (y + dy) + (z + dz) * (z + dz)


QUICK: tuple[Start, ...] = (
    Start(by_volume, flat),
    Start(by_longest, wall),
    Start(by_volume, snug, near=False),
    Start(by_volume, low),
)
"""Measured: one of these finds nine in ten of the packings that are found at all. The first often needs no calming."""

FULL: tuple[Start, ...] = (*QUICK, Start(by_density, low))
"""For as much as goes in, where weight is the limit as well."""

PATIENT: tuple[Start, ...] = (
    Start(by_face, snug, near=False),
    Start(by_longest, wall),
    Start(by_face, low),
    Start(by_volume, snug, near=False),
    Start(by_volume, corner),
    Start(by_weight, snug_base),
    Start(by_volume, wall),
)
"""Searched patiently, the units that found no place coming first. Measured: the first finds five in six of what any
finds, and what is left to the others differs most among these."""

CALM: tuple[Start, ...] = (Start(gently, flat), Start(by_face, flat))
"""For a last arrangement that lies flat, heavy below."""
