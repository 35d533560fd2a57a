"""The room's front door: from goods and packagings to a checked plan."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from picker.packing.answer import parcel_of
from picker.packing.check import check
from picker.packing.check_bodies import Violation
from picker.packing.choose import Arrangement, Chooser
from picker.packing.fullest import fullest
from picker.packing.goods import Goods, goods_of, own_box
from picker.packing.hindrance import hindered, hindrance, homeless
from picker.packing.settle import settled
from picker.packing.shelf import Shelf, more_on, new_shelf, shelf_of
from picker.packing.split import bound, cheapest
from picker.packing.types import (
    Container,
    Item,
    Objective,
    PackingPlan,
    PackingPolicy,
    ParcelPlan,
)


class UnsoundPlan(AssertionError):
    """The packer's own answer failed its check again and again; nothing of it is shown."""


def plan(items: Sequence[Item], containers: Sequence[Container], policy: PackingPolicy) -> PackingPlan:
    """The best parcels that hold every unit, or what stands in the way; same input, same plan.

    Sizes in mm, weights in g, money in cents; the best are the cheapest in all, or the fewest if the policy says
    so. Raises ValueError for negative quantities or two items of one line, and UnsoundPlan if no answer passes
    its check.
    """
    wanted = _wanted(items)
    missing = hindered(wanted, policy)
    if missing or not wanted:
        return PackingPlan(missing=missing)
    own = [own_box(item) for item in wanted if item.own_box]
    shelf = shelf_of(containers, policy)
    shelf = more_on(shelf, own) if own else shelf
    answers = [_answer(wanted, goods, shelf) for goods in goods_of(wanted, containers, policy)]
    best = min(answers, key=_rank)
    # Each answer's bound holds for its own piles only.
    return best if len(answers) == 1 else replace(best, bound_cents=0)


def _rank(plan: PackingPlan) -> tuple[bool, int]:
    return bool(plan.missing), plan.cost_cents


def _answer(wanted: Sequence[Item], goods: Goods, shelf: Shelf) -> PackingPlan:
    """The plan for goods of which it is settled how they are nested."""
    policy = shelf.policy
    chooser = Chooser(goods.kinds, shelf)
    least: int | None = None
    faults: list[Violation] = []
    for _ in range(len(shelf.containers) + 1):
        answer = cheapest(chooser, goods.load)
        if answer is None:
            break
        if least is None:
            least = bound(chooser, goods.load, answer) if policy.objective is Objective.COST else 0
        answer = [settled(one, chooser) for one in answer]
        answer_plan = PackingPlan(_parcels(answer, shelf, goods, wanted), bound_cents=least)
        faults = check(answer_plan, wanted, policy)
        if not faults:
            return answer_plan
        # A fault of the whole plan (parcel -1) is laid on its last parcel: something else is tried either way.
        chooser = chooser.without({answer[fault.parcel].number for fault in faults})
    if not faults:
        return PackingPlan(missing=homeless(wanted, goods, chooser))
    raise UnsoundPlan(f"no sound plan for {_skus(wanted)!r}: expected no faults, got {faults!r}")


def fits(items: Sequence[Item], container: Container, policy: PackingPolicy) -> ParcelPlan | None:
    """All of `items` in this one packaging, whatever its cost and stock; `None` if not found to fit.

    Goods without dimensions or weight never fit. Raises ValueError as `plan` does.
    """
    wanted = _wanted(items)
    if not wanted or hindered(wanted, policy):
        return None
    return _in_hand(wanted, container, policy, whole=True)


def how_much_fits(items: Sequence[Item], container: Container, policy: PackingPolicy) -> ParcelPlan | None:
    """As much of `items` as this packaging is found to take, by volume; `None` if not a single unit.

    Goods without dimensions or weight are left out. Raises ValueError as `plan` does.
    """
    wanted = [item for item in _wanted(items) if hindrance(item, policy) is None]
    return _in_hand(wanted, container, policy, whole=False) if wanted else None


def _in_hand(
    items: Sequence[Item], container: Container, policy: PackingPolicy, whole: bool
) -> ParcelPlan | None:
    """What fits a packaging that the packer holds, whatever its stock on record."""
    box = replace(container, stock=None)
    shelf = new_shelf((box,), policy)
    for goods in goods_of(items, (box,), policy):
        chooser = Chooser(goods.kinds, shelf)
        arrangement = chooser.single(goods.load)
        if arrangement is None and not whole:
            arrangement = next(iter(fullest(chooser, goods.load, 1)), None)
        if arrangement is None:
            continue
        (parcel,) = _parcels([settled(arrangement, chooser)], shelf, goods, items)
        counts = Counter(p.line for p in parcel.placements)
        held = [replace(item, quantity=counts[item.line]) for item in items]
        if not check(parcel, held, policy):
            return parcel
    return None


def _wanted(items: Sequence[Item]) -> list[Item]:
    lines: set[int] = set()
    for item in items:
        if item.quantity < 0:
            raise ValueError(
                f"line {item.line} {item.sku!r}: expected a quantity of 0 or more, got {item.quantity}"
            )
        if item.line in lines:
            given = sum(other.line == item.line for other in items)
            raise ValueError(f"line {item.line}: expected one item per line, got {given}")
        lines.add(item.line)
    return [item for item in items if item.quantity]


def _skus(items: Sequence[Item]) -> list[str]:
    return list(dict.fromkeys(item.sku for item in items))


def _parcels(
    answer: Sequence[Arrangement], shelf: Shelf, goods: Goods, items: Sequence[Item]
) -> tuple[ParcelPlan, ...]:
    """The parcels of an answer, each unit given to one of the order lines that ask for its kind."""
    lines = [iter(of_kind) for of_kind in goods.lines]
    parcels = []
    for arrangement in answer:
        stock = shelf.containers[arrangement.number].stock
        last = stock is not None and stock <= sum(other.number == arrangement.number for other in answer)
        of_spots = [next(lines[spot[0]]) for spot in arrangement.spots]
        parcels.append(parcel_of(arrangement, shelf, goods.kinds, of_spots, items, last))
    return tuple(parcels)
