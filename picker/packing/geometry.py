"""What the packer counts with: goods as envelopes, packagings as rooms. Integers only: mm, mm3, g."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.types import Fragility, PackagingKind, Rotation
from picker.packing.types import Container, Item, PackingPolicy

Size = tuple[int, int, int]
Load = tuple[int, ...]
"""How many units of each kind go together, by the kind's number."""

Spot = tuple[int, int, int, int, int, int, int]
"""One unit in a room: (kind's number, x, y, z, dx, dy, dz) of its envelope."""

MAILERS = frozenset({PackagingKind.PADDED_MAILER, PackagingKind.POLY_MAILER})
NO_LIMIT = -1


@dataclass(frozen=True, slots=True)
class Kind:
    """One order line as the packer sees it: its envelope in every allowed turn, padding included."""

    number: int
    line: int
    turns: tuple[Size, ...]
    volume: int
    longest: int
    thinnest: int
    widest_face: int
    weight: int
    limit: int
    padding: int
    wall: int
    mailable: bool


def kind_of(number: int, item: Item, policy: PackingPolicy) -> Kind:
    """Prepare a measured `item`. Raises ValueError if its `dims_mm` or `weight_g` are unknown."""
    if item.dims_mm is None or item.weight_g is None:
        raise ValueError(
            f"{item.sku!r}: expected dimensions and weight, got {item.dims_mm} and {item.weight_g}"
        )
    padding = policy.padding_mm[item.fragility]
    x, y, z = (side + 2 * padding for side in item.dims_mm)
    small, middle, large = sorted((x, y, z))
    return Kind(
        number=number,
        line=item.line,
        turns=turns((x, y, z), item.rotation),
        volume=x * y * z,
        longest=large,
        thinnest=small,
        widest_face=large * middle,
        weight=item.weight_g,
        limit=NO_LIMIT if item.max_top_g is None else item.max_top_g,
        padding=padding,
        wall=policy.wall_mm[item.fragility],
        mailable=item.mailer_ok and item.fragility < Fragility.FRAGILE,
    )


def turns(size: Size, rotation: Rotation) -> tuple[Size, ...]:
    """Every different way `size` may stand; the flattest first, so that equal choices lie flat."""
    x, y, z = size
    if rotation is Rotation.FIXED:
        return (size,)
    if rotation is Rotation.UPRIGHT:
        return tuple(dict.fromkeys(((x, y, z), (y, x, z))))
    ways = ((x, y, z), (y, x, z), (x, z, y), (z, x, y), (y, z, x), (z, y, x))
    return tuple(dict.fromkeys(sorted(ways, key=lambda way: (way[2], way[1]))))


def lining(kinds: Sequence[Kind], load: Load) -> int:
    """Cushioning in mm along walls, floor and lid: what the most fragile unit of the parcel asks for."""
    return max((kinds[n].wall for n, count in enumerate(load) if count), default=0)


def rooms(container: Container, kinds: Sequence[Kind], load: Load, whole: bool = True) -> list[Size]:
    """The free rooms (x, y, z) that `container` can offer to `load`, the most promising first.

    A rigid packaging has one. A mailer filled to a thickness t is (L - t) x (W - t) x t, so it has one for
    each thickness that its goods and their cushioning can add up to. Rooms that cannot hold the `whole` load,
    or any single unit of it, are left out.
    """
    inset = 2 * lining(kinds, load)
    length, width, height = container.inner_mm
    if container.kind not in MAILERS:
        choices = [(length - inset, width - inset, height - inset)]
    elif all(kinds[n].mailable for n, count in enumerate(load) if count):
        closed = inset + inset
        choices = [
            (length - closed - t, width - closed - t, t) for t in _thicknesses(kinds, load, height - inset)
        ]
    else:
        choices = []
    volume = sum(kinds[n].volume * count for n, count in enumerate(load)) if whole else 0
    return [room for room in choices if _may_hold(room, kinds, load, volume)]


def _thicknesses(kinds: Sequence[Kind], load: Load, most: int) -> list[int]:
    """Thicknesses up to `most` that one, two or a pile of equal units reach; thin first, at most eight."""
    heights = [
        (turn[2], count)
        for n, count in enumerate(load)
        if count
        for turn in kinds[n].turns
        if turn[2] <= most
    ]
    piles = {
        height * layers for height, count in heights for layers in range(1, min(count, most // height) + 1)
    }
    pairs = {a + b for a, _ in heights for b, _ in heights}
    reached = sorted(t for t in piles | pairs if t <= most)
    return list(dict.fromkeys([*reached[:7], *reached[-1:]]))


def _may_hold(room: Size, kinds: Sequence[Kind], load: Load, volume: int) -> bool:
    """Whether volume and every single unit's sides allow it; the cheap test before any packing."""
    if min(room) <= 0 or volume > room[0] * room[1] * room[2]:
        return False
    return all(enters(kinds[n], room) for n, count in enumerate(load) if count)


def enters(kind: Kind, room: Size) -> bool:
    """Whether one unit alone fits the empty `room`."""
    w, d, h = room
    return any(dx <= w and dy <= d and dz <= h for dx, dy, dz in kind.turns)
