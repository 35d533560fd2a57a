"""Counting by a typed number: one unit scanned, the rest of many typed."""

from typing import Any

from data.types import CodeKind
from picker.flow import Phase, look, render
from picker.flow.events import UnitsChecked, UnitsPicked
from tests.unit.flow.shop import MUG, PHONE, SOAP, TEA, bench, shop
from tests.unit.flow.station import Bench


def counting(*wanted: tuple[str, int], **policy: Any) -> Bench:
    return bench(*wanted, count_from=10, **policy)


def test_one_is_scanned_and_how_many_more_is_typed_at_the_shelf_and_at_the_bench() -> None:
    station = counting(("TEA", 25))
    station.scan(TEA)
    assert render(look(station.state).prompt) == "Scan Tea, or type how many more Tea"
    assert "count" in {accept.kind for accept in look(station.state).accepts}
    assert station.scan("24 x") == "pick.all_done"
    assert station.events == [UnitsPicked(1, "TEA", 24, "A-02", TEA, typed=True)]
    assert station.at(Phase.CHECK)
    assert station.scan("24") == "count.scan_first"
    station.scan(TEA)
    assert render(look(station.state).prompt) == "Scan each item into parcel 1, or type how many more Tea"
    assert station.scan("24") == "check.all_done"
    assert station.events == [UnitsChecked(1, "TEA", 24, 1, TEA, typed=True)]
    assert station.press("UNDO") == "undo.done"
    assert "24 x Tea" in station.text
    assert station.work.line(1).checked == 1


def test_it_is_off_unless_the_shop_wants_it() -> None:
    station = bench(("TEA", 25))
    station.scan(TEA)
    assert station.scan("24") == "scan.unknown"


def test_every_number_needs_a_scan_of_its_own() -> None:
    station = counting(("TEA", 30))
    assert station.scan("5") == "count.scan_first"
    station.scan(TEA)
    assert station.scan("10") == "pick.done"
    assert station.scan("10") == "count.scan_first"
    assert station.work.line(1).picked == 11
    assert station.scan("rubbish", TEA, "rubbish", "8") == "pick.done"
    assert station.work.line(1).picked == 20


def test_never_more_than_wanted() -> None:
    station = counting(("TEA", 25))
    station.scan(TEA)
    assert station.scan("25") == "count.too_many"
    assert station.text == "TOO MANY: 25 x Tea typed, still wanted: 24"
    assert station.scan("0") == "scan.unknown"
    assert station.work.line(1).picked == 1


def test_few_units_are_scanned_one_by_one() -> None:
    station = counting(("TEA", 9))
    station.scan(TEA)
    assert "type" not in render(look(station.state).prompt)
    assert station.scan("8") == "count.too_few"
    station = counting(("TEA", 10))
    station.scan(TEA)
    assert station.scan("9") == "pick.all_done"


def test_serial_numbers_are_never_counted() -> None:
    world = shop()
    world.product("PHONE", PHONE, at={"D-01": 30}, serial_wanted=True)
    world.order("O1", ("PHONE", 20))
    station = Bench(world, bench(count_from=5).state.policy)
    station.scan("BADGE-Ada", "O1", PHONE, "S1")
    assert "type" not in render(look(station.state).prompt)
    assert station.scan("3") == "capture.single"


def test_the_lot_of_the_scanned_unit_counts_for_the_typed_ones() -> None:
    station = counting(("SOAP", 12))
    station.scan(SOAP, "L77", "281231")
    assert station.scan("11") == "pick.all_done"
    assert station.events == [
        UnitsPicked(1, "SOAP", 11, "A-05", SOAP, "L77", expiry="2028-12-31", typed=True)
    ]


def test_a_number_that_is_a_code_stays_that_code() -> None:
    station = counting(("MUG", 20), ("TEA", 20))
    station.world.add_code("24", CodeKind.PRODUCT, "TEA")
    station.scan(MUG, "24")
    assert station.events == [UnitsPicked(2, "TEA", 1, "A-02", "24")]


def test_goods_from_another_place_are_scanned_first() -> None:
    station = counting(("MUG", 25))
    station.scan(MUG, "A-01")
    assert station.scan("5") == "count.scan_first"


def test_one_scan_shops_count_both_at_once() -> None:
    station = counting(("TEA", 25), one_scan=True)
    station.scan(TEA)
    assert station.scan("24") == "pick.packed_all"
    assert [type(event) for event in station.events] == [UnitsPicked, UnitsChecked]
    assert all(event.typed for event in station.events if isinstance(event, UnitsPicked | UnitsChecked))


def test_taking_out_is_unit_by_unit() -> None:
    station = counting(("TEA", 25), one_scan=True)
    station.scan(TEA, "20")
    station.press("TAKEOUT")
    assert station.scan("5") == "scan.unknown"
