"""The packagings as the search sees them: figures worked out once, the cheapest nearly empty one first."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from data.types import Tariff
from picker.packing.geometry import MAILERS, Kind, admits
from picker.packing.pricing import carriage_cents, fill_cents, most_g, takes, volume_g
from picker.packing.types import Container, Objective, PackingPolicy

PARCEL = 1 << 50
"""What a parcel more counts as where the fewest are wanted: more than any inner volume in mm3."""

UNCARRIED = 1 << 59
"""The cost of what no carrier takes."""


Carried = tuple[tuple[int, Tariff], ...]
"""Tariffs that take a packaging, each with what its volume counts as in g."""

KNOWN = 4096
"""Goods of which it is remembered what holds them."""

STEPS = 200
"""Tariffs of more steps than this are reckoned each time anew."""


@dataclass(frozen=True, slots=True)
class Box:
    """A packaging's figures: mm3, greatest g of goods, tare in g, cents before carriage, least cost in all.

    `room` is its inner volume and `filled` that which void fill makes up.
    """

    number: int
    room: int
    filled: int
    most: int
    tare: int
    fixed: int
    carried: Carried
    table: tuple[tuple[int, ...], tuple[int, ...]] | None
    """Its carriage by gross weight: up to these g, these cents."""
    plain: tuple[int, int, int, int] | None
    """(g by volume, cents, cents and g of a step) where all depends on one tariff's steps."""
    floor: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What every parcel has at least, where one tariff's steps decide: tare in g, cents before carriage."""

    tariff: Tariff
    tare: int
    fixed: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """All packagings under one policy; the boxes come by their least cost. Sets of boxes are bits by their place."""

    containers: tuple[Container, ...]
    policy: PackingPolicy
    boxes: tuple[Box, ...]
    sums: Sums | None
    fill_price: int
    """Cents for a litre of void fill."""
    stock: tuple[int | None, ...]
    open: int
    """The boxes of which there is stock."""
    _homes: dict[tuple[object, ...], int] = field(default_factory=dict, compare=False, repr=False)

    def among(self, bits: int) -> Iterator[Box]:
        """The boxes of a set, the cheapest nearly empty one first."""
        while bits:
            first = bits & -bits
            bits ^= first
            yield self.boxes[first.bit_length() - 1]

    def homes(self, kind: Kind) -> int:
        """The boxes that can hold a single unit of `kind`; remembered from one order to the next."""
        key = (kind.turns, kind.weight, kind.wall, kind.padding, kind.mailable, kind.units, kind.sku)
        found = self._homes.get(key)
        if found is None:
            if len(self._homes) >= KNOWN:
                self._homes.clear()
            found = self._homes[key] = sum(
                1 << n
                for n, box in enumerate(self.boxes)
                if kind.weight <= box.most and admits(self.containers[box.number], kind)
            )
        return found

    def cost(self, box: Box, goods_g: int, goods_mm3: int) -> int:
        """What a parcel with such goods costs in cents, or counts as where the fewest parcels are wanted."""
        grams = box.tare + goods_g
        if box.plain is not None:
            by_volume, cents, step_cents, step_g = box.plain
            return cents + step_cents * (-(-max(grams, by_volume) // step_g) or 1)
        if self.policy.objective is Objective.BOXES:
            return box.fixed
        cents = box.fixed + _carriage(box, grams)
        if box.filled and self.fill_price:
            cents += fill_cents(max(0, box.filled - goods_mm3) // 1000, self.policy)
        return cents


def _carriage(box: Box, grams: int) -> int:
    if box.table is None:
        return _cheapest(box.carried, grams)
    ends, cents = box.table
    at = bisect_left(ends, grams)
    return cents[at] if at < len(ends) else UNCARRIED


def _cheapest(carried: Carried, grams: int) -> int:
    """What the cheapest of these tariffs takes."""
    return min(
        (
            cents
            for by_volume, tariff in carried
            if grams <= tariff.heaviest_g
            and (cents := carriage_cents(max(grams, by_volume), tariff)) is not None
        ),
        default=UNCARRIED,
    )


def _table(carried: Carried, most_g: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Up to which g, in rising order, the cheapest tariff takes how much; `None` if that makes too many steps."""
    ends: set[int] = set()
    for _, tariff in carried:
        most = min(most_g, tariff.heaviest_g)
        if not tariff.rates and most // tariff.step_g > STEPS:
            return None
        steps = [up for up, _ in tariff.rates] or range(tariff.step_g, most, tariff.step_g)
        ends.update(up for up in steps if up < most)
        ends.add(most)
    ordered = tuple(sorted(ends))
    return ordered, tuple(_cheapest(carried, end) for end in ordered)


def _box(number: int, container: Container, policy: PackingPolicy) -> Box:
    x, y, z = container.inner_mm
    carried = tuple(
        (grams, tariff)
        for tariff in policy.tariffs
        if takes(tariff, container) and (grams := volume_g(container, tariff)) <= tariff.heaviest_g
    )
    fixed = container.price_cents + policy.handling_cents
    floor = fixed + min(
        (carriage_cents(max(grams, container.tare_g), t) or 0 for grams, t in carried), default=UNCARRIED
    )
    if policy.objective is Objective.BOXES:
        fixed = floor = (PARCEL if carried else UNCARRIED) + x * y * z
    plain = _plain(fixed, carried, policy)
    by_table = plain is None and policy.objective is Objective.COST
    return Box(
        number=number,
        room=UNCARRIED if container.own_of else x * y * z,
        filled=0 if container.own_of or container.kind in MAILERS else x * y * z,
        most=min(most_g(container, policy), max((t.heaviest_g for _, t in carried), default=0))
        - container.tare_g,
        tare=container.tare_g,
        fixed=fixed,
        carried=carried,
        table=_table(carried, most_g(container, policy)) if by_table else None,
        plain=plain,
        floor=floor,
    )


def _plain(
    fixed: int, carried: tuple[tuple[int, Tariff], ...], policy: PackingPolicy
) -> tuple[int, int, int, int] | None:
    many = len(carried) != 1 or carried[0][1].rates or policy.void_fill.cents_per_litre
    if many or policy.objective is Objective.BOXES:
        return None
    by_volume, tariff = carried[0]
    return by_volume, fixed + tariff.base_cents, tariff.step_cents, tariff.step_g


def _sums(boxes: Sequence[Box], policy: PackingPolicy) -> Sums | None:
    tariffs = policy.tariffs
    decided = len(tariffs) == 1 and not tariffs[0].rates and policy.objective is Objective.COST
    if not decided or any(box.room == UNCARRIED for box in boxes):
        return None
    tare, fixed = min((box.tare for box in boxes), default=0), min((box.fixed for box in boxes), default=0)
    return Sums(tariffs[0], tare, fixed)


class _Same:
    """Packagings and policy by identity: far cheaper to compare than five hundred packagings by value.

    It keeps them alive while it is a key, so their identity cannot pass to others.
    """

    __slots__ = ("containers", "key", "policy")

    def __init__(self, containers: Sequence[Container], policy: PackingPolicy) -> None:
        self.containers = tuple(containers)
        self.policy = policy
        self.key = (id(policy), *map(id, self.containers))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.key == other.key


def shelf_of(containers: Sequence[Container], policy: PackingPolicy) -> Shelf:
    """The shelf of these packagings; worked out anew only for other ones."""
    return _known_shelf(_Same(containers, policy))


@lru_cache(maxsize=8)
def _known_shelf(same: _Same) -> Shelf:
    return new_shelf(same.containers, same.policy)


def new_shelf(containers: Sequence[Container], policy: PackingPolicy) -> Shelf:
    """The shelf of packagings that are asked for once."""
    return _shelf(containers, policy, (_box(n, container, policy) for n, container in enumerate(containers)))


def more_on(shelf: Shelf, containers: Sequence[Container]) -> Shelf:
    """`shelf` with more packagings on it, numbered after those it has."""
    policy = shelf.policy
    more = (_box(n, container, policy) for n, container in enumerate(containers, len(shelf.containers)))
    return _shelf((*shelf.containers, *containers), policy, (*shelf.boxes, *more))


def _shelf(containers: Sequence[Container], policy: PackingPolicy, boxes: Iterable[Box]) -> Shelf:
    carried = tuple(
        sorted((box for box in boxes if box.floor < UNCARRIED), key=attrgetter("floor", "number"))
    )
    stock = tuple(container.stock for container in containers)
    return Shelf(
        containers=tuple(containers),
        policy=policy,
        boxes=carried,
        sums=_sums(carried, policy),
        fill_price=policy.void_fill.cents_per_litre,
        stock=stock,
        open=sum(1 << n for n, box in enumerate(carried) if stock[box.number] != 0),
    )
