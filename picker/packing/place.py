"""Placing goods in one room, unit by unit, each where its taste likes it best.

Units go along an order; each takes the place its taste marks lowest among the maximal empty spaces where it
stands firmly and crushes nothing. There is no clock and no chance in it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from picker.packing.geometry import NO_LIMIT, Kind, Load, Size, Spot
from picker.packing.spaces import Space, carve, space

Taste = Callable[[int, int, int, int, int, int, int, int, int], int]
"""(x, y, z, dx, dy, dz, w, d, h) of a unit in a space w x d x h -> a mark, less is better."""

Order = Callable[[Kind], tuple[int, ...]]
"""The sorting key by which units come to be placed."""


@dataclass(frozen=True, slots=True)
class Start:
    """One way to try: who comes first, and what makes a place good."""

    order: Order
    taste: Taste


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

    __slots__ = ("heeded", "kinds", "least", "looks", "spaces", "spots", "support", "thinnest", "tops")

    def __init__(self, kinds: Sequence[Kind], units: Sequence[Kind], room: Size, support: int) -> None:
        self.kinds = kinds
        self.support = support
        self.thinnest = min(kind.thinnest for kind in units)
        self.least = min(kind.volume for kind in units)
        self.heeded = any(kind.limit != NO_LIMIT for kind in units)
        self.looks = 0
        self.spots: list[Spot] = []
        self.spaces: list[Space] = [space(0, 0, 0, *room)]
        self.tops: dict[int, list[tuple[int, int, int, int, int]]] = {}

    def copy(self) -> "Filling":
        """An independent copy."""
        twin = Filling.__new__(Filling)
        twin.kinds, twin.support, twin.heeded = self.kinds, self.support, self.heeded
        twin.thinnest, twin.least = self.thinnest, self.least
        twin.looks = 0
        twin.spots = self.spots[:]
        twin.spaces = self.spaces
        twin.tops = {z: tops[:] for z, tops in self.tops.items()}
        return twin

    def put(self, block: Sequence[Spot]) -> None:
        """Lay a unit, or a block of equal units that fills its hull, where it stands firmly."""
        for spot in block:
            _, x, y, z, dx, dy, dz = spot
            self.tops.setdefault(z + dz, []).append((len(self.spots), x, y, x + dx, y + dy))
            self.spots.append(spot)
        _, x, y, z, _, _, _ = block[0]
        _, fx, fy, fz, dx, dy, dz = block[-1]
        hull = (x, y, z, fx + dx, fy + dy, fz + dz)
        self.spaces = carve(self.spaces, hull, self.thinnest, self.least)

    def best(self, kind: Kind, taste: Taste) -> Spot | None:
        """The place that `taste` marks lowest among those that hold."""
        found: Spot | None = None
        lowest = 0
        number, volume, turns, free = kind.number, kind.volume, kind.turns, not self.heeded
        self.looks += len(self.spaces) * (16 + len(self.spots)) >> 4
        for room, x1, y1, z, x2, y2, z2 in self.spaces:
            if room < volume:
                continue
            w, d, h = x2 - x1, y2 - y1, z2 - z
            for dx, dy, dz in turns:
                if dx > w or dy > d or dz > h:
                    continue
                for x, y in self.corners(x1, y1, z, x2 - dx, y2 - dy) if z else ((x1, y1),):
                    mark = taste(x, y, z, dx, dy, dz, w, d, h)
                    if found is None or mark < lowest:
                        spot = (number, x, y, z, dx, dy, dz)
                        if (free and not z) or self.holds(spot):
                            found, lowest = spot, mark
        return found

    def places(self, kind: Kind, taste: Taste, most: int) -> list[Spot]:
        """Up to `most` places that hold, by their marks."""
        marked = {
            (taste(x, y, z, dx, dy, dz, x2 - x1, y2 - y1, z2 - z), (kind.number, x, y, z, dx, dy, dz))
            for room, x1, y1, z, x2, y2, z2 in self.spaces
            if room >= kind.volume
            for dx, dy, dz in kind.turns
            if dx <= x2 - x1 and dy <= y2 - y1 and dz <= z2 - z
            for x, y in (self.corners(x1, y1, z, x2 - dx, y2 - dy) if z else ((x1, y1),))
        }
        found: list[Spot] = []
        for _, spot in sorted(marked):
            if spot not in found and self.holds(spot):
                found.append(spot)
                if len(found) == most:
                    break
        return found

    def corners(self, x1: int, y1: int, z: int, last_x: int, last_y: int) -> list[tuple[int, int]]:
        """Where a unit may stand in a raised space: its corner, and the corners of the tops that carry it."""
        found = [(x1, y1)]
        for _, x, y, _, _ in self.tops.get(z, ()):
            if x <= last_x and y <= last_y and (x > x1 or y > y1):
                corner = (max(x1, x), max(y1, y))
                if corner not in found:
                    found.append(corner)
        return found

    def holds(self, spot: Spot) -> bool:
        """Whether a unit may lie at `spot`: it stands firmly and, where loads matter, nothing is crushed."""
        if spot[3] and not self.stands(spot):
            return False
        if not self.heeded or (self._lies_on_sturdy(spot) and not self._slips_under(spot)):
            return True
        return bears(self.kinds, [*self.spots, spot])

    def _lies_on_sturdy(self, spot: Spot) -> bool:
        """Whether nothing beneath it, all the way down, has a limit."""
        waiting = [spot]
        seen: set[int] = set()
        while waiting:
            _, x, y, z, dx, dy, _ = waiting.pop()
            for m, qx, qy, qx2, qy2 in self.tops.get(z, ()):
                if m not in seen and qx < x + dx and x < qx2 and qy < y + dy and y < qy2:
                    if self.kinds[self.spots[m][0]].limit != NO_LIMIT:
                        return False
                    seen.add(m)
                    waiting.append(self.spots[m])
        return True

    def _slips_under(self, spot: Spot) -> bool:
        """Whether something may come to rest on it that is there already."""
        top = spot[3] + spot[6]
        return any(other[3] == top for other in self.spots)

    def stands(self, spot: Spot) -> bool:
        """Whether enough of a raised base rests on units that bear something."""
        _, x, y, z, dx, dy, _ = spot
        x2, y2 = x + dx, y + dy
        area = 0
        for m, qx, qy, qx2, qy2 in self.tops.get(z, ()):
            if qx < x2 and qy < y2 and x < qx2 and y < qy2:
                if self.heeded and self.kinds[self.spots[m][0]].limit == 0:
                    return False
                area += (min(x2, qx2) - max(x, qx)) * (min(y2, qy2) - max(y, qy))
        return area > 0 and area * 100 >= self.support * dx * dy


def lay(filling: Filling, units: Sequence[Kind], taste: Taste) -> int:
    """Lay `units` one by one until one finds no place; how many were laid. The last leaves the spaces as they are."""
    last = len(units) - 1
    for laid, kind in enumerate(units):
        spot = filling.best(kind, taste)
        if spot is None:
            return laid
        if laid == last:
            filling.spots.append(spot)
        else:
            filling.put((spot,))
    return len(units)


def bears(kinds: Sequence[Kind], spots: Sequence[Spot]) -> bool:
    """Whether nothing carries more than its limit.

    A unit's weight and load are shared by the units under it by contact area, all the way down; shares are
    rounded up to whole grams, so that rounding can only refuse.
    """
    loads = [0] * len(spots)
    tops: dict[int, list[int]] = {}
    for m, spot in enumerate(spots):
        tops.setdefault(spot[3] + spot[6], []).append(m)
    for k in sorted(range(len(spots)), key=lambda k: -spots[k][3]):
        kind = kinds[spots[k][0]]
        if 0 <= kind.limit < loads[k]:
            return False
        touching = contacts(spots, tops.get(spots[k][3], ()), spots[k])
        total = sum(area for _, area in touching)
        for m, area in touching:
            loads[m] -= -(kind.weight + loads[k]) * area // total
    return True


def contacts(spots: Sequence[Spot], tops: Iterable[int], spot: Spot) -> list[tuple[int, int]]:
    """(index, contact area) of those of `tops`, units as high as the base of `spot`, that carry it."""
    _, x, y, _, dx, dy, _ = spot
    x2, y2 = x + dx, y + dy
    found = []
    for m in tops:
        _, qx, qy, _, qdx, qdy, _ = spots[m]
        if qx < x2 and qy < y2 and x < qx + qdx and y < qy + qdy:
            found.append((m, (min(x2, qx + qdx) - max(x, qx)) * (min(y2, qy + qdy) - max(y, qy))))
    return found
