"""Badges: nothing happens at a station without a person."""

from picker.flow import Phase
from tests.unit.flow.shop import MUG, bench, shop
from tests.unit.flow.station import Bench


def test_only_a_badge_opens_the_station() -> None:
    station = Bench(shop())
    assert station.at(Phase.SIGNED_OUT)
    assert station.scan(MUG) == "signin.wanted"
    assert "MUG" in station.text
    assert station.scan("BADGE-Nobody") == "signin.unknown"
    assert station.press("NEXT") == "command.not_now"
    assert station.press("SIGNOUT") == "signin.wanted"
    assert station.scan("BADGE-Ada") == "signin.done"
    assert station.at(Phase.HOME)


def test_refused_badges_are_kept_in_the_stations_log() -> None:
    station = Bench(shop())
    station.scan("BADGE-Nobody")
    kinds = [type(entry.event).__name__ for _, entry in station.world.station_log]
    assert kinds == ["ScanRefused"]


def test_the_same_badge_twice_changes_nothing() -> None:
    station = bench()
    assert station.scan("BADGE-Ada") == "signin.already"
    assert station.last is not None
    assert not station.last.entries


def test_at_home_another_badge_changes_the_person() -> None:
    station = bench()
    assert station.scan("BADGE-Bo") == "signin.switched"
    assert "Ada" in station.text
    assert station.press("SIGNOUT") == "signout.done"
    assert station.at(Phase.SIGNED_OUT)


def test_with_an_order_in_hand_another_badge_is_asked_for_twice() -> None:
    station = bench(("MUG", 2))
    assert station.scan("BADGE-Bo") == "signin.order_in_hand"
    assert station.scan("BADGE-Bo") == "signin.took_over"
    assert station.state.worker is not None
    assert station.state.worker.name == "Bo"
    assert station.at(Phase.PICK)


def test_a_scan_in_between_voids_the_question() -> None:
    station = bench(("MUG", 2))
    station.scan("BADGE-Bo", MUG)
    assert station.scan("BADGE-Bo") == "signin.order_in_hand"
    assert station.scan("\x1b") == "scan.bad"
    assert station.scan("BADGE-Bo") == "signin.took_over"


def test_nobody_leaves_with_an_order_in_hand() -> None:
    station = bench(("MUG", 1))
    assert station.press("SIGNOUT") == "signout.order_in_hand"
    assert station.at(Phase.PICK)


def test_whoever_measures_without_an_order_may_sign_out() -> None:
    station = bench(claim=False)
    station.press("MEASURE")
    assert station.press("SIGNOUT") == "signout.done"
