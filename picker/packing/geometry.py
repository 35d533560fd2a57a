"""What the packer counts with: goods as envelopes, packagings as rooms. Integers only: mm, mm3, g."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from data.types import Fragility, PackagingKind, Rotation
from picker.packing.types import Container, Item, PackingPolicy

Size = tuple[int, int, int]
Load = tuple[int, ...]
"""How many units of each kind go together, by the kind's number."""

Spot = tuple[int, int, int, int, int, int, int]
"""One unit in a room: (kind's number, x, y, z, dx, dy, dz) of its envelope."""

MAILERS = (PackagingKind.PADDED_MAILER, PackagingKind.POLY_MAILER)
NO_LIMIT = -1
NO_GROUPS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """Goods that look alike, as the packer sees one of them: its envelope in every allowed turn, with padding."""

    number: int
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
    sku: str = ""
    alone: bool = False
    batteries: int = 0
    battery_g: int = 0
    groups: frozenset[str] = frozenset()
    units: int = 1
    """How many units are nested in it, `nest` mm apart along the side that is `pile` mm long."""
    nest: int = 0
    pile: int = 0


def kind_of(number: int, item: Item, policy: PackingPolicy, units: int = 1) -> Kind:
    """Prepare a measured `item`, or a pile of so many `units` nested into each other.

    Raises ValueError if its `dims_mm` or `weight_g` are unknown.
    """
    if item.dims_mm is None or item.weight_g is None:
        raise ValueError(
            f"{item.sku!r}: expected dimensions and weight, got {item.dims_mm} and {item.weight_g}"
        )
    padding = policy.cushioning.padding_mm[item.fragility]
    size = _envelope(item.dims_mm, padding, (units - 1) * (item.nests_mm or 0))
    small, middle, large = sorted(size)
    return Kind(
        number=number,
        turns=turns(size, rotation_of(item)),
        volume=small * middle * large,
        longest=large,
        thinnest=small,
        widest_face=large * middle,
        weight=item.weight_g * units,
        limit=NO_LIMIT if item.max_top_g is None else item.max_top_g - item.weight_g * (units - 1),
        padding=padding,
        wall=policy.cushioning.wall_mm[item.fragility],
        mailable=item.mailer_ok and item.fragility < Fragility.FRAGILE,
        sku=item.sku,
        alone=item.ships_alone,
        batteries=item.batteries * units,
        battery_g=battery_net_g(item) * units,
        groups=groups_of(item),
        units=units,
        nest=item.nests_mm or 0,
        pile=size[2] - 2 * padding,
    )


def _envelope(size: Size, padding: int, higher: int) -> Size:
    x, y, z = size
    return x + 2 * padding, y + 2 * padding, z + 2 * padding + higher


def rotation_of(item: Item) -> Rotation:
    """How it may be turned; dangerous liquids keep their closures up: 49 CFR 173.24a(a)(1)."""
    upright = item.liquid and item.hazmat and item.rotation is Rotation.ANY
    return Rotation.UPRIGHT if upright else item.rotation


def battery_net_g(item: Item) -> int:
    """What the batteries of one unit weigh in g at most: not known better, the whole unit counts."""
    if not item.batteries:
        return 0
    weight = item.weight_g or 0
    return weight if item.battery_g is None else min(weight, item.battery_g)


def groups_of(item: Item) -> frozenset[str]:
    """The groups by which the policy keeps goods apart."""
    if not (item.liquid or item.hazmat or item.batteries or item.group):
        return NO_GROUPS
    implied = {"liquid": item.liquid, "hazmat": bool(item.hazmat), "battery": bool(item.batteries)}
    return frozenset([*(name for name, given in implied.items() if given), *filter(None, [item.group])])


@lru_cache(maxsize=4096)
def turns(size: Size, rotation: Rotation) -> tuple[Size, ...]:
    """Every different way `size` may stand; the flattest first, so that equal choices lie flat."""
    x, y, z = size
    if rotation is Rotation.FIXED:
        return (size,)
    if rotation is Rotation.UPRIGHT:
        return tuple(dict.fromkeys(((x, y, z), (y, x, z))))
    orientations = ((x, y, z), (y, x, z), (x, z, y), (z, x, y), (y, z, x), (z, y, x))
    return tuple(dict.fromkeys(sorted(orientations, key=lambda way: (way[2], way[1]))))


def lining(kinds: Sequence[Kind], load: Load) -> int:
    """Cushioning in mm along walls, floor and lid: what the most fragile unit of the parcel asks for."""
    return max((kinds[n].wall for n, count in enumerate(load) if count), default=0)


def rooms(container: Container, kinds: Sequence[Kind], load: Load, whole: bool = True) -> list[Size]:
    """The free rooms (x, y, z) that `container` can offer to `load`, the most promising first.

    A rigid packaging has one. A mailer filled to a thickness t is (L - t) x (W - t) x t, as its sheets bend around
    the goods (makers' sizing guides: inner width >= width + thickness of the goods), so it has one for each
    thickness that its goods and their cushioning can add up to. Rooms that cannot hold the `whole` load,
    or any single unit of it, are left out.
    """
    if container.own_of:
        return _own_room(container, kinds, load)
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


def admits(container: Container, kind: Kind) -> bool:
    """Whether `container` can hold one unit, or pile, of `kind` alone."""
    if container.own_of or container.kind in MAILERS:
        alone = (0,) * kind.number + (1,)
        return bool(rooms(container, (kind,) * len(alone), alone))
    inset = 2 * kind.wall
    length, width, height = container.inner_mm
    return enters(kind, (length - inset, width - inset, height - inset))


def _own_room(container: Container, kinds: Sequence[Kind], load: Load) -> list[Size]:
    """A product's own box holds one unit of it, whose envelope then counts as the room."""
    held = [kinds[n] for n, count in enumerate(load) for _ in range(count)]
    if len(held) != 1 or held[0].sku != container.own_of or held[0].units > 1:
        return []
    x, y, z = (side + 2 * held[0].padding for side in container.inner_mm)
    return [(x, y, z)] if enters(held[0], (x, y, z)) else []


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
    # The innermost question of all: a generator would take twice as long.
    for dx, dy, dz in kind.turns:  # noqa: SIM110
        if dx <= w and dy <= d and dz <= h:
            return True
    return False
