"""The packagings as the search sees them: figures worked out once, the cheapest nearly empty one first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from picker.packing.geometry import MAILERS
from picker.packing.pricing import carriage_cents, fill_cents, most_g, takes, tariffs_of, volume_g
from picker.packing.types import Container, Objective, PackingPolicy, Tariff

PARCEL = 1 << 50
"""What a parcel more counts as where the fewest are wanted: more than any inner volume in mm3."""

UNCARRIED = 1 << 59
"""The cost of what no carrier takes."""


@dataclass(frozen=True, slots=True)
class Box:
    """A packaging's figures: mm3, greatest g of goods, tare in g, cents before carriage, least cost in all.

    `room` is its inner volume and `filled` that which void fill makes up.
    `carried` are the tariffs that take it, each with what its volume counts as in g.
    """

    number: int
    room: int
    filled: int
    most: int
    tare: int
    fixed: int
    carried: tuple[tuple[int, Tariff], ...]
    floor: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """All packagings under one policy; the boxes come by their least cost."""

    containers: tuple[Container, ...]
    policy: PackingPolicy
    boxes: tuple[Box, ...]

    def cost(self, box: Box, goods_g: int, goods_mm3: int) -> int:
        """What a parcel with such goods costs in cents, or counts as where the fewest parcels are wanted."""
        if self.policy.objective is Objective.BOXES:
            return box.fixed
        grams = box.tare + goods_g
        if len(box.carried) == 1 and not box.carried[0][1].rates:
            by_volume, tariff = box.carried[0]
            steps = -(-(max(by_volume, grams)) // tariff.step_g)
            carriage = tariff.base_cents + tariff.step_cents * (steps or 1)
        else:
            carriage = _carriage(box, grams)
        if self.policy.void_fill_cents_per_litre:
            carriage += fill_cents(max(0, box.filled - goods_mm3) // 1000, self.policy)
        return box.fixed + carriage


def _carriage(box: Box, grams: int) -> int:
    return min(
        (
            cents
            for by_volume, tariff in box.carried
            if grams <= tariff.max_weight_g
            and (cents := carriage_cents(max(grams, by_volume), tariff)) is not None
        ),
        default=UNCARRIED,
    )


def _box(number: int, container: Container, policy: PackingPolicy) -> Box:
    x, y, z = container.inner_mm
    carried = tuple((volume_g(container, t), t) for t in tariffs_of(policy) if takes(t, container))
    fixed = container.price_cents + policy.handling_cents
    floor = fixed + min(
        (carriage_cents(max(grams, container.tare_g), t) or 0 for grams, t in carried), default=UNCARRIED
    )
    if policy.objective is Objective.BOXES:
        fixed = floor = (PARCEL if carried else UNCARRIED) + x * y * z
    return Box(
        number=number,
        room=UNCARRIED if container.own_of else x * y * z,
        filled=0 if container.own_of or container.kind in MAILERS else x * y * z,
        most=most_g(container, policy) - container.tare_g,
        tare=container.tare_g,
        fixed=fixed,
        carried=carried,
        floor=floor,
    )


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
    return _shelf(_Same(containers, policy))


@lru_cache(maxsize=8)
def _shelf(same: _Same) -> Shelf:
    boxes = [_box(number, container, same.policy) for number, container in enumerate(same.containers)]
    boxes = [box for box in boxes if box.floor < UNCARRIED]
    boxes.sort(key=lambda box: (box.floor, box.number))
    return Shelf(same.containers, same.policy, tuple(boxes))
