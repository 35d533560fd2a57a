"""Placing goods in one room: one try with one order and one taste for places.

A try goes along an order of units; each takes the place its taste likes best among the maximal empty spaces
where it stands firmly and crushes nothing. There is no clock and no chance in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from picker.packing.geometry import NO_LIMIT, Kind, Load, Size, Spot
from picker.packing.spaces import Space, carve

Taste = Callable[[int, int, int, int, int, int, int, int, int], int]
"""(x, y, z, dx, dy, dz, w, d, h) of a unit in a space w x d x h -> a mark, less is better."""

Order = Callable[[Kind], tuple[int, ...]]
"""The sorting key by which units come to be placed."""


BULK = 40
"""Loads of more units are placed in blocks of equal units rather than one by one."""


@dataclass(frozen=True, slots=True)
class Start:
    """One way to try: who comes first, and what makes a place good."""

    order: Order
    taste: Taste


def pack(
    kinds: Sequence[Kind], load: Load, room: Size, start: Start, support: int, rounds: int = 1
) -> list[Spot] | None:
    """Place all of `load` in `room`, or `None`. `support` is the least share of a raised base, in percent.

    A unit that finds no place comes first in the next of the `rounds`: "squeaky wheel" optimisation, Joslin &
    Clements 1999.
    """
    units = sequence(kinds, load, start)
    for _ in range(rounds):
        spots = fill(kinds, units, room, start.taste, support)
        if len(spots) == len(units):
            return spots
        units.insert(0, units.pop(len(spots)))
    return None


def sequence(kinds: Sequence[Kind], load: Load, start: Start) -> list[Kind]:
    """One entry per unit: sturdy goods first, then the less one bears the later; then by the start's order."""
    chosen = [kinds[n] for n, count in enumerate(load) if count]
    if len(chosen) > 1:
        chosen.sort(key=lambda kind: (kind.limit != NO_LIMIT, -kind.limit, start.order(kind), kind.number))
    return [kind for kind in chosen for _ in range(load[kind.number])]


