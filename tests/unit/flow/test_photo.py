"""Photos: of damage, begun with its first question; of the open box, before it is weighed or sealed."""

from dataclasses import replace
from typing import Any

import pytest

from data.types import OrderId, Role
from picker.choices import Weighing
from picker.flow import Phase
from picker.flow import events as ev
from picker.flow.facts import Camera
from picker.flow.turn import PhotoWish
from tests.unit.flow.drive import drive
from tests.unit.flow.shop import MUG, bench, packed
from tests.unit.flow.station import Bench


def at_the_photo(**policy: Any) -> Bench:
    """Order O1 in its box, which is to be photographed."""
    station = packed(("MUG", 2), photo_value_cents=0, **policy)
    station.press("OK")
    assert station.at(Phase.PHOTO)
    return station


def last(station: Bench, kind: type[ev.Event]) -> ev.Event:
    return next(event for event in station.events if isinstance(event, kind))


def shot(station: Bench) -> tuple[str, str]:
    """The photo taken last."""
    return station.world.shots[-1].file, station.world.shots[-1].sha256


def test_damage_is_photographed_while_it_is_told() -> None:
    station = bench(("MUG", 2))
    station.world.camera = Camera.WELL
    assert station.press("DAMAGE") == "damage.ask_reason"
    assert station.last
    assert station.last.photo == PhotoWish(OrderId("O1"), ev.PhotoSubject.DAMAGE, 1)
    assert station.press("1", "2", "1") == "damage.done"
    taken = last(station, ev.PhotoTaken)
    assert taken == ev.PhotoTaken(ev.PhotoSubject.DAMAGE, 1, 0, *shot(station))
    assert "with a photo" in station.text
    assert station.press("UNDO") == "undo.done"
    assert "damage to Mug" in station.text
    assert station.work.line(1).damaged == 0


def test_a_camera_that_fails_never_holds_the_damage_up() -> None:
    station = bench(("MUG", 2))
    station.world.camera = Camera.AWAY
    assert station.press("DAMAGE", "1", "2", "1") == "damage.done"
    assert last(station, ev.PhotoMissed) == ev.PhotoMissed(ev.PhotoSubject.DAMAGE, 1, 0, "no_picture")
    assert "WITHOUT A PHOTO: the camera gives no picture" in station.text
    assert station.work.line(1).damaged == 1


def test_without_a_camera_nothing_is_said_of_photos() -> None:
    station = bench(("MUG", 2))
    station.press("DAMAGE", "1", "2", "1")
    assert [type(event) for event in station.events] == [ev.UnitsDamaged]
    assert station.text.startswith("Damage logged. Mug")


@pytest.mark.parametrize("way", ["OK", "S"])
def test_the_open_box_is_photographed_then_weighed(way: str) -> None:
    station = at_the_photo()
    station.world.camera = Camera.WELL
    assert station.scan(way) == "photo.done"
    assert last(station, ev.PhotoTaken) == ev.PhotoTaken(ev.PhotoSubject.BOX, 0, 1, *shot(station))
    assert station.at(Phase.WEIGH)
    station.restart()
    assert station.at(Phase.WEIGH)
    assert station.press("UNDO") == "undo.done"
    assert station.at(Phase.PHOTO)


def test_without_weighing_it_goes_on_to_the_seal() -> None:
    station = at_the_photo(weigh=Weighing.OFF)
    station.world.camera = Camera.WELL
    station.press("OK")
    assert station.at(Phase.SEAL)
    drive(station)
    assert station.world.orders["O1"].state.value == "closed"


def test_a_parcel_that_is_opened_again_is_photographed_again() -> None:
    station = at_the_photo()
    station.world.camera = Camera.WELL
    station.press("OK", "TAKEOUT")
    station.scan(MUG)
    station.press("TAKEOUT")
    station.scan(MUG)
    station.press("OK")
    assert station.at(Phase.PHOTO)


def test_other_scans_take_no_photo() -> None:
    station = at_the_photo()
    station.world.camera = Camera.WELL
    assert station.scan("L") == "scan.not_now"
    assert station.scan("500") == "scan.not_now"
    assert station.world.shots == []


def test_only_a_lead_excuses_it_and_only_while_the_camera_is_away() -> None:
    station = at_the_photo()
    station.world.worker("Lea", Role.LEAD)
    station.world.camera = Camera.WELL
    assert station.press("SKIP") == "photo.no_skip"
    station.world.camera = Camera.AWAY
    assert station.press("OK") == "photo.failed"
    assert station.press("SKIP") == "photo.lead"
    assert station.scan("BADGE-Bo") == "photo.no_lead"
    assert station.scan(MUG) == "photo.no_lead"
    assert station.scan("BADGE-Lea") == "photo.excused"
    assert last(station, ev.PhotoMissed) == ev.PhotoMissed(ev.PhotoSubject.BOX, 0, 1, "no_picture", "LEA")
    assert station.at(Phase.WEIGH)


def test_a_station_without_a_camera_says_so() -> None:
    station = at_the_photo()
    assert station.press("OK") == "photo.failed"
    assert "this station has no camera" in station.text
    assert station.press("SKIP", "BACK") == "dialog.back"
    assert station.at(Phase.PHOTO)


def test_value_and_tags_decide() -> None:
    station = bench(("MUG", 1), photo_value_cents=5000, photo_tags=frozenset({"vip"}))
    for value, tags, wanted in ((4999, "gold", False), (5000, "gold", True), (0, "vip", True)):
        facts = replace(station.work.order, value_cents=value, tags=frozenset({tags}))
        lines = tuple(replace(line, picked=1, checked=1) for line in station.work.lines)
        parcel = replace(station.work.parcels[0], units=((1, 1),), packaging="S")
        work = replace(station.work, order=facts, lines=lines, parcels=(parcel,))
        assert (replace(station.state, work=work).phase is Phase.PHOTO) == wanted
