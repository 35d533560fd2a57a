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
    for kind in units:
        fitting = grams is None or kind.weight <= grams
        spot = _best(kind, spaces, spots, taste, support, heeded) if fitting else None
        if spot is not None:
            spots.append(spot)
            _, x, y, z, dx, dy, dz = spot
            spaces = carve(spaces, (x, y, z, x + dx, y + dy, z + dz), least)
            grams = None if grams is None else grams - kind.weight
        elif grams is None:
            break
    return spots


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
                if z and not _stands(spots, x, y, z, dx, dy, support):
                    continue
                spot = (kind.number, x, y, z, dx, dy, dz)
                if kinds is None or bears(kinds, [*spots, spot]):
                    best, lowest = spot, mark
    return best


def _corners(x1: int, y1: int, z: int, x2: int, y2: int, spots: list[Spot]) -> list[tuple[int, int]]:
    """Where a unit may stand in a raised space: its corner, and the corners of the tops that carry it."""
    corners = {(x1, y1): None}
    for _, x, y, bottom, dx, dy, dz in spots:
        if bottom + dz == z and x < x2 and y < y2 and x + dx > x1 and y + dy > y1:
            corners[max(x, x1), max(y, y1)] = None
    return list(corners)


def _stands(spots: list[Spot], x: int, y: int, z: int, dx: int, dy: int, support: int) -> bool:
    """Whether at least `support` percent of the base rests on others, and at any rate some of it."""
    area = 0
    for _, qx, qy, qz, qdx, qdy, qdz in spots:
        if qz + qdz == z:
            wide = min(x + dx, qx + qdx) - max(x, qx)
            deep = min(y + dy, qy + qdy) - max(y, qy)
            if wide > 0 and deep > 0:
                area += wide * deep
    return area > 0 and area * 100 >= support * dx * dy


def bears(kinds: Sequence[Kind], spots: Sequence[Spot]) -> bool:
    """Whether nothing carries more than its limit.

    A unit's weight and load are shared by the units under it by contact area, all the way down; shares are
    rounded up to whole grams, so that rounding can only refuse.
    """
    if all(kinds[spot[0]].limit == NO_LIMIT for spot in spots):
        return True
    loads = [0] * len(spots)
    for k in sorted(range(len(spots)), key=lambda k: -spots[k][3]):
        number, x, y, z, dx, dy, _ = spots[k]
        if 0 <= kinds[number].limit < loads[k]:
            return False
        touching = _touching(spots, x, y, z, dx, dy) if z else []
        total = sum(area for _, area in touching)
        for m, area in touching:
            loads[m] -= -(kinds[number].weight + loads[k]) * area // total
    return True


def _touching(spots: Sequence[Spot], x: int, y: int, z: int, dx: int, dy: int) -> list[tuple[int, int]]:
    """(index, contact area) of the units whose tops carry this base."""
    found = []
    for m, (_, qx, qy, qz, qdx, qdy, qdz) in enumerate(spots):
        if qz + qdz == z:
            wide = min(x + dx, qx + qdx) - max(x, qx)
            deep = min(y + dy, qy + qdy) - max(y, qy)
            if wide > 0 and deep > 0:
                found.append((m, wide * deep))
    return found
