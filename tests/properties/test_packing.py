"""What holds of every plan, whatever the goods and packagings."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from data.types import Fragility, PackagingKind, Rotation
from picker.packing import Fault, check, fits, how_much_fits, plan
from picker.packing.bounds import Bounds
from picker.packing.geometry import kind_of, rooms
from picker.packing.types import Container, Cushioning, Item, PackingPlan, PackingPolicy, ParcelPlan

POLICY = PackingPolicy(effort=8, cushioning=Cushioning("wrap", (0, 2, 6, 10), (0, 3, 4, 8)))

SIDES = st.integers(5, 120)


@st.composite
def goods(draw: st.DrawFn) -> list[Item]:
    count = draw(st.integers(1, 4))
    return [
        Item(
            line=line,
            sku=f"SKU{line}",
            name=f"Thing {line}",
            quantity=draw(st.integers(1, 3)),
            dims_mm=(draw(SIDES), draw(SIDES), draw(SIDES)),
            weight_g=draw(st.integers(1, 3_000)),
            rotation=draw(st.sampled_from(Rotation)),
            fragility=draw(st.sampled_from(Fragility)),
            max_top_g=draw(st.none() | st.integers(0, 2_000)),
            mailer_ok=draw(st.booleans()),
        )
        for line in range(count)
    ]


@st.composite
def packaging(draw: st.DrawFn, code: str = "X") -> Container:
    x, y, z = (draw(st.integers(30, 260)) for _ in range(3))
    return Container(
        code=code,
        name=code,
        kind=draw(st.sampled_from([PackagingKind.CARTON, PackagingKind.CARTON, PackagingKind.PADDED_MAILER])),
        inner_mm=(x, y, z),
        outer_mm=(x + 8, y + 8, z + 12),
        tare_g=draw(st.integers(5, 200)),
        max_gross_g=draw(st.integers(1_000, 9_000)),
        price_cents=draw(st.integers(1, 300)),
        stock=draw(st.none() | st.none() | st.integers(0, 3)),
    )


@st.composite
def shelves(draw: st.DrawFn) -> list[Container]:
    return [draw(packaging(f"B{n}")) for n in range(draw(st.integers(1, 4)))]


@given(goods(), shelves())
def test_every_unit_is_placed_once_or_something_is_missing(items: list[Item], boxes: list[Container]) -> None:
    found = plan(items, boxes, POLICY)
    assert bool(found.parcels) != bool(found.missing)
    if found.missing:
        assert {missing.sku for missing in found.missing} <= {item.sku for item in items}
        return
    assert check(found, items, POLICY) == []
    placed = Counter(p.line for parcel in found.parcels for p in parcel.placements)
    assert placed == {item.line: item.quantity for item in items}
    told = Counter[int]()
    for parcel in found.parcels:
        for step in parcel.steps:
            told[step.line] += step.quantity
    assert told == placed


@given(goods(), shelves())
def test_weight_is_conserved(items: list[Item], boxes: list[Container]) -> None:
    found = plan(items, boxes, POLICY)
    if found.parcels:
        goods_g = sum(item.quantity * (item.weight_g or 0) for item in items)
        tare_g = sum(parcel.packaging.tare_g for parcel in found.parcels)
        assert sum(parcel.gross_g for parcel in found.parcels) == goods_g + tare_g


@given(goods(), shelves())
def test_the_same_input_gives_the_same_plan(items: list[Item], boxes: list[Container]) -> None:
    assert plan(items, boxes, POLICY) == plan(list(items), list(boxes), POLICY)


@given(goods(), shelves(), packaging("new"))
def test_one_more_packaging_never_makes_one_parcel_dearer(
    items: list[Item], boxes: list[Container], new: Container
) -> None:
    before = plan(items, boxes, POLICY)
    if len(before.parcels) == 1:
        assert plan(items, [*boxes, new], POLICY).cost_cents <= before.cost_cents


@given(goods(), packaging())
def test_what_fits_one_packaging_is_planned(items: list[Item], box: Container) -> None:
    parcel = fits(items, replace(box, stock=None), POLICY)
    if parcel is not None:
        assert check(parcel, items, POLICY) == []
        assert plan(items, [replace(box, stock=1)], POLICY).cost_cents == parcel.cost_cents


@given(goods(), packaging())
def test_a_part_that_fits_is_sound_too(items: list[Item], box: Container) -> None:
    parcel = how_much_fits(items, box, POLICY)
    if parcel is not None:
        held = Counter(p.line for p in parcel.placements)
        assert all(held[item.line] <= item.quantity for item in items)
        assert check(parcel, [replace(item, quantity=held[item.line]) for item in items], POLICY) == []


@given(goods(), packaging())
def test_what_is_proven_impossible_never_fits(items: list[Item], box: Container) -> None:
    if box.kind is not PackagingKind.CARTON or fits(items, box, POLICY) is None:
        return
    kinds = [kind_of(number, item, POLICY) for number, item in enumerate(items)]
    load = tuple(item.quantity for item in items)
    (room,) = rooms(box, kinds, load)
    assert not Bounds(kinds).impossible(room, load)


@st.composite
def cut_boxes(draw: st.DrawFn) -> tuple[tuple[int, int, int], list[tuple[int, int, int]]]:
    """A box sawn into pieces: it surely holds them."""
    whole = (draw(st.integers(20, 99)), draw(st.integers(20, 99)), draw(st.integers(20, 99)))
    pieces = [whole]
    for _ in range(draw(st.integers(1, 6))):
        piece = list(pieces.pop(draw(st.integers(0, len(pieces) - 1))))
        axis = draw(st.integers(0, 2))
        if piece[axis] < 2:
            pieces.append((piece[0], piece[1], piece[2]))
            continue
        at = draw(st.integers(1, piece[axis] - 1))
        for side in (at, piece[axis] - at):
            piece[axis] = side
            pieces.append((piece[0], piece[1], piece[2]))
    return whole, pieces


@given(cut_boxes())
def test_a_full_box_is_never_called_impossible(
    sawn: tuple[tuple[int, int, int], list[tuple[int, int, int]]],
) -> None:
    whole, pieces = sawn
    items = [Item(n, f"S{n}", f"S{n}", 1, size, 1) for n, size in enumerate(pieces)]
    kinds = [kind_of(number, item, POLICY) for number, item in enumerate(items)]
    assert not Bounds(kinds).impossible(whole, (1,) * len(items))


def _parcel(items: list[Item], boxes: list[Container]) -> ParcelPlan | None:
    found = plan(items, boxes, POLICY)
    return found.parcels[0] if len(found.parcels) == 1 else None


@settings(max_examples=50)
@given(goods(), shelves(), st.data())
def test_every_damage_is_caught(items: list[Item], boxes: list[Container], data: st.DataObject) -> None:
    parcel = _parcel(items, boxes)
    if parcel is None:
        return
    at = data.draw(st.integers(0, len(parcel.placements) - 1))
    hit = parcel.placements[at]
    others = parcel.placements[:at] + parcel.placements[at + 1 :]
    length = parcel.packaging.inner_mm[0]
    damages = {
        Fault.LOST: others,
        Fault.DOUBLED: (*parcel.placements, hit),
        Fault.OVERLAP: (*parcel.placements, replace(hit)),
        Fault.OUTSIDE: (*others, replace(hit, x=length)),
        Fault.WRONG_SIZE: (*others, replace(hit, dz=hit.dz + 1)),
        Fault.FLOATING: (*others, replace(hit, z=hit.z + 1_000)),
        Fault.UNKNOWN: (*others, replace(hit, line=99)),
    }
    for fault, placements in damages.items():
        broken = PackingPlan((replace(parcel, placements=placements),))
        assert fault in {violation.fault for violation in check(broken, items, POLICY)}
