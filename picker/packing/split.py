"""More than one parcel: every division in two while it can pay, and filling one packaging after another."""

from functools import reduce
from itertools import combinations
from math import prod
from operator import add, attrgetter

from picker.packing.choose import MANY, Arrangement, Chooser
from picker.packing.fullest import fullest
from picker.packing.geometry import Load
from picker.packing.starts import FULL, QUICK
from picker.packing.tries import Effort

DIVISIONS = 4096
"""Loads with more divisions in two than this are filled packaging by packaging instead."""

POOL = 400
"""Empty spaces looked at for all divisions of an order, for each try that the policy's effort grants."""

REGROUPING = 200
"""The same for all parcels of an order that are packed anew, two by two."""

QUICK_LOOKS = 400
LOOKS = 60
"""Divisions actually packed per load, with quick tries and with all of them. They are counted, not timed, so that
the answer never depends on the machine."""

FIRSTS = 6
"""Packagings tried as the first to be filled."""

Answer = list[Arrangement]


def cheapest(chooser: Chooser, load: Load) -> Answer | None:
    """The cheapest parcels found for all of `load`, or `None` when packaging runs out.

    What can't share a parcel is answered for by itself, unless packaging runs out that way.
    """
    pool = Effort(chooser.policy.effort * POOL)
    parts = chooser.company.parts(load)
    if len(parts) == 1 == parts[0][1]:
        return _cheapest(chooser, load, pool)
    answer: Answer = []
    left = chooser
    for part in (part for part, times in parts for _ in range(times)):
        solution = _cheapest(left, part, pool)
        if solution is None:
            return _cheapest(chooser, load, pool)
        answer += solution
        for arrangement in solution:
            left = left.take(arrangement.number)
    return answer


def _cheapest(chooser: Chooser, load: Load, pool: Effort) -> Answer | None:
    single = chooser.single(load)
    best = [single] if single is not None else None
    below = _cost(best)
    solution = _divided(chooser, load, below, pool)
    settled = best is not None and (_few(load) or chooser.least_of(2, load) >= below)
    if solution is None and not settled and _all_housed(chooser, load):
        solution = _filled(chooser, load, pool, below)
        solution = solution and _regrouped(chooser, solution, Effort(chooser.policy.effort * REGROUPING))
    return solution or best


def _few(load: Load) -> bool:
    """Whether every division in two is looked at."""
    return prod(count + 1 for count in load) <= DIVISIONS


def bound(chooser: Chooser, load: Load, answer: Answer) -> int:
    """A cost in cents that no plan for `load` can undercut, at most that of `answer`."""
    cost = _cost(answer)
    return min(cost, sum(times * _bound(chooser, part, cost) for part, times in chooser.company.parts(load)))


def _bound(chooser: Chooser, load: Load, below: int) -> int:
    single = chooser.proof(load, below)
    if sum(load) < 2 or chooser.least_of(2, load) >= single:
        return single
    if not _few(load):
        return min(single, chooser.least_of(2, load))
    divisions = _divisions(chooser, load, single)
    return min(single, divisions[0][0] if divisions else single, chooser.least_of(3, load))


def _all_housed(chooser: Chooser, load: Load) -> bool:
    return all(chooser.housed >> n & 1 for n, count in enumerate(load) if count)


def _cost(answer: Answer | None) -> int:
    return MANY if answer is None else sum(arrangement.cost for arrangement in answer)


def _divided(chooser: Chooser, load: Load, below: int, pool: Effort) -> Answer | None:
    """The cheapest division of `load` in two (and its parts again) under `below` cents."""
    if sum(load) < 2 or chooser.least_of(2, load) >= below:
        return None
    if not _few(load):
        return None
    best: Answer | None = None
    divisions = _divisions(chooser, load, below)
    for patient, looks in ((False, QUICK_LOOKS), (True, LOOKS)):
        for least, part, rest in divisions[:looks]:
            if least >= below or pool.left <= 0:
                break
            first = chooser.single(part, below - chooser.at_least(rest), pool, patient)
            second = first and chooser.take(first.number).single(rest, below - first.cost, pool, patient)
            if first and second:
                best = [first, second]
                below = first.cost + second.cost
    return best and _refined(chooser, best, pool)


