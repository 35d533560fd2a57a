"""The room's front door: from goods and packagings to a checked plan."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from picker.packing.answer import parcel_of
from picker.packing.check import Violation, check
from picker.packing.choose import Arrangement, Chooser
from picker.packing.geometry import Kind, kind_of
from picker.packing.settle import settled
from picker.packing.split import cheapest, most_of
from picker.packing.types import (
    Container,
    Item,
    Missing,
    Obstacle,
    PackingPlan,
    PackingPolicy,
    ParcelPlan,
)


class UnsoundPlan(AssertionError):
    """The packer's own answer failed its check again and again; nothing of it is shown."""


def plan(items: Sequence[Item], containers: Sequence[Container], policy: PackingPolicy) -> PackingPlan:
    """The cheapest parcels that hold every unit, or what stands in the way; same input, same plan.

    Sizes in mm, weights in g. The cost in cents is packaging + base + step * started steps of billable weight,
    summed over the parcels. Raises ValueError for negative quantities or two items of one line, and
    UnsoundPlan if no answer passes its check.
    """
    wanted = _wanted(items)
    missing = _unmeasured(wanted)
    if missing or not wanted:
        return PackingPlan(missing=missing)
    kinds = _kinds(wanted, policy)
    chooser = Chooser(kinds, containers, policy)
    load = tuple(item.quantity for item in wanted)
    faults: list[Violation] = []
    for _ in range(len(containers) + 1):
        answer = cheapest(chooser, load)
        if answer is None:
            break
        answer = [settled(one, kinds, policy.min_support_percent) for one in answer]
        found = PackingPlan(tuple(_parcels(answer, containers, kinds, wanted, policy)))
        faults = check(found, wanted, policy)
        if not faults:
            return found
        # A fault of the whole plan (parcel -1) is laid on its last parcel: something else is tried either way.
        chooser = chooser.without({answer[fault.parcel].number for fault in faults})
    if not faults:
        return PackingPlan(missing=_homeless(wanted, chooser))
    raise UnsoundPlan(f"no sound plan for {_skus(wanted)!r}: expected no faults, got {faults!r}")


def fits(items: Sequence[Item], container: Container, policy: PackingPolicy) -> ParcelPlan | None:
    """All of `items` in this one packaging, whatever its cost and stock; `None` if not found to fit.

    Goods without dimensions or weight never fit. Raises ValueError as `plan` does.
    """
    wanted = _wanted(items)
    if not wanted or _unmeasured(wanted):
        return None
    kinds = _kinds(wanted, policy)
    in_hand = replace(container, stock=None)
    chooser = Chooser(kinds, (in_hand,), policy)
    found = chooser.single(tuple(item.quantity for item in wanted))
    return _sound(found, in_hand, kinds, wanted, policy) if found else None


def how_much_fits(items: Sequence[Item], container: Container, policy: PackingPolicy) -> ParcelPlan | None:
    """As much of `items` as this packaging is found to take, by volume; `None` if not a single unit.

    Goods without dimensions or weight are left out. Raises ValueError as `plan` does.
    """
    wanted = [item for item in _wanted(items) if _obstacle(item) is None]
    if not wanted:
        return None
    kinds = _kinds(wanted, policy)
    in_hand = replace(container, stock=None)
    chooser = Chooser(kinds, (in_hand,), policy)
    load = tuple(item.quantity for item in wanted)
    found = chooser.single(load) or most_of(chooser, load, 0)
    return _sound(found, in_hand, kinds, wanted, policy) if found else None


def _wanted(items: Sequence[Item]) -> list[Item]:
    lines = Counter(item.line for item in items)
    for item in items:
        if item.quantity < 0:
            raise ValueError(
                f"line {item.line} {item.sku!r}: expected a quantity of 0 or more, got {item.quantity}"
            )
        if lines[item.line] > 1:
            raise ValueError(f"line {item.line}: expected one item per line, got {lines[item.line]}")
    return [item for item in items if item.quantity]


def _obstacle(item: Item) -> Obstacle | None:
    if item.dims_mm is None or min(item.dims_mm) <= 0:
        return Obstacle.NO_DIMENSIONS
    if item.weight_g is None or item.weight_g <= 0:
        return Obstacle.NO_WEIGHT
    return None


def _unmeasured(items: Sequence[Item]) -> tuple[Missing, ...]:
    found = {item.sku: obstacle for item in reversed(items) if (obstacle := _obstacle(item))}
    return tuple(Missing(sku, found[sku]) for sku in _skus(items) if sku in found)


def _homeless(items: Sequence[Item], chooser: Chooser) -> tuple[Missing, ...]:
    """Products of which not even one unit can be packed; all of them when it is packaging that runs out."""
    housed = chooser.housed
    found = {item.sku for n, item in enumerate(items) if not housed >> n & 1}
    if not found or not chooser.has_stock:
        return tuple(Missing(sku, Obstacle.NO_PACKAGING) for sku in _skus(items))
    return tuple(Missing(sku, Obstacle.FITS_NOWHERE) for sku in _skus(items) if sku in found)


def _skus(items: Sequence[Item]) -> list[str]:
    return list(dict.fromkeys(item.sku for item in items))


def _kinds(items: Sequence[Item], policy: PackingPolicy) -> list[Kind]:
    return [kind_of(number, item, policy) for number, item in enumerate(items)]


def _parcels(
    answer: Sequence[Arrangement],
    containers: Sequence[Container],
    kinds: Sequence[Kind],
    items: Sequence[Item],
    policy: PackingPolicy,
) -> list[ParcelPlan]:
    used = Counter(arrangement.number for arrangement in answer)
    return [
        parcel_of(
            found, box, kinds, items, policy, last=box.stock is not None and box.stock <= used[found.number]
        )
        for found in answer
        if (box := containers[found.number])
    ]


def _sound(
    found: Arrangement,
    container: Container,
    kinds: Sequence[Kind],
    items: Sequence[Item],
    policy: PackingPolicy,
) -> ParcelPlan | None:
    found = settled(found, kinds, policy.min_support_percent)
    parcel = parcel_of(found, container, kinds, items, policy, last=container.stock == 1)
    held = [replace(item, quantity=count) for item, count in zip(items, found.load, strict=True)]
    return None if check(parcel, held, policy) else parcel
