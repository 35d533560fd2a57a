"""The check at the bench: each unit once, into the right parcel."""

from typing import Any

from picker.flow import Phase, look
from picker.flow.events import ParcelStarted, UnitsChecked
from tests.unit.flow.shop import LAMP, MUG, MUG_CASE, TEA, bench
from tests.unit.flow.station import Bench


def picked(*wanted: tuple[str, int], **policy: Any) -> Bench:
    station = bench(*wanted, **policy)
    while station.phase is Phase.PICK:
        station.scan(station.work.order.codes[_next(station)][0][0])
    return station


def _next(station: Bench) -> str:
    return next(line.sku for line in station.work.lines if line.waiting)


def test_each_unit_is_scanned_once() -> None:
    station = picked(("MUG", 2), ("TEA", 1))
    assert station.scan(MUG) == "check.done"
    assert station.events == [UnitsChecked(1, "MUG", 1, 1, MUG)]
    assert "1 of 2" in station.text
    assert station.scan(MUG) == "check.done"
    assert station.scan(MUG) == "check.too_many"
    assert station.scan(TEA) == "check.all_done"
    assert station.at(Phase.PACKAGING)


def test_a_case_is_checked_as_a_whole() -> None:
    station = picked(("MUG", 4), ("MUG", 3))
    assert station.scan(MUG_CASE) == "check.done"
    assert [line.checked for line in station.work.lines] == [4, 2]
    assert station.scan(MUG_CASE) == "scan.case_too_big"
    assert station.scan(MUG) == "check.all_done"


def test_a_stranger_is_named() -> None:
    station = picked(("MUG", 1))
    assert station.scan(LAMP) == "scan.wrong_item"
    assert station.scan("S") == "scan.not_now"
    assert "packaging S" in station.text


def test_what_is_still_to_be_fetched_is_no_surplus() -> None:
    station = picked(("MUG", 1), ("TEA", 2))
    station.scan(TEA)
    station.press("DAMAGE", "1", "2", "2")
    assert station.scan(TEA) == "check.done"
    assert station.scan(TEA) == "check.not_picked"
    assert station.scan(MUG) == "check.fetch"


def test_another_parcel_is_started_on_request() -> None:
    station = picked(("MUG", 2))
    assert station.press("NEXTPARCEL") == "parcel.empty"
    station.scan(MUG)
    assert station.press("NEXTPARCEL") == "parcel.started"
    assert station.events == [ParcelStarted(2)]
    view = look(station.state)
    assert (view.parcel, view.parcels) == (2, 2)
    station.scan(MUG)
    assert [parcel.units for parcel in station.work.parcels] == [((1, 1),), ((1, 1),)]
    assert station.press("UNDO", "UNDO", "UNDO") == "undo.done"
    assert [parcel.units for parcel in station.work.parcels] == [()]


def test_commands_of_picking_do_not_fit_here() -> None:
    station = picked(("MUG", 1))
    for name in ("SHORT", "LATER", "OK", "SKIP"):
        assert station.press(name) == "command.not_now"
        assert station.text == f"NOT NOW: {name}. Scan each item into parcel 1"
