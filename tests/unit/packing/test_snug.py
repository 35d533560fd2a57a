"""Which carton would suit what was proposed a far too large one."""

from data.types import Fragility
from picker.packing import fits
from picker.packing.snug import GRID_MM, snug_carton

from .goods import LARGE, POLICY, carton, item


def test_the_smallest_carton_for_goods_that_lie_about_in_a_large_one() -> None:
    goods = [item(0, (120, 90, 60), quantity=8)]
    parcel = fits(goods, LARGE, POLICY)
    assert parcel is not None
    snug = snug_carton(parcel, goods, POLICY)
    assert snug is not None
    assert snug.empty_percent <= 10
    assert all(side % GRID_MM == 0 for side in snug.packaging.inner_mm)
    assert fits(goods, carton("bought", snug.packaging.inner_mm), POLICY) is not None


def test_its_padding_and_lining_are_part_of_what_goods_take() -> None:
    goods = [item(0, (100, 80, 60), fragility=Fragility.FRAGILE)]
    parcel = fits(goods, LARGE, POLICY)
    assert parcel is not None
    snug = snug_carton(parcel, goods, POLICY)
    assert snug is not None
    assert sorted(snug.packaging.inner_mm) == [120, 140, 160]