def fill(
    kinds: Sequence[Kind],
    units: Sequence[Kind],
    room: Size,
    taste: Taste,
    support: int,
    grams: int | None = None,
) -> list[Spot]:
    """Place `units` in turn until one finds no place; with `grams` leave out what is too much instead."""
    spaces: list[Space] = [(0, 0, 0, *room)]
    spots: list[Spot] = []
    heeded = kinds if any(kind.limit != NO_LIMIT for kind in units) else None
    least = min(kind.thinnest for kind in units)
    at = 0
    while at < len(units):
        kind = units[at]
        run = _run(units, at) if len(units) > BULK or grams is not None else 1
        may = run if grams is None else min(run, grams // kind.weight)
        spot = _best(kind, spaces, spots, taste, support, heeded) if may else None
        if spot is not None:
            block = _block(spot, may, spaces, spots, support, heeded) if len(units) > BULK else [spot]
            spots += block
            spaces = carve(spaces, _hull(block), least)
            at += len(block)
            grams = None if grams is None else grams - kind.weight * len(block)
        elif grams is None:
            break
        else:
            at += run
    return spots


def _run(units: Sequence[Kind], at: int) -> int:
    """How many units of one kind come in a row from `at`."""
    end = at
    while end < len(units) and units[end] is units[at]:
        end += 1
    return end - at


def _block(
    spot: Spot,
    most: int,
    spaces: list[Space],
    spots: list[Spot],
    support: int,
    kinds: Sequence[Kind] | None,
) -> list[Spot]:
    """Up to `most` equal units from `spot` on, in rows, layers and piles, all within one space."""
    number, x, y, z, dx, dy, dz = spot
    ends = [
        s[3:]
        for s in spaces
        if s[0] <= x and s[1] <= y and s[2] <= z and s[3] >= x + dx and s[4] >= y + dy and s[5] >= z + dz
    ]
    x2, y2, z2 = max(ends, key=lambda end: (end[0] - x) * (end[1] - y) * (end[2] - z))
    columns = min(most, (x2 - x) // dx)
    rows = min(most // columns, (y2 - y) // dy)
    layers = min(most // (columns * rows), (z2 - z) // dz)
    block = [
        (number, x + i * dx, y + j * dy, z + k * dz, dx, dy, dz)
        for k in range(layers)
        for j in range(rows)
        for i in range(columns)
    ]
    firm = not z or all(_stands(_touching(spots, unit), unit, support) for unit in block[: rows * columns])
    return block if firm and (kinds is None or bears(kinds, [*spots, *block])) else [spot]


def _hull(block: Sequence[Spot]) -> Space:
    """The box a block of units takes."""
    _, x, y, z, _, _, _ = block[0]
    _, fx, fy, fz, dx, dy, dz = block[-1]
    return x, y, z, fx + dx, fy + dy, fz + dz


def _best(
    kind: Kind,
    spaces: list[Space],
    spots: list[Spot],
    taste: Taste,
    support: int,
    kinds: Sequence[Kind] | None,
) -> Spot | None:
    """The place that `taste` marks lowest among those that hold; `kinds` is given when loads matter."""
    best: Spot | None = None
    lowest = 0
    for x1, y1, z, x2, y2, z2 in spaces:
        w, d, h = x2 - x1, y2 - y1, z2 - z
        turns = [turn for turn in kind.turns if turn[0] <= w and turn[1] <= d and turn[2] <= h]
        if not turns:
            continue
        for x, y in _corners(x1, y1, z, x2, y2, spots) if z else ((x1, y1),):
            for dx, dy, dz in turns:
                mark = taste(x, y, z, dx, dy, dz, w, d, h)
                if (best is not None and mark >= lowest) or x + dx > x2 or y + dy > y2:
                    continue
                spot = (kind.number, x, y, z, dx, dy, dz)
                if _holds(spot, spots, support, kinds):
                    best, lowest = spot, mark
    return best


def _corners(x1: int, y1: int, z: int, x2: int, y2: int, spots: list[Spot]) -> list[tuple[int, int]]:
    """Where a unit may stand in a raised space: its corner, and the corners of the tops that carry it."""
    corners = {(x1, y1): None}
    for _, x, y, bottom, dx, dy, dz in spots:
        if bottom + dz == z and x < x2 and y < y2 and x + dx > x1 and y + dy > y1:
            corners[max(x, x1), max(y, y1)] = None
    return list(corners)


def _holds(spot: Spot, spots: list[Spot], support: int, kinds: Sequence[Kind] | None) -> bool:
    """Whether a unit may lie at `spot`: it stands firmly and, where loads matter, nothing is crushed."""
    top = spot[3] + spot[6]
    if spot[3]:
        touching = _touching(spots, spot)
        if not _stands(touching, spot, support):
            return False
        if kinds is not None and any(kinds[spots[m][0]].limit == 0 for m, _ in touching):
            return False
    elif kinds is None or all(other[3] != top for other in spots):
        return True
    return kinds is None or bears(kinds, [*spots, spot])


def _stands(touching: Sequence[tuple[int, int]], spot: Spot, support: int) -> bool:
    """Whether at least `support` percent of the base rests on others, and at any rate some of it."""
    area = sum(contact for _, contact in touching)
    return area > 0 and area * 100 >= support * spot[4] * spot[5]


def bears(kinds: Sequence[Kind], spots: Sequence[Spot]) -> bool:
    """Whether nothing carries more than its limit.

    A unit's weight and load are shared by the units under it by contact area, all the way down; shares are
    rounded up to whole grams, so that rounding can only refuse.
    """
    if all(kinds[spot[0]].limit == NO_LIMIT for spot in spots):
        return True
    loads = [0] * len(spots)
    for k in sorted(range(len(spots)), key=lambda k: -spots[k][3]):
        number = spots[k][0]
        if 0 <= kinds[number].limit < loads[k]:
            return False
        touching = _touching(spots, spots[k]) if spots[k][3] else []
        total = sum(area for _, area in touching)
        for m, area in touching:
            loads[m] -= -(kinds[number].weight + loads[k]) * area // total
    return True


def _touching(spots: Sequence[Spot], spot: Spot) -> list[tuple[int, int]]:
    """(index, contact area) of the units whose tops carry the base of `spot`."""
    _, x, y, z, dx, dy, _ = spot
    found = []
    for m, (_, qx, qy, qz, qdx, qdy, qdz) in enumerate(spots):
        if qz + qdz == z:
            wide = min(x + dx, qx + qdx) - max(x, qx)
            deep = min(y + dy, qy + qdy) - max(y, qy)
            if wide > 0 and deep > 0:
                found.append((m, wide * deep))
    return found
