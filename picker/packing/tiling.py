"""Goods made for their carton: equal units as a grid, other loads as blocks of blocks.

A block is one unit, or two blocks side by side along one axis: what straight cuts through and through make of a box
("guillotine" packings: Christofides & Whitlock 1977, "An algorithm for two-dimensional cutting problems"). The
tighter the goods fit, the fewer blocks waste little enough to be part of them, and the sooner all are looked at.
"""

from collections.abc import Iterator, Sequence
from math import prod
from operator import itemgetter, mul

from picker.packing.geometry import NO_LIMIT, Kind, Load, Size, Spot
from picker.packing.pile import Pile
from picker.packing.tries import Effort

PARTS = 128
"""Loads with more parts than this (seven different units) are not looked at block by block."""

SIZES = 12
"""Sizes kept of the blocks that one part of a load makes, those that waste least."""

WAYS = 16
"""Ways to put the whole load together that are tried until in one of them all stands firmly."""

PAIRS = 4
"""Pairs of blocks that count as one empty space looked at."""

Block = tuple[int, int, int, int, int, "Block | None", "Block | None"]
"""(mm3, x, y, z, axis, a block, the one beside it); a single unit's: its shape for the axis, and no blocks."""

Body = tuple[int, int, int, int, int, int, int]
"""(shape, x, y, z, dx, dy, dz): a unit's place before it is said which of its shape it is."""


def alike(kinds: Sequence[Kind], load: Load) -> bool:
    """Whether all units have one shape."""
    turns = [kind.turns for kind, count in zip(kinds, load, strict=True) if count]
    return turns.count(turns[0]) == len(turns)


