"""What carriers, boards and dangerous goods demand: kept by the plan, and judged by the check."""

from dataclasses import replace

import pytest

from data.types import PackagingKind, Rotation, Tariff
from picker.packing import Fault, check, fits, plan
from picker.packing.pricing import billable_g, volume_g
from picker.packing.strength import strength_g
from picker.packing.types import (
    Container,
    Cushioning,
    Figure,
    Item,
    Missing,
    Objective,
    Obstacle,
    PackingPlan,
    PackingPolicy,
    ParcelPlan,
    VoidFill,
)

from .goods import CARTONS, LARGE, MIDDLE, POLICY, SMALL, carton, item

BARE = replace(POLICY, cushioning=Cushioning("wrap", (0, 0, 0, 0), (0, 0, 0, 0)))


def lines(found: PackingPlan) -> list[list[int]]:
    return sorted(sorted(p.line for p in parcel.placements) for parcel in found.parcels)


def faults(found: PackingPlan | ParcelPlan, items: list[Item], policy: PackingPolicy) -> set[Fault]:
    return {violation.fault for violation in check(found, items, policy)}


def test_goods_that_must_be_kept_apart_travel_apart() -> None:
    goods = [item(0, group="food"), item(1, group="chemical"), item(2)]
    kept = replace(POLICY, apart=frozenset({("chemical", "food")}))
    together = plan(goods, CARTONS, POLICY)
    assert lines(together) == [[0, 1, 2]]
    assert faults(together, goods, kept) == {Fault.COMPANY}
    found = plan(goods, CARTONS, kept)
    assert len(found.parcels) == 2
    assert faults(found, goods, kept) == set()


def test_three_groups_that_all_quarrel_make_three_parcels() -> None:
    goods = [item(n, group=group) for n, group in enumerate("abc")]
    kept = replace(POLICY, apart=frozenset({("a", "b"), ("b", "c"), ("a", "c")}))
    assert lines(plan(goods, CARTONS, kept)) == [[0], [1], [2]]


def test_liquids_keep_away_from_paper() -> None:
    goods = [item(0, liquid=True), item(1, group="paper")]
    kept = replace(POLICY, apart=frozenset({("liquid", "paper")}))
    assert lines(plan(goods, CARTONS, kept)) == [[0], [1]]
    assert fits(goods, LARGE, kept) is None


def test_what_ships_alone_has_a_parcel_for_each_unit() -> None:
    goods = [item(0, ships_alone=True, quantity=2), item(1)]
    assert lines(plan(goods, CARTONS, POLICY)) == [[0], [0], [1]]
    sociable = [replace(goods[0], ships_alone=False), goods[1]]
    assert faults(plan(sociable, CARTONS, POLICY), goods, POLICY) == {Fault.COMPANY}


def test_a_product_may_go_in_the_box_it_comes_in() -> None:
    kettle = item(0, (290, 210, 140), own_box=True, fragility=3)
    (parcel,) = plan([kettle], CARTONS, POLICY).parcels
    assert parcel.packaging.kind is PackagingKind.OWN_BOX
    assert (parcel.gross_g, parcel.packaging.price_cents, parcel.void_fill_ml) == (300, 0, 0)
    two = [replace(kettle, quantity=2)]
    assert faults(plan(two, CARTONS, POLICY), two, POLICY) == set()
    stranger = replace(parcel, packaging=replace(parcel.packaging, own_of="SKU9"))
    assert Fault.OWN_BOX in faults(stranger, [kettle], POLICY)


def test_cups_are_nested_into_each_other() -> None:
    cups = item(0, (90, 90, 110), quantity=6, nests_mm=20, rotation=Rotation.UPRIGHT)
    box = carton("pile", (90, 90, 110 + 5 * 20))
    parcel = fits([cups], box, BARE)
    assert parcel is not None
    assert [p.z for p in parcel.placements] == [0, 20, 40, 60, 80, 100]
    assert fits([cups], replace(box, inner_mm=(90, 90, 209)), BARE) is None
    assert Fault.OVERLAP in faults(parcel, [replace(cups, nests_mm=None)], BARE)
    assert Fault.OVERLAP in faults(parcel, [replace(cups, nests_mm=21)], BARE)


def test_upright_piles_are_no_higher_than_the_packaging() -> None:
    cups = item(0, (90, 90, 110), quantity=6, nests_mm=20, rotation=Rotation.UPRIGHT)
    found = plan([cups], [carton("low", (400, 100, 160))], BARE)
    assert faults(found, [cups], BARE) == set()
    assert len(found.parcels) == 1
    assert {p.z for p in found.parcels[0].placements} == {0, 20, 40}


