"""Units of an order by what is known of them: how many of each lot, number and date lie where."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from data.types import Product
from picker.flow.trace import FIELDS, NOTHING, Trace, Traced, common
from picker.flow.work import LineWork, OrderWork, ParcelWork


@dataclass(frozen=True, slots=True)
class Stack:
    """Units of one line, at one place, of which the same is known."""

    line: int
    trace: Trace
    units: int


def in_tote(work: OrderWork, lines: Iterable[LineWork]) -> list[Stack]:
    """Return the units that are picked and not yet in a parcel; where a check told too little, all that may be."""
    stacks = []
    for line in lines:
        packed: Counter[Trace] = Counter()
        for parcel in work.parcels:
            packed.update(dict(parcel.known(line.line)))
        known = tuple((trace, n - packed[trace]) for trace, n in line.traced if n > packed[trace])
        stacks += _stacks(line.line, known, line.in_tote)
    return stacks


def in_parcel(parcel: ParcelWork, line: LineWork) -> list[Stack]:
    """Return the units of a line in a parcel."""
    return _stacks(line.line, parcel.known(line.line), parcel.count(line.line))


def _stacks(line: int, known: Traced, total: int) -> list[Stack]:
    if not total:
        return []
    unknown = total - sum(units for _, units in known)
    rest = [Stack(line, NOTHING, unknown)] if unknown > 0 else []
    return [*(Stack(line, trace, units) for trace, units in known), *rest]


def told_apart(traces: set[Trace], product: Product | None) -> bool:
    """Whether these differ in something that the product wants known."""
    wanted = [name for name in FIELDS if product and getattr(product, f"{name}_wanted")]
    return any(len({getattr(trace, name) for trace in traces} - {""}) > 1 for name in wanted)


def meant(stacks: list[Stack], quantity: int, product: Product | None) -> list[Stack]:
    """Return which of these a scan of so many units may mean: a case is of one lot, unless it is all there is."""
    if quantity == sum(stack.units for stack in stacks) or not told_apart({s.trace for s in stacks}, product):
        return stacks
    totals: Counter[Trace] = Counter()
    for stack in stacks:
        totals[stack.trace] += stack.units
    return [stack for stack in stacks if totals[stack.trace] >= quantity]


def shares(stacks: list[Stack], quantity: int, room: Callable[[int], int], said: Trace) -> list[Stack]:
    """Take units off the stacks, line by line; `room` is how many a line has.

    Of different ones, and of those of which nothing is known, what they share and what was `said` of them counts.
    """
    traces = {stack.trace for stack in stacks}
    exact = len(traces) == 1 or quantity == sum(stack.units for stack in stacks)
    left = {line: room(line) for line in sorted({stack.line for stack in stacks})}
    parts = []
    for stack in sorted(stacks, key=lambda stack: stack.line):
        taken = min(quantity, stack.units, left[stack.line])
        if taken:
            trace = stack.trace if exact and stack.trace != NOTHING else said.with_gaps_of(common(traces))
            parts.append(Stack(stack.line, trace, taken))
            quantity, left[stack.line] = quantity - taken, left[stack.line] - taken
    return parts
