"""From order lines to what is packed: piles of what nests, boxes of what brings its own, and what isn't sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from data.types import PackagingKind
from picker.packing.geometry import Kind, Load, admits, battery_net_g, kind_of
from picker.packing.types import Container, Item, PackingPolicy


@dataclass(frozen=True, slots=True)
class Goods:
    """The kinds of one order, how many of each there are, and the order line of each of those."""

    kinds: tuple[Kind, ...]
    load: Load
    lines: tuple[tuple[int, ...], ...]


def goods_of(items: Sequence[Item], containers: Sequence[Container], policy: PackingPolicy) -> list[Goods]:
    """What looks alike is one kind; what nests makes piles as high as packagings allow, or half as high, or none.

    Those are different goods to pack, and which of them is best shows in the plans.
    """
    piles = [
        1 if item.nests_mm is None or item.quantity == 1 else _pile(item, containers, policy)
        for item in items
    ]
    choices = [piles]
    if max(piles) > 1:
        choices += [[-(-high // 2) for high in piles], [1] * len(piles)]
    return [_goods(items, high, policy) for n, high in enumerate(choices) if high not in choices[:n]]


def _goods(items: Sequence[Item], piles: Sequence[int], policy: PackingPolicy) -> Goods:
    kinds: list[Kind] = []
    lines: list[list[int]] = []
    known: dict[tuple[object, ...], int] = {}
    for item, high in zip(items, piles, strict=True):
        for units, count in ((high, item.quantity // high), (item.quantity % high, 1)):
            if not (units and count):
                continue
            number = known.setdefault((units, *_looks(item)), len(kinds))
            if number == len(kinds):
                kinds.append(kind_of(number, item, policy, units))
                lines.append([])
            lines[number] += [item.line] * count
    return Goods(tuple(kinds), tuple(map(len, lines)), tuple(map(tuple, lines)))


def _looks(item: Item) -> tuple[object, ...]:
    """What two lines must have in common to be packed as one kind; what nests or has its own box keeps apart."""
    return (*_LOOKS(item), item.line if item.own_box or item.nests_mm is not None else None)


_LOOKS = attrgetter(
    "dims_mm", "weight_g", "rotation", "fragility", "max_top_g", "mailer_ok", "liquid", "ships_alone", "group",
    "hazmat", "batteries", "battery_g",
)  # fmt: skip


def _pile(item: Item, containers: Sequence[Container], policy: PackingPolicy) -> int:
    """How many units of `item` go into one pile: what its lowest unit bears and some packaging holds."""
    if item.dims_mm is None or not item.weight_g or item.ships_alone:
        return 1
    most = item.quantity
    if item.max_top_g is not None:
        most = min(most, 1 + item.max_top_g // item.weight_g)
    if item.batteries:
        if policy.max_batteries is not None:
            most = min(most, policy.max_batteries // item.batteries)
        if policy.max_battery_net_g is not None:
            most = min(most, policy.max_battery_net_g // max(1, battery_net_g(item)))
    held, above = 1, max(1, most) + 1
    while above - held > 1:
        units = (held + above) // 2
        pile = kind_of(0, item, policy, units)
        if any(box.tare_g + pile.weight <= box.max_gross_g and admits(box, pile) for box in containers):
            held = units
        else:
            above = units
    return held


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
