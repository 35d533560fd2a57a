"""The cheapest single packaging for a load: by full cost, a few quick tries each until one succeeds, then a
patient search in those cheaper than it. Adding a packaging therefore never makes the answer dearer.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice

from picker.packing.blocks import BULK
from picker.packing.bounds import Bounds
from picker.packing.boxes import Box
from picker.packing.company import Company
from picker.packing.geometry import MAILERS, Kind, Load, Size, Spot, rooms
from picker.packing.shelf import Shelf
from picker.packing.starts import PATIENT, QUICK
from picker.packing.tiling import Tiling, alike
from picker.packing.tries import Effort, Tries, search
from picker.packing.types import Container

SHARE = 50
"""Empty spaces looked at for each try that the policy's effort grants a packaging: about 4 microseconds each."""

TIGHT = 92
"""Percent of a room filled by goods above which only blocks of blocks are looked for: nothing else is found there."""

MADE_FOR = 70
"""Percent of a room filled by a whole order from which it may be made for it; for a part of an order it's `TIGHT`."""

TILING = 1000
"""Empty spaces' worth of blocks looked at for goods made for their carton."""

TILINGS = 4
"""So many times as much for all parts of an order together: what else is searched for is not cut short by it."""

PATIENTLY = 4
"""Packagings searched patiently for one load, the dearest that failed: there it is most likely to pay."""

WHOLE = 2
"""So many times as patiently for a whole order: one parcel in place of two saves most."""

