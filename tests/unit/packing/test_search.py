"""How good the plans are: what only a patient search finds, proofs, fewest boxes, and calm arrangements."""

from dataclasses import replace

import pytest

from data.types import Rotation
from picker.packing import check, fits, plan
from picker.packing.dataset import dataset_of
from picker.packing.shelf import shelf_of
from picker.packing.types import Objective, PackingPolicy
from tests.benchmarks.packed.shops import mail_order

from .goods import CARTONS, LARGE, MIDDLE, POLICY, SMALL, carton, item

LOOSE = replace(POLICY, min_support_percent=0)


def test_two_upright_neighbours_and_a_bar_across_them() -> None:
    goods = [
        item(0, (392, 41, 70), weight_g=648),
        item(1, (269, 258, 170), quantity=2, weight_g=2_950),
    ]
    assert fits(goods, carton("C11", (400, 300, 300)), POLICY) is not None


def test_five_things_of_three_quarters_of_a_carton() -> None:
    goods = [
        item(0, (153, 142, 88), weight_g=864, max_top_g=1_728),
        item(1, (94, 94, 297), weight_g=2_501, rotation=Rotation.UPRIGHT),
        item(2, (106, 231, 209), weight_g=1_464),
        item(3, (368, 233, 137), weight_g=1_938),
        item(4, (260, 214, 92), weight_g=2_309),
    ]
    assert fits(goods, carton("C13", (460, 310, 310)), POLICY) is not None


def test_a_plan_says_when_nothing_cheaper_exists() -> None:
    found = plan([item()], CARTONS, POLICY)
    assert found.proven
    assert found.bound_cents == found.cost_cents


def test_a_bound_below_the_cost_proves_nothing() -> None:
    cross = [item(n, dims) for n, dims in enumerate([(100, 30, 30), (30, 100, 30), (90, 90, 45)])]
    found = plan(cross, (carton("tight", (100, 100, 62)), LARGE), POLICY)
    assert found.bound_cents <= found.cost_cents
    assert found.proven is (found.bound_cents == found.cost_cents)


def test_fewest_boxes_then_least_volume() -> None:
    boxes = replace(POLICY, objective=Objective.BOXES)
    cheap_large = (replace(SMALL, price_cents=9_000), replace(MIDDLE, price_cents=9_000), LARGE)
    assert [p.packaging.code for p in plan([item()], cheap_large, POLICY).parcels] == ["L"]
    assert [p.packaging.code for p in plan([item()], cheap_large, boxes).parcels] == ["S"]
    cheap_small = (SMALL, replace(LARGE, price_cents=9_000))
    pair = [item(dims=(190, 140, 90), quantity=2)]
    assert [p.packaging.code for p in plan(pair, cheap_small, POLICY).parcels] == ["S", "S"]
    assert [p.packaging.code for p in plan(pair, cheap_small, boxes).parcels] == ["L"]


def test_support_is_preferred_where_it_is_not_demanded() -> None:
    goods = [item(0, (50, 100, 50)), item(1, (100, 100, 50))]
    parcel = fits(goods, carton("box", (100, 100, 100)), LOOSE)
    assert parcel is not None
    assert check(parcel, goods, replace(LOOSE, min_support_percent=60)) == []


def test_what_can_lie_does_not_stand_when_that_is_asked_for() -> None:
    stick = item(0, (20, 20, 190))
    parcel = fits([stick], carton("tall", (200, 60, 200)), replace(POLICY, stable=True))
    assert parcel is not None
    assert parcel.placements[0].dz == 20


def test_the_shelf_is_worked_out_once_for_the_same_packagings() -> None:
    boxes = list(CARTONS)
    assert shelf_of(boxes, POLICY) is shelf_of(tuple(boxes), POLICY)
    assert shelf_of(boxes[:2], POLICY) is not shelf_of(boxes, POLICY)
    assert shelf_of([replace(box) for box in boxes], POLICY) is not shelf_of(boxes, POLICY)


@pytest.mark.parametrize("support", [0, 60])
def test_seventy_five_units_in_one_order(support: int) -> None:
    policy = PackingPolicy(min_support_percent=support, objective=Objective.BOXES)
    wanted = [item(n, (60 + n, 45, 20 + n % 7), quantity=5, weight_g=90) for n in range(15)]
    found = plan(wanted, CARTONS, policy)
    assert sum(len(parcel.placements) for parcel in found.parcels) == 75
    assert check(found, wanted, policy) == []


def test_heavy_goods_share_the_carton_that_bears_them() -> None:
    """Many small strong cartons are as many as a few large weak ones with them, and less to ship."""
    strong = carton("strong", (230, 300, 240), max_gross_g=15_000, tare_g=0)
    large = carton("large", (229, 305, 520), max_gross_g=10_000, tare_g=0)
    goods = [
        item(0, (225, 260, 32), quantity=50, weight_g=1194),
        item(1, (200, 200, 11), weight_g=303),
        item(2, (210, 297, 8), weight_g=457),
    ]
    found = plan(goods, [strong, large], replace(POLICY, objective=Objective.BOXES, min_support_percent=0))
    assert sorted(parcel.packaging.code for parcel in found.parcels) == ["large"] + 6 * ["strong"]
    assert check(found, goods, POLICY) == []


MANY_KINDS = (
    (3, (63, 70, 50), 141), (1, (276, 200, 29), 1368), (1, (260, 181, 73), 1233), (3, (405, 203, 223), 2963),
    (1, (137, 30, 42), 121), (3, (346, 52, 30), 251), (3, (125, 75, 47), 249), (3, (273, 235, 43), 541),
    (2, (61, 53, 185), 769),
)  # fmt: skip
"""Of these there are more divisions in two than are looked through."""


def test_a_large_dear_carton_is_not_the_answer_for_many_kinds() -> None:
    data = mail_order(1, careful=False)
    data["orders"] = [
        {"id": "1", "items": [
            {"sku": f"P{n}", "qty": quantity, "dims": [*dims], "weight": grams, "rot": "any"}
            for n, (quantity, dims, grams) in enumerate(MANY_KINDS)
        ]}
    ]  # fmt: skip
    shop = dataset_of(data, Objective.COST)
    whole = plan(
        shop.orders[0].items, [box for box in shop.containers if box.code == "C700x500x450"], shop.policy
    )
    found = plan(shop.orders[0].items, shop.containers, shop.policy)
    assert (len(whole.parcels), whole.cost_cents) == (1, 6455)
    assert found.cost_cents <= 4268
    assert check(found, shop.orders[0].items, shop.policy) == []
