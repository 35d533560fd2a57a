"""The packagings as the search sees them: figures worked out once, the cheapest nearly empty one first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from data.types import Tariff
from picker.packing.boxes import UNCARRIED, Box, box_of, carriage
from picker.packing.geometry import MAILERS, Kind, admits
from picker.packing.pricing import fill_cents
from picker.packing.types import Container, Objective, PackingPolicy

KNOWN = 4096
"""Goods of which it is remembered what holds them."""


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
    rigid: tuple[tuple[int, int, int, int, int], ...]
    """(bit, most g of goods, mm, mm, mm) of each that keeps its shape."""
    soft: tuple[tuple[int, Box], ...]
    """(place, box) of mailers, and of goods' own boxes."""
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
        mask = self._homes.get(key)
        if mask is None:
            if len(self._homes) >= KNOWN:
                self._homes.clear()
            mask = self._homes[key] = self._looked_up(kind)
        return mask

    def _looked_up(self, kind: Kind) -> int:
        """Hundreds of rigid packagings are compared here one after another, hence without a call for each."""
        inset = 2 * kind.wall
        turns = [(dx + inset, dy + inset, dz + inset) for dx, dy, dz in kind.turns]
        mask = sum(
            admits(self.containers[box.number], kind) << n for n, box in self.soft if kind.weight <= box.most
        )
        for bit, most, w, d, h in self.rigid:
            if kind.weight > most:
                continue
            for dx, dy, dz in turns:
                if dx <= w and dy <= d and dz <= h:
                    mask |= bit
                    break
        return mask

    def cost(self, box: Box, goods_g: int, goods_mm3: int) -> int:
        """What a parcel with such goods costs in cents, or counts as where the fewest parcels are wanted."""
        grams = box.tare + goods_g
        if box.plain is not None:
            by_volume, cents, step_cents, step_g = box.plain
            return cents + step_cents * (-(-max(grams, by_volume) // step_g) or 1)
        if self.policy.objective is Objective.BOXES:
            return box.fixed
        cents = box.fixed + carriage(box, grams)
        if box.filled and self.fill_price:
            cents += fill_cents(max(0, box.filled - goods_mm3) // 1000, self.policy)
        return cents


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
    return _shelf(
        containers, policy, (box_of(n, container, policy) for n, container in enumerate(containers))
    )


def more_on(shelf: Shelf, containers: Sequence[Container]) -> Shelf:
    """`shelf` with more packagings on it, numbered after those it has."""
    policy = shelf.policy
    more = (box_of(n, container, policy) for n, container in enumerate(containers, len(shelf.containers)))
    return _shelf((*shelf.containers, *containers), policy, (*shelf.boxes, *more))


def _shelf(containers: Sequence[Container], policy: PackingPolicy, boxes: Iterable[Box]) -> Shelf:
    carried = tuple(
        sorted((box for box in boxes if box.floor < UNCARRIED), key=attrgetter("floor", "number"))
    )
    stock = tuple(container.stock for container in containers)
    boxed = [containers[box.number] for box in carried]
    soft = [n for n, box in enumerate(boxed) if box.own_of or box.kind in MAILERS]
    return Shelf(
        containers=tuple(containers),
        policy=policy,
        boxes=carried,
        sums=_sums(carried, policy),
        fill_price=policy.void_fill.cents_per_litre,
        stock=stock,
        open=sum(1 << n for n, box in enumerate(carried) if stock[box.number] != 0),
        rigid=tuple((1 << n, box.most, *boxed[n].inner_mm) for n, box in enumerate(carried) if n not in soft),
        soft=tuple((n, carried[n]) for n in soft),
    )
