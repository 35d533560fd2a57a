"""At the check: the very units that were picked, by lot, serial number and date; each once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from picker.flow import FlowPolicy, Phase, look
from picker.flow.events import UnitsChecked, UnitsDamaged, UnitsTakenOut
from picker.flow.trace import Trace
from tests.unit.flow.drive import drive, obey
from tests.unit.flow.shop import MUG, MUG_CASE, PHONE, SOAP, bench, label, shop
from tests.unit.flow.station import Bench
from tests.unit.flow.world import code

END = "281231"


def gs1(gtin: str, lot: str = "", serial: str = "", expiry: str = "") -> str:
    dated = f"17{expiry}" if expiry else ""
    return f"]C1010{gtin}{dated}" + "\x1d".join(filter(None, (lot and f"10{lot}", serial and f"21{serial}")))


def soaps(*lots: str, **policy: Any) -> Bench:
    """One soap of each lot picked, all with the same date."""
    station = bench(("SOAP", len(lots)), **policy)
    for lot in lots:
        station.scan(gs1(SOAP, lot, expiry=END))
    assert station.at(Phase.CHECK)
    return station


def phones(*serials: str, **policy: Any) -> Bench:
    station = bench(("PHONE", len(serials)), **policy)
    for serial in serials:
        station.scan(PHONE, serial)
    return station


def checked(station: Bench) -> list[tuple[str, str, str, int]]:
    return [(e.lot, e.serial, e.expiry, e.quantity) for e in station.events if isinstance(e, UnitsChecked)]


def test_another_lot_is_refused_and_named_with_what_was_picked() -> None:
    station = soaps("LOTD")
    assert station.scan(gs1(SOAP, "OLD", expiry="200101")) == "check.other_lot"
    assert station.text == ("OTHER LOT OLD: of Soap LOTD was picked. It EXPIRED on 2020-01-01. Set it aside")
    assert station.scan(gs1(SOAP, "NEW", expiry=END)) == "check.other_lot"
    assert "EXPIRED" not in station.text
    assert station.scan(gs1(SOAP, "LOTD", expiry="281130")) == "check.other_expiry"
    assert station.work.line(1).checked == 0
    assert station.scan(gs1(SOAP, "LOTD", expiry=END)) == "check.all_done"
    assert checked(station) == [("LOTD", "", "2028-12-31", 1)]


def test_a_plain_code_counts_where_one_lot_was_picked_and_the_log_names_it() -> None:
    station = soaps("L1", "L1")
    assert station.scan(SOAP) == "check.done"
    assert checked(station) == [("L1", "", "2028-12-31", 1)]
    station.restart()
    assert station.scan(SOAP) == "check.all_done"


def test_of_several_lots_each_counts_as_often_as_it_was_picked() -> None:
    station = soaps("L1", "L1", "L2")
    assert station.scan(gs1(SOAP, "L2")) == "check.done"
    assert station.scan(gs1(SOAP, "L2")) == "check.packed"
    assert station.text == "PACKED ALREADY: Soap, lot L2. Still to check: L1"
    station.restart()
    assert station.scan(gs1(SOAP, "L2")) == "check.packed"
    assert station.press("UNDO") == "undo.done"
    assert station.scan(SOAP) == "check.which"
    assert station.press("BACK") == "dialog.back"
    assert station.scan(gs1(SOAP, "L2"), SOAP) == "check.done", "of what is left there is one lot"
    assert station.scan(SOAP) == "check.all_done"


@pytest.mark.parametrize("answer", ["2", "L2", "]C110L2", gs1(SOAP, "L2")])
def test_which_lot_is_asked_only_where_it_is_not_known(answer: str) -> None:
    station = soaps("L1", "L1", "L2", "L2")
    assert station.scan(SOAP) == "check.which"
    assert [accept.kind for accept in look(station.state).accepts] == ["choice"]
    assert station.scan("L9") == "dialog.bad_choice"
    assert station.scan(answer) == "check.done"
    assert checked(station)[0][0] == "L2"


def test_all_that_are_left_need_no_question() -> None:
    station = bench(("SOAP", 6))
    station.world.add_code_for_case("SOAP", code(52), 6)
    station.world.add_code_for_case("SOAP", code(53), 3)
    for lot in ("L1", "L1", "L2", "L2", "L2", "L2"):
        station.scan(gs1(SOAP, lot, expiry=END))
    assert station.scan(code(53)) == "check.done", "a case is of one lot, and of the other there are two"
    assert checked(station) == [("L2", "", "2028-12-31", 3)]
    station.press("UNDO")
    assert station.scan(code(52)) == "check.all_done"
    assert [(lot, units) for lot, _, _, units in checked(station)] == [("L1", 2), ("L2", 4)]


def test_a_lot_that_nobody_asks_for_must_agree_too_when_the_codes_say_it() -> None:
    station = bench(("MUG", 2))
    station.scan(gs1(MUG, "L1"), MUG)
    assert station.scan(gs1(MUG, "L9")) == "check.done", "of one mug nothing is known"
    assert checked(station)[0][0] == "L9"
    other = bench(("MUG", 1))
    other.scan(gs1(MUG, "L1"))
    assert other.scan(gs1(MUG, "L9")) == "check.other_lot"
    assert other.scan(MUG) == "check.all_done"
    plain = bench(("MUG", 7))
    plain.scan(gs1(MUG, "L1"), MUG_CASE)
    assert plain.scan(MUG, MUG, gs1(MUG, "L1"), MUG) == "check.done", "nobody is asked which"


@pytest.mark.parametrize("typed", ["sn-1", "Sn-1", "ＳＮ－１", "ｓｎ－１"])
def test_a_serial_number_is_known_in_letters_of_any_case_and_width(typed: str) -> None:
    station = phones("SN-1", "SN-2")
    assert station.scan(typed) == "check.done"
    assert checked(station) == [("", "SN-1", "", 1)]
    assert station.scan(PHONE) == "capture.serial"
    assert station.scan("sn-2") == "check.all_done"
    both = bench(("PHONE", 2))
    both.scan(gs1(PHONE, serial="SN-1"), gs1(PHONE, serial="sn-1"))
    assert both.scan("sn-1") == "check.done"
    assert checked(both)[0][1] == "sn-1", "the very number goes first"
    assert both.scan("SN-1") == "check.all_done"
    picking = bench(("PHONE", 2))
    picking.scan(PHONE, "SN-1", PHONE)
    assert picking.scan(typed) == "capture.serial_twice"


def test_a_serial_number_is_wanted_again_and_stands_for_the_code() -> None:
    station = phones("SN-1", "SN-2", "SN-3")
    assert [accept.codes for accept in look(station.state).accepts] == [("SN-1", "SN-2", "SN-3")]
    assert station.scan(PHONE) == "capture.serial"
    assert station.scan("SN-9") == "check.other_serial"
    assert station.text == "OTHER UNIT SN-9: of Phone serial number SN-1, SN-2, SN-3 was picked. Set it aside"
    assert station.scan("SN-8") == "check.other_serial", "the question stands"
    assert station.scan("SN-1") == "check.done"
    assert checked(station) == [("", "SN-1", "", 1)]
    assert station.scan("SN-1") == "check.packed"
    assert station.scan(gs1(PHONE, serial="SN-2")) == "check.done"
    assert station.scan(gs1(PHONE, serial="SN-2")) == "check.packed"
    assert station.scan("]C121SN-3") == "check.all_done"
    assert station.press("UNDO") == "undo.done"
    assert station.scan(PHONE, "SN-2") == "check.packed"
    assert station.scan("SN-3") == "check.all_done"


def test_numbers_that_look_like_counts_are_serial_numbers_where_they_are() -> None:
    station = phones("12", "13", count_from=2)
    assert station.scan("12") == "check.done"
    assert station.scan(PHONE, "14") == "check.other_serial"
    assert station.scan("13") == "check.all_done"


def test_two_products_with_one_serial_number_are_told_apart_by_their_codes() -> None:
    world = shop()
    world.product("RADIO", code(50), at={"Z-01": 3}, serial_wanted=True)
    world.order("O1", ("PHONE", 1), ("RADIO", 1))
    station = Bench(world)
    station.scan("BADGE-Ada", "O1", PHONE, "SN-1", code(50), "SN-1")
    assert station.scan("SN-1") == "scan.unknown"
    assert station.scan(code(50), "SN-1") == "check.done"
    assert station.scan("SN-1") == "check.all_done", "only the phone's is left"
    station.press("UNDO", "UNDO")
    drive(station)


def test_take_out_gives_back_the_unit_that_was_scanned() -> None:
    station = phones("SN-1", "SN-2")
    station.scan("SN-1", "SN-2")
    station.press("TAKEOUT")
    assert {code for accept in look(station.state).accepts for code in accept.codes} == {"SN-1", "SN-2"}
    assert station.scan(PHONE) == "takeout.serial"
    assert station.scan("SN-2") == "takeout.done"
    assert [e.serial for e in station.events if isinstance(e, UnitsTakenOut)] == ["SN-2"]
    station.press("OK")
    assert station.scan("SN-1") == "check.packed"
    assert station.scan("SN-2") == "check.all_done"


def test_take_out_of_lots_asks_which_and_knows_what_is_left() -> None:
    station = soaps("L1", "L2", "L2", "L2")
    station.press("TAKEOUT")
    assert station.scan(SOAP) == "check.which"
    assert station.press("2") == "takeout.shelf"
    assert [e.lot for e in station.events if isinstance(e, UnitsTakenOut)] == ["L2"]
    assert station.scan(gs1(SOAP, "L9")) == "takeout.other"
    station.press("OK")
    station.scan(gs1(SOAP, "L3", expiry=END))
    assert station.scan(gs1(SOAP, "L2"), gs1(SOAP, "L2"), gs1(SOAP, "L2")) == "check.packed"
    station.press("TAKEOUT")
    assert station.scan(gs1(SOAP, "L1")) == "takeout.shelf"
    station.press("OK")
    assert station.scan(gs1(SOAP, "L1")) == "check.other_lot"
    assert station.scan(gs1(SOAP, "L3")) == "check.fetch"


def test_a_number_in_a_sealed_parcel_stays_there() -> None:
    station = bench(("PHONE", 2), one_scan=True, label_scan=False)
    station.scan(PHONE, "SN-1")
    station.press("NEXTPARCEL")
    station.scan(PHONE, "SN-2")
    station.press("OK", "SKIP", "TAKEOUT")
    assert station.scan("SN-1") == "takeout.sealed"
    assert station.scan("SN-2") == "takeout.shelf"
    assert station.work.serials == {(1, "SN-1")}


def test_the_damaged_unit_is_no_longer_awaited() -> None:
    station = phones("SN-1", "SN-2", "SN-3")
    assert station.press("DAMAGE") == "damage.ask_reason", "the one scanned last"
    assert station.scan(PHONE) == "damage.serial"
    assert station.scan("SN-2") == "damage.ask_reason"
    station.press("1", "2", "2")
    assert [e.serial for e in station.events if isinstance(e, UnitsDamaged)] == ["SN-2"]
    assert station.scan("SN-3") == "check.done"
    assert station.press("DAMAGE", "1", "2", "2") == "damage.done"
    assert [(e.serial, e.source) for e in station.events if isinstance(e, UnitsDamaged)] == [
        ("SN-3", "parcel")
    ]
    assert station.work.serials == {(1, "SN-1")}
    assert station.scan("SN-1") == "check.fetch"
    drive(station)


def test_one_scan_names_the_unit_in_both_events() -> None:
    station = bench(("SOAP", 1), one_scan=True)
    assert station.scan(gs1(SOAP, "L1", expiry=END)) == "pick.packed_all"
    assert checked(station) == [("L1", "", "2028-12-31", 1)]


def test_typed_numbers_count_units_of_the_lot_scanned_before() -> None:
    station = bench(("SOAP", 12), count_from=3)
    station.scan(gs1(SOAP, "L1", expiry=END))
    station.scan("7")
    station.scan(gs1(SOAP, "L2", expiry=END))
    station.scan("3")
    assert station.scan(gs1(SOAP, "L2")) == "check.done"
    assert station.scan("4") == "count.too_many"
    assert station.scan("3") == "check.done"
    assert checked(station) == [("L2", "", "2028-12-31", 3)]
    assert station.scan(SOAP, "7") == "check.all_done"


def test_another_station_goes_on_with_what_is_known() -> None:
    station = soaps("L1", "L2")
    station.scan(gs1(SOAP, "L1"))
    station.press("PARK", "1")
    other = Bench(station.world, name="PACK-2")
    other.scan("BADGE-Bo", "O1")
    assert other.scan(gs1(SOAP, "L1")) == "check.packed"
    assert other.scan(SOAP) == "check.all_done"
    assert checked(other)[0][0] == "L2"


def test_units_laid_aside_for_another_parcel_stay_known() -> None:
    station = phones("SN-1", "SN-2")
    station.scan("SN-1", "SN-2")
    station.world.packagings = {
        name: replace(box, max_gross_g=450) for name, box in station.world.packagings.items()
    }
    station.restart()
    while not any(parcel.sealed for parcel in station.work.parcels):
        obey(station)
    assert [parcel.known(1) for parcel in station.work.parcels] == [
        ((Trace(serial="SN-1"), 1),), ((Trace(serial="SN-2"), 1),),
    ]  # fmt: skip
    station.scan(label(station))
    station.press("TAKEOUT")
    assert station.scan("SN-1") == "takeout.sealed"
    assert station.scan("SN-2") == "takeout.done"


# Numbers that are elsewhere.


def closed_with(*serials: str) -> Bench:
    station = phones(*serials, label_scan=True)
    drive(station)
    assert station.state.work is None
    return station


def test_a_number_that_went_out_is_refused_with_the_order_and_the_day_unless_it_came_back() -> None:
    station = closed_with("SN-1")
    world = station.world
    world.now += timedelta(days=3)
    world.order("O2", ("PHONE", 1))
    station.scan("O2", PHONE)
    assert station.scan("SN-1") == "capture.serial_gone"
    assert "SN-1 went out with O1 on 2026-03-02" in station.text
    station.press("BACK")
    assert station.scan(gs1(PHONE, serial="SN-1")) == "capture.serial_gone"
    assert station.scan("SN-1") == "capture.serial_gone"
    assert station.scan(PHONE, "SN-2") == "pick.all_done"
    for text in (gs1(PHONE, serial="SN-1"), "SN-1"):
        assert station.scan(text) == "capture.serial_gone"
    world.came_back.add(("O1", "SN-1"))
    assert station.scan(gs1(PHONE, serial="SN-1")) == "check.other_serial"
    station.press("UNDO")
    assert station.scan(gs1(PHONE, serial="SN-1")) == "pick.all_done"


def test_a_number_in_another_order_in_work_is_refused_at_the_pick() -> None:
    station = phones("SN-1")
    station.press("PARK", "1")
    station.world.order("O2", ("PHONE", 1))
    assert station.scan("O2", PHONE, "SN-1") == "capture.serial_elsewhere"
    assert "O1" in station.text


def test_a_number_that_two_orders_were_picked_with_goes_out_with_one_of_them() -> None:
    station = phones("SN-1")
    station.press("TAKEOUT")
    assert station.scan("SN-1") == "takeout.shelf"
    station.press("TAKEOUT", "PARK", "1")
    station.world.order("O2", ("PHONE", 1))
    assert station.scan("O2", PHONE, "SN-1") == "pick.all_done"
    station.press("PARK", "1")
    station.scan("O1")
    station.press("UNDO")
    assert station.at(Phase.CHECK)
    drive(station)
    station.scan("O2")
    for text in ("SN-1", gs1(PHONE, serial="SN-1")):
        assert station.scan(text) == "capture.serial_gone"
        assert station.work.line(1).checked == 0
    station.press("TAKEOUT")
    assert station.scan("SN-1") == "takeout.shelf"


# Dates.


def today(station: Bench) -> date:
    return station.world.now.date()


@pytest.mark.parametrize("identifier", ["15", "16", "17"])
def test_what_is_past_is_refused_for_every_product_wherever_it_goes_in(identifier: str) -> None:
    for policy in (FlowPolicy(), FlowPolicy(one_scan=True)):
        station = bench(("MUG", 1), one_scan=policy.one_scan)
        assert station.scan(f"]C1010{MUG}{identifier}260301") == "capture.expired"
        assert "2026-03-01" in station.text
        assert station.work.line(1).picked == 0
    station = bench(("MUG", 1))
    station.scan(MUG)
    assert station.scan(f"]C1010{MUG}{identifier}260301") == "capture.expired"
    assert station.scan(f"]C1010{MUG}{identifier}260302") == "check.all_done"
    assert station.text.endswith("IT EXPIRES TODAY")


@pytest.mark.parametrize("identifier", ["11", "12", "13"])
def test_other_dates_may_be_past(identifier: str) -> None:
    station = bench(("MUG", 1))
    assert station.scan(f"]C1010{MUG}{identifier}200101") == "pick.all_done"


def test_best_before_is_what_an_expiry_is_asked_for() -> None:
    station = bench(("SOAP", 1))
    assert station.scan(f"]C1010{SOAP}1528123110L1") == "pick.all_done"
    assert station.work.line(1).traced == ((Trace("L1", "", "2028-12-31"), 1),)


def test_day_00_is_the_last_of_the_month_typed_too() -> None:
    station = bench(("SOAP", 1))
    station.scan(SOAP, "L1")
    assert station.scan("280200") == "pick.all_done"
    assert station.work.line(1).traced[0][0].expiry == "2028-02-29"


def test_a_lot_expires_today_by_the_days_end_and_is_refused_at_the_check_of_the_next() -> None:
    station = bench(("SOAP", 1))
    assert station.scan(gs1(SOAP, "L1", expiry="260302")) == "pick.all_done"
    assert station.text == "All picked. Now check at the bench. IT EXPIRES TODAY"
    station.world.now += timedelta(days=1)
    assert station.scan(SOAP) == "capture.expired"
    station.world.now -= timedelta(days=1)
    assert station.scan(SOAP) == "check.all_done"


@pytest.mark.parametrize(("product", "order"), [(30, 0), (0, 30), (30, 10), (10, 30)])
def test_what_would_be_too_old_on_arrival_is_refused_with_date_and_days(product: int, order: int) -> None:
    station = bench(claim=False)
    world = station.world
    world.products["SOAP"] = replace(world.products["SOAP"], min_days_left=product)
    world.min_days_left = order
    world.order("O1", ("SOAP", 1))
    station.press("NEXT")
    short, enough = today(station) + timedelta(days=29), today(station) + timedelta(days=30)
    assert station.scan(gs1(SOAP, "L1", expiry=f"{short:%y%m%d}")) == "capture.too_old"
    assert f"keeps until {short}, 29 days; 30 are wanted" in station.text
    assert station.scan(gs1(SOAP, "L1", expiry=f"{enough:%y%m%d}")) == "pick.all_done"
    world.now += timedelta(days=1)
    assert station.scan(SOAP) == "capture.too_old"


def test_another_date_of_a_lot_is_asked_about_once() -> None:
    station = bench(("SOAP", 3))
    station.scan(gs1(SOAP, "L1", expiry="281231"))
    assert station.scan(gs1(SOAP, "L1", expiry="291231")) == "capture.other_date"
    assert station.work.line(1).picked == 1
    assert station.scan(gs1(SOAP, "L1", expiry="291231")) == "pick.done"
    assert station.scan(SOAP, "L1", "301231") == "capture.other_date"
    assert station.scan("301231") == "pick.all_done"
    assert station.scan(SOAP) == "check.which", "three dates of one lot"
    assert station.scan("291231") == "check.done"


def test_a_serial_number_with_the_lot_or_date_of_another_unit_is_told_by_what_its_own_are() -> None:
    world = shop()
    world.product("PHONE", PHONE, at={"D-01": 4}, serial_wanted=True, lot_wanted=True, expiry_wanted=True)
    world.order("O1", ("PHONE", 2))
    station = Bench(world)
    station.scan("BADGE-Ada", "O1")
    station.scan(gs1(PHONE, "Q1", "7", "280131"), gs1(PHONE, "Q2", "8", "280228"))
    assert station.scan(gs1(PHONE, "Q1", "8")) == "check.other_lot"
    assert station.text == "OTHER LOT Q1: of Phone Q2 was picked. Set it aside"
    assert station.scan(gs1(PHONE, "Q2", "8", "280131")) == "check.other_expiry"
    assert station.text == "OTHER DATE 2028-01-31: of Phone 2028-02-28 was picked. Set it aside"
    assert station.scan(gs1(PHONE, "Q1", expiry="280228")) == "check.other_expiry"
    assert "2028-01-31 was picked" in station.text