MANY = 1 << 60


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A load placed in one packaging (by its number): in which free room, and where every unit lies."""

    number: int
    load: Load
    room: Size
    spots: tuple[Spot, ...]
    cost: int


class Chooser:
    """Answers for loads of one order's kinds; remembers what it has already tried."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        shelf: Shelf,
        stock: tuple[int | None, ...] | None = None,
        kin: "Chooser | None" = None,
    ) -> None:
        self.kinds = kinds
        self.shelf = shelf
        self.policy = shelf.policy
        self._stock = shelf.stock if stock is None else stock
        self._open = shelf.open if stock is None else self._in_stock()
        self._known: dict[tuple[Load, bool], tuple[int, Arrangement | None]] = {}
        self._less: dict[int, Chooser] = {}
        self._holders: dict[int, int] = {}
        self.parts: dict[Load, tuple[list[Load], list[int]]] = {}
        """The parts of a load and what each costs at least, kept for who divides it."""
        # What doesn't depend on stock is shared among all choosers of an order.
        self._sums: dict[Load, tuple[int, int, int]] = kin._sums if kin else {}
        self._homes: list[int] = kin._homes if kin else [shelf.homes(kind) for kind in kinds]
        self._bounds: Bounds = kin._bounds if kin else Bounds(kinds)
        self.tries: Tries = kin.tries if kin else Tries(kinds)
        self._tiling: Effort = kin._tiling if kin else Effort(TILINGS * TILING)
        self._tried: dict[tuple[Load, int], _Tried] = kin._tried if kin else {}
        self.company: Company = kin.company if kin else Company(kinds, shelf.policy)

    def _in_stock(self) -> int:
        return sum(1 << n for n, box in enumerate(self.shelf.boxes) if self._stock[box.number] != 0)

    def single(
        self, load: Load, below: int = MANY, pool: Effort | None = None, patient: bool = True
    ) -> Arrangement | None:
        """The cheapest arrangement of all of `load` in one packaging for less than `below` cents.

        What is tried is taken from `pool`; without one every packaging gets its full share.
        """
        bound, known = self._known.get((load, patient), (-1, None))
        if known is None and bound < below:
            known = self._search(load, below, pool, patient)
            self._known[load, patient] = below, known
        return known if known is not None and known.cost < below else None

    def take(self, number: int) -> "Chooser":
        """The chooser for what else goes into the order once packaging `number` is used up by one."""
        left = self._stock[number]
        if left is None:
            return self
        if number not in self._less:
            stock = (*self._stock[:number], left - 1, *self._stock[number + 1 :])
            self._less[number] = Chooser(self.kinds, self.shelf, stock, self)
        return self._less[number]

    def without(self, numbers: Collection[int]) -> "Chooser":
        """A chooser that never proposes the packagings `numbers`."""
        stock = tuple(0 if n in numbers else left for n, left in enumerate(self._stock))
        return Chooser(self.kinds, self.shelf, stock, self)

    @property
    def stocked(self) -> list[Container]:
        """The packagings that are not used up, carried or not."""
        return [box for box, left in zip(self.shelf.containers, self._stock, strict=True) if left != 0]

    @property
    def housed(self) -> int:
        """The kinds, as bits, of which some packaging can hold a single unit."""
        return sum(1 << n for n, homes in enumerate(self._homes) if homes & self._open)

    @property
    def boxes(self) -> list[tuple[Box, int]]:
        """The packagings that are left, and the kinds, as bits, of which each can hold a single unit."""
        return [
            (box, sum(1 << k for k, homes in enumerate(self._homes) if homes >> n & 1))
            for n, box in enumerate(self.shelf.boxes)
            if self._open >> n & 1
        ]

    def _holding(self, members: int) -> int:
        """The boxes left, as bits by their place on the shelf, that hold a unit of each of these kinds."""
        holders = self._holders.get(members)
        if holders is None:
            holders = self._open
            for n, homes in enumerate(self._homes):
                if members >> n & 1:
                    holders &= homes
            self._holders[members] = holders
        return holders

    def at_least(self, load: Load) -> int:
        """A cost in cents that no single packaging for `load` can undercut; `MANY` if none can take it."""
        return self.least(*self.measure(load))

    def least(self, volume: int, weight: int, members: int) -> int:
        """The same for a load of `volume` mm3, `weight` g and these kinds as bits."""
        least = MANY
        if not self.company.agrees(members):
            return least
        cost = self.shelf.cost
        for box in self.shelf.among(self._holding(members)):
            if box.floor >= least:
                break
            if volume <= box.room and weight <= box.most:
                least = min(least, cost(box, weight, volume))
        return least

    def least_of(self, parcels: int, load: Load) -> int:
        """A cost in cents that no `parcels` or more for `load` can undercut, from sums alone."""
        cheapest = next(self.shelf.among(self._open), None)
        if cheapest is None:
            return MANY
        least = parcels * cheapest.floor
        sums = self.shelf.sums
        if sums is None:
            return least
        volume, weight, _ = self.measure(load)
        grams = max(weight + parcels * sums.tare, volume // sums.tariff.dim_divisor)
        steps = max(parcels, -(-grams // sums.tariff.step_g))
        return max(least, parcels * (sums.fixed + sums.tariff.base_cents) + sums.tariff.step_cents * steps)

    def measure(self, load: Load) -> tuple[int, int, int]:
        """(mm3, g, set of kinds as bits) of `load`."""
        known = self._sums.get(load)
        if known is None:
            volume = weight = members = 0
            for kind, count in zip(self.kinds, load, strict=True):
                if count:
                    volume += kind.volume * count
                    weight += kind.weight * count
                    members |= 1 << kind.number
            known = self._sums[load] = volume, weight, members
        return known

    def takers(self, load: Load, below: int = MANY) -> Iterator[tuple[int, int]]:
        """(cost, number) of the packagings that may take `load` for less than `below`, cheapest first."""
        volume, weight, members = self.measure(load)
        if not self.company.agrees(members) or not self.company.travels(load):
            return
        waiting: list[tuple[int, int]] = []
        for box in self.shelf.among(self._holding(members)):
            while waiting and waiting[0][0] < box.floor:
                yield heappop(waiting)
            if box.floor >= below:
                break
            if volume <= box.room and weight <= box.most:
                cost = self.shelf.cost(box, weight, volume)
                if cost < below:
                    heappush(waiting, (cost, box.number))
        while waiting:
            yield heappop(waiting)

    def proof(self, load: Load, below: int) -> int:
        """A cost in cents that no plan for `load` in one packaging can undercut, at most `below`.

        A mailer's rooms are a choice among many thicknesses, so that nothing is proven of it by them.
        """
        for cost, number in self.takers(load, below):
            container = self.shelf.containers[number]
            if container.kind in MAILERS or self._undecided(load, number):
                return cost
        return below

    def _search(self, load: Load, below: int, pool: Effort | None, patient: bool) -> Arrangement | None:
        best = None
        failed: list[tuple[int, int]] = []
        for cost, number in self.takers(load, below):
            if pool is not None and pool.left <= 0:
                break
            tried = self._quick(load, number, pool)
            if tried.spots:
                best = Arrangement(number, load, tried.room, tried.spots, cost)
                break
            if patient and tried.open:
                failed.append((cost, number))
        if failed and 1 < sum(load) <= BULK:
            hopeful = (entry for entry in reversed(failed) if self._undecided(load, entry[1]))
            for cost, number in reversed([*islice(hopeful, PATIENTLY)]):
                tried = self._patient(load, number, pool)
                if tried.spots:
                    return Arrangement(number, load, tried.room, tried.spots, cost)
        return best

    def _quick(self, load: Load, number: int, pool: Effort | None) -> "_Tried":
        """The first quick try that succeeds, or the rooms that are not proven too small."""
        known = self._tried.get((load, number))
        if known is None:
            known = self._tried[load, number] = self._try(load, number, pool)
        return known

    def _undecided(self, load: Load, number: int) -> tuple[Size, ...]:
        """The rooms of a packaging in which the load may lie for all that is known."""
        tried = self._quick(load, number, None)
        if tried.open and not tried.spots:
            hopeful = tuple(room for room in tried.open if not self._bounds.hopeless(room, load))
            self._tried[load, number] = tried = _Tried(hopeful)
        return tried.open

    def _try(self, load: Load, number: int, pool: Effort | None) -> "_Tried":
        support = self.policy.min_support_percent
        open_rooms = rooms(self.shelf.containers[number], self.kinds, load)
        if sum(load) > 1 and alike(self.kinds, load):
            for room in open_rooms:
                spots = Tiling(self.kinds, load, room, support).grid()
                if spots is not None:
                    return _Tried((room,), spots)
        for n, start in enumerate(QUICK):
            for room in open_rooms:
                spots = self.tries.attempt(load, room, start, support, pool)
                if spots is not None:
                    return _Tried((room,), spots)
            if not n:
                open_rooms = [room for room in open_rooms if not self._bounds.impossible(room, load)]
        for room in open_rooms:
            spots = self._tiled(load, room, pool)
            if spots is not None:
                return _Tried((room,), spots)
        return _Tried(tuple(open_rooms))

    def _tiled(self, load: Load, room: Size, pool: Effort | None) -> tuple[Spot, ...] | None:
        """The load as blocks of blocks, looked for where it may soon be found: it nearly fills the room."""
        least = MADE_FOR if pool is None else TIGHT
        if self.measure(load)[0] * 100 < least * room[0] * room[1] * room[2]:
            return None
        given = TILING if pool is None else min(TILING, self._tiling.left)
        effort = Effort(given)
        spots = Tiling(self.kinds, load, room, self.policy.min_support_percent).blocks(effort)
        if pool is not None:
            self._tiling.left -= given - effort.left
        return spots

    def _patient(self, load: Load, number: int, pool: Effort | None) -> "_Tried":
        """The load found by a patient search in one of the rooms."""
        each = self.policy.effort * SHARE // len(PATIENT)
        if pool is None:
            each *= WHOLE
        volume = self.measure(load)[0]
        for room in self._undecided(load, number):
            if volume * 100 > TIGHT * room[0] * room[1] * room[2]:
                continue
            for start in PATIENT:
                given = each if pool is None else min(each, pool.left)
                effort = Effort(given)
                spots = search(self.kinds, load, room, start, self.policy.min_support_percent, effort)
                if pool is not None:
                    pool.left -= given - effort.left
                if spots is not None:
                    return _Tried((room,), tuple(spots))
        return _Tried(())


@dataclass(frozen=True, slots=True)
class _Tried:
    """The rooms in which a load may lie, and how it lies in the first if that is known."""

    open: tuple[Size, ...]
    spots: tuple[Spot, ...] = ()

    @property
    def room(self) -> Size:
        return self.open[0]
