"""Goods made for their carton: they are one parcel, and it is a right one."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.types import Fragility, Rotation
from picker.packing import check, fits, plan
from picker.packing.types import Item, PackingPolicy

from .goods import LARGE, POLICY, carton, item

Size = tuple[int, int, int]

SIDES = st.integers(30, 120)
SIZES = st.tuples(SIDES, SIDES, SIDES)
LOOSE = replace(POLICY, min_support_percent=0)


def turned(data: st.DataObject, size: Sequence[int]) -> Size:
    x, y, z = data.draw(st.permutations(size))
    return x, y, z


def made_for(goods: list[Item], size: Size, policy: PackingPolicy) -> None:
    """The goods are one parcel in a carton of that size, though there is room for them in two."""
    found = plan(goods, (carton("exact", size, max_gross_g=90_000),), policy)
    assert [parcel.packaging.code for parcel in found.parcels] == ["exact"]
    assert check(found, goods, policy) == []


@given(SIZES, st.sampled_from([(2, 1, 1), (3, 1, 1), (2, 2, 1), (5, 1, 1), (2, 2, 2), (3, 2, 2)]), st.data())
def test_equal_units_that_tile_a_carton_are_one_parcel(unit: Size, ways: Size, data: st.DataObject) -> None:
    way = data.draw(st.permutations(ways))
    size = (unit[0] * way[0], unit[1] * way[1], unit[2] * way[2])
    goods = [item(0, turned(data, unit), quantity=ways[0] * ways[1] * ways[2], weight_g=300)]
    made_for(goods, size, POLICY)


@given(SIZES, st.data())
def test_alike_goods_of_several_lines_are_laid_as_one(unit: Size, data: st.DataObject) -> None:
    x, y, z = unit
    goods = [item(n, turned(data, unit), weight_g=100 + n) for n in range(8)]
    made_for(goods, (2 * x, 2 * y, 2 * z), POLICY)


@given(st.data())
def test_what_straight_cuts_make_of_a_carton_goes_back_into_it(data: st.DataObject) -> None:
    sides = st.integers(100, 400)
    size = data.draw(st.tuples(sides, sides, sides))
    pieces: list[list[int]] = [list(size)]
    for _ in range(data.draw(st.integers(1, 5))):
        pieces.sort(key=lambda p: p[0] * p[1] * p[2])
        piece = pieces.pop()
        axis = data.draw(st.sampled_from([n for n in range(3) if piece[n] == max(piece)]))
        at = data.draw(st.integers(piece[axis] // 4, piece[axis] // 2))
        pieces += [[at if n == axis else s for n, s in enumerate(piece)]]
        pieces += [[s - at if n == axis else s for n, s in enumerate(piece)]]
    goods = [item(n, turned(data, piece), weight_g=200) for n, piece in enumerate(pieces)]
    made_for(goods, size, POLICY)


@given(SIZES, st.lists(SIZES, min_size=1, max_size=4), st.integers(2, 12))
def test_one_packaging_more_never_makes_one_parcel_dearer(unit: Size, more: list[Size], count: int) -> None:
    goods = [item(0, unit, quantity=count, weight_g=100)]
    boxes = [LARGE]
    found = plan(goods, boxes, POLICY)
    for n, size in enumerate(more):
        boxes.append(carton(f"more {n}", (4 * size[0], 4 * size[1], 4 * size[2]), price_cents=50 + 10 * n))
        richer = plan(goods, boxes, POLICY)
        if len(found.parcels) == 1:
            assert richer.cost_cents <= found.cost_cents
        found = richer


def test_two_bins_in_the_carton_made_for_two() -> None:
    for dims in ((400, 150, 200), (400, 200, 150), (200, 400, 150)):
        found = plan([item(0, dims, quantity=2)], (carton("X2", (400, 300, 200)),), LOOSE)
        assert [parcel.packaging.code for parcel in found.parcels] == ["X2"]


def test_what_bears_nothing_lies_on_top() -> None:
    unit = (100, 100, 50)
    goods = [item(0, unit, max_top_g=0), item(1, unit, weight_g=50)]
    parcel = fits(goods, carton("tower", (100, 100, 100)), POLICY)
    assert parcel is not None
    assert [p.z for p in sorted(parcel.placements, key=lambda p: p.line)] == [50, 0]


@pytest.mark.parametrize("rotation", [Rotation.UPRIGHT, Rotation.FIXED])
def test_upright_goods_are_tiled_as_they_stand(rotation: Rotation) -> None:
    goods = [item(0, (60, 40, 90), quantity=6, rotation=rotation), item(1, (60, 40, 30), quantity=6)]
    made_for(goods, (180, 80, 120), POLICY)


def test_padding_is_part_of_what_fills_the_carton() -> None:
    pad = POLICY.cushioning.padding_mm[Fragility.FRAGILE]
    wall = POLICY.cushioning.wall_mm[Fragility.FRAGILE]
    goods = [item(0, (100, 60, 50), quantity=4, fragility=Fragility.FRAGILE)]
    x, y, z = (2 * (100 + 2 * pad), 2 * (60 + 2 * pad), 50 + 2 * pad)
    made_for(goods, (x + 2 * wall, y + 2 * wall, z + 2 * wall), POLICY)