def _divisions(chooser: Chooser, load: Load, below: int) -> list[tuple[int, Load, Load]]:
    """(bound, part, rest) of the divisions whose bound is under `below`, the most promising first."""
    divisions = []
    parts, least = _parts(chooser, load)
    # Counted in mixed radix, a part and what it leaves lie at mirrored places.
    for n in range(1, (len(parts) + 1) // 2):
        floor = least[n] + least[-1 - n]
        if floor < below:
            divisions.append((floor, parts[n], parts[-1 - n]))
    return sorted(divisions)


def _parts(chooser: Chooser, load: Load) -> tuple[list[Load], list[int]]:
    """Every part of `load`, and what each costs at least in one parcel."""
    known = chooser.parts.get(load)
    if known is not None:
        return known
    parts: list[tuple[Load, int, int, int]] = [((), 0, 0, 0)]
    for kind, count in zip(chooser.kinds, load, strict=True):
        parts = [
            ((*part, n), volume + n * kind.volume, weight + n * kind.weight, members | bool(n) << kind.number)
            for part, volume, weight, members in parts
            for n in range(count + 1)
        ]
    pairs = [part for part, *_ in parts], [chooser.least(*sums) for _, *sums in parts]
    chooser.parts[load] = pairs
    return pairs


def _refined(chooser: Chooser, pair: Answer, pool: Effort) -> Answer:
    """The same parcels, each divided again where that is cheaper still."""
    first, second = pair
    left = _divided(chooser.take(second.number), first.load, first.cost, pool) or [first]
    for arrangement in left:
        chooser = chooser.take(arrangement.number)
    return left + (_divided(chooser, second.load, second.cost, pool) or [second])


def _filled(chooser: Chooser, load: Load, pool: Effort, most: int) -> Answer | None:
    """Fill the packaging that carries most for its cost, then answer for the rest, for less than `most` cents."""
    best: Answer | None = None
    for arrangement in fullest(chooser, load, FIRSTS, pool):
        if best is not None and pool.left <= 0:
            break
        rest = tuple(count - taken for count, taken in zip(load, arrangement.load, strict=True))
        below = min(most, _cost(best)) - arrangement.cost
        answer: Answer | None = [] if below > 0 else None
        if any(rest):
            answer = _continued(chooser.take(arrangement.number), rest, pool, below)
        if answer is not None and _cost(answer) < below:
            best = [arrangement, *answer]
    return best


def _regrouped(chooser: Chooser, answer: Answer, pool: Effort) -> Answer:
    """The same goods, any two parcels' packed anew together for as long as that is cheaper."""
    tried: set[tuple[Load, int]] = set()
    while pool.left > 0:
        better = _pair_packed_anew(chooser, answer, pool, tried)
        if better is None:
            break
        answer = better
    return answer


def _pair_packed_anew(
    chooser: Chooser, answer: Answer, pool: Effort, tried: set[tuple[Load, int]]
) -> Answer | None:
    dearest = sorted(answer, key=attrgetter("cost"), reverse=True)
    for i, j in combinations(range(len(dearest)), 2):
        together = tuple(map(add, dearest[i].load, dearest[j].load))
        below = dearest[i].cost + dearest[j].cost
        if (together, below) in tried or pool.left <= 0:
            continue
        tried.add((together, below))
        rest = [one for n, one in enumerate(dearest) if n not in (i, j)]
        left = reduce(Chooser.take, [one.number for one in rest], chooser)
        anew = _anew(left, together, below, pool)
        if anew:
            return rest + anew
    return None


def _anew(chooser: Chooser, load: Load, below: int, pool: Effort) -> Answer | None:
    single = chooser.single(load, below, pool, patient=False)
    if single is not None:
        return [single]
    if _few(load):
        return _divided(chooser, load, below, pool)
    best: Answer | None = None
    for first in fullest(chooser, load, FIRSTS, pool, FULL):
        rest = tuple(count - taken for count, taken in zip(load, first.load, strict=True))
        second = any(rest) and chooser.take(first.number).single(
            rest, below - first.cost, pool, patient=False
        )
        if second:
            best = [first, second]
            below = first.cost + second.cost
    return best


def _continued(chooser: Chooser, load: Load, pool: Effort, below: int) -> Answer | None:
    """Like `cheapest`, but filling in one way only; `None` once `below` is out of reach."""
    answer: Answer = []
    while min(chooser.at_least(load), chooser.least_of(2, load)) < below:
        single = chooser.single(load, below, patient=False)
        if single is not None:
            return [*answer, single]
        divided = _divided(chooser, load, below, pool)
        if divided is not None:
            return answer + divided
        first = next(iter(fullest(chooser, load, 1, pool, QUICK[:1])), None)
        if first is None:
            return None
        answer.append(first)
        below -= first.cost
        chooser = chooser.take(first.number)
        load = tuple(count - taken for count, taken in zip(load, first.load, strict=True))
    return None
