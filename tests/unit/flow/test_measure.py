"""Measuring mode: a product's figures are entered beside those on record, noted, used at once, and undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picker.flow import Phase, look, render
from picker.flow.events import FiguresRestored, ProductMeasured, Undone
from picker.flow.figures import LONGEST_MM, read_sides, unlikely
from tests.unit.flow.shop import LAMP, MUG, VASE, bench, packed
from tests.unit.flow.station import Bench

UNKNOWN_LENGTH = (0, 80, 60, 300)
"""What the vase of the test shop has on record."""


def noted(station: Bench) -> list[object]:
    """What the station itself has in the log, without badges and refused scans."""
    kinds = (ProductMeasured, FiguresRestored, Undone)
    return [entry.event for _, entry in station.world.station_log if isinstance(entry.event, kinds)]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("300x200x150", (300, 200, 150)),
        (" 300 X 200 x 150 mm ", (300, 200, 150)),
        ("300×200×150", (300, 200, 150)),
        ("300*200*150", (300, 200, 150)),
        ("300 200 150", (300, 200, 150)),
        ("300;200;150", (300, 200, 150)),
        ("L300 W200 H150", (300, 200, 150)),
        ("L=300.0 W=200.0 H=150.4 mm", (300, 200, 151)),
        ("30.5 x 20 x 15 cm", (305, 200, 150)),
        ("30,5x20x15cm", (305, 200, 150)),
        ("30cm x 200mm x 15cm", (300, 200, 150)),
        ("12x8x6 in", (305, 204, 153)),
        ("300", (300,)),
        ("30 cm", (300,)),
    ],
)
def test_sides_are_read_as_people_and_devices_write_them(text: str, sides: tuple[int, ...]) -> None:
    assert read_sides(text) == sides


@pytest.mark.parametrize(
    "text",
    ["", "x", "300x200", "300x", "300x200x150x1", "4006381333931", "300,200,150", "30 cm x 20 x 15", "-300",
     "300x200x150 g", "٣٠٠", "1e3", "300x200xx150", "MUG"],
)  # fmt: skip
def test_what_is_no_size_is_not_guessed_at(text: str) -> None:
    assert read_sides(text) is None


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    sides = read_sides(text)
    assert sides is None or (len(sides) in (1, 3) and all(side >= 0 for side in sides))


@given(st.tuples(*[st.integers(1, LONGEST_MM)] * 3))
def test_what_is_written_is_read_back(sides: tuple[int, int, int]) -> None:
    assert read_sides("x".join(map(str, sides))) == sides


def test_the_product_that_lacks_figures_is_measured_and_the_plan_made_at_once() -> None:
    station = packed(("MUG", 1), ("VASE", 1))
    hint = look(station.state).hint
    assert hint is not None
    assert "VASE: no dimensions" in render(hint)
    assert "MEASURE" in render(hint)
    assert station.press("MEASURE") == "measure.begin"
    assert station.at(Phase.MEASURE)
    assert "On record: no sides; 300 g" in station.text
    assert station.scan("150x80x60") == "measure.sides"
    assert station.scan("0.31 kg") == "measure.done"
    assert station.events == [ProductMeasured("VASE", UNKNOWN_LENGTH, (150, 80, 60, 310))]
    assert station.at(Phase.PACKAGING)
    assert look(station.state).item.startswith("Box")
    assert station.world.products["VASE"].length_mm == 150
    assert station.press("OK") == "packaging.done"


def test_sides_may_come_one_after_the_other_and_the_known_weight_stays() -> None:
    station = packed(("VASE", 1))
    station.press("MEASURE")
    assert station.scan("150") == "measure.side"
    assert "Width" in render(look(station.state).prompt)
    assert station.scan("8 cm") == "measure.side"
    assert station.scan("60") == "measure.sides"
    assert station.press("OK") == "measure.done"
    assert station.events == [ProductMeasured("VASE", UNKNOWN_LENGTH, (150, 80, 60, 300))]


def test_of_several_the_packer_chooses() -> None:
    station = packed(("MUG", 1), ("TEA", 1))
    for answer in ("2", "CHOICE"):
        assert station.press("MEASURE") == "measure.which"
        assert [render(option) for option in look(station.state).options] == ["MUG Mug", "TEA Tea"]
        assert station.scan("9") == "dialog.bad_choice"
        assert (station.press("2") if answer == "CHOICE" else station.scan("2")) == "measure.begin"
        assert station.state.measuring is not None
        assert station.state.measuring.sku == "TEA"
        assert station.press("BACK") == "measure.left"
    station.press("MEASURE")
    assert station.press("7") == "dialog.bad_choice"
    assert station.scan(LAMP) == "measure.begin"
    assert "Lamp" in station.text
    assert station.press("1") == "command.not_now"


def test_another_product_may_be_scanned_until_the_first_figure() -> None:
    station = packed(("VASE", 1))
    station.press("MEASURE")
    assert station.scan(MUG) == "measure.begin"
    station.scan("100")
    assert station.scan(LAMP) == "scan.not_now"
    assert station.press("BACK") == "measure.again"
    assert station.press("BACK") == "measure.left"
    assert station.at(Phase.PACKAGING)
    assert station.work.version == len(station.world.orders["O1"].log)


def test_what_can_hardly_be_is_given_twice() -> None:
    station = bench()
    station.press("MEASURE")
    station.scan(MUG)
    assert station.scan("1000x80x60") == "measure.sides_differ"
    assert station.scan("1000", "80") == "measure.side"
    assert station.scan("60") == "measure.sides"
    assert station.scan("900") == "measure.weight_differs"
    assert station.scan("910") == "measure.weight_differs"
    assert station.scan("910 g") == "measure.done"
    assert noted(station) == [ProductMeasured("MUG", (100, 80, 60, 300), (1000, 80, 60, 910))]
    station.scan(MUG, "1000x80x60")
    assert station.scan("4") == "measure.unlikely"
    assert station.scan("4") == "measure.done"


def test_turned_round_it_is_the_same_product() -> None:
    station = bench()
    station.press("MEASURE")
    station.scan(MUG)
    assert station.scan("60x100x80") == "measure.sides"


@pytest.mark.parametrize("text", ["0x1x1", "20001x10x10", "nonsense", "300x200"])
def test_bad_sides_are_refused_with_what_is_wanted(text: str) -> None:
    station = bench()
    station.press("MEASURE")
    station.scan(MUG)
    assert station.scan(text) == "measure.bad_sides"
    assert "300x200x150" in station.text
    assert station.scan("100x80x60") == "measure.sides"
    assert station.scan("0 g") == "measure.bad_weight"
    assert station.scan(MUG) == "scan.not_now"


def test_densities() -> None:
    assert not unlikely((100, 100, 100, 11_000))
    assert unlikely((100, 100, 100, 13_000))
    assert unlikely((300, 300, 300, 100))
    assert not unlikely((300, 300, 300, 300))


def test_without_an_order_one_product_follows_another_and_undo_takes_back_one_by_one() -> None:
    station = bench()
    assert station.press("MEASURE") == "measure.scan"
    for code, figures in ((MUG, (110, 80, 60, 310)), (VASE, (90, 80, 60, 300))):
        station.scan(code, "x".join(map(str, figures[:3])))
        assert station.scan(str(figures[3])) == "measure.done"
    assert station.at(Phase.MEASURE)
    assert station.press("UNDO") == "undo.done"
    assert "On record again: no sides; 300 g" in station.text
    station.scan(LAMP, "100")
    assert station.press("UNDO") == "measure.again"
    station.press("BACK", "MEASURE")
    assert station.press("UNDO") == "undo.done"
    assert station.press("UNDO") == "undo.none"
    products = station.world.products
    assert (products["MUG"].length_mm, products["VASE"].length_mm) == (100, None)
    assert [type(event) for event in noted(station)][2:] == [Undone, FiguresRestored] * 2


def test_after_the_next_sign_in_nothing_of_before_is_undone() -> None:
    station = bench()
    station.press("MEASURE")
    station.scan(MUG, "110x80x60", "310", "BADGE-Bo")
    assert station.at(Phase.HOME)
    station.press("MEASURE")
    assert station.press("UNDO") == "undo.none"


def test_in_an_order_undo_gives_the_earlier_figures_back_and_the_plan_goes() -> None:
    station = packed(("VASE", 1))
    station.press("MEASURE")
    station.scan("150x80x60", "310")
    station.restart()
    assert look(station.state).filling is not None
    assert station.press("UNDO") == "undo.done"
    assert station.world.products["VASE"].length_mm is None
    assert look(station.state).filling is None
    assert isinstance(station.events[-1], FiguresRestored)
    assert station.press("UNDO") == "undo.done"
    assert station.at(Phase.CHECK)


def test_figures_that_were_changed_since_are_not_undone() -> None:
    from picker.flow.figures import with_figures

    station = packed(("VASE", 1))
    station.press("MEASURE")
    station.scan("150x80x60", "310")
    station.world.products["VASE"] = with_figures(station.world.products["VASE"], (160, 80, 60, 310))
    assert station.press("UNDO") == "undo.done"
    assert "stay" in station.text
    assert station.world.products["VASE"].length_mm == 160


def test_a_restart_in_the_middle_leaves_nothing_behind() -> None:
    station = packed(("VASE", 1))
    station.press("MEASURE")
    station.scan("150x80x60")
    station.restart()
    assert station.at(Phase.PACKAGING)
    assert station.world.products["VASE"].length_mm is None


def test_a_stop_ends_measuring() -> None:
    station = packed(("VASE", 1))
    station.press("MEASURE")
    station.world.cancel("O1")
    assert station.scan("150x80x60") == "stop.cancelled"
    assert station.at(Phase.STOPPED)
    assert station.state.measuring is None


def test_a_product_that_left_the_catalogue_meanwhile() -> None:
    station = bench()
    station.press("MEASURE")
    station.scan(MUG, "100x80x60")
    del station.world.products["MUG"]
    assert station.scan("300") == "measure.gone"
    assert noted(station) == []
