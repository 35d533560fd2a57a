"""Placing goods in one room: one try with one order and one taste for places.

Every try is a first-fit along an order of units into maximal empty spaces; a unit takes the place its taste likes
best among those where it stands firmly and crushes nothing. There is no clock and no chance in it.
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
    fragile_last: bool = True


def pack(kinds: Sequence[Kind], load: Load, room: Size, start: Start, support: int) -> list[Spot] | None:
    """Place all of `load` in `room`, or `None`. `support` is the least share of a raised base, in percent."""
    spots = fill(kinds, load, room, start, support)
    return spots if len(spots) == sum(load) else None


def fill(
    kinds: Sequence[Kind], load: Load, room: Size, start: Start, support: int, grams: int | None = None
) -> list[Spot]:
    """Place what goes in up to a weight of `grams`; without `grams` give up at the first unit that doesn't."""
    spaces: list[Space] = [(0, 0, 0, *room)]
    spots: list[Spot] = []
    delicate = any(kinds[n].limit != NO_LIMIT for n, count in enumerate(load) if count)
    for kind, count, least in _sequence(kinds, load, start):
        if grams is not None:
            count = min(count, grams // kind.weight)
        for _ in range(count):
            spot = _best(kind, spaces, spots, start.taste, support, kinds if delicate else None)
            if spot is None:
                break
            spots.append(spot)
            _, x, y, z, dx, dy, dz = spot
            spaces = carve(spaces, (x, y, z, x + dx, y + dy, z + dz), least)
            if grams is not None:
                grams -= kind.weight
        else:
            continue
        if grams is None:
            break
    return spots


def _sequence(kinds: Sequence[Kind], load: Load, start: Start) -> list[tuple[Kind, int, int]]:
    """(kind, count, thinnest side still to come) in the order of placing."""
    chosen = [kinds[n] for n, count in enumerate(load) if count]
    if start.fragile_last:
        chosen.sort(key=lambda kind: (_delicacy(kind), start.order(kind), kind.number))
    else:
        chosen.sort(key=lambda kind: (start.order(kind), kind.number))
    result = []
    least = chosen[-1].volume
    for kind in reversed(chosen):
        least = min(least, *kind.turns[0])
        result.append((kind, load[kind.number], least))
    return result[::-1]


def _delicacy(kind: Kind) -> tuple[bool, int]:
    """Sturdy goods first, then the less a unit bears the later."""
    return kind.limit != NO_LIMIT, -kind.limit


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
                if best is not None and mark >= lowest or x + dx > x2 or y + dy > y2:
                    continue
                if z and not _stands(spots, x, y, z, dx, dy, support):
                    continue
                spot = (kind.number, x, y, z, dx, dy, dz)
                if kinds is None or bears(kinds, [*spots, spot]):
                    best, lowest = spot, mark
    return best


def _corners(x1: int, y1: int, z: int, x2: int, y2: int, spots: list[Spot]) -> list[tuple[int, int]]:
    """Where a unit may stand in a raised space: its corner, and the corners of the tops that carry the space."""
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

    A unit's weight and load are shared by the units under it by contact area, all the way down; shares are rounded
    up to whole grams, so that rounding can only refuse.
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
