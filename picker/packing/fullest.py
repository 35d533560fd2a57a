"""As much as goes in: one packaging filled with a part of the goods."""

from collections.abc import Iterator

from picker.packing.blocks import lay_much
from picker.packing.choose import Arrangement, Chooser
from picker.packing.geometry import Load, rooms
from picker.packing.place import Filling, sequence
from picker.packing.shelf import Box
from picker.packing.starts import QUICK
from picker.packing.tries import Effort


def fullest(chooser: Chooser, load: Load, pool: Effort | None = None) -> list[Arrangement]:
    """Well filled arrangements, by cost for each mm3 of goods; the best first. Its effort is taken from `pool`."""
    found: dict[tuple[int, Load], tuple[int, int, Arrangement]] = {}
    for box in chooser.boxes:
        for arrangement in _filled(chooser, load, box, pool):
            volume = chooser.measure(arrangement.load)[0]
            entry = arrangement.cost * 10**12 // volume, arrangement.number, arrangement
            found.setdefault((arrangement.number, arrangement.load), entry)
    return [arrangement for *_, arrangement in sorted(found.values(), key=lambda entry: entry[:2])]


def _filled(chooser: Chooser, load: Load, box: Box, pool: Effort | None) -> Iterator[Arrangement]:
    """As much of `load` as `box` is found to take in each quick try."""
    container = chooser.shelf.containers[box.number]
    part = _part(chooser, load, box, alone=bool(container.own_of))
    if not any(part):
        return
    for room in rooms(container, chooser.kinds, part, whole=False):
        for start in QUICK:
            units = sequence(chooser.kinds, part, start.order)
            filling = Filling(chooser.kinds, units, room, chooser.policy.min_support_percent)
            lay_much(filling, units, start.taste, box.most)
            if pool is not None:
                pool.left -= filling.looks
            packed = [0] * len(load)
            for spot in filling.spots:
                packed[spot[0]] += 1
            volume, weight, _ = chooser.measure(tuple(packed))
            if volume:
                cost = chooser.shelf.cost(box, weight, volume)
                yield Arrangement(box.number, tuple(packed), room, tuple(filling.spots), cost)


def _part(chooser: Chooser, load: Load, box: Box, alone: bool) -> Load:
    """What of `load` may go into `box` by itself and shares a parcel; one unit only where it is to lie alone."""
    holds = chooser.holds(box)
    part = [count if holds >> n & 1 else 0 for n, count in enumerate(load)]
    if alone and any(part):
        first = next(n for n, count in enumerate(part) if count)
        part = [int(n == first) for n in range(len(part))]
    return chooser.company.part(tuple(part))
