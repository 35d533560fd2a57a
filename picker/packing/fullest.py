"""As much as goes in: one packaging filled with a part of the goods."""

from collections.abc import Iterator, Sequence
from operator import itemgetter

from picker.packing.blocks import lay_much
from picker.packing.boxes import Box
from picker.packing.choose import Arrangement, Chooser
from picker.packing.geometry import Load, rooms
from picker.packing.place import Filling, Start, sequence
from picker.packing.starts import QUICK
from picker.packing.tries import Effort


def fullest(
    chooser: Chooser, load: Load, most: int, pool: Effort | None = None, starts: Sequence[Start] = QUICK
) -> list[Arrangement]:
    """Up to `most` well filled arrangements, by cost for each mm3 of goods; the best first.

    Every packaging that could be among them if it were full is filled in the first way of `starts`, the best of
    these in the others too. The effort is taken from `pool`.
    """
    parts = _parts(chooser, load)
    hopes = [(_hope(chooser, part, box), n) for n, (box, part) in enumerate(parts) if any(part)]
    fullest_so_far: dict[tuple[int, Load], tuple[int, int, Arrangement]] = {}
    best: list[tuple[int, int, Arrangement]] = []

    def fill(n: int, starts: Sequence[Start]) -> None:
        box, part = parts[n]
        for arrangement in _filled(chooser, part, box, starts, pool):
            rate = _rate(arrangement.cost, chooser.measure(arrangement.load)[0])
            fullest_so_far.setdefault((box.number, arrangement.load), (rate, n, arrangement))

    for hope, n in sorted(hopes):
        if len(best) == most and hope > best[-1][0]:
            break
        fill(n, starts[:1])
        best = sorted(fullest_so_far.values(), key=itemgetter(0, 1))[:most]
    for n in {n: None for _, n, _ in best}:
        fill(n, starts[1:])
    return [arrangement for *_, arrangement in sorted(fullest_so_far.values(), key=itemgetter(0, 1))[:most]]


def _hope(chooser: Chooser, part: Load, box: Box) -> int:
    """The rate of a packaging as full of the lightest goods of `part` as room and weight allow."""
    kinds = [kind for kind, n in zip(chooser.kinds, part, strict=True) if n]
    lightest = min(kinds, key=lambda kind: (kind.weight << 40) // kind.volume)
    most = min(box.room, box.most * lightest.volume // lightest.weight, chooser.measure(part)[0])
    return _rate(chooser.shelf.cost(box, most * lightest.weight // lightest.volume, most), most)


def _rate(cents: int, mm3: int) -> int:
    """Cents for 1,000 m3 of goods."""
    return cents * 10**12 // mm3


def _filled(
    chooser: Chooser, part: Load, box: Box, starts: Sequence[Start], pool: Effort | None
) -> Iterator[Arrangement]:
    """As much of `part` as `box` is found to take in each quick try."""
    container = chooser.shelf.containers[box.number]
    for room in rooms(container, chooser.kinds, part, whole=False):
        for start in starts:
            units = sequence(chooser.kinds, part, start.order)
            filling = Filling(chooser.kinds, units, room, chooser.policy.min_support_percent)
            lay_much(filling, units, start, box.most)
            if pool is not None:
                pool.left -= filling.looks
            packed = [0] * len(part)
            for spot in filling.spots:
                packed[spot[0]] += 1
            volume, weight, _ = chooser.measure(tuple(packed))
            if volume:
                cost = chooser.shelf.cost(box, weight, volume)
                yield Arrangement(box.number, tuple(packed), room, tuple(filling.spots), cost)


def _parts(chooser: Chooser, load: Load) -> list[tuple[Box, Load]]:
    """For each packaging what of `load` may go into it by itself and shares a parcel."""
    known: dict[int, Load] = {}
    parts = []
    for box, held in chooser.boxes:
        if held not in known:
            part = tuple(count if held >> n & 1 else 0 for n, count in enumerate(load))
            known[held] = chooser.company.part(part)
        own = bool(chooser.shelf.containers[box.number].own_of)
        parts.append((box, _first(known[held]) if own else known[held]))
    return parts


def _first(part: Load) -> Load:
    """One unit alone, as a product's own box holds it."""
    first = next((n for n, count in enumerate(part) if count), -1)
    return tuple(int(n == first) for n in range(len(part)))
