"""From order lines to what is packed: piles of what nests, boxes of what brings its own, and what isn't sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.types import PackagingKind
from picker.packing.geometry import Kind, Load, kind_of
from picker.packing.types import Container, Item, PackingPolicy


@dataclass(frozen=True, slots=True)
class Goods:
    """The kinds of one order and how many of each there are."""

    kinds: tuple[Kind, ...]
    load: Load


def goods_of(items: Sequence[Item], containers: Sequence[Container], policy: PackingPolicy) -> Goods:
    """One kind per line; what nests makes piles as high as the packagings allow, and one of what is left over."""
    kinds: list[Kind] = []
    load: list[int] = []
    for item in items:
        high = 1 if item.nests_mm is None or item.quantity == 1 else _pile(item, containers, policy)
        for units, count in ((high, item.quantity // high), (item.quantity % high, 1)):
            if units and count:
                kinds.append(kind_of(len(kinds), item, policy, units))
                load.append(count)
    return Goods(tuple(kinds), tuple(load))


def _pile(item: Item, containers: Sequence[Container], policy: PackingPolicy) -> int:
    """How many units of `item` go into one pile: what the longest packaging and its lowest unit bear."""
    if item.dims_mm is None or not item.weight_g or item.ships_alone:
        return 1
    around = 2 * (policy.cushioning.padding_mm[item.fragility] + policy.cushioning.wall_mm[item.fragility])
    room = max((max(box.inner_mm) for box in containers), default=0) - around - item.dims_mm[2]
    most = min(item.quantity, 1 + max(0, room) // item.nests_mm if item.nests_mm else item.quantity)
    if item.max_top_g is not None:
        most = min(most, 1 + item.max_top_g // item.weight_g)
    if policy.max_batteries is not None and item.batteries:
        most = min(most, policy.max_batteries // item.batteries)
    gross = max((box.max_gross_g - box.tare_g for box in containers), default=0)
    return max(1, min(most, gross // item.weight_g))


def carried(item: Item, policy: PackingPolicy) -> bool:
    """Whether the policy sends it at all: class of dangerous goods, batteries and their watt-hours."""
    if item.hazmat and policy.hazmat_classes is not None and item.hazmat not in policy.hazmat_classes:
        return False
    if policy.max_battery_wh is not None and item.batteries and item.battery_wh > policy.max_battery_wh:
        return False
    return policy.max_batteries is None or item.batteries <= policy.max_batteries


def own_box(item: Item) -> Container:
    """The box in which the product comes: it needs no packaging, and no padding."""
    dims = item.dims_mm or (0, 0, 0)
    return Container(
        code=item.sku,
        name=item.name,
        kind=PackagingKind.OWN_BOX,
        inner_mm=dims,
        outer_mm=dims,
        tare_g=0,
        max_gross_g=item.weight_g or 0,
        price_cents=0,
        own_of=item.sku,
    )
