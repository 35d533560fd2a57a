"""Every way in which a plan can be wrong is found, and by its own name."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.types import Fragility, Rotation
from picker.packing import Fault, check, fits
from picker.packing.types import Cushioning, Item, Missing, Obstacle, PackingPlan, ParcelPlan, Placement

from .goods import POLICY, carton, item, mailer

FLAT = item(0, (100, 100, 50), quantity=2, rotation=Rotation.UPRIGHT, weight_g=400)
CUBE = item(1, (60, 60, 60), max_top_g=0, weight_g=400)
ITEMS = (FLAT, CUBE)


def sound() -> ParcelPlan:
    """Two flat things on each other, a cube on top of them."""
    made = fits(ITEMS, carton("box", (120, 120, 200)), POLICY)
    assert made is not None
    return replace(
        made,
        placements=(
            Placement(0, 0, 0, 0, 100, 100, 50),
            Placement(0, 0, 0, 50, 100, 100, 50),
            Placement(1, 0, 0, 100, 60, 60, 60),
        ),
    )


def moved(number: int, **to: int) -> Callable[[ParcelPlan], ParcelPlan]:
    def damage(parcel: ParcelPlan) -> ParcelPlan:
        placements = list(parcel.placements)
        placements[number] = replace(placements[number], **to)
        return replace(parcel, placements=tuple(placements))

    return damage


def faults(parcel: ParcelPlan | PackingPlan, items: tuple[Item, ...] = ITEMS) -> set[Fault]:
    return {violation.fault for violation in check(parcel, items, POLICY)}


def test_the_sound_parcel_has_no_fault() -> None:
    assert faults(sound()) == set()


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (moved(1, z=49), Fault.OVERLAP),
        (moved(2, x=61), Fault.OUTSIDE),
        (moved(0, y=-1), Fault.OUTSIDE),
        (moved(2, dx=59), Fault.WRONG_SIZE),
        (moved(0, dx=50, dz=100), Fault.WRONG_SIZE),
        (moved(2, z=101), Fault.FLOATING),
        (moved(2, line=7), Fault.UNKNOWN),
    ],
)
def test_damage_is_named(damage: Callable[[ParcelPlan], ParcelPlan], fault: Fault) -> None:
    assert fault in faults(damage(sound()))


def test_a_lost_unit_and_a_doubled_one_are_found() -> None:
    parcel = sound()
    assert Fault.LOST in faults(replace(parcel, placements=parcel.placements[1:]))
    assert Fault.DOUBLED in faults(replace(parcel, placements=(*parcel.placements, parcel.placements[2])))
    assert Fault.LOST in faults(PackingPlan())


def test_too_little_support_is_found() -> None:
    items = (item(0, (50, 100, 50)), item(1, (100, 100, 50)))
    parcel = replace(
        sound(), placements=(Placement(0, 0, 0, 0, 50, 100, 50), Placement(1, 0, 0, 50, 100, 100, 50))
    )
    assert Fault.UNSUPPORTED in faults(parcel, items)


def test_a_crushed_unit_is_found_through_what_lies_between() -> None:
    items = (replace(FLAT, max_top_g=799), CUBE)
    assert Fault.CRUSHED in faults(sound(), items)
    assert Fault.CRUSHED not in faults(sound(), (replace(FLAT, max_top_g=800), CUBE))


def test_an_overweight_parcel_is_found() -> None:
    parcel = sound()
    weak = replace(parcel.packaging, max_gross_g=parcel.gross_g - 1)
    assert faults(replace(parcel, packaging=weak)) == {Fault.OVERWEIGHT}


@pytest.mark.parametrize("field", ["gross_g", "billable_g", "cost_cents", "void_fill_ml", "void_fill_cents"])
def test_wrong_sums_are_found(field: str) -> None:
    parcel = sound()
    wrong = replace(parcel, **{field: getattr(parcel, field) - 1})
    assert faults(wrong) == {Fault.WRONG_SUM}


def test_padding_that_touches_is_an_overlap() -> None:
    careful = item(0, (50, 50, 50), quantity=2, fragility=Fragility.CAREFUL)
    parcel = fits([careful], carton("pair", (130, 60, 60)), POLICY)
    assert parcel is not None
    assert faults(parcel, (careful,)) == set()
    near = min(parcel.placements, key=lambda p: p.x)
    pushed = replace(parcel, placements=(near, replace(near, x=near.x + 50 + 9)))
    assert Fault.OVERLAP in faults(pushed, (careful,))


def test_lining_that_is_used_up_is_outside() -> None:
    vase = item(0, (50, 50, 50), fragility=Fragility.FRAGILE)
    parcel = fits([vase], carton("vase", (120, 120, 120)), POLICY)
    assert parcel is not None
    assert faults(parcel, (vase,)) == set()
    assert Fault.OUTSIDE in faults(moved(0, z=29)(parcel), (vase,))


def test_mailers_are_judged_by_their_own_rule() -> None:
    letter = item(0, (200, 100, 20), mailer_ok=True)
    parcel = fits([letter], mailer("P", (220, 150, 30)), POLICY)
    assert parcel is not None
    assert faults(parcel, (letter,)) == set()
    assert Fault.MAILER in faults(parcel, (replace(letter, mailer_ok=False),))
    assert Fault.OUTSIDE in faults(moved(0, z=1)(parcel), (letter,))


def test_a_lined_mailer_counts_its_lining_as_thickness() -> None:
    lined = replace(POLICY, cushioning=Cushioning("wrap", (0, 0, 0, 0), (0, 3, 3, 3)))
    card = item(0, (200, 100, 20), mailer_ok=True, fragility=Fragility.CAREFUL)
    need = 200 + 3 + 3 + 26
    assert fits([card], mailer("P", (need - 1, 150, 30)), lined) is None
    parcel = fits([card], mailer("P", (need, 150, 30)), lined)
    assert parcel is not None
    assert check(parcel, [card], lined) == []
    assert (
        check(parcel, [card], replace(POLICY, cushioning=Cushioning("wrap", (0, 0, 0, 0), (0, 4, 4, 4))))
        != []
    )


def test_a_plan_may_not_use_more_packaging_than_there_is() -> None:
    parcel = sound()
    scarce = replace(parcel, packaging=replace(parcel.packaging, stock=1))
    doubled = tuple(replace(one, quantity=one.quantity * 2) for one in ITEMS)
    assert faults(PackingPlan((scarce, scarce)), doubled) == {Fault.OUT_OF_STOCK}


def test_half_an_answer_is_none() -> None:
    missing = (Missing("SKU0", Obstacle.NO_WEIGHT),)
    assert faults(PackingPlan((sound(),), missing)) == {Fault.HALF}
    assert faults(PackingPlan((), missing)) == set()


def test_a_violation_says_what_where_and_how_much() -> None:
    parcel = sound()
    weak = replace(parcel, packaging=replace(parcel.packaging, max_gross_g=1_000))
    (violation,) = check(weak, ITEMS, POLICY)
    assert (violation.parcel, violation.line, violation.detail) == (0, -1, "1300 g of 1000 g")
