"""What is proposed, what it costs, and what is said when nothing can be proposed."""

import sys
from dataclasses import replace

import pytest

from data.types import Fragility, PackagingKind, Rotation, Tariff
from picker.packing import Fault, UnsoundPlan, Violation, check, fits, how_much_fits, plan
from picker.packing.types import Cushioning, Figure, Missing, Obstacle, PackingPlan, PackingPolicy, Warning

from .goods import CARTONS, LARGE, MIDDLE, POLICY, SMALL, carton, item, mailer

STICKY = replace(POLICY, cushioning=Cushioning("wrap", (0, 0, 0, 0), (0, 0, 0, 0)))


def codes(found: PackingPlan) -> list[str]:
    return sorted(parcel.packaging.code for parcel in found.parcels)


def test_the_cheapest_carton_that_holds_all_is_taken() -> None:
    found = plan([item(quantity=2)], CARTONS, POLICY)
    assert codes(found) == ["S"]
    (parcel,) = found.parcels
    assert parcel.gross_g == 100 + 2 * 300
    # 208 x 158 x 112 mm / 5000 = 737 g by volume, two steps of 500 g
    assert parcel.billable_g == 737
    assert parcel.cost_cents == found.cost_cents == 38 + 420 + 2 * 85


def test_a_dear_small_carton_loses_to_a_cheap_large_one() -> None:
    dear = replace(SMALL, price_cents=900)
    assert codes(plan([item()], (dear, MIDDLE), POLICY)) == ["M"]


def test_what_fits_by_volume_only_does_not_fit() -> None:
    long = item(dims=(290, 10, 10))
    assert fits([long], carton("cube", (150, 150, 150)), POLICY) is None
    assert fits([long], carton("long", (300, 50, 50)), POLICY) is not None


def test_an_exact_fit_fits() -> None:
    assert fits([item(dims=(100, 100, 50), quantity=8)], carton("exact", (200, 200, 100)), POLICY) is not None
    assert fits([item(dims=(100, 100, 50), quantity=9)], carton("exact", (200, 200, 100)), POLICY) is None


@pytest.mark.parametrize(
    ("rotation", "inner", "expected"),
    [
        (Rotation.ANY, (40, 80, 100), True),
        (Rotation.UPRIGHT, (40, 80, 100), False),
        (Rotation.UPRIGHT, (80, 100, 40), True),
        (Rotation.FIXED, (80, 100, 40), False),
        (Rotation.FIXED, (100, 80, 40), True),
    ],
)
def test_rotation_is_respected(rotation: Rotation, inner: tuple[int, int, int], expected: bool) -> None:
    found = fits([item(dims=(100, 80, 40), rotation=rotation)], carton("box", inner), POLICY)
    assert (found is not None) is expected


def test_weight_limits_of_packaging_and_policy_both_hold() -> None:
    heavy = item(weight_g=900)
    weak = replace(SMALL, max_gross_g=999)
    assert codes(plan([heavy], (weak, MIDDLE), POLICY)) == ["M"]
    assert fits([heavy], SMALL, replace(POLICY, tariffs=(Tariff(max_weight_g=1_000),))) is not None
    assert fits([heavy], SMALL, replace(POLICY, tariffs=(Tariff(max_weight_g=999),))) is None


def test_padding_and_lining_need_their_room() -> None:
    vase = item(dims=(100, 100, 100), fragility=Fragility.FRAGILE)
    need = 100 + 2 * 20 + 2 * 10
    assert fits([vase], carton("tight", (need - 1, need, need)), POLICY) is None
    parcel = fits([vase], carton("right", (need, need, need)), POLICY)
    assert parcel is not None
    (placed,) = parcel.placements
    assert (placed.x, placed.y, placed.z) == (30, 30, 30)
    assert (placed.dx, placed.dy, placed.dz) == (100, 100, 100)
    assert parcel.steps[0].padding_mm == 20


def test_nothing_is_put_on_what_bears_nothing() -> None:
    glass = item(0, (100, 100, 50), max_top_g=0, weight_g=500, rotation=Rotation.FIXED)
    book = item(1, (100, 100, 50), weight_g=500, rotation=Rotation.FIXED)
    parcel = fits([glass, book], carton("stack", (100, 100, 100)), POLICY)
    assert parcel is not None
    assert {p.line: p.z for p in parcel.placements} == {0: 50, 1: 0}
    assert fits([glass, replace(book, max_top_g=499)], carton("stack", (100, 100, 100)), POLICY) is None
    assert fits([glass, replace(book, max_top_g=500)], carton("stack", (100, 100, 100)), POLICY) is not None


def test_load_goes_all_the_way_down() -> None:
    units = [item(line, (100, 100, 50), weight_g=500, rotation=Rotation.FIXED) for line in range(3)]
    tower = carton("tower", (100, 100, 150))
    assert fits([replace(unit, max_top_g=1_000) for unit in units], tower, POLICY) is not None
    assert fits([replace(unit, max_top_g=999) for unit in units], tower, POLICY) is None