def test_goods_that_nest_are_not_nested_where_that_is_cheaper() -> None:
    bowls = item(0, (200, 200, 60), quantity=2, nests_mm=50, rotation=Rotation.UPRIGHT)
    flat = carton("flat", (400, 200, 60), price_cents=10)
    high = carton("high", (200, 200, 110), price_cents=500)
    assert [parcel.packaging.code for parcel in plan([bowls], [flat, high], BARE).parcels] == ["flat"]


def test_a_pile_of_cups_lies_down_and_bears_no_more_than_a_cup_may() -> None:
    cups = item(0, (90, 90, 110), quantity=4, nests_mm=20, weight_g=100)
    lying = fits([cups], carton("low", (170, 95, 95)), BARE)
    assert lying is not None
    assert [p.x for p in lying.placements] == [0, 20, 40, 60]
    weak = replace(cups, max_top_g=200)
    found = plan([weak], CARTONS, BARE)
    assert faults(found, [weak], BARE) == set()
    assert Fault.CRUSHED in faults(lying, [weak], BARE)


def test_dangerous_liquids_stand_upright() -> None:
    acid = item(0, (60, 60, 200), liquid=True, hazmat="8")
    flat = carton("flat", (210, 70, 70))
    assert fits([replace(acid, hazmat="")], flat, POLICY) is not None
    assert fits([acid], flat, POLICY) is None
    lying = fits([replace(acid, hazmat="")], flat, POLICY)
    assert lying is not None
    assert Fault.WRONG_SIZE in faults(lying, [acid], POLICY)


@pytest.mark.parametrize(
    ("change", "figure", "got", "most"),
    [
        ({"hazmat_classes": frozenset({"3"})}, Figure.HAZMAT, 0, 0),
        ({"max_battery_wh": 99}, Figure.BATTERY_WH, 100, 99),
        ({"max_batteries": 1}, Figure.BATTERIES, 2, 1),
        ({"max_battery_net_g": 299}, Figure.BATTERY_NET_G, 300, 299),
    ],
)
def test_what_may_not_be_sent_is_not_planned(
    change: dict[str, object], figure: Figure, got: int, most: int
) -> None:
    tool = item(0, hazmat="9", batteries=2, battery_wh=100)
    found = plan([tool], CARTONS, POLICY)
    assert faults(found, [tool], POLICY) == set()
    strict = replace(POLICY, **change)  # type: ignore[arg-type]
    assert faults(found, [tool], strict) & {Fault.BATTERIES, Fault.NOT_CARRIED}
    expected = Missing("SKU0", Obstacle.NOT_CARRIED, figure, got, most)
    assert plan([tool], CARTONS, strict).missing == (expected,)


def test_batteries_together_weigh_no_more_than_allowed() -> None:
    tools = item(0, quantity=4, batteries=1, weight_g=3_000, battery_g=1_400)
    by_air = replace(POLICY, max_battery_net_g=2_800)
    found = plan([tools], CARTONS, by_air)
    assert sorted(map(len, lines(found))) == [2, 2]
    assert faults(found, [tools], replace(POLICY, max_battery_net_g=2_799)) == {Fault.BATTERIES}


def test_no_more_batteries_in_a_parcel_than_allowed() -> None:
    phones = item(0, quantity=5, batteries=1, battery_wh=20)
    two = replace(POLICY, max_batteries=2)
    assert sorted(map(len, lines(plan([phones], CARTONS, two)))) == [1, 2, 2]
    alone = item(1, ships_alone=True)
    assert sorted(map(len, lines(plan([phones, alone], CARTONS, two)))) == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("ect", "walls", "pounds"), [(32, 1, 65), (31, 1, 50), (22, 1, 0), (48, 2, 100), (99, 2, 160)]
)
def test_board_bears_what_the_table_says(ect: int, walls: int, pounds: int) -> None:
    assert strength_g(ect, walls) == int(pounds * 453.59237)


def test_a_weak_board_is_not_overloaded() -> None:
    weak = replace(SMALL, ect=23)
    heavy = item(weight_g=9_000)
    parcel = fits([heavy], SMALL, POLICY)
    assert parcel is not None
    assert fits([heavy], weak, POLICY) is None
    assert Fault.OVERWEIGHT in faults(replace(parcel, packaging=weak), [heavy], POLICY)


