"""From an arrangement to the parcel a packer is shown: true sides, weights, cost, void fill, steps."""

from collections.abc import Sequence

from data.types import PackagingKind
from picker.packing.choose import Arrangement, billable_g, cost_cents
from picker.packing.geometry import MAILERS, Kind, lining
from picker.packing.steps import fill_steps
from picker.packing.types import Container, Item, PackingPolicy, ParcelPlan, Placement
from picker.packing.types import Warning as Caution

NEARLY = 95
"""Percent of the greatest allowed weight from which a parcel counts as nearly overweight."""


def parcel_of(
    arrangement: Arrangement,
    container: Container,
    kinds: Sequence[Kind],
    items: Sequence[Item],
    policy: PackingPolicy,
    last: bool = False,
) -> ParcelPlan:
    """Describe `arrangement`; `items[n]` is what `kinds[n]` was made of, `last` that it uses the stock up."""
    inset = lining(kinds, arrangement.load)
    placements = tuple(
        Placement(
            line=(kind := kinds[number]).line,
            x=inset + x + kind.padding,
            y=inset + y + kind.padding,
            z=inset + z + kind.padding,
            dx=dx - 2 * kind.padding,
            dy=dy - 2 * kind.padding,
            dz=dz - 2 * kind.padding,
        )
        for number, x, y, z, dx, dy, dz in arrangement.spots
    )
    gross = container.tare_g + sum(kinds[spot[0]].weight for spot in arrangement.spots)
    inner = _inner_mm3(arrangement, container, inset)
    envelopes = sum(kinds[spot[0]].volume for spot in arrangement.spots)
    empty = 100 * (inner - sum(p.dx * p.dy * p.dz for p in placements)) // inner
    return ParcelPlan(
        packaging=container,
        placements=placements,
        steps=fill_steps(placements, items, policy),
        gross_g=gross,
        billable_g=billable_g(container, gross, policy),
        cost_cents=cost_cents(container, gross, policy),
        void_fill_ml=0 if container.kind in MAILERS else (inner - envelopes) // 1000,
        empty_percent=empty,
        warnings=_warnings(container, gross, empty, last, policy),
    )


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
    most = min(container.max_gross_g, policy.max_weight_g)
    found = {
        Caution.MUCH_EMPTY: empty > policy.max_empty_percent and container.kind is not PackagingKind.OWN_BOX,
        Caution.NEARLY_OVERWEIGHT: gross * 100 >= most * NEARLY,
        Caution.LAST_IN_STOCK: last,
    }
    return tuple(warning for warning, given in found.items() if given)