def test_a_raised_unit_needs_its_support() -> None:
    foot = item(0, (50, 100, 50), rotation=Rotation.FIXED)
    roof = item(1, (100, 100, 50), rotation=Rotation.FIXED)
    box = carton("box", (100, 100, 100))
    on_half = replace(POLICY, min_support_percent=50)
    more_than_half = replace(POLICY, min_support_percent=51)
    assert fits([replace(foot, max_top_g=None), replace(roof, max_top_g=0)], box, on_half) is not None
    parcel = fits([foot, roof], box, more_than_half)
    assert parcel is not None
    assert {p.line: p.z for p in parcel.placements} == {0: 50, 1: 0}
    assert fits([foot, replace(roof, max_top_g=0)], box, more_than_half) is None


@pytest.mark.parametrize(
    ("thickness", "length", "expected"), [(20, 230, True), (20, 231, False), (31, 100, False)]
)
def test_a_mailer_loses_its_thickness_in_length_and_width(
    thickness: int, length: int, expected: bool
) -> None:
    letter = mailer("P", (250, 180, 30))
    found = fits([item(dims=(length, 100, thickness), mailer_ok=True)], letter, POLICY)
    assert (found is not None) is expected


def test_mailers_are_for_goods_that_may_travel_in_one() -> None:
    letter = mailer("P", (300, 200, 60))
    assert codes(plan([item(mailer_ok=True)], (letter, SMALL), STICKY)) == ["P"]
    assert codes(plan([item(mailer_ok=False)], (letter, SMALL), STICKY)) == ["S"]
    both = [item(0, mailer_ok=True), item(1, mailer_ok=False)]
    assert codes(plan(both, (letter, SMALL), STICKY)) == ["S"]
    fragile = item(mailer_ok=True, fragility=Fragility.FRAGILE)
    assert codes(plan([fragile], (letter, SMALL), STICKY)) == ["S"]


def test_a_mailer_is_filled_with_a_pile() -> None:
    letter = replace(mailer("P", (300, 200, 60)), kind=PackagingKind.POLY_MAILER)
    parcel = fits([item(dims=(200, 140, 20), quantity=3, mailer_ok=True)], letter, POLICY)
    assert parcel is not None
    assert {p.z for p in parcel.placements} == {0, 20, 40}
    assert parcel.void_fill_ml == 0


def test_goods_are_split_when_no_packaging_takes_all() -> None:
    found = plan([item(dims=(300, 200, 140), quantity=3)], (MIDDLE,), POLICY)
    assert codes(found) == ["M", "M", "M"]


def test_goods_are_split_when_that_is_cheaper() -> None:
    long, cube = item(0, (590, 60, 60)), item(1, (190, 190, 190))
    tube = carton("T", (600, 70, 70))
    room = carton("R", (600, 300, 300))
    small = carton("C", (200, 200, 200))
    assert codes(plan([long, cube], (room,), POLICY)) == ["R"]
    assert codes(plan([long, cube], (room, tube, small), POLICY)) == ["C", "T"]


def test_many_units_are_filled_packaging_by_packaging() -> None:
    wanted = [item(line, (90 + line, 70, 40), quantity=9) for line in range(8)]
    found = plan(wanted, CARTONS, POLICY)
    assert sum(len(parcel.placements) for parcel in found.parcels) == 72
    assert check(found, wanted, POLICY) == []


def test_a_pallet_of_small_things_is_packed_in_blocks() -> None:
    wanted = [
        item(0, quantity=300, weight_g=20),
        item(1, (55, 45, 35), quantity=100, weight_g=10, max_top_g=500),
    ]
    found = plan(wanted, CARTONS, POLICY)
    assert check(found, wanted, POLICY) == []
    assert sum(len(parcel.placements) for parcel in found.parcels) == 400


def test_an_answer_that_fails_its_check_is_never_given(monkeypatch: pytest.MonkeyPatch) -> None:
    def strict(found: PackingPlan, items: object, policy: object) -> list[Violation]:
        dear = [n for n, parcel in enumerate(found.parcels) if parcel.packaging.code != "L"]
        return [Violation(Fault.OVERLAP, n, -1, "said so") for n in dear]

    monkeypatch.setattr(sys.modules["picker.packing.plan"], "check", strict)
    assert codes(plan([item()], CARTONS, POLICY)) == ["L"]
    with pytest.raises(UnsoundPlan, match="said so"):
        plan([item()], (SMALL, MIDDLE), POLICY)


def test_goods_that_are_too_heavy_together_travel_apart() -> None:
    anvil = item(weight_g=8_000, quantity=3)
    found = plan([anvil], (replace(LARGE, max_gross_g=17_000),), POLICY)
    assert sorted(parcel.gross_g for parcel in found.parcels) == [8_100, 16_100]


def test_packaging_that_is_out_is_not_proposed() -> None:
    assert codes(plan([item()], (replace(SMALL, stock=0), MIDDLE), POLICY)) == ["M"]


