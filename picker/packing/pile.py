"""What lies in a room: whether a unit more stands firmly there, and what every unit has to carry."""

from collections.abc import Sequence
from operator import itemgetter

from picker.packing.geometry import NO_LIMIT, Kind, Spot

Contact = tuple[int, int]
"""(index of the unit beneath, mm2 by which it is touched)."""


class Pile:
    """The units laid so far, and the loads on them where some unit of the order has a limit.

    A unit's weight and load are shared by the units under it by contact area, all the way down; shares are
    rounded up to whole grams, so that rounding can only refuse. Loads are kept as the pile grows: a unit more
    changes only what lies beneath it. Units that have no limit and rest on none that has are not reckoned.

    `support` is the least share of a raised unit's base in percent.
    """

    __slots__ = ("_bases", "_carried", "_kinds", "_support", "_tops", "_under", "heeded", "spots")

    def __init__(self, kinds: Sequence[Kind], support: int, heeded: bool) -> None:
        self._kinds = kinds
        self._support = support
        self.heeded = heeded
        self._clear()

    def _clear(self) -> None:
        self.spots: list[Spot] = []
        self._tops: dict[int, tuple[tuple[int, int, int, int, int], ...]] = {}
        # Units that rest on others, by the height of their base.
        self._bases: dict[int, tuple[Spot, ...]] = {}
        # What lies on units, where it matters.
        self._carried: dict[int, int] = {}
        # What each rests on that matters: (unit, mm2, mm2 in all); nothing where none from it down has a limit.
        self._under: list[list[tuple[int, int, int]] | None] = []

    def copy(self) -> "Pile":
        """An independent copy."""
        twin = Pile.__new__(Pile)
        twin._kinds, twin._support, twin.heeded = self._kinds, self._support, self.heeded
        twin.spots = self.spots[:]
        twin._tops = self._tops.copy()
        if self.heeded:
            twin._bases = self._bases.copy()
            twin._carried, twin._under = self._carried.copy(), self._under[:]
        return twin

    def add(self, spot: Spot) -> None:
        """Lay a unit where it holds."""
        number, x, y, z, dx, dy, dz = spot
        if self.heeded:
            if z + dz in self._bases and self._slips_under(spot):
                self._pile_anew([*self.spots, spot])
                return
            self._load(self._kinds[number], self._beneath(spot) if z else [])
            if z:
                self._bases[z] = (*self._bases.get(z, ()), spot)
        top = len(self.spots), x, y, x + dx, y + dy
        self._tops[z + dz] = (*self._tops.get(z + dz, ()), top)
        self.spots.append(spot)

    def _pile_anew(self, spots: list[Spot]) -> None:
        """From the bottom up nothing slips under what lies already."""
        self._clear()
        for spot in sorted(spots, key=itemgetter(3)):
            self.add(spot)

    def _load(self, kind: Kind, beneath: Sequence[Contact]) -> None:
        """Reckon with a unit of `kind` on those `beneath`."""
        total = sum([area for _, area in beneath])
        hard = [(m, area, total) for m, area in beneath if self._under[m] is not None]
        if hard:
            self._carried.update(self._loads(kind, beneath) or {})
        self._under.append(hard if hard or kind.limit != NO_LIMIT else None)

    def corners(self, x1: int, y1: int, z: int, last_x: int, last_y: int) -> list[tuple[int, int]]:
        """Where a unit may stand in a raised space: its corner, and the corners of the tops that carry it."""
        corners = [(x1, y1)]
        for _, x, y, _, _ in self._tops.get(z, ()):
            if x <= last_x and y <= last_y and (x > x1 or y > y1):
                corner = (max(x1, x), max(y1, y))
                if corner not in corners:
                    corners.append(corner)
        return corners

    def holds(self, spot: Spot) -> bool:
        """Whether a unit may lie at `spot`: it stands firmly and, where loads matter, nothing is crushed."""
        if not self.heeded:
            return self.stands(spot)
        number, _, _, z, dx, dy, dz = spot
        beneath = self._beneath(spot) if z else []
        if z and sum([area for _, area in beneath]) * 100 < max(1, self._support * dx * dy):
            return False
        if z + dz in self._bases and self._slips_under(spot):
            anew = Pile(self._kinds, 0, heeded=True)
            return all(anew._adds(one) for one in sorted([*self.spots, spot], key=itemgetter(3)))
        return not beneath or self._loads(self._kinds[number], beneath) is not None

    def stands(self, spot: Spot) -> bool:
        """Whether enough of its base rests on others or on the floor."""
        _, x, y, z, dx, dy, _ = spot
        if not z:
            return True
        x2, y2 = x + dx, y + dy
        area = 0
        for _, qx, qy, qx2, qy2 in self._tops.get(z, ()):
            if qx < x2 and qy < y2 and x < qx2 and y < qy2:
                area += (min(x2, qx2) - max(x, qx)) * (min(y2, qy2) - max(y, qy))
        return area > 0 and area * 100 >= self._support * dx * dy

    def takes(self, block: Sequence[Spot]) -> bool:
        """Whether a block of equal units that fills its hull may lie there, whole."""
        if not self.heeded:
            return all(self.stands(spot) for spot in block if spot[3] == block[0][3])
        trial = self.copy()
        return all(trial._adds(spot) for spot in block)

    def _adds(self, spot: Spot) -> bool:
        """Lay a unit if it holds there."""
        held = self.holds(spot)
        if held:
            self.add(spot)
        return held

    def _beneath(self, spot: Spot) -> list[Contact]:
        _, x, y, z, dx, dy, _ = spot
        x2, y2 = x + dx, y + dy
        return [
            (m, (min(x2, qx2) - max(x, qx)) * (min(y2, qy2) - max(y, qy)))
            for m, qx, qy, qx2, qy2 in self._tops.get(z, ())
            if qx < x2 and qy < y2 and x < qx2 and y < qy2
        ]

    def _slips_under(self, spot: Spot) -> bool:
        """Whether something that lies there already comes to rest on it."""
        _, x, y, z, dx, dy, dz = spot
        x2, y2 = x + dx, y + dy
        return any(
            qx < x2 and qy < y2 and x < qx + qdx and y < qy + qdy
            for _, qx, qy, _, qdx, qdy, _ in self._bases.get(z + dz, ())
        )

    def _loads(self, kind: Kind, beneath: Sequence[Contact]) -> dict[int, int] | None:
        """What the units that matter carry, as far as it changes, with a unit of `kind` more on those `beneath`.

        `None` if that is too much for one of them. The highest come first, so that each passes on all it gets.
        """
        kinds, spots, under, carried = self._kinds, self.spots, self._under, self._carried
        passed = [(m, area) for m, area in beneath if under[m] is not None]
        if passed:
            total = sum([area for _, area in beneath])
            passed = [(m, -(-kind.weight * area // total)) for m, area in passed]
        loads: dict[int, int] = {}
        waiting: list[int] = []
        while passed or waiting:
            for m, grams in passed:
                if m not in loads:
                    loads[m] = carried.get(m, 0)
                    waiting.append(m)
                loads[m] += grams
                if 0 <= kinds[spots[m][0]].limit < loads[m]:
                    return None
            highest = waiting[0] if len(waiting) == 1 else max(waiting, key=lambda m: spots[m][3])
            waiting.remove(highest)
            own = kinds[spots[highest][0]].weight
            before, after = own + carried.get(highest, 0), own + loads[highest]
            passed = [(m, -before * area // of - -after * area // of) for m, area, of in under[highest] or ()]
        return loads
