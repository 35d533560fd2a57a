"""One barcode of two products: the one that is wanted is meant, where both are the packer is asked."""

from picker.flow import Phase, look, render
from picker.flow import events as ev
from picker.flow.state import DialogKind
from tests.unit.flow.shop import GS, LAMP, TWIN, bench, fill, packed, shop
from tests.unit.flow.station import Bench
from tests.unit.flow.world import code

BOTH = code(50)
OWN = code(51)
CHOSEN = ev.ProductChosen("TWINB", TWIN, ("TWINA", "TWINB"))


def both(*wanted: tuple[str, int], **more: object) -> Bench:
    """An order of two products of one barcode, made as the shop's products of that name are with `more`."""
    world = shop()
    world.product("ONE", BOTH, at={"X-01": 9}, **more)
    world.product("OTHER", BOTH, OWN, at={"X-02": 9}, **more)
    world.order("O1", *wanted)
    station = Bench(world)
    station.scan("BADGE-Ada", "O1")
    return station


def test_a_code_of_two_products_means_the_one_that_is_ordered() -> None:
    station = bench(("TWINB", 2), ("LAMP", 1))
    assert station.scan(TWIN) == "pick.done"
    assert station.events == [ev.UnitsPicked(1, "TWINB", 1, "E-02", TWIN)]
    assert station.scan(TWIN) == "pick.line_done"
    assert station.scan(TWIN) == "scan.too_many"
    assert station.scan(LAMP) == "pick.all_done"
    assert station.scan(TWIN, TWIN) == "check.done"
    assert station.scan(TWIN) == "check.too_many"


def test_of_two_that_are_ordered_the_one_still_open_is_meant() -> None:
    station = bench(("TWINA", 1), ("TWINB", 2))
    assert station.scan("TWINA", TWIN, TWIN) == "pick.all_done"
    assert [line.picked for line in station.work.lines] == [1, 2]
    assert station.scan("TWINB", "TWINB", TWIN) == "check.all_done"


def test_where_both_are_wanted_the_packer_chooses_by_number() -> None:
    station = bench(("TWINA", 1), ("TWINB", 1))
    assert station.scan(TWIN) == "scan.which"
    assert station.work.line(1).picked == station.work.line(2).picked == 0
    view = look(station.state)
    assert [render(option) for option in view.options] == ["TWINA Twina", "TWINB Twinb"]
    assert [accept.codes for accept in view.accepts] == [("1", "2")]
    assert station.press("2") == "pick.line_done"
    assert station.events == [CHOSEN, ev.UnitsPicked(2, "TWINB", 1, "E-02", TWIN)]
    assert station.scan(TWIN) == "pick.all_done"
    assert [event for event in station.events if isinstance(event, ev.ProductChosen)] == []
    assert station.scan(TWIN) == "scan.which"
    assert station.scan("1") == "check.done"


def test_another_code_of_one_of_them_answers_too_and_nothing_else_does() -> None:
    station = both(("ONE", 1), ("OTHER", 1))
    assert station.scan(BOTH) == "scan.which"
    for stranger in (LAMP, BOTH, "3", "BADGE-Bo", "A-01"):
        assert station.scan(stranger) == "dialog.bad_choice", stranger
    assert station.state.worker is not None
    assert station.state.worker.name == "Ada"
    assert station.scan(OWN) == "pick.line_done"
    assert station.work.line(2).picked == 1


def test_a_serial_number_in_the_code_or_alone_says_at_the_check_which_of_two_it_is() -> None:
    station = both(("ONE", 2), ("OTHER", 1), serial_wanted=True)
    station.scan("ONE", "A1", "ONE", "A2", OWN, "B1")
    assert station.scan(f"]C1010{BOTH}21B1") == "check.done"
    assert (station.work.line(1).checked, station.work.line(2).checked) == (0, 1)
    station.press("UNDO")
    assert station.scan(BOTH) == "scan.which"
    assert station.scan("C1") == "dialog.bad_choice"
    assert station.scan("A2") == "check.done"
    assert station.state.dialog is None
    assert (station.work.line(1).checked, station.work.line(2).checked) == (1, 0)
    station.press("TAKEOUT")
    assert station.scan(f"]C1010{BOTH}21A2") == "takeout.done"


def test_a_lot_or_date_in_the_code_says_at_the_check_which_of_two_it_is() -> None:
    station = both(("ONE", 1), ("OTHER", 1), lot_wanted=True, expiry_wanted=True)
    station.scan("ONE", f"]C11728123110L1{GS}", OWN, f"]C11728113010L2{GS}")
    assert station.at(Phase.CHECK)
    assert station.scan(f"]C1010{BOTH}10L2") == "check.done"
    assert station.work.line(2).checked == 1
    station.press("UNDO")
    assert station.scan(f"]C1010{BOTH}17281231") == "check.done"
    assert station.work.line(1).checked == 1


