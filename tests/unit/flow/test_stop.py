"""The shop cancels, holds or changes an order while it is in work: the packer is stopped, wherever he is."""

from collections.abc import Callable

import pytest

from data.types import OrderState, StockState
from picker.flow import Phase, look, render
from picker.flow.events import OrderChanged, OrderParked, StopAcknowledged, StopKind, UnitsSetAside
from tests.unit.flow.drive import drive
from tests.unit.flow.shop import LAMP, MUG, MUG_CASE, SOAP, TEA, bench, fill, label, packed
from tests.unit.flow.station import Bench


def at_pick() -> Bench:
    station = bench(("MUG", 2), ("SOAP", 1))
    station.scan(MUG)
    return station


def at_capture() -> Bench:
    station = at_pick()
    station.scan(SOAP)
    return station


def at_check() -> Bench:
    station = bench(("MUG", 2))
    station.scan(MUG, MUG, MUG)
    return station


def at_packaging() -> Bench:
    return packed(("MUG", 2))


def at_weighing() -> Bench:
    station = at_packaging()
    station.press("OK")
    return station


def at_label() -> Bench:
    station = at_weighing()
    station.press("SKIP")
    return station


def in_dialog() -> Bench:
    station = at_check()
    station.press("DAMAGE", "1")
    return station


def in_take_out() -> Bench:
    station = at_check()
    station.press("TAKEOUT")
    return station


def in_doubt() -> Bench:
    station = at_weighing()
    station.scan("5000")
    return station


PLACES = [
    at_pick,
    at_capture,
    at_check,
    at_packaging,
    at_weighing,
    at_label,
    in_dialog,
    in_take_out,
    in_doubt,
]


@pytest.mark.parametrize("place", PLACES)
def test_a_cancelled_order_stops_at_once_and_its_goods_are_set_aside(place: Callable[[], Bench]) -> None:
    station = place()
    picked = sum(line.picked for line in station.work.lines)
    station.world.cancel("O1", "customer asked")
    assert station.scan(MUG) == "stop.cancelled"
    assert "customer asked" in station.text
    assert station.at(Phase.STOPPED)
    assert station.press("PARK") == "stop.cancelled"
    assert station.press("OK") == "stop.cancelled.done"
    assert StopAcknowledged(StopKind.CANCELLED) in station.events
    aside = [event for event in station.events if isinstance(event, UnitsSetAside)]
    assert sum(event.quantity for event in aside) == picked
    assert {event.location for event in aside} == {""}
    assert "O1" in station.text
    assert station.world.stock["MUG", "ASIDE", StockState.ASIDE] == picked
    assert station.at(Phase.HOME)
    assert station.scan("O1") == "home.cancelled"


@pytest.mark.parametrize("place", PLACES)
def test_a_held_order_leaves_the_bench_and_comes_back_where_it_was(place: Callable[[], Bench]) -> None:
    station = place()
    lines, parcels = station.work.lines, station.work.parcels
    station.world.hold("O1", "unpaid")
    assert station.scan(MUG) == "stop.held"
    assert "not paid" in station.text
    assert station.press("OK") == "stop.held.done"
    assert station.events == [StopAcknowledged(StopKind.HELD), OrderParked("hold")]
    assert "O1" in station.text
    assert station.scan("O1") == "home.held"
    station.world.release("O1")
    assert station.scan("O1") == "home.resumed"
    assert (station.work.lines, station.work.parcels) == (lines, parcels)
    drive(station)
    assert station.world.orders["O1"].state is OrderState.CLOSED


@pytest.mark.parametrize("place", PLACES)
def test_an_order_with_more_wanted_goes_on_with_the_rest(place: Callable[[], Bench]) -> None:
    station = place()
    station.world.change("O1", {1: 3})
    assert station.scan("S") == "stop.changed"
    assert "+1 Mug" in station.text
    assert station.press("OK") == "stop.changed.done"
    assert station.work.line(1).waiting >= 1
    drive(station)
    assert station.world.orders["O1"].state is OrderState.CLOSED


@pytest.mark.parametrize("place", [at_check, at_packaging, at_weighing, in_dialog, in_take_out])
def test_what_is_no_longer_wanted_is_scanned_out(place: Callable[[], Bench]) -> None:
    station = place()
    station.world.change("O1", {1: 1})
    station.scan(LAMP)
    station.press("OK")
    assert station.at(Phase.TAKE_BACK)
    assert look(station.state).count == 1
    assert "Scan out 1 x Mug" in render(look(station.state).prompt)
    assert station.scan(LAMP) == "takeout.none"
    assert station.scan(MUG_CASE) == "takeout.single"
    assert station.scan(MUG) == "takeout.shelf"
    assert "A-01" in station.text
    assert station.world.units("MUG", "A-01") == 19
    assert not any(parcel.packaging for parcel in station.work.parcels)
    drive(station)
    assert station.world.orders["O1"].state is OrderState.CLOSED