def test_no_more_packaging_is_used_than_is_left() -> None:
    wanted = [item(dims=(190, 140, 90), quantity=5)]
    found = plan(wanted, (replace(SMALL, stock=2), replace(MIDDLE, stock=1)), POLICY)
    assert codes(found) == ["M", "S", "S"]
    assert all(Warning.LAST_IN_STOCK in parcel.warnings for parcel in found.parcels)
    short = plan(wanted, (replace(SMALL, stock=2),), POLICY)
    assert short == PackingPlan(missing=(Missing("SKU0", Obstacle.NO_PACKAGING),))


def test_what_is_missing_is_named_for_every_product() -> None:
    wanted = [
        item(0, None),
        item(1, weight_g=None),
        item(2, (0, 10, 10)),
        item(3, weight_g=0),
        item(4),
        item(5, None, sku="SKU0"),
    ]
    assert plan(wanted, CARTONS, POLICY) == PackingPlan(
        missing=(
            Missing("SKU0", Obstacle.NO_DIMENSIONS),
            Missing("SKU1", Obstacle.NO_WEIGHT),
            Missing("SKU2", Obstacle.NO_DIMENSIONS),
            Missing("SKU3", Obstacle.NO_WEIGHT),
        )
    )


def test_goods_that_fit_nowhere_are_named_alone() -> None:
    high = item(3, (10, 10, 310), rotation=Rotation.UPRIGHT)
    wide = item(4, (310, 310, 310))
    found = plan([item(0), item(1, (900, 10, 10)), item(2, weight_g=40_000), high, wide], CARTONS, POLICY)
    assert found.parcels == ()
    assert found.missing == (
        Missing("SKU1", Obstacle.FITS_NOWHERE, Figure.LONGEST_SIDE, 900, 400),
        Missing("SKU2", Obstacle.FITS_NOWHERE, Figure.WEIGHT, 40_000, 19_900),
        Missing("SKU3", Obstacle.FITS_NOWHERE, Figure.HEIGHT, 310, 300),
        Missing("SKU4", Obstacle.FITS_NOWHERE),
    )


@pytest.mark.parametrize("containers", [(), (replace(SMALL, stock=0),)])
def test_without_packaging_that_is_what_is_missing(containers: tuple[()]) -> None:
    assert plan([item()], containers, POLICY).missing == (Missing("SKU0", Obstacle.NO_PACKAGING),)


def test_nothing_to_pack_needs_nothing() -> None:
    assert plan([], CARTONS, POLICY) == PackingPlan()
    assert plan([item(quantity=0)], CARTONS, POLICY) == PackingPlan()
    assert fits([], SMALL, POLICY) is None


def test_nonsense_is_refused_with_its_value() -> None:
    with pytest.raises(ValueError, match="got -2"):
        plan([item(quantity=-2)], CARTONS, POLICY)
    with pytest.raises(ValueError, match="line 0: expected one item per line, got 2"):
        plan([item(0), item(0)], CARTONS, POLICY)


def test_how_much_fits_is_as_much_as_goes_in() -> None:
    parcel = how_much_fits([item(dims=(100, 100, 50), quantity=11)], carton("exact", (200, 200, 100)), POLICY)
    assert parcel is not None
    assert len(parcel.placements) == 8
    assert how_much_fits([item(dims=(900, 9, 9))], SMALL, POLICY) is None
    assert how_much_fits([item(dims=None)], SMALL, POLICY) is None


def test_void_and_warnings_tell_what_the_lead_should_know() -> None:
    parcel = fits([item(dims=(100, 80, 40), weight_g=19_000)], SMALL, POLICY)
    assert parcel is not None
    assert parcel.void_fill_ml == (200 * 150 * 100 - 100 * 80 * 40) // 1000
    assert parcel.empty_percent == 89
    assert parcel.warnings == (Warning.MUCH_EMPTY, Warning.NEARLY_OVERWEIGHT)
    assert parcel.void_fill == "paper"


def test_padding_that_makes_a_parcel_empty_is_told() -> None:
    vase = item(dims=(100, 100, 100), fragility=Fragility.FRAGILE)
    parcel = fits([vase], carton("right", (160, 160, 160)), POLICY)
    assert parcel is not None
    assert (parcel.empty_percent, parcel.cushion_percent, parcel.lining_mm) == (75, 75, 10)
    assert (parcel.void_fill_ml, parcel.void_fill) == ((160**3 - 140**3) // 1000, "paper")


def test_a_board_near_its_limit_is_warned_of() -> None:
    weak = replace(SMALL, ect=23)
    parcel = fits([item(weight_g=8_800)], weak, POLICY)
    assert parcel is not None
    assert Warning.NEAR_BOARD_LIMIT in parcel.warnings


@pytest.mark.parametrize("field", ["tariffs", "void_fills"])
def test_a_policy_that_cannot_be_reckoned_with_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match="expected a tariff and a void fill, got"):
        replace(POLICY, **{field: ()})  # type: ignore[arg-type]


def test_little_effort_still_gives_a_sound_plan() -> None:
    wanted = [item(line, (60 + 13 * line, 50 + 7 * line, 30 + line), quantity=2) for line in range(5)]
    for effort in (0, 1, 5, 100):
        policy = PackingPolicy(effort=effort)
        assert check(plan(wanted, CARTONS, policy), wanted, policy) == []
