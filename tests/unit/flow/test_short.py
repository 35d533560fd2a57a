"""Short picks: why, where else, and what becomes of the order."""

from data.types import OrderState
from picker.flow import Phase, look
from picker.flow.events import LocationEmpty, OrderHeld, StockCorrected, UnitsShort
from tests.unit.flow.shop import LAMP, MUG, TEA, bench, fill


def test_a_short_pick_asks_why_and_notes_what_is_left() -> None:
    station = bench(("LAMP", 3), ("TEA", 1))
    station.scan(TEA, LAMP)
    assert station.press("SHORT") == "short.ask"
    assert "Lamp at B-02" in station.text
    assert station.press("2") == "pick.short"
    assert station.events == [
        StockCorrected("LAMP", "B-02", -8, "could_not_locate"),
        UnitsShort(1, "LAMP", 2, "B-02", "could_not_locate"),
    ]
    assert station.world.units("LAMP", "B-02") == 0
    assert ("short", "O1") in station.world.reports
    assert station.at(Phase.CHECK)


def test_another_location_is_tried_first() -> None:
    station = bench(("MUG", 2))
    station.scan(MUG)
    station.press("SHORT")
    assert station.press("1") == "pick.elsewhere"
    assert station.events[-1] == LocationEmpty(1, "MUG", "A-01", "stock_out")
    assert look(station.state).location == "C-01"
    assert station.scan(MUG) == "pick.all_done"
    assert station.world.units("MUG", "C-01") == 4


def test_another_reason_leaves_the_record_alone() -> None:
    station = bench(("LAMP", 1), ("TEA", 1))
    station.scan(TEA)
    station.press("SHORT", "6")
    assert station.events == [UnitsShort(1, "LAMP", 1, "B-02", "other")]
    assert station.world.units("LAMP", "B-02") == 9


def test_a_wrong_answer_and_back_change_nothing() -> None:
    station = bench(("LAMP", 1))
    station.press("SHORT")
    assert station.scan("9") == "dialog.bad_choice"
    assert "1 to 6" in station.text
    assert station.scan(LAMP) == "dialog.bad_choice"
    assert station.press("BACK") == "dialog.back"
    assert station.work.line(1).short == 0
    assert station.scan(LAMP) == "pick.all_done"


def test_a_short_pick_is_undone_with_the_record() -> None:
    station = bench(("LAMP", 2), ("TEA", 1))
    station.scan(TEA)
    station.press("SHORT", "1")
    assert station.press("UNDO") == "undo.done"
    assert "2 x Lamp short" in station.text
    assert station.world.units("LAMP", "B-02") == 9
    assert station.work.line(1).waiting == 2


def test_an_order_short_of_everything_goes_to_the_lead_and_can_be_tried_again() -> None:
    station = bench(("LAMP", 2))
    assert station.press("SHORT", "1") == "pick.nothing_left"
    assert OrderHeld("nothing_to_pack") in station.events
    assert station.at(Phase.HOME)
    assert station.world.orders["O1"].state is OrderState.HELD
    assert station.scan("O1") == "home.held"
    station.world.release("O1")
    assert station.scan("O1") == "home.resumed"
    assert station.work.line(1).waiting == 2
    assert station.scan(LAMP, LAMP) == "pick.all_done"


def test_the_rest_of_a_short_order_goes_out() -> None:
    station = bench(("LAMP", 1), ("TEA", 1))
    station.scan(TEA)
    station.press("SHORT", "1")
    fill(station)
    assert station.at(Phase.PACKAGING)


def test_a_short_unit_that_turns_up_is_not_packed_by_accident() -> None:
    station = bench(("LAMP", 1), ("TEA", 1))
    station.scan(TEA)
    station.press("SHORT", "1")
    assert station.scan(LAMP) == "check.was_short"
    station.press("UNDO")
    assert station.scan(LAMP) == "pick.all_done"


def test_fewer_wanted_are_fewer_short() -> None:
    station = bench(("LAMP", 3), ("TEA", 1))
    station.scan(TEA, LAMP)
    station.press("SHORT", "1")
    station.world.change("O1", {1: 1})
    station.press("OK", "OK")
    line = station.work.line(1)
    assert (line.short, line.waiting, line.surplus) == (0, 0, 0)
