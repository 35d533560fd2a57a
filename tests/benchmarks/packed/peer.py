"""The same orders through py3dbp 1.1.2: the best-known packer on PyPI, in the carton loop its users write."""

from collections.abc import Sequence

from picker.packing.pricing import billable_g, fill_cents, service_for
from picker.packing.types import Container, Item, PackingPlan, PackingPolicy, ParcelPlan, Placement


def peer_plan(items: Sequence[Item], boxes: Sequence[Container], policy: PackingPolicy) -> PackingPlan:
    """The smallest packaging that takes all; if none does the largest is filled, and so on with the rest."""
    by_volume = sorted(boxes, key=_volume)
    left = [item for item in items for _ in range(item.quantity)]
    parcels: list[ParcelPlan] = []
    while left:
        best: list[tuple[int, Placement]] = []
        for box in by_volume:
            placed = _pack(left, box)
            if len(placed) >= len(best):
                best, chosen = placed, box
            if len(placed) == len(left):
                break
        if not best:
            return PackingPlan()
        parcels.append(_parcel(chosen, [p for _, p in best], left, policy))
        gone = {n for n, _ in best}
        left = [item for n, item in enumerate(left) if n not in gone]
    return PackingPlan(tuple(parcels))


def _volume(box: Container) -> int:
    x, y, z = box.inner_mm
    return x * y * z


def _pack(units: Sequence[Item], box: Container) -> list[tuple[int, Placement]]:
    """(number of the unit, where it lies); py3dbp calls its sides width, height and depth."""
    import py3dbp

    packer = py3dbp.Packer()
    packer.add_bin(py3dbp.Bin(box.code, *box.inner_mm, box.max_gross_g - box.tare_g))
    for n, unit in enumerate(units):
        packer.add_item(py3dbp.Item(str(n), *(unit.dims_mm or (1, 1, 1)), unit.weight_g))
    packer.pack(bigger_first=True, number_of_decimals=0)
    found = []
    for item in packer.bins[0].items:
        n = int(item.name)
        place = [int(value) for value in (*item.position, *item.get_dimension())]
        found.append((n, Placement(units[n].line, *place)))
    return found


def _parcel(
    box: Container, placements: list[Placement], units: Sequence[Item], policy: PackingPolicy
) -> ParcelPlan:
    weights = {unit.line: unit.weight_g or 0 for unit in units}
    gross = box.tare_g + sum(weights[p.line] for p in placements)
    goods = sum(p.dx * p.dy * p.dz for p in placements)
    fill = (_volume(box) - goods) // 1000
    carriage, tariff = service_for(box, gross, policy) or (0, None)
    return ParcelPlan(
        packaging=box,
        placements=tuple(placements),
        steps=(),
        gross_g=gross,
        billable_g=billable_g(box, gross, tariff) if tariff else gross,
        cost_cents=box.price_cents + policy.handling_cents + carriage + fill_cents(fill, policy),
        void_fill_ml=fill,
        empty_percent=100 * (_volume(box) - goods) // _volume(box),
    )
