"""As much as goes in: one packaging filled with a part of the goods."""

from picker.packing.blocks import lay_much
from picker.packing.choose import Arrangement, Chooser
from picker.packing.geometry import Load, rooms
from picker.packing.place import begin, sequence
from picker.packing.shelf import Box
from picker.packing.starts import QUICK


def fullest(chooser: Chooser, load: Load) -> list[Arrangement]:
    """One well filled arrangement per packaging, by cost for each mm3 of goods; the best first."""
    found = []
    for box in chooser.boxes:
        arrangement = _most(chooser, load, box)
        if arrangement is not None:
            volume = chooser.measure(arrangement.load)[0]
            found.append((arrangement.cost * 10**12 // volume, arrangement.number, arrangement))
    return [arrangement for *_, arrangement in sorted(found, key=lambda entry: entry[:2])]


def _most(chooser: Chooser, load: Load, box: Box) -> Arrangement | None:
    """As much of `load` as `box` is found to take, by volume."""
    holds = chooser.holds(box)
    part = tuple(count if holds >> n & 1 else 0 for n, count in enumerate(load))
    container = chooser.shelf.containers[box.number]
    if container.own_of:
        part = tuple(int(n == part.index(max(part))) if any(part) else 0 for n in range(len(part)))
    part = chooser.company.part(part)
    if not any(part):
        return None
    best: Arrangement | None = None
    most = 0
    for room in rooms(container, chooser.kinds, part, whole=False):
        for start in QUICK:
            units = sequence(chooser.kinds, part, start.order)
            filling = begin(chooser.kinds, units, room, chooser.policy.min_support_percent)
            lay_much(filling, units, start.taste, box.most)
            packed = [0] * len(load)
            for spot in filling.spots:
                packed[spot[0]] += 1
            volume, weight, _ = chooser.measure(tuple(packed))
            if volume > most:
                most = volume
                cost = chooser.shelf.cost(box, weight, volume)
                best = Arrangement(box.number, tuple(packed), room, tuple(filling.spots), cost)
    return best
