"""Why there is no plan: what isn't known of a product, what isn't sent, what fits nowhere, and by which figure."""

from collections.abc import Sequence

from data.types import Rotation
from picker.packing.choose import Chooser
from picker.packing.geometry import MAILERS, Kind, admits, battery_net_g, rotation_of
from picker.packing.goods import Goods
from picker.packing.pricing import billable_g, takes
from picker.packing.types import Container, Figure, Item, Missing, Obstacle, PackingPolicy


def hindered(items: Sequence[Item], policy: PackingPolicy) -> tuple[Missing, ...]:
    """The products that can't be packed whatever the packaging, once each, in the order of the items."""
    by_key: dict[str, Missing] = {}
    for item in items:
        missing = hindrance(item, policy)
        if missing is not None:
            by_key.setdefault(item.sku, missing)
    return tuple(by_key.values())


def hindrance(item: Item, policy: PackingPolicy) -> Missing | None:
    """What stands in the way of one product, `None` if nothing."""
    if item.dims_mm is None or min(item.dims_mm) <= 0:
        return Missing(item.sku, Obstacle.NO_DIMENSIONS)
    if item.weight_g is None or item.weight_g <= 0:
        return Missing(item.sku, Obstacle.NO_WEIGHT)
    return _not_sent(item, policy) if item.hazmat or item.batteries else None


def _not_sent(item: Item, policy: PackingPolicy) -> Missing | None:
    """Dangerous goods and batteries that the policy doesn't send."""
    if item.hazmat and policy.hazmat_classes is not None and item.hazmat not in policy.hazmat_classes:
        return Missing(item.sku, Obstacle.NOT_CARRIED, Figure.HAZMAT)
    limits = (
        (Figure.BATTERIES, item.batteries, policy.max_batteries),
        (Figure.BATTERY_WH, item.battery_wh, policy.max_battery_wh),
        (Figure.BATTERY_NET_G, battery_net_g(item), policy.max_battery_net_g),
    )
    for figure, got, most in limits if item.batteries else ():
        if most is not None and got > most:
            return Missing(item.sku, Obstacle.NOT_CARRIED, figure, got, most)
    return None


def homeless(items: Sequence[Item], goods: Goods, chooser: Chooser) -> tuple[Missing, ...]:
    """The products of which not even one unit can be packed; all of them when it is packaging that runs out."""
    housed = chooser.housed
    by_line = {item.line: item for item in items}
    missing: dict[str, Missing] = {}
    for kind, lines in zip(goods.kinds, goods.lines, strict=True):
        if not housed >> kind.number & 1:
            for item in (by_line[line] for line in dict.fromkeys(lines)):
                missing.setdefault(item.sku, _homeless(item, kind, chooser))
    if missing and chooser.stocked:
        return tuple(missing.values())
    return tuple(Missing(sku, Obstacle.NO_PACKAGING) for sku in dict.fromkeys(item.sku for item in items))


def _homeless(item: Item, kind: Kind, chooser: Chooser) -> Missing:
    """Not carried if some packaging would hold it that no service takes, else by the figure that is in the way."""
    boxes = chooser.stocked
    if any(admits(box, kind) and box.tare_g + kind.weight <= box.max_gross_g for box in boxes):
        return _too_heavy_to_carry(item, kind, boxes, chooser.policy)
    rooms = [_room(box, kind) for box in boxes if not box.own_of]
    longest = max((max(room) for room in rooms), default=0)
    if kind.longest > longest:
        return Missing(item.sku, Obstacle.FITS_NOWHERE, Figure.LONGEST_SIDE, kind.longest, longest)
    highest = max((room[2] for room in rooms), default=0)
    height = min(turn[2] for turn in kind.turns)
    if rotation_of(item) is not Rotation.ANY and height > highest:
        return Missing(item.sku, Obstacle.FITS_NOWHERE, Figure.HEIGHT, height, highest)
    most = max((box.max_gross_g - box.tare_g for box in boxes), default=0)
    if kind.weight > most:
        return Missing(item.sku, Obstacle.FITS_NOWHERE, Figure.WEIGHT, kind.weight, most)
    return Missing(item.sku, Obstacle.FITS_NOWHERE)


def _too_heavy_to_carry(item: Item, kind: Kind, boxes: Sequence[Container], policy: PackingPolicy) -> Missing:
    lightest = kind.weight + min(box.tare_g for box in boxes if admits(box, kind))
    most = max(tariff.heaviest_g for tariff in policy.tariffs)
    if lightest > most:
        return Missing(item.sku, Obstacle.NOT_CARRIED, Figure.WEIGHT, lightest, most)
    billed = [
        (billable_g(box, box.tare_g + kind.weight, tariff), tariff.rates[-1][0])
        for box in boxes
        for tariff in policy.tariffs
        if tariff.rates and admits(box, kind) and takes(tariff, box)
    ]
    got, end = min(billed, key=lambda pair: pair[0] - pair[1], default=(0, 0))
    if got <= end:
        return Missing(item.sku, Obstacle.NOT_CARRIED)
    return Missing(item.sku, Obstacle.NOT_CARRIED, Figure.BILLED, got, end)


def _room(box: Container, kind: Kind) -> tuple[int, int, int]:
    inset = 2 * kind.wall if box.kind not in MAILERS else 0
    x, y, z = box.inner_mm
    return x - inset, y - inset, z - inset
