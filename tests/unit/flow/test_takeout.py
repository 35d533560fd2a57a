"""Scanning units back out."""

from data.types import CodeKind, StockState
from picker.flow import Phase
from picker.flow.events import UnitsTakenOut
from tests.unit.flow.shop import GS, LAMP, MUG, MUG_CASE, PHONE, SOAP, TEA, bench, fill, packed
from tests.unit.flow.station import Bench


def out(station: Bench) -> UnitsTakenOut:
    event = station.events[0]
    assert isinstance(event, UnitsTakenOut)
    return event


def test_from_the_parcel_to_the_tote_and_from_there_to_the_shelf() -> None:
    station = packed(("MUG", 2))
    assert station.press("TAKEOUT") == "takeout.on"
    assert station.scan(MUG) == "takeout.done"
    assert (out(station).from_parcel, out(station).to_shelf) == (1, False)
    assert "1 left in parcel 1" in station.text
    assert station.at(Phase.CHECK)
    assert station.scan(MUG) == "takeout.done"
    assert station.scan(MUG) == "takeout.shelf"
    assert (out(station).from_parcel, out(station).location) == (0, "A-01")
    assert station.world.units("MUG", "A-01") == 19
    assert station.press("OK") == "takeout.off"
    assert station.at(Phase.CHECK)
    assert station.scan(MUG, MUG, MUG) == "check.all_done"


def test_goods_go_back_to_where_they_were_picked() -> None:
    station = bench(("MUG", 1), ("TEA", 1))
    station.press("SHORT", "1")
    station.scan(MUG)
    station.press("TAKEOUT")
    station.scan(MUG)
    assert out(station).location == "C-01"
    assert station.world.units("MUG", "C-01") == 5


def test_in_one_scan_everything_goes_to_the_shelf() -> None:
    station = packed(("MUG", 2), one_scan=True)
    station.press("TAKEOUT")
    assert station.scan(MUG) == "takeout.shelf"
    assert (out(station).from_parcel, out(station).to_shelf) == (1, True)
    assert station.at(Phase.PICK)


def test_what_is_not_there_can_not_be_taken_out() -> None:
    station = bench(("MUG", 2), ("TEA", 1))
    assert station.press("TAKEOUT") == "takeout.nothing"
    station.scan(MUG)
    station.press("TAKEOUT")
    assert station.scan(TEA) == "takeout.none"
    assert station.scan(LAMP) == "takeout.none"
    assert station.scan(MUG_CASE) == "takeout.single"
    assert station.scan("A-01") == "scan.not_now"


def test_the_mode_ends_when_nothing_is_left() -> None:
    station = bench(("MUG", 1), ("TEA", 1))
    station.scan(MUG)
    station.press("TAKEOUT")
    station.scan(MUG)
    assert not station.state.take_out
    assert station.scan(MUG) == "pick.line_done"


def test_nothing_is_sealed_or_counted_while_goods_go_out() -> None:
    station = packed(("MUG", 2))
    station.press("OK", "TAKEOUT")
    assert station.press("SKIP") == "command.not_now"
    assert station.at(Phase.WEIGH)
    station.press("TAKEOUT")
    assert station.press("SKIP") == "seal.done"


def test_taking_out_of_a_boxed_parcel_asks_for_packaging_anew() -> None:
    station = packed(("MUG", 2))
    station.press("OK", "TAKEOUT")
    station.scan(MUG)
    station.press("BACK")
    assert station.work.parcels[0].packaging == ""
    assert station.scan(MUG) == "check.all_done"
    assert station.at(Phase.PACKAGING)


def test_the_open_parcel_comes_before_others() -> None:
    station = bench(("MUG", 3))
    station.scan(MUG, MUG, MUG)
    station.scan(MUG)
    station.press("NEXTPARCEL")
    station.scan(MUG)
    station.press("TAKEOUT")
    station.scan(MUG)
    assert out(station).from_parcel == 2


def test_a_sealed_parcel_stays_closed() -> None:
    station = bench(("MUG", 1), ("TEA", 1), one_scan=True, label_scan=False)
    station.scan(MUG)
    station.press("NEXTPARCEL")
    station.scan(TEA)
    station.press("OK", "SKIP", "TAKEOUT")
    assert station.scan(MUG) == "takeout.sealed"
    assert station.scan(TEA) == "takeout.shelf"


def test_a_serial_number_names_its_unit() -> None:
    station = bench(("PHONE", 2))
    station.scan(PHONE, "SN-1", PHONE, "SN-2")
    station.press("TAKEOUT")
    assert station.scan(PHONE) == "takeout.serial"
    assert station.scan("SN-1") == "takeout.shelf"
    assert out(station).serial == "SN-1"
    station.press("TAKEOUT")
    assert station.scan(PHONE, "SN-2") == "capture.serial_twice"
    assert station.scan("SN-1") == "pick.all_done"


def test_a_unit_goes_out_by_a_code_that_holds_its_serial_number() -> None:
    station = bench(("PHONE", 2))
    station.scan(PHONE, "SN-1", PHONE, "SN-2")
    station.press("TAKEOUT")
    assert station.scan(f"]C1010{PHONE}21SN-2") == "takeout.shelf"
    assert out(station).serial == "SN-2"


def test_goods_without_a_place_are_put_aside() -> None:
    station = bench(("MUG", 1))
    station.world.product("LOST", "LOST-1", at={})
    station.press("PARK", "1")
    station.world.order("O2", ("LOST", 1), ("TEA", 1))
    station.scan("O2", "LOST-1")
    station.press("TAKEOUT")
    assert station.scan("LOST-1") == "takeout.homeless"


def test_the_right_line_of_two_is_found() -> None:
    station = bench(("MUG", 1), ("MUG", 1), one_scan=True, label_scan=False)
    station.scan(MUG)
    station.press("NEXTPARCEL")
    station.scan(MUG)
    station.press("OK", "SKIP", "TAKEOUT")
    assert station.scan(MUG) == "takeout.shelf"
    assert out(station).line == 2


def test_damage_and_undo_work_in_the_mode() -> None:
    station = bench(("MUG", 2), ("TEA", 1))
    fill(station)
    station.press("TAKEOUT")
    station.scan(MUG)
    assert station.press("UNDO") == "undo.done"
    assert station.work.line(1).checked == 2
    assert station.press("PARK", "1") == "park.done"


def test_each_lot_goes_back_to_where_it_was_picked() -> None:
    """Two lots from two places: the one scanned back out names its own, not the last place stood at."""
    station = bench(("SOAP", 2))
    station.world.stock["SOAP", "F-01", StockState.AVAILABLE] = 3
    station.world.start["SOAP"] += 3
    station.world.walk["F-01"] = 99
    station.world.add_code("F-01", CodeKind.LOCATION, "F-01")
    station.scan(f"]C1010{SOAP}1730123110OLD{GS}")
    station.press("SHORT", "1")
    station.scan(f"]C1010{SOAP}1731123110NEW{GS}")
    station.press("TAKEOUT")
    station.scan(f"]C1010{SOAP}1730123110OLD{GS}")
    assert (out(station).lot, out(station).location) == ("OLD", "A-05")