def test_sides_are_rounded_up_before_the_volume_weighs() -> None:
    inch = Tariff(side_step_tenths=254, dim_divisor=5022)
    box = Container("I", "I", PackagingKind.CARTON, (250, 250, 250), (255, 254, 254), 10, 9_000, 0)
    assert volume_g(box, inch) == -(-2794 * 2540 * 2540 // (1000 * 5022))
    assert billable_g(box, 9_000, inch) == 9_000


def test_the_cheapest_service_that_takes_the_parcel_is_taken() -> None:
    letter = Tariff("letter", rates=((1_000, 299), (2_000, 399)), max_sides_mm=(250, 200, 120))
    post = Tariff("post", base_cents=600, step_cents=0)
    both = replace(POLICY, tariffs=(letter, post))
    (light,) = plan([item()], CARTONS, both).parcels
    assert (light.service, light.cost_cents) == ("letter", 38 + 299)
    (heavy,) = plan([item(weight_g=3_000)], CARTONS, both).parcels
    assert (heavy.service, heavy.cost_cents) == ("post", 38 + 600)
    assert faults(replace(light, service="post"), [item()], both) == {Fault.NOT_CARRIED}
    only = tuple(replace(box, services=frozenset({"post"})) for box in CARTONS)
    assert plan([item()], only, both).parcels[0].service == "post"


@pytest.mark.parametrize("objective", Objective)
def test_nothing_is_planned_beyond_the_last_rate(objective: Objective) -> None:
    letter = replace(POLICY, tariffs=(Tariff("letter", rates=((1_000, 299),)),), objective=objective)
    assert len(plan([item(quantity=4)], CARTONS, letter).parcels) == 2
    heavy = Missing("SKU0", Obstacle.NOT_CARRIED, Figure.WEIGHT, 3_100, 1_000)
    assert plan([item(weight_g=3_000)], CARTONS, letter).missing == (heavy,)


def test_packaging_that_no_service_takes_is_told_apart_from_none() -> None:
    private = [replace(box, services=frozenset({"courier"})) for box in CARTONS]
    assert plan([item()], private, POLICY).missing == (Missing("SKU0", Obstacle.NOT_CARRIED),)


def test_girth_limits_rule_packagings_out() -> None:
    small, middle = (2 * sum(sorted(box.outer_mm)[:2]) + max(box.outer_mm) for box in (SMALL, MIDDLE))
    big = item(dims=(290, 200, 140))
    for limit, fit in ((middle, True), (middle - 1, False)):
        policy = replace(BARE, tariffs=(Tariff(max_girth_mm=limit),))
        assert (fits([big], MIDDLE, policy) is not None) is fit
    assert plan([item()], CARTONS, replace(POLICY, tariffs=(Tariff(max_girth_mm=small),))).parcels


def test_void_fill_and_handling_are_paid() -> None:
    plain = plan([item()], (SMALL,), POLICY).parcels[0]
    paid = replace(POLICY, handling_cents=150, void_fills=(VoidFill("air", 40),))
    found = plan([item()], (SMALL,), paid)
    (parcel,) = found.parcels
    assert parcel.void_fill_cents == -(-parcel.void_fill_ml * 40 // 1000) > 0
    assert parcel.cost_cents == plain.cost_cents + 150 + parcel.void_fill_cents
    assert faults(found, [item()], POLICY) == {Fault.WRONG_SUM}


def test_void_fill_can_make_a_dearer_carton_the_cheaper_one() -> None:
    tight = carton("tight", (102, 82, 42), price_cents=160)
    assert plan([item()], (SMALL, tight), POLICY).parcels[0].packaging.code == "S"
    filled = replace(POLICY, void_fills=(VoidFill("air", 100),))
    assert plan([item()], (SMALL, tight), filled).parcels[0].packaging.code == "tight"


@pytest.mark.parametrize(
    "limit",
    [
        {"max_sides_mm": (311, 223, 162)},
        {"max_girth_mm": 313 + 2 * (223 + 162) - 1},
        {"max_weight_g": 399},
        {"rates": ((300, 500),)},
        {"code": "other"},
    ],
)
def test_a_parcel_no_service_takes_is_found(limit: dict[str, object]) -> None:
    parcel = fits([item()], MIDDLE, POLICY)
    assert parcel is not None
    strict = replace(POLICY, tariffs=(replace(Tariff(), **limit),))  # type: ignore[arg-type]
    assert faults(parcel, [item()], strict) & {Fault.NOT_CARRIED, Fault.OVERWEIGHT}


@pytest.mark.parametrize("bad", [{"step_g": 0}, {"side_step_tenths": 0}, {"rates": ((500, 200), (900, 100))}])
def test_a_tariff_that_cannot_be_reckoned_with_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="tariff 'T': expected"):
        Tariff("T", **bad)  # type: ignore[arg-type]
