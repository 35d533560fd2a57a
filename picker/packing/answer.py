"""From an arrangement to the parcel a packer is shown: true sides, weights, cost, void fill, steps."""

from collections.abc import Sequence
from typing import NamedTuple

from data.types import PackagingKind, Tariff
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
    placements: list[Placement] = []
    for line, spot in zip(lines, arrangement.spots, strict=True):
        placements += _placements(line, spot, kinds[spot[0]], inset, own)
    gross = container.tare_g + sum([kinds[spot[0]].weight for spot in arrangement.spots])
    carriage, tariff = _service(container, gross, policy)
    room = _volumes(arrangement, container, kinds, inset)
    fill = 0 if own or container.kind in MAILERS else (room.inner - room.envelopes) // 1000
    paid = fill_cents(fill, policy)
    empty = 100 * (room.inner - room.goods) // room.inner
    return ParcelPlan(
        packaging=container,
        placements=tuple(placements),
        steps=fill_steps(placements, items, policy, padded=not own),
        gross_g=gross,
        billable_g=billable_g(container, gross, tariff),
        cost_cents=container.price_cents + policy.handling_cents + carriage + paid,
        void_fill_ml=fill,
        empty_percent=empty,
        warnings=_warnings(container, gross, empty, last, policy),
        service=tariff.code,
        void_fill_cents=paid,
        void_fill=policy.void_fill.name if fill else "",
        lining_mm=inset,
        cushion_percent=0 if own else 100 * (room.lined + room.envelopes - room.goods) // room.inner,
    )


def _service(container: Container, gross: int, policy: PackingPolicy) -> tuple[int, Tariff]:
    service = service_for(container, gross, policy)
    if service is None:
        raise ValueError(f"{container.code!r}: expected a service that takes {gross} g, got none")
    return service


class _Volumes(NamedTuple):
    """What a parcel is made of in mm3."""

    inner: int
    """What the goods share: a mailer closes around them, everything else keeps its shape."""
    lined: int
    """The cushioning along walls, floor and lid."""
    envelopes: int
    """The goods with the padding around each."""
    goods: int
    """The goods themselves; a nested pile counts as one body."""


def _volumes(arrangement: Arrangement, container: Container, kinds: Sequence[Kind], inset: int) -> _Volumes:
    x, y, z = arrangement.room
    wide, deep, high = container.inner_mm
    if container.kind in MAILERS:
        wide, deep, high = x + 2 * inset, y + 2 * inset, z + 2 * inset
    inner = wide * deep * high
    envelopes = goods = 0
    for number, _, _, _, dx, dy, dz in arrangement.spots:
        pad = 2 * kinds[number].padding
        envelopes += dx * dy * dz
        goods += (dx - pad) * (dy - pad) * (dz - pad)
    return _Volumes(inner, inner - x * y * z, envelopes, goods)


def _placements(line: int, spot: Spot, kind: Kind, inset: int, own: bool) -> list[Placement]:
    """The units of one envelope, without its padding: one, or those of a nested pile along its length."""
    pad = kind.padding
    corner = [inset + low + (0 if own else pad) for low in spot[1:4]]
    sides = [side - 2 * pad for side in spot[4:]]
    if kind.units == 1:
        return [Placement(line, *corner, *sides)]
    along = 2 - sides[::-1].index(kind.pile)
    sides[along] -= (kind.units - 1) * kind.nest
    placements = []
    for n in range(kind.units):
        at = corner.copy()
        at[along] += n * kind.nest
        placements.append(Placement(line, at[0], at[1], at[2], sides[0], sides[1], sides[2]))
    return placements


def _warnings(
    container: Container, gross: int, empty: int, last: bool, policy: PackingPolicy
) -> tuple[Caution, ...]:
    most = most_g(container, policy)
    board = None if container.ect is None else strength_g(container.ect, container.walls)
    cautions = (
        (
            Caution.MUCH_EMPTY,
            empty > policy.max_empty_percent and container.kind is not PackagingKind.OWN_BOX,
        ),
        (Caution.NEARLY_OVERWEIGHT, gross * 100 >= most * NEARLY),
        (Caution.NEAR_BOARD_LIMIT, board is not None and gross * 100 >= board * NEARLY),
        (Caution.LAST_IN_STOCK, last),
    )
    return tuple([warning for warning, given in cautions if given])