def test_lot_expiry_and_count_of_the_scan_are_kept() -> None:
    station = both(("ONE", 3), ("OTHER", 3), lot_wanted=True, expiry_wanted=True)
    assert station.scan(f"]C1010{BOTH}1728123110L7{GS}3002") == "scan.which"
    assert station.press("1") == "pick.done"
    [chosen, picked] = station.events
    assert isinstance(picked, ev.UnitsPicked)
    assert (picked.sku, picked.quantity, picked.lot, picked.expiry) == ("ONE", 2, "L7", "2028-12-31")
    assert isinstance(chosen, ev.ProductChosen)
    assert station.scan(BOTH) == "scan.which"
    assert station.press("2") == "capture.lot"
    assert station.scan("L8", "281231") == "pick.done"
    assert station.work.line(2).picked == 1


def test_only_what_would_be_taken_is_offered() -> None:
    station = both(("ONE", 1), ("OTHER", 6))
    station.world.codes[code(52)] = []
    station.world.add_code_for_case("ONE", code(52), 6)
    station.world.add_code_for_case("OTHER", code(52), 6)
    assert station.scan(code(52)) == "pick.line_done"
    assert station.work.line(2).picked == 6
    assert station.scan(code(52)) == "scan.case_too_big"


def test_with_confirmed_locations_the_one_that_lies_here_is_meant() -> None:
    station = bench(("TWINA", 1), ("TWINB", 1), confirm_location=True)
    assert station.scan(TWIN) == "pick.location_first"
    assert station.scan("E-02", TWIN) == "pick.line_done"
    assert station.work.line(2).picked == 1


def test_a_choice_is_undone_with_its_unit_and_a_restart_asks_again() -> None:
    station = bench(("TWINA", 1), ("TWINB", 1))
    station.scan(TWIN)
    assert station.press("BACK") == "dialog.back"
    station.scan(TWIN)
    station.restart()
    assert station.state.dialog is None
    assert station.scan(TWIN) == "scan.which"
    station.press("2")
    assert station.press("UNDO") == "undo.done"
    assert "Twinb" in station.text
    assert [line.picked for line in station.work.lines] == [0, 0]
    assert station.press("UNDO") == "undo.none"


def test_taking_out_asks_only_where_both_are_in_the_order() -> None:
    station = bench(("TWINA", 1), ("TWINB", 1), ("MUG", 1))
    station.scan("TWINA", TWIN)
    station.press("TAKEOUT")
    assert station.scan(TWIN) == "scan.which"
    assert station.press("1") == "takeout.shelf"
    assert station.events[0] == ev.ProductChosen("TWINA", TWIN, ("TWINA", "TWINB"))
    assert station.scan(TWIN) == "takeout.shelf"
    assert [line.picked for line in station.work.lines] == [0, 0, 0]


def test_damage_to_one_of_them_is_asked_for_and_goes_on() -> None:
    station = bench(("TWINA", 1), ("TWINB", 1))
    fill(station)
    station.restart()
    assert station.press("DAMAGE") == "damage.item"
    assert station.scan(TWIN) == "scan.which"
    assert station.press("2") == "damage.ask_reason"
    assert station.press("1", "1", "1") == "damage.done"
    assert [line.damaged for line in station.work.lines] == [0, 1]


def test_leaving_the_question_goes_back_to_the_one_before() -> None:
    station = bench(("TWINA", 1), ("TWINB", 1))
    station.scan("NEW-ONE")
    assert station.press("ATTACH") == "attach.ask"
    assert station.scan(TWIN) == "scan.which"
    assert station.press("BACK") == "dialog.back"
    assert station.state.dialog is not None
    assert station.state.dialog.kind is DialogKind.ATTACH
    assert station.scan(TWIN) == "scan.which"
    assert station.press("1") == "attach.done"
    assert isinstance(station.events[-1], ev.BarcodeAttached)
    assert station.events[-1].sku == "TWINA"


def test_a_code_of_nothing_that_is_ordered_names_all_it_stands_for() -> None:
    station = bench(("MUG", 1))
    assert station.scan(TWIN) == "scan.wrong_item"
    assert "TWINA Twina or TWINB Twinb" in station.text


def test_a_product_to_be_measured_is_asked_for_without_an_order() -> None:
    station = bench()
    station.press("MEASURE")
    assert station.scan(TWIN) == "scan.which"
    assert station.press("2") == "measure.begin"
    assert station.state.measuring is not None
    assert station.state.measuring.sku == "TWINB"


def test_own_boxes_that_share_a_code_are_asked_for() -> None:
    station = both(("ONE", 1), ("OTHER", 1), own_box=True, ships_alone=True)
    fill_both(station)
    assert station.phase is Phase.PACKAGING
    assert station.scan(BOTH) == "scan.which"
    assert station.press("2") == "packaging.own_box"
    assert any(parcel.packaging == "own:OTHER" for parcel in station.work.parcels)


def fill_both(station: Bench) -> None:
    station.scan("ONE", "OTHER", "ONE", "OTHER")


def test_packagings_that_share_a_code_are_asked_for_unless_one_is_proposed() -> None:
    station = packed(("MUG", 1))
    for name in ("S", "M"):
        station.world.codes[name].append(station.world.codes["L"][0])
    assert station.state.plan is not None
    proposed = station.state.plan.parcels[0].packaging.code
    assert proposed != "L"
    assert station.scan(proposed) == "packaging.done"


def test_a_location_that_is_also_a_strangers_barcode_is_a_location() -> None:
    station = bench(("MUG", 1))
    station.world.add_code_for_case("LAMP", "A-01", 1)
    assert station.scan("A-01") == "pick.location"
