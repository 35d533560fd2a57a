"""What single events make of an order in hand, field by field: whole flows leave some of it unseen."""

from dataclasses import replace

import pytest

from picker.flow import events as ev
from picker.flow.apply import NOTHING_TO_PACK, apply
from picker.flow.trace import Trace
from picker.flow.work import Entry, OrderWork
from tests.unit.flow.shop import MUG, SOAP, bench


def work() -> OrderWork:
    """Two mugs and a soap, one mug picked and none checked."""
    station = bench(("MUG", 2), ("SOAP", 1))
    station.scan(MUG)
    return replace(station.work, location="A-01")


def after(before: OrderWork, *events: ev.Event) -> OrderWork:
    for number, event in enumerate(events):
        before = apply(before, Entry(f"{number:08d}", "input", event))
    return before


def owing() -> OrderWork:
    """The same, with a soap in hand whose lot is still owed."""
    station = bench(("MUG", 2), ("SOAP", 1))
    station.scan(MUG, SOAP)
    assert station.work.capture is not None
    return station.work


def short(line: int) -> ev.UnitsShort:
    return ev.UnitsShort(line, "ANY", 1, "A-01", "not_found")


def damaged(line: int) -> ev.UnitsDamaged:
    return ev.UnitsDamaged(line, "ANY", 1, ev.DamageSource.SHELF, "A-01", 0, "broken", "major", "scrap")


def changed(line: int, before: int, now: int) -> ev.OrderChanged:
    return ev.OrderChanged((ev.LineChange(line, "ANY", before, now),))


def test_a_parked_order_knows_why_and_nobody_stands_at_its_place() -> None:
    parked = after(work(), ev.OrderParked("later"))
    assert (parked.parked, parked.location) == ("later", "")
    taken = after(parked, ev.OrderClaimed(9))
    assert (taken.parked, taken.location, taken.epoch) == ("", "", 9)


def test_a_place_that_was_short_is_not_gone_to_again_and_nothing_is_owed() -> None:
    first = after(owing(), short(1), replace(short(1), location="C-01"))
    assert (first.line(1).short, first.line(1).empty) == (2, frozenset({"A-01", "C-01"}))
    assert first.capture is None


def test_damage_on_the_shelf_ends_the_capture_of_its_own_line_alone() -> None:
    line = owing().capture
    assert line is not None
    assert after(owing(), damaged(line.line)).capture is None
    assert after(owing(), damaged(3 - line.line)).capture == line


def test_what_is_set_aside_takes_all_that_is_known_of_it_along() -> None:
    traced = replace(work().line(1), traced=((Trace("LOT-1"), 1),))
    left = after(work().with_line(traced), ev.UnitsSetAside(1, "MUG", 1, "")).line(1)
    assert (left.picked, left.checked, left.traced) == (0, 0, ())


@pytest.mark.parametrize("stop", [ev.OrderCancelled("asked"), ev.OrderHeld("unpaid")])
def test_a_change_takes_no_heavier_stop_away(stop: ev.Event) -> None:
    stopped = after(work(), stop)
    found = after(stopped, changed(1, 2, 3))
    assert (found.stop, found.stop_reason) == (stopped.stop, stopped.stop_reason)
    assert found.changes == ((1, 2, 3),)


def test_a_cancelled_order_stays_cancelled_when_it_is_held_too() -> None:
    found = after(work(), ev.OrderCancelled("asked"), ev.OrderHeld("unpaid"))
    assert (found.stop, found.stop_reason) == ("cancelled", "asked")


def test_changes_add_up_until_they_are_read() -> None:
    found = after(work(), changed(1, 2, 3), changed(2, 1, 4), changed(1, 3, 5))
    assert found.changes == ((1, 2, 5), (2, 1, 4))
    assert (found.stop, found.stop_reason) == ("changed", "")
    assert after(found, changed(1, 5, 2), changed(2, 4, 1)).changes == ()


def test_a_line_that_means_another_product_now_is_told_whatever_else_changes() -> None:
    found = after(work(), changed(1, 2, 2), changed(2, 1, 3), changed(2, 3, 1))
    assert found.changes == ((1, 2, 2),)
    both = ev.OrderChanged((ev.LineChange(1, "ANY", 2, 2), ev.LineChange(2, "ANY", 1, 1)))
    assert after(found, both).changes == ((1, 2, 2), (2, 1, 1))


def test_the_release_of_an_order_with_nothing_to_pack_means_try_again() -> None:
    held = after(work(), short(1), ev.OrderHeld(NOTHING_TO_PACK))
    again = after(held, ev.HoldReleased())
    assert (again.line(1).short, again.line(1).empty) == (0, frozenset())
    assert (again.stop, again.stop_reason) == (None, "")


def test_the_release_of_any_other_hold_leaves_what_is_short() -> None:
    again = after(work(), short(1), changed(2, 1, 3), ev.OrderHeld("unpaid"), ev.HoldReleased())
    assert (again.line(1).short, again.line(1).empty) == (1, frozenset({"A-01"}))
    assert (again.stop, again.stop_reason) == ("changed", "")


def test_a_release_without_a_hold_changes_nothing_but_the_version() -> None:
    for stopped in (work(), after(work(), ev.OrderCancelled("asked")), after(work(), changed(1, 2, 3))):
        again = after(stopped, ev.HoldReleased())
        assert replace(again, version=stopped.version, history=stopped.history) == stopped


def test_only_a_change_that_was_read_is_forgotten() -> None:
    held = after(work(), ev.OrderHeld("unpaid"))
    assert after(held, ev.StopAcknowledged(ev.StopKind.HELD)).stop == "held"
    assert after(work(), changed(1, 2, 3), ev.StopAcknowledged(ev.StopKind.CHANGED)).changes == ()
