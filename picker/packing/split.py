"""More than one parcel: every division in two while it can pay, and filling one packaging after another."""

from itertools import product
from math import prod

from picker.packing.choose import MANY, Arrangement, Chooser
from picker.packing.geometry import Load, rooms
from picker.packing.place import fill, sequence
from picker.packing.starts import QUICK

DIVISIONS = 4096
"""Loads with more divisions in two than this are filled packaging by packaging instead."""

QUICK_LOOKS = 400
LOOKS = 60
"""Divisions actually packed per load, with quick tries and with all of them. They are counted, not timed, so that
the answer never depends on the machine."""

Answer = list[Arrangement]


def cheapest(chooser: Chooser, load: Load) -> Answer | None:
    """The cheapest parcels found for all of `load`, or `None` when packaging runs out."""
    single = chooser.single(load)
    best = [single] if single is not None else None
    divided = _divided(chooser, load, _cost(best))
    if divided is None and best is None:
        return _filled(chooser, load) if _all_housed(chooser, load) else None
    return divided or best


def _all_housed(chooser: Chooser, load: Load) -> bool:
    return all(chooser.housed >> n & 1 for n, count in enumerate(load) if count)


def _cost(answer: Answer | None) -> int:
    return MANY if answer is None else sum(arrangement.cost for arrangement in answer)


def _divided(chooser: Chooser, load: Load, below: int) -> Answer | None:
    """The cheapest division of `load` in two (and its parts again) under `below` cents."""
    if sum(load) < 2 or chooser.least_of_two(load) >= below:
        return None
    if prod(count + 1 for count in load) > DIVISIONS:
        return None
    best: Answer | None = None
    divisions = _divisions(chooser, load, below)
    for effort, looks in ((0, QUICK_LOOKS), (chooser.policy.effort, LOOKS)):
        for least, part, rest in divisions[:looks]:
            if least >= below:
                break
            first = chooser.single(part, below - chooser.at_least(rest), effort)
            second = first and chooser.take(first.number).single(rest, below - first.cost, effort)
            if first and second:
                best = [first, second]
                below = first.cost + second.cost
    return best and _refined(chooser, best)


def _divisions(chooser: Chooser, load: Load, below: int) -> list[tuple[int, Load, Load]]:
    """(bound, part, rest) of the divisions whose bound is under `below`, the most promising first."""
    found = []
    for part in product(*(range(count + 1) for count in load)):
        rest = tuple(count - taken for count, taken in zip(load, part, strict=True))
        if part > rest or not any(part):
            continue
        least = chooser.at_least(part)
        if least < below:
            least += chooser.at_least(rest)
            if least < below:
                found.append((least, part, rest))
    return sorted(found)


def _refined(chooser: Chooser, pair: Answer) -> Answer:
    """The same parcels, each divided again where that is cheaper still."""
    first, second = pair
    left = _divided(chooser.take(second.number), first.load, first.cost) or [first]
    for arrangement in left:
        chooser = chooser.take(arrangement.number)
    return left + (_divided(chooser, second.load, second.cost) or [second])


def _filled(chooser: Chooser, load: Load) -> Answer | None:
    """Fill the packaging that carries most for its cost, then answer for the rest."""
    best: Answer | None = None
    for arrangement in _fullest(chooser, load)[:2]:
        rest = tuple(count - taken for count, taken in zip(load, arrangement.load, strict=True))
        answer = [arrangement]
        if any(rest):
            more = _continued(chooser.take(arrangement.number), rest)
            if more is None:
                continue
            answer += more
        if _cost(answer) < _cost(best):
            best = answer
    return best


def _continued(chooser: Chooser, load: Load) -> Answer | None:
    """Like `cheapest`, but filling without a second opinion at every step."""
    answer: Answer = []
    while True:
        single = chooser.single(load)
        if single is not None:
            return [*answer, single]
        divided = _divided(chooser, load, MANY)
        if divided is not None:
            return answer + divided
        fullest = next(iter(_fullest(chooser, load)), None)
        if fullest is None:
            return None
        answer.append(fullest)
        chooser = chooser.take(fullest.number)
        load = tuple(count - taken for count, taken in zip(load, fullest.load, strict=True))


def _fullest(chooser: Chooser, load: Load) -> list[Arrangement]:
    """One well filled arrangement per packaging, by cost for each mm3 of goods; the best first."""
    found = []
    for number in range(len(chooser.containers)):
        arrangement = most_of(chooser, load, number)
        if arrangement is not None:
            volume = chooser.measure(arrangement.load)[0]
            found.append((arrangement.cost * 10**12 // volume, arrangement.number, arrangement))
    return [arrangement for *_, arrangement in sorted(found, key=lambda entry: entry[:2])]


def most_of(chooser: Chooser, load: Load, number: int) -> Arrangement | None:
    """As much of `load` as packaging `number` is found to take, by volume."""
    holds = chooser.enterable(number)
    part = tuple(count if holds >> n & 1 else 0 for n, count in enumerate(load))
    if not any(part):
        return None
    container, policy = chooser.containers[number], chooser.policy
    grams = min(container.max_gross_g, policy.max_weight_g) - container.tare_g
    best: Arrangement | None = None
    most = 0
    for room in rooms(container, chooser.kinds, part, whole=False):
        for start in QUICK:
            units = sequence(chooser.kinds, part, start)
            spots = fill(chooser.kinds, units, room, start.taste, policy.min_support_percent, grams)
            packed = tuple(sum(1 for spot in spots if spot[0] == n) for n in range(len(load)))
            volume = chooser.measure(packed)[0]
            if volume > most:
                most = volume
                best = chooser.arrangement(number, packed, room, spots)
    return best
