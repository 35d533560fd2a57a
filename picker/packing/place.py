"""Placing goods in one room, unit by unit, each where its taste likes it best.

Units go along an order; each takes the place its taste marks lowest among the maximal empty spaces where it
stands firmly and crushes nothing. There is no clock and no chance in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from picker.packing.geometry import NO_LIMIT, Kind, Load, Size, Spot
from picker.packing.pile import Pile
from picker.packing.spaces import Space, carve, space

Taste = Callable[[int, int, int, int, int, int, int, int, int], int]
"""(x, y, z, dx, dy, dz, w, d, h) of a unit in a space w x d x h -> a mark, less is better."""

Order = Callable[[Kind], tuple[int, ...]]
"""The sorting key by which units come to be placed."""


FEW = 6
"""Up to so many spaces are all looked into: to pass some over costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Start:
    """One way to try: who comes first, and what makes a place good.

    Where marks rise with the distance from the corner (`near`), none in a space is lower than that of no unit there.
    """

    order: Order
    taste: Taste
    near: bool = True


def sequence(kinds: Sequence[Kind], load: Load, order: Order) -> list[Kind]:
    """One entry per unit: sturdy goods first, then the less one bears the later; then by `order`."""
    chosen = [kinds[n] for n, count in enumerate(load) if count]
    if len(chosen) > 1:
        chosen.sort(key=lambda kind: (kind.limit != NO_LIMIT, -kind.limit, order(kind), kind.number))
    return [kind for kind in chosen for _ in range(load[kind.number])]


class Filling:
    """A room being filled: what lies in it, which spaces are left, and how many were looked at,
    each counting the more the more lies beneath it.

    `support` is the least share of a raised unit's base in percent; `thinnest` the shortest side of any unit to
    come, `least` the smallest volume.
    """

    __slots__ = ("least", "looks", "pile", "spaces", "thinnest")

    def __init__(self, kinds: Sequence[Kind], units: Sequence[Kind], room: Size, support: int) -> None:
        self.thinnest = min([kind.thinnest for kind in units])
        self.least = min([kind.volume for kind in units])
        self.looks = 0
        self.pile = Pile(kinds, support, heeded=any(kind.limit != NO_LIMIT for kind in units))
        self.spaces: list[Space] = [space(0, 0, 0, *room)]

    @property
    def spots(self) -> list[Spot]:
        """Where the units lie so far."""
        return self.pile.spots

    def copy(self) -> "Filling":
        """An independent copy."""
        twin = Filling.__new__(Filling)
        twin.thinnest, twin.least = self.thinnest, self.least
        twin.looks = 0
        twin.pile = self.pile.copy()
        twin.spaces = self.spaces
        return twin

    def put(self, block: Sequence[Spot]) -> None:
        """Lay a unit, or a block of equal units that fills its hull, where it stands firmly."""
        for spot in block:
            self.pile.add(spot)
        _, x, y, z, _, _, _ = block[0]
        _, fx, fy, fz, dx, dy, dz = block[-1]
        hull = (x, y, z, fx + dx, fy + dy, fz + dz)
        self.spaces = carve(self.spaces, hull, self.thinnest, self.least)

    def best(self, kind: Kind, start: Start) -> Spot | None:
        """The place that `start` marks lowest among those that hold."""
        best: Spot | None = None
        lowest = 0
        number, volume, turns = kind.number, kind.volume, kind.turns
        pile, free = self.pile, not self.pile.heeded
        taste, near = start.taste, start.near and len(self.spaces) > FEW
        self.looks += len(self.spaces) * (16 + len(pile.spots)) >> 4
        for room, x1, y1, z, x2, y2, z2 in self.spaces:
            if room < volume or (near and best and taste(x1, y1, z, 0, 0, 0, 0, 0, 0) >= lowest):
                continue
            w, d, h = x2 - x1, y2 - y1, z2 - z
            for dx, dy, dz in turns:
                if dx > w or dy > d or dz > h:
                    continue
                for x, y in pile.corners(x1, y1, z, x2 - dx, y2 - dy) if z else ((x1, y1),):
                    mark = taste(x, y, z, dx, dy, dz, w, d, h)
                    if best is None or mark < lowest:
                        spot = (number, x, y, z, dx, dy, dz)
                        if (free and not z) or pile.holds(spot):
                            best, lowest = spot, mark
        return best

    def places(self, kind: Kind, taste: Taste, most: int) -> list[Spot]:
        """Up to `most` places that hold, by their marks."""
        pile = self.pile
        marked = {
            (taste(x, y, z, dx, dy, dz, x2 - x1, y2 - y1, z2 - z), (kind.number, x, y, z, dx, dy, dz))
            for room, x1, y1, z, x2, y2, z2 in self.spaces
            if room >= kind.volume
            for dx, dy, dz in kind.turns
            if dx <= x2 - x1 and dy <= y2 - y1 and dz <= z2 - z
            for x, y in (pile.corners(x1, y1, z, x2 - dx, y2 - dy) if z else ((x1, y1),))
        }
        spots: list[Spot] = []
        for _, spot in sorted(marked):
            if spot not in spots and pile.holds(spot):
                spots.append(spot)
                if len(spots) == most:
                    break
        return spots


def lay(filling: Filling, units: Sequence[Kind], start: Start) -> int:
    """Lay `units` one by one until one finds no place; how many were laid. The last leaves the spaces as they are."""
    last = len(units) - 1
    for laid, kind in enumerate(units):
        spot = filling.best(kind, start)
        if spot is None:
            return laid
        if laid == last:
            filling.spots.append(spot)
        else:
            filling.put((spot,))
    return len(units)
