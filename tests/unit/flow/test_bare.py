"""Goods without a barcode: their location's code at the pick, OK for each unit at the check, both with their name."""

from data.types import CodeKind
from picker.flow import Phase
from picker.flow.accepts import accepts
from picker.flow.commands import commands_now
from picker.flow.events import LocationConfirmed, UnitsChecked, UnitsPicked
from picker.flow.prompts import prompt
from picker.flow.state import CommandName
from picker.locale.messages import render
from tests.unit.flow.shop import MUG, TEA, bench
from tests.unit.flow.station import Bench


def asked(station: Bench) -> str:
    return render(prompt(station.state))


def test_their_location_picks_them_and_ok_checks_each() -> None:
    station = bench(("STONE", 3))
    assert asked(station) == "Stone bears no barcode: take 3 and scan B-01"
    assert accepts(station.state)[0].kind == CodeKind.LOCATION.value
    assert CommandName.OK not in commands_now(station.state)
    assert station.scan("B-01") == "pick.all_done"
    assert station.events == [LocationConfirmed("B-01"), UnitsPicked(1, "STONE", 3, "B-01", "B-01")]
    assert asked(station) == "Put one Stone into parcel 1, then OK"
    assert station.press("OK") == "check.done"
    assert station.events == [UnitsChecked(1, "STONE", 1, 1, "OK")]
    assert station.press("OK", "OK") == "check.all_done"
    assert station.at(Phase.PACKAGING)


def test_without_a_location_ok_picks_them() -> None:
    station = bench(("WRAP", 2))
    assert asked(station) == "Wrap bears no barcode: take 2, then OK"
    assert station.press("OK") == "pick.all_done"
    assert station.events == [UnitsPicked(1, "WRAP", 2, "", "OK")]


def test_ok_stands_for_nothing_that_can_be_scanned() -> None:
    station = bench(("STONE", 1), ("MUG", 1))
    assert station.press("OK") == "command.not_now"
    assert station.scan("B-01", MUG) == "pick.all_done"
    assert asked(station) == "Scan each item into parcel 1; OK puts one Stone in"
    assert station.press("OK") == "check.done"
    assert CommandName.OK not in commands_now(station.state)
    assert station.press("OK") == "command.not_now"
    assert station.scan(MUG) == "check.all_done"


def test_another_location_is_refused_and_one_of_other_goods_picks_nothing() -> None:
    station = bench(("STONE", 1), ("MUG", 1))
    assert station.scan("D-01") == "pick.wrong_location"
    assert station.scan("A-01") == "pick.location"
    assert [line.picked for line in station.work.lines] == [0, 0]


def test_one_undo_takes_all_of_it_back() -> None:
    station = bench(("STONE", 3))
    station.scan("B-01")
    assert station.press("UNDO") == "undo.done"
    assert station.work.line(1).picked == 0
    assert station.scan("B-01") == "pick.all_done"


def test_their_sku_typed_names_them_where_nothing_else_does() -> None:
    station = bench(("STONE", 2), ("TEA", 1))
    station.scan("B-01", TEA)
    station.press("OK")
    assert station.press("TAKEOUT") == "takeout.on"
    assert station.scan("STONE") == "takeout.done"
    assert station.press("DAMAGE") == "damage.item"
    assert station.scan("STONE") == "damage.ask_reason"


def test_where_picked_is_checked_each_is_confirmed() -> None:
    station = bench(("STONE", 2), one_scan=True)
    station.scan("B-01")
    assert station.work.line(1).checked == 1
    station.scan("B-01")
    assert station.at(Phase.PACKAGING)


def test_a_location_that_must_be_scanned_picks_at_once() -> None:
    station = bench(("STONE", 2), ("MUG", 1), confirm_location=True)
    station.scan("A-01", MUG)
    assert station.scan("B-01") == "pick.all_done"
