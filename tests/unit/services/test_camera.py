"""The camera of a station: what counts at once, how it comes and goes, what the doctor sees through it."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from data.engine import Database
from data.store.codes import attach
from data.types import Sku, StationId
from picker.config import Settings
from picker.flow import Phase, State
from picker.flow.state import Dialog, DialogKind
from picker.services.devices.camera import StationCamera, expected, station_camera
from picker.services.devices.upce import upce_wanted
from picker.services.doctor import examine
from picker.services.station.running import running_station
from scanning.codes import lookup_key, sscc
from tests.contracts.shop import CODES, add_order, open_shop
from tests.tui.states import in_phase
from tests.unit.scanning.pictures import on_desk, render


def eventually(happens: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.01)
    return happens()


def film(path: Path, *pictures: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> str:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (1280, 720))
    for picture in pictures:
        writer.write(picture)
    writer.release()
    return str(path)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_shop(f"sqlite:///{(tmp_path / 'shop.db').as_posix()}") as opened:
        yield opened


def test_what_the_screen_waits_for_or_the_shop_knows_counts_at_once(db: Database) -> None:
    states = [in_phase(Phase.PICK)]
    rule = expected(db, lambda: states[0])
    assert rule("04006381333931"), "the screen's own product, of which this shop knows nothing"
    assert rule(f"0{CODES['TEA']}"), "in the catalogue"
    assert rule("BOX1")
    assert not rule("04006381333948")
    work, label = in_phase(Phase.LABEL).work, sscc(0, "9521234", 1)
    assert work
    parcel = replace(work.parcels[0], sscc=label)
    states[0] = replace(in_phase(Phase.LABEL), work=replace(work, parcels=(parcel,)))
    assert rule(label), "the label of the parcel in hand"
    states[0] = replace(in_phase(Phase.SEAL), dialog=Dialog(DialogKind.PHOTO, (), line=1))
    assert not rule(label)
    db.dispose()


def test_one_frame_of_a_known_code_is_one_scan_and_knows_its_source(db: Database, tmp_path: Path) -> None:
    desk = np.full((720, 1280, 3), 90, np.uint8)
    name = film(tmp_path / "one.avi", *[desk] * 6, on_desk(render("EAN13", CODES["MUG"])))
    heard: list[tuple[str, str]] = []
    states: list[tuple[str, str]] = []
    over = threading.Event()

    def hear(raw: str, source: str) -> None:
        heard.append((raw, source))
        over.set()

    camera = StationCamera(Settings(camera=name), hear, lambda *state: states.append(state))
    camera.start(expected(db, lambda: State(StationId("PACK-1"))))
    try:
        assert over.wait(10)
    finally:
        camera.stop()
    assert [raw.endswith(CODES["MUG"]) for raw, _ in heard] == [True]
    assert heard[0][1] == f"camera:{name}"
    assert states == [(f"camera:{name}", "")]


def test_a_upc_e_is_read_once_the_catalogue_holds_one(db: Database, tmp_path: Path) -> None:
    name = film(tmp_path / "short.avi", *[on_desk(render("UPCE", "01234565"))] * 6)

    def heard(settings: Settings) -> list[str]:
        found: list[str] = []
        camera = StationCamera(settings, lambda raw, source: found.append(raw), lambda *state: None)
        camera.start(expected(db, lambda: State(StationId("PACK-1"))), partial(upce_wanted, settings, db))
        eventually(lambda: bool(found), 2)
        camera.stop()
        return found

    assert heard(Settings(camera=name)) == []
    with db.writer.begin() as connection:
        attach(connection, lookup_key("01234565"), Sku("MUG"), 1)
    assert [raw[-12:] for raw in heard(Settings(camera=name))] == ["012345000065"]
    assert heard(Settings(camera=name, camera_upce=False)) == []


def test_a_camera_that_is_not_there_is_told_once_and_found_when_it_comes(tmp_path: Path) -> None:
    name = str(tmp_path / "later.avi")
    states: list[tuple[str, str]] = []
    camera = StationCamera(Settings(camera=name), lambda *scan: None, lambda *state: states.append(state))
    camera.start(lambda key: False)
    try:
        assert eventually(lambda: bool(states))
        assert (camera.opening, camera.seeing, camera.still()) == (False, False, None)
        film(tmp_path / "part.avi", *[on_desk(render("QRCode", "X"))] * 30)
        (tmp_path / "part.avi").rename(name)
        assert eventually(lambda: len(states) == 2)
        assert camera.seeing
    finally:
        camera.stop()
    (first, trouble), last = states
    assert first == f"camera:{name}"
    assert "got nothing that can be opened" in trouble
    assert last == (f"camera:{name}", "")


def test_without_a_setting_there_is_no_camera() -> None:
    assert station_camera(Settings(), lambda *scan: None, lambda *state: None) is None


def test_a_running_station_photographs_and_lets_go_of_its_camera(tmp_path: Path) -> None:
    name = film(tmp_path / "bench.avi", *[np.full((720, 1280, 3), 99, np.uint8)] * 10)
    file = tmp_path / "shop.db"
    with open_shop(f"sqlite:///{file.as_posix()}") as made:
        add_order(made, "O1", {"MUG": 1})
    settings = Settings(db=str(file), home=tmp_path, camera=name)
    camera = station_camera(settings, lambda *scan: None, lambda *state: None)
    with running_station(settings, camera=camera) as running:
        station = running.station
        for given in ("BADGE-ANNA", "O1", "DAMAGE", "1", "1"):
            station.hear(given, "test")
        assert station.hear("1", "test").message.key == "damage.done"
        assert len(list((tmp_path / "photos").glob("*.jpg"))) == 1
    assert not [thread for thread in threading.enumerate() if "camera" in thread.name]


def test_the_doctor_looks_through_the_camera(tmp_path: Path) -> None:
    name = film(tmp_path / "film.avi", *[on_desk(render("EAN13", CODES["MUG"]))] * 45)
    base = {"db": str(tmp_path / "none.db"), "home": tmp_path}
    found = {
        given: next((f for f in examine(Settings(**base, **settings)) if f.topic == "camera"), None)  # type: ignore[arg-type]
        for given, settings in (
            ("film", {"camera": name}),
            ("gone", {"camera": f"{name}.gone"}),
            ("none", {}),
            ("wanted", {"photo_value_cents": 0}),
        )
    }
    assert found["none"] is None
    film_found, gone, wanted = found["film"], found["gone"], found["wanted"]
    assert film_found
    assert gone
    assert wanted
    assert film_found.ok
    assert "frames/s, a code read in" in film_found.words
    assert not gone.ok
    assert "plugged in" in gone.words
    assert not wanted.ok
    assert "no camera is set" in wanted.words
