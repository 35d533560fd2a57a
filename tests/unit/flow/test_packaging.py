"""Packaging: the proposal accepted by its code, overridden with a reason, split, or done without."""

from picker.flow import Phase, look, render
from picker.flow.events import PackagingChosen
from tests.unit.flow.shop import MUG, TEA, bench, fill, label, packed
from tests.unit.flow.station import Bench


def chosen(station: Bench) -> PackagingChosen:
    event = station.events[0]
    assert isinstance(event, PackagingChosen)
    return event


def test_the_proposal_is_shown_with_its_filling_and_accepted_by_its_code() -> None:
    station = packed(("MUG", 1))
    view = look(station.state)
    assert view.item == "Box S"
    assert [render(step) for step in view.steps]
    assert station.scan("S") == "packaging.done"
    assert chosen(station) == PackagingChosen(1, "S", "S", "", ((1, 1),), 2, 400, True)
    assert station.at(Phase.WEIGH)


def test_ok_accepts_too() -> None:
    station = packed(("MUG", 1))
    assert station.press("OK") == "packaging.done"


def test_another_packaging_wants_a_reason() -> None:
    station = packed(("MUG", 1))
    assert station.scan("M") == "override.ask"
    assert station.scan("0") == "dialog.bad_choice"
    assert station.scan("3") == "packaging.done"
    assert (chosen(station).packaging, chosen(station).proposed) == ("M", "S")
    assert (chosen(station).reason, chosen(station).fits) == ("out_of_stock", True)


def test_the_proposed_packaging_answers_the_question_why() -> None:
    station = packed(("MUG", 1))
    station.scan("M")
    assert station.scan("S") == "packaging.done"
    assert chosen(station).reason == ""


def test_an_unfit_packaging_is_taken_only_when_scanned_again() -> None:
    station = packed(("MUG", 12))
    assert station.scan("S") == "override.ask"
    assert station.press("3") == "packaging.unfit"
    assert "220 x 170 x 130 mm" in station.text
    assert station.at(Phase.PACKAGING)
    assert station.scan("S") == "packaging.done"
    assert (chosen(station).reason, chosen(station).fits) == ("out_of_stock", False)


def test_another_scan_voids_the_confirmation() -> None:
    station = packed(("MUG", 12))
    station.scan("S", "3")
    assert station.key == "packaging.unfit"
    station.scan(MUG)
    assert station.scan("S") == "override.ask"


def test_an_overweight_packaging_says_so() -> None:
    station = packed(("MUG", 12))
    station.world.box("FRAIL", (500, 500, 500), max_gross_g=1000, stock=0)
    station.scan("FRAIL", "3")
    assert "would weigh 3700 g, it carries 1000 g" in station.text


def test_what_is_no_packaging_is_named() -> None:
    station = packed(("MUG", 1))
    assert station.scan(MUG) == "scan.not_now"
    assert "MUG Mug" in station.text
    assert station.scan("XYZ") == "scan.not_now"


def test_goods_that_fill_no_box_alone_are_split() -> None:
    station = bench(("TEA", 30))
    station.world.packagings = {"S": station.world.packagings["S"]}
    fill(station)
    assert station.scan("S") == "packaging.rest"
    kept = dict(chosen(station).contents)[1]
    assert 0 < kept < 30
    assert [parcel.units for parcel in station.work.parcels] == [((1, kept),), ((1, 30 - kept),)]
    station.press("SKIP")
    assert station.scan(label(station)) == "label.done"
    assert station.at(Phase.PACKAGING)
    assert look(station.state).parcel == 2


def test_the_rest_goes_into_a_parcel_that_was_started_and_left_empty() -> None:
    station = bench(("TEA", 30))
    station.world.packagings = {"S": station.world.packagings["S"]}
    while station.phase is Phase.PICK:
        station.scan(TEA)
    for _ in range(29):
        station.scan(TEA)
    station.scan(TEA)
    assert station.scan("S") == "packaging.rest"
    assert [parcel.number for parcel in station.work.parcels] == [1, 2]


def test_without_dimensions_any_packaging_will_do_and_the_weight_is_unknown() -> None:
    station = packed(("VASE", 1))
    view = look(station.state)
    assert view.hint is not None
    assert "VASE: no dimensions" in render(view.hint)
    assert station.press("OK") == "command.not_now"
    assert station.scan("M") == "packaging.done"
    assert (chosen(station).reason, chosen(station).fits) == ("no_plan", False)


def test_the_proposal_is_made_again_after_a_restart() -> None:
    station = packed(("MUG", 1))
    station.restart()
    assert look(station.state).item == "Box S"
    assert station.scan("M") == "override.ask"


def test_a_forgotten_proposal_is_made_before_an_answer() -> None:
    from dataclasses import replace

    station = packed(("MUG", 1))
    station.state = replace(station.state, plan=None, planned=())
    assert station.scan("M") == "override.ask"
    station = packed(("MUG", 1))
    station.state = replace(station.state, plan=None, planned=())
    assert station.press("OK") == "packaging.done"


def test_packaging_runs_out_and_the_next_proposal_knows() -> None:
    station = bench(("MUG", 1), ("TEA", 1), one_scan=True)
    for name in ("M", "L"):
        station.world.packagings.pop(name)
    station.world.box("S", (220, 170, 130), stock=1, price_cents=40)
    station.world.box("M", (310, 220, 160), stock=5, price_cents=60)
    station.scan(MUG)
    station.press("NEXTPARCEL")
    station.scan(TEA, "S")
    station.press("SKIP")
    station.scan(label(station))
    assert look(station.state).item == "Box M"
