"""From an arrangement to the parcel a packer is shown: true sides, weights, cost, void fill, steps."""

from collections.abc import Sequence

from data.types import PackagingKind
from picker.packing.choose import Arrangement
from picker.packing.geometry import MAILERS, Kind, Spot, lining
from picker.packing.pricing import billable_g, fill_cents, most_g, service_for
from picker.packing.shelf import Shelf
from picker.packing.steps import fill_steps
from picker.packing.strength import strength_g
from picker.packing.types import Container, Item, PackingPolicy, ParcelPlan, Placement
from picker.packing.types import Warning as Caution

NEARLY = 95
"""Percent of the greatest allowed weight from which a parcel counts as nearly overweight."""


def parcel_of(
    arrangement: Arrangement,
    shelf: Shelf,
    kinds: Sequence[Kind],
    lines: Sequence[int],
    items: Sequence[Item],
    last: bool,
) -> ParcelPlan:
    """Describe `arrangement`, whose spots hold units of these order `lines`; `last`: it uses the stock up."""
    container, policy = shelf.containers[arrangement.number], shelf.policy
    own = bool(container.own_of)
    inset = 0 if own else lining(kinds, arrangement.load)
    placements = tuple(
        place
        for line, spot in zip(lines, arrangement.spots, strict=True)
        for place in _placements(line, spot, kinds[spot[0]], inset, own)
    )
    gross = container.tare_g + sum(kinds[spot[0]].weight for spot in arrangement.spots)
    inner = _inner_mm3(arrangement, container, inset)
    envelopes = sum(kinds[spot[0]].volume for spot in arrangement.spots)
    fill = 0 if own or container.kind in MAILERS else (inner - envelopes) // 1000
    goods = _goods_mm3(arrangement, kinds)
    x, y, z = arrangement.room
    lined = 0 if own else inner - x * y * z
    found = service_for(container, gross, policy)
    if found is None:
        raise ValueError(f"{container.code!r}: expected a service that takes {gross} g, got none")
    carriage, tariff = found
    return ParcelPlan(
        packaging=container,
        placements=placements,
        steps=fill_steps(placements, items, policy, padded=not own),
        gross_g=gross,
        billable_g=billable_g(container, gross, tariff),
        cost_cents=container.price_cents + policy.handling_cents + carriage + fill_cents(fill, policy),
        void_fill_ml=fill,
        empty_percent=100 * (inner - goods) // inner,
        warnings=_warnings(container, gross, 100 * (inner - goods) // inner, last, policy),
        service=tariff.code,
        void_fill_cents=fill_cents(fill, policy),
        void_fill=policy.void_fill.name if fill else "",
        lining_mm=inset,
        cushion_percent=0 if own else 100 * (lined + envelopes - goods) // inner,
    )


def _placements(line: int, spot: Spot, kind: Kind, inset: int, own: bool) -> list[Placement]:
    """The units of one envelope, without its padding: one, or those of a nested pile along its length."""
    pad = kind.padding
    corner = [inset + low + (0 if own else pad) for low in spot[1:4]]
    sides = [side - 2 * pad for side in spot[4:]]
    if kind.units == 1:
        return [Placement(line, *corner, *sides)]
    along = 2 - sides[::-1].index(kind.pile)
    sides[along] -= (kind.units - 1) * kind.nest
    found = []
    for n in range(kind.units):
        at = corner.copy()
        at[along] += n * kind.nest
        found.append(Placement(line, at[0], at[1], at[2], sides[0], sides[1], sides[2]))
    return found


def _goods_mm3(arrangement: Arrangement, kinds: Sequence[Kind]) -> int:
    """The goods' own volume, without padding; a nested pile counts as one body."""
    total = 0
    for number, _, _, _, dx, dy, dz in arrangement.spots:
        pad = 2 * kinds[number].padding
        total += (dx - pad) * (dy - pad) * (dz - pad)
    return total


def _inner_mm3(arrangement: Arrangement, container: Container, inset: int) -> int:
    """The volume the goods share: a mailer closes around them, everything else keeps its shape."""
    if container.kind in MAILERS:
        x, y, z = (side + 2 * inset for side in arrangement.room)
    else:
        x, y, z = container.inner_mm
    return x * y * z


def _warnings(
    container: Container, gross: int, empty: int, last: bool, policy: PackingPolicy
) -> tuple[Caution, ...]:
    most = most_g(container, policy)
    board = None if container.ect is None else strength_g(container.ect, container.walls)
    found = {
        Caution.MUCH_EMPTY: empty > policy.max_empty_percent and container.kind is not PackagingKind.OWN_BOX,
        Caution.NEARLY_OVERWEIGHT: gross * 100 >= most * NEARLY,
        Caution.NEAR_BOARD_LIMIT: board is not None and gross * 100 >= board * NEARLY,
        Caution.LAST_IN_STOCK: last,
    }
    return tuple(warning for warning, given in found.items() if given)