def test_only_what_is_too_many_is_scanned_out() -> None:
    station = bench(("MUG", 2), ("TEA", 1))
    fill(station)
    station.world.change("O1", {1: 1})
    station.press("OK", "OK")
    assert station.scan(TEA) == "takeback.wrong"
    assert "still ordered" in station.text


def test_a_surplus_in_a_sealed_parcel_goes_to_the_lead() -> None:
    station = at_label()
    station.world.change("O1", {1: 1})
    station.press("OK", "OK")
    assert station.at(Phase.TAKE_BACK)
    assert "sealed parcel" in render(look(station.state).prompt)
    assert station.scan(MUG) == "takeout.sealed"
    assert station.press("UNDO") == "undo.sealed"
    assert station.press("PARK", "2") == "park.done"


def test_an_ok_meant_for_something_else_acknowledges_nothing() -> None:
    station = at_packaging()
    station.world.cancel("O1")
    assert station.press("OK") == "stop.cancelled"
    assert station.at(Phase.STOPPED)
    assert station.press("OK") == "stop.cancelled.done"


def test_a_stop_after_the_one_shown_is_shown_too() -> None:
    station = at_packaging()
    station.world.change("O1", {1: 3})
    assert station.press("OK") == "stop.changed"
    station.world.cancel("O1")
    assert station.press("OK") == "stop.cancelled"
    assert station.press("OK") == "stop.cancelled.done"


def test_the_screen_shows_the_stop_after_a_restart() -> None:
    station = at_packaging()
    station.world.hold("O1", "unpaid")
    station.restart()
    assert "ON HOLD: not paid" in render(look(station.state).prompt)


def test_changes_not_yet_read_add_up() -> None:
    station = at_pick()
    station.world.change("O1", {1: 4})
    station.world.change("O1", {1: 3, 2: 0})
    station.press("OK")
    assert "+1 Mug, -1 Soap" in station.text


def test_a_change_taken_back_stops_nobody() -> None:
    station = at_pick()
    station.world.change("O1", {1: 4})
    station.world.change("O1", {1: 2})
    assert station.scan(MUG) == "pick.line_done"


def test_a_change_during_a_hold_is_shown_after_it() -> None:
    station = at_pick()
    station.world.hold("O1")
    station.world.change("O1", {1: 5})
    station.press("OK", "OK")
    station.world.release("O1")
    assert station.scan("O1") == "stop.changed"
    assert "+3 Mug" in station.text
    assert station.press("OK") == "stop.changed.done"


def test_a_hold_that_was_released_meanwhile_stops_nobody() -> None:
    station = at_pick()
    station.world.hold("O1")
    station.world.release("O1")
    assert station.scan(MUG) == "pick.line_done"


def test_a_new_line_is_picked_too() -> None:
    station = at_packaging()
    station.world.add_line("O1", "TEA", 1)
    station.press("OK", "OK")
    assert station.at(Phase.PICK)
    assert station.scan(TEA) == "pick.all_done"


def test_an_order_emptied_by_the_shop_goes_to_the_lead() -> None:
    station = bench(("MUG", 1))
    station.world.change("O1", {1: 0})
    station.press("OK")
    assert station.press("OK") == "pick.nothing_left"
    assert station.at(Phase.HOME)


def test_parcels_are_planned_anew_after_a_change() -> None:
    station = at_weighing()
    station.world.add_line("O1", "TEA", 1)
    station.press("OK", "OK")
    station.scan(TEA, TEA)
    assert station.at(Phase.PACKAGING)
    assert station.state.planned == ((1, 2), (2, 1))


def test_a_cancel_without_a_reason_reads_well() -> None:
    station = at_pick()
    station.world.cancel("O1", "")
    station.scan(MUG)
    assert "no reason given" in station.text


def test_a_bad_scan_does_not_hide_the_stop() -> None:
    station = at_label()
    wanted = label(station)
    station.world.tell("O1", OrderChanged(()))
    assert station.scan("\x00") == "scan.bad"
    station.world.cancel("O1")
    assert station.scan(wanted) == "stop.cancelled"
