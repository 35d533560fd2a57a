"""Taking an order: the next one, or the one whose sheet is scanned."""

from data.types import OrderState
from picker.flow import FlowPolicy, Phase
from picker.flow.events import OrderClaimed
from tests.unit.flow.shop import MUG, bench, shop
from tests.unit.flow.station import Bench


def two_benches() -> tuple[Bench, Bench]:
    world = shop()
    world.order("O1", ("MUG", 2))
    world.order("O2", ("LAMP", 1))
    one, two = Bench(world), Bench(world, FlowPolicy(), "PACK-2")
    one.scan("BADGE-Ada")
    two.scan("BADGE-Bo")
    return one, two


def test_next_and_ok_take_the_offered_order() -> None:
    for word in ("NEXT", "OK"):
        station = bench(("MUG", 2), claim=False)
        assert station.press(word) == "home.claimed"
        assert station.at(Phase.PICK)
        assert station.events == [OrderClaimed(1)]


def test_an_order_is_taken_by_its_sheet() -> None:
    one, two = two_benches()
    assert one.scan("O2") == "home.claimed"
    assert one.work.order.id == "O2"
    assert two.press("NEXT") == "home.claimed"
    assert two.work.order.id == "O1"


def test_an_order_in_hand_stays_in_work_with_every_step() -> None:
    station = bench(("MUG", 2))
    assert station.world.orders["O1"].state is OrderState.IN_WORK
    station.scan(MUG)
    assert station.world.orders["O1"].state is OrderState.IN_WORK


def test_what_is_no_order_is_named() -> None:
    station = bench()
    assert station.scan(MUG) == "home.scan_order"
    assert "MUG" in station.text
    assert station.press("NEXT") == "home.none_waiting"
    assert station.scan("nonsense") == "home.scan_order"


def test_orders_that_must_not_go_out_are_refused_with_the_reason() -> None:
    station = bench(("MUG", 1), claim=False)
    world = station.world
    world.orders["O1"].state = OrderState.CANCELLED
    assert station.scan("O1") == "home.cancelled"
    world.orders["O1"].state = OrderState.CLOSED
    assert station.scan("O1") == "home.closed"
    world.order("O2", ("MUG", 1), hold="high_risk")
    assert station.scan("O2") == "home.held"
    assert "fraud" in station.text
    world.order("O3", ("MUG", 1), hold="customer called")
    station.scan("O3")
    assert "customer called" in station.text
    world.order("O4")
    assert station.scan("O4") == "home.empty_order"
    assert station.at(Phase.HOME)


def test_a_busy_order_is_refused_and_a_silent_one_taken_over_by_the_same_scan() -> None:
    one, two = two_benches()
    one.scan("O1", MUG)
    assert two.scan("O1") == "home.busy"
    assert "PACK-1" in two.text
    one.world.expire("O1")
    assert two.scan("O1") == "home.take_over"
    assert two.scan("O2") == "home.claimed"
    two.press("PARK", "3")
    assert two.scan("O1") == "home.take_over"
    assert two.scan("O1") == "home.taken_over"
    assert two.work.line(1).picked == 1
    assert one.scan(MUG) == "order.lost"
    assert "PACK-2" in one.text
    assert one.at(Phase.HOME)
    assert two.work.line(1).picked == 1


def test_a_parked_order_goes_on_anywhere_at_the_same_unit() -> None:
    one, two = two_benches()
    one.scan("O1", MUG)
    assert one.press("PARK") == "park.ask"
    assert one.press("2") == "park.done"
    assert one.world.orders["O1"].state is OrderState.PARKED
    assert two.scan("O1") == "home.resumed"
    assert two.work.line(1).picked == 1
    assert two.work.epoch == 2


def test_a_stopped_order_says_so_when_it_is_taken() -> None:
    one, two = two_benches()
    one.scan("O1", MUG)
    one.press("PARK", "1")
    one.world.change("O1", {1: 3})
    assert two.scan("O1") == "stop.changed"
    assert "+1" in two.text
    assert two.press("OK") == "stop.changed.done"
    assert two.work.line(1).waiting == 2


def test_an_order_cancelled_while_parked_is_set_aside_at_once() -> None:
    one, two = two_benches()
    one.scan("O1", MUG)
    one.press("PARK", "1")
    one.world.cancel("O1")
    assert two.scan("O1") == "home.cancelled"
    assert ("put_back", "O1") in one.world.reports