class Tiling:
    """One load and one room for it; units of one shape are alike, whatever they are."""

    def __init__(self, kinds: Sequence[Kind], load: Load, room: Size, support: int) -> None:
        self._kinds = kinds
        self._room = room
        self._support = support
        self._heeded = False
        members: dict[frozenset[Size], list[Kind]] = {}
        for kind, count in zip(kinds, load, strict=True):
            if count:
                members.setdefault(frozenset(kind.turns), []).extend([kind] * count)
                self._heeded |= kind.limit != NO_LIMIT
        self._members = [sorted(of_shape, key=_sturdiness) for of_shape in members.values()]
        self._volumes = [of_shape[0].volume for of_shape in self._members]
        self._sums = 0

    def grid(self) -> tuple[Spot, ...] | None:
        """Units that are `alike` in rows and layers, as flat as they go; `None` where that isn't the way."""
        members = self._members[0]
        w, d, h = self._room
        for dx, dy, dz in members[0].turns:
            columns, rows = w // dx, d // dy
            level = columns * rows
            if level * (h // dz) >= len(members):
                return self._firm(
                    [
                        (0, n % columns * dx, n % level // columns * dy, n // level * dz, dx, dy, dz)
                        for n in range(len(members))
                    ]
                )
        return None

    def blocks(self, effort: Effort) -> tuple[Spot, ...] | None:
        """All of the load as blocks of blocks, `None` if none such is found before `effort` is spent."""
        counts = [len(members) for members in self._members]
        if prod(count + 1 for count in counts) > PARTS:
            return None
        self._sums = _sums(self._members, max(self._room))
        for block in self._whole(counts, effort):
            for turned_over in (False, True):
                bodies = list(_bodies(block, 0, 0, 0))
                if turned_over:
                    bodies = [(s, x, y, -z - dz, dx, dy, dz) for s, x, y, z, dx, dy, dz in bodies]
                spots = self._firm(_dropped(bodies))
                if spots is not None:
                    return spots
        return None

    def _whole(self, counts: Sequence[int], effort: Effort) -> list[Block]:
        """Blocks of all units, the least wasteful first."""
        steps = [prod(count + 1 for count in counts[:shape]) for shape in range(len(counts))]
        last = sum(step * count for step, count in zip(steps, counts, strict=True))
        spare = prod(self._room) - sum(map(mul, self._volumes, counts))
        known: list[list[Block]] = [[]]
        for part in range(1, last + 1):
            digits = [part // step % (count + 1) for step, count in zip(steps, counts, strict=True)]
            if sum(digits) == 1:
                known.append(self._units(digits.index(1)))
                continue
            most = spare + sum(map(mul, self._volumes, digits))
            blocks: list[Block] = []
            for first in _halves(digits, steps, part):
                ones, rest = known[first], known[part - first]
                effort.left -= len(ones) * len(rest) // PAIRS + 1
                if effort.left <= 0:
                    return []
                blocks += _joined(ones, rest, self._room, most)
            blocks.sort(key=itemgetter(0))
            known.append(blocks[:WAYS] if part == last else self._best(blocks, most))
        return known[last]

    def _units(self, shape: int) -> list[Block]:
        """The turns in which one unit enters the room."""
        w, d, h = self._room
        return [
            (dx * dy * dz, dx, dy, dz, shape, None, None)
            for dx, dy, dz in self._members[shape][0].turns
            if dx <= w and dy <= d and dz <= h
        ]

    def _best(self, blocks: list[Block], most: int) -> list[Block]:
        """Those that, with what is lost beside them, fill at `most` so many mm3, none inside another's size."""
        best: list[Block] = []
        for block in blocks:
            volume, x, y, z, _, _, _ = block
            if any(b[1] <= x and b[2] <= y and b[3] <= z for b in best):
                continue
            lost = self._lost(0, x) * y * z + self._lost(1, y) * x * z + self._lost(2, z) * x * y
            if volume + lost <= most:
                best.append(block)
                if len(best) == SIZES:
                    break
        return best

    def _lost(self, axis: int, side: int) -> int:
        """What of the room's length beside that side no units one after another can fill."""
        rest = self._room[axis] - side
        return rest + 1 - (self._sums & ((2 << rest) - 1)).bit_length()

    def _firm(self, bodies: Sequence[Body]) -> tuple[Spot, ...] | None:
        """Who lies where, the sturdiest and heaviest of a shape lowest; `None` if something would not hold."""
        pile = Pile(self._kinds, self._support, self._heeded)
        members = [iter(of_shape) for of_shape in self._members]
        for shape, *place in sorted(bodies, key=itemgetter(3)):
            x, y, z, dx, dy, dz = place
            spot = (next(members[shape]).number, x, y, z, dx, dy, dz)
            if not pile.holds(spot):
                return None
            pile.add(spot)
        return tuple(pile.spots)


def _sturdiness(kind: Kind) -> tuple[bool, int, int, int]:
    return kind.limit != NO_LIMIT, -kind.limit, -kind.weight, kind.number


def _sums(members: Sequence[Sequence[Kind]], longest: int) -> int:
    """The lengths, as bits, that units one after another can have."""
    sums, within = 1, (2 << longest) - 1
    for of_shape in members:
        sides = {side for turn in of_shape[0].turns for side in turn}
        for _ in of_shape:
            before = sums
            for side in sides:
                sums |= before << side & within
    return sums


def _halves(digits: Sequence[int], steps: Sequence[int], part: int) -> list[int]:
    """The smaller halves of the divisions in two of a part that has so many units of each shape."""
    lengths = [0]
    for digit, step in zip(digits, steps, strict=True):
        lengths = [first + n * step for first in lengths for n in range(digit + 1)]
    return [first for first in lengths if 0 < first <= part - first]


def _joined(ones: Sequence[Block], rest: Sequence[Block], room: Size, most: int) -> list[Block]:
    """Every two of them side by side along every axis, within the room and `most` mm3."""
    blocks: list[Block] = []
    w, d, h = room
    for one in ones:
        _, ax, ay, az, _, _, _ = one
        for other in rest:
            _, bx, by, bz, _, _, _ = other
            x, y, z = max(ax, bx), max(ay, by), max(az, bz)
            if ax + bx <= w and (volume := (ax + bx) * y * z) <= most:
                blocks.append((volume, ax + bx, y, z, 0, one, other))
            if ay + by <= d and (volume := x * (ay + by) * z) <= most:
                blocks.append((volume, x, ay + by, z, 1, one, other))
            if az + bz <= h and (volume := x * y * (az + bz)) <= most:
                blocks.append((volume, x, y, az + bz, 2, one, other))
    return blocks


def _bodies(block: Block, x: int, y: int, z: int) -> Iterator[Body]:
    """The units of a block whose corner is there."""
    _, dx, dy, dz, axis, one, other = block
    if one is None or other is None:
        yield axis, x, y, z, dx, dy, dz
        return
    yield from _bodies(one, x, y, z)
    at = [x, y, z]
    at[axis] += one[1:4][axis]
    yield from _bodies(other, at[0], at[1], at[2])


def _dropped(bodies: Sequence[Body]) -> list[Body]:
    """Each unit, from the lowest on, down on what lies beneath it."""
    dropped: list[Body] = []
    for shape, x, y, _, dx, dy, dz in sorted(bodies, key=itemgetter(3)):
        floor = 0
        for _, qx, qy, qz, qdx, qdy, qdz in dropped:
            if qx < x + dx and x < qx + qdx and qy < y + dy and y < qy + qdy:
                floor = max(floor, qz + qdz)
        dropped.append((shape, x, y, floor, dx, dy, dz))
    return dropped
