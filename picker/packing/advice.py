"""Which packagings a shop should stock: what it sent lately, packed again with and without them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from data.types import PackagingKind
from picker.packing.plan import plan
from picker.packing.pricing import fill_cents, service_for
from picker.packing.types import Container, Item, PackingPlan, PackingPolicy, ParcelPlan

GRID_MM = 20
"""New cartons are looked for in steps of this: makers sell sizes, not millimetres."""

CANDIDATES = 150
"""Sizes reckoned roughly, the most frequent first."""

FINALISTS = 6
"""Sizes for which everything is packed again."""


@dataclass(frozen=True, slots=True)
class Shipment:
    """One order's goods, with the policy at the prices of its carrier service."""

    items: tuple[Item, ...]
    policy: PackingPolicy


@dataclass(frozen=True, slots=True)
class Saving:
    """A carton the shop does not have: what it would have saved, and on how many shipments."""

    carton: Container
    saved_cents: int
    shipments: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What the shipments cost at best with the packagings there are, and which would make it less.

    `unplanned` shipments have goods without figures or without room. `emptiest` counts parcels above the
    policy's greatest empty share. `used` tells how often each packaging is the best choice.
    """

    shipments: int
    unplanned: int
    parcels: int
    cost_cents: int
    empty_percent: int
    emptiest: int
    used: tuple[tuple[str, int], ...]
    never_best: tuple[str, ...]
    savings: tuple[Saving, ...]


def advise(
    shipments: Sequence[Shipment], containers: Sequence[Container], tick: Callable[[], None] = lambda: None
) -> Advice:
    """Pack `shipments` with `containers`, whatever their stock, and find up to three cartons worth buying.

    `tick` is called after each of the `steps(len(shipments))` plans.
    """
    stocked = [replace(box, stock=None) for box in containers]
    plans = [_planned(shipment, stocked, tick) for shipment in shipments]
    good = [(shipment, answer) for shipment, answer in zip(shipments, plans, strict=True) if answer.parcels]
    parcels = [parcel for _, answer in good for parcel in answer.parcels]
    used = Counter(parcel.packaging.code for parcel in parcels)
    room = sum(_inner(parcel) for parcel in parcels)
    empty = sum(_inner(parcel) * parcel.empty_percent for parcel in parcels)
    return Advice(
        shipments=len(shipments),
        unplanned=len(shipments) - len(good),
        parcels=len(parcels),
        cost_cents=sum(answer.cost_cents for _, answer in good),
        empty_percent=empty // room if room else 0,
        emptiest=sum(
            p.empty_percent > shipment.policy.max_empty_percent for shipment, f in good for p in f.parcels
        ),
        used=tuple(used.most_common()),
        never_best=tuple(box.code for box in containers if box.code not in used) if good else (),
        savings=_savings(good, stocked, tick),
    )


def steps(shipments: int) -> int:
    """How often `advise` ticks at most for so many shipments."""
    return shipments * (1 + FINALISTS)


def _planned(shipment: Shipment, boxes: Sequence[Container], tick: Callable[[], None]) -> PackingPlan:
    made = plan(shipment.items, boxes, shipment.policy)
    tick()
    return made


def _inner(parcel: ParcelPlan) -> int:
    x, y, z = parcel.packaging.inner_mm
    return x * y * z


def _savings(
    good: Sequence[tuple[Shipment, PackingPlan]], boxes: Sequence[Container], tick: Callable[[], None]
) -> tuple[Saving, ...]:
    cartons = sorted((box for box in boxes if box.kind is PackagingKind.CARTON), key=_board_mm2)
    if len(cartons) < 2:
        return ()
    needs = [(_need(shipment, parcel), shipment, parcel) for shipment, f in good for parcel in f.parcels]
    sizes = Counter(need for need, _, _ in needs if not _stocked(need, cartons))
    rough = [
        (sum(_saved(carton, need, shipment, parcel) for need, shipment, parcel in needs), carton)
        for size, _ in sizes.most_common(CANDIDATES)
        for carton in [like(size, cartons)]
    ]
    rough.sort(key=lambda pair: (-pair[0], pair[1].code))
    finalists = [carton for saved, carton in rough[:FINALISTS] if saved > 0]
    exact = [_saving(carton, good, boxes, tick) for carton in finalists]
    exact.sort(key=lambda saving: (-saving.saved_cents, saving.carton.code))
    return tuple(saving for saving in exact[:3] if saving.saved_cents > 0)


def _need(shipment: Shipment, parcel: ParcelPlan) -> tuple[int, int, int]:
    """The inner size that this arrangement takes with its cushioning, rounded up to the grid; x is the longer."""
    cushioning = shipment.policy.cushioning
    grades = {item.line: item.fragility for item in shipment.items}
    wall = max(cushioning.wall_mm[grades[p.line]] for p in parcel.placements)
    pads = [cushioning.padding_mm[grades[p.line]] for p in parcel.placements]
    ends = [
        (p.x + p.dx + pad, p.y + p.dy + pad, p.z + p.dz + pad)
        for p, pad in zip(parcel.placements, pads, strict=True)
    ]
    x, y, z = (-(-(max(side) + wall) // GRID_MM) * GRID_MM for side in zip(*ends, strict=True))
    return max(x, y), min(x, y), z


def _stocked(size: tuple[int, int, int], cartons: Sequence[Container]) -> bool:
    return any(all(abs(a - b) < GRID_MM for a, b in zip(size, box.inner_mm, strict=True)) for box in cartons)


def _board_mm2(box: Container) -> int:
    x, y, z = box.outer_mm
    return 2 * (x * y + y * z + x * z)


def like(size: tuple[int, int, int], cartons: Sequence[Container]) -> Container:
    """A carton of this inner size, as thick, heavy, strong and dear as those of about its board; mm.

    `cartons` are at least two, in rising order of board. Price and tare are read off the straight line through
    the two nearest; it carries what the smaller of them does.
    """
    walls = [tuple(o - i for o, i in zip(box.outer_mm, box.inner_mm, strict=True)) for box in cartons]
    x, y, z = (sorted(wall[n] for wall in walls)[len(walls) // 2] for n in range(3))
    outer = (size[0] + x, size[1] + y, size[2] + z)
    code = "x".join(str(side) for side in size)
    bare = replace(cartons[0], code=code, name=code, inner_mm=size, outer_mm=outer, stock=None)
    board = _board_mm2(bare)
    upper = next((n for n, box in enumerate(cartons) if _board_mm2(box) >= board), len(cartons) - 1)
    low, high = cartons[max(0, upper - 1)], cartons[max(1, upper)]
    return replace(
        bare,
        tare_g=max(1, _between(board, low, high, low.tare_g, high.tare_g)),
        price_cents=max(1, _between(board, low, high, low.price_cents, high.price_cents)),
        max_gross_g=min(low.max_gross_g, high.max_gross_g),
    )


def _between(board: int, low: Container, high: Container, at_low: int, at_high: int) -> int:
    span = _board_mm2(high) - _board_mm2(low)
    return at_low if not span else at_low + (at_high - at_low) * (board - _board_mm2(low)) // span


def _saved(carton: Container, need: tuple[int, int, int], shipment: Shipment, parcel: ParcelPlan) -> int:
    """What this parcel, arranged as it is, would cost less in `carton`; 0 if it does not go in."""
    if any(side > room for side, room in zip(need, carton.inner_mm, strict=True)):
        return 0
    gross = parcel.gross_g - parcel.packaging.tare_g + carton.tare_g
    service = service_for(carton, gross, shipment.policy) if gross <= carton.max_gross_g else None
    if service is None:
        return 0
    x, y, z = carton.inner_mm
    fill = max(0, parcel.void_fill_ml - (_inner(parcel) - x * y * z) // 1000)
    cents = carton.price_cents + shipment.policy.handling_cents + service[0]
    return max(0, parcel.cost_cents - cents - fill_cents(fill, shipment.policy))


def _saving(
    carton: Container,
    good: Sequence[tuple[Shipment, PackingPlan]],
    boxes: Sequence[Container],
    tick: Callable[[], None],
) -> Saving:
    more = [*boxes, carton]
    saved = [answer.cost_cents - _planned(shipment, more, tick).cost_cents for shipment, answer in good]
    return Saving(carton, sum(cents for cents in saved if cents > 0), sum(cents > 0 for cents in saved))
