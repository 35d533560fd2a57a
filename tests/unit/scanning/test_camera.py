"""When a code held to the camera counts, and the camera itself on a video."""

import os
import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.camera import Camera
from scanning.capture import CameraError, CameraSettings, apply, open_capture
from scanning.result import Scan
from scanning.sightings import GONE_AFTER_S, Sightings
from scanning.stills import sharpest, to_jpeg
from scanning.viewfinder import to_text
from tests.unit.scanning.pictures import on_desk, render

GTIN = "9506000134352"
BLANK: list[str] = []


def replay(sightings: Sightings, frames: list[list[str]], step: float = 0.033) -> list[list[str]]:
    return [sightings.frame(keys, number * step) for number, keys in enumerate(frames)]


def test_one_frame_is_not_enough() -> None:
    assert replay(Sightings(), [["A"], BLANK, BLANK, ["A"], BLANK]) == [[], [], [], [], []]


def test_two_of_three_frames_are() -> None:
    assert replay(Sightings(), [["A"], BLANK, ["A"]]) == [[], [], ["A"]]


def test_an_expected_code_counts_at_once() -> None:
    assert replay(Sightings(expected={"A"}.__contains__), [["A", "B"], ["A", "B"]]) == [["A"], ["B"]]


def test_a_code_held_in_view_counts_once() -> None:
    assert sum(map(len, replay(Sightings(), [["A"]] * 300))) == 1


def test_a_blink_is_no_second_item() -> None:
    frames = [["A"]] * 5 + [BLANK] * 20 + [["A"]] * 5
    assert sum(map(len, replay(Sightings(), frames))) == 1


def test_a_code_shown_again_counts_again() -> None:
    away = [BLANK] * (int(GONE_AFTER_S / 0.033) + 2)
    assert sum(map(len, replay(Sightings(), [["A"]] * 5 + away + [["A"]] * 5))) == 2


@given(st.lists(st.lists(st.sampled_from("ABC"), max_size=3), max_size=60))
def test_what_counts_was_seen_in_two_of_the_last_three(frames: list[list[str]]) -> None:
    for number, accepted in enumerate(replay(Sightings(), frames, step=0.5)):
        for key in accepted:
            assert sum(key in frame for frame in frames[max(0, number - 2) : number + 1]) >= 2


def film(path: Path, frames: list[Any]) -> None:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (1280, 720))
    for frame in frames:
        writer.write(frame)
    writer.release()


def test_a_video_is_a_camera(tmp_path: Path) -> None:
    desk = on_desk(render("Code128", " "))
    film(
        tmp_path / "shift.avi",
        [on_desk(render("EAN13", GTIN), 20)] * 12 + [desk] * 3 + [on_desk(render("QRCode", "TOTE-1"))] * 12,
    )
    scans: list[Scan] = []
    troubles: list[str] = []
    camera = Camera(str(tmp_path / "shift.avi"), scans.append, on_trouble=troubles.append)
    assert camera.snapshot() is None
    camera.start()
    try:
        assert camera.join(20)
        shot = camera.snapshot()
    finally:
        camera.stop()
    assert [scan.key for scan in scans if not scan.problem] == [f"0{GTIN}", "TOTE-1"]
    assert scans[0].source == f"camera:{tmp_path / 'shift.avi'}"
    still, figures = camera.still(), camera.figures()
    assert shot is not None
    assert still is not None
    assert shot.shape == still.shape == (720, 1280, 3)
    assert figures.frames_per_s == pytest.approx(30, rel=0.5)
    assert 0 < figures.read_share <= 1
    assert figures.decode_ms > 0
    assert troubles == []


def test_a_listener_that_fails_is_told_and_the_next_code_still_read(tmp_path: Path) -> None:
    film(
        tmp_path / "two.avi",
        [on_desk(render("EAN13", GTIN))] * 10 + [on_desk(render("QRCode", "TOTE-1"))] * 10,
    )
    heard: list[str] = []
    troubles: list[str] = []

    def listen(scan: Scan) -> None:
        heard.append(scan.key)
        if len(heard) == 1:
            raise RuntimeError("no room")

    camera = Camera(str(tmp_path / "two.avi"), listen, on_trouble=troubles.append)
    camera.start()
    assert camera.join(20)
    camera.stop()
    assert heard == [f"0{GTIN}", "TOTE-1"]
    assert ["no room" in trouble for trouble in troubles] == [True]


def test_a_live_camera_that_falls_silent_shows_nothing_and_is_well_again_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Device:
        """Gives pictures until its plug is pulled."""

        def __init__(self) -> None:
            self.pulled = False

        def read(self) -> tuple[bool, Any]:
            threading.Event().wait(0.02)
            return not self.pulled, np.zeros((720, 1280, 3), np.uint8)

        def get(self, _prop: int) -> float:
            return 0.0

        def release(self) -> None:
            pass

    first, second = Device(), Device()
    devices = [first, second]
    monkeypatch.setattr("scanning.camera.open_capture", lambda *_: (devices.pop(0), []))
    monkeypatch.setattr("scanning.camera._RETRY_S", 2.5)
    told: list[str] = []
    well = threading.Event()

    def on_well() -> None:
        told.append("well")
        well.set()

    camera = Camera(0, print, on_trouble=told.append, on_well=on_well)
    camera.start()
    try:
        assert well.wait(10)
        assert camera.still() is not None
        well.clear()
        first.pulled = True
        assert not threading.Event().wait(1.5)
        assert camera.still() is None, "a picture of long ago"
        assert well.wait(10)
        assert camera.still() is not None
        assert told == ["well", "camera:0: the camera gives no more pictures", "well"]
    finally:
        camera.stop()


class Still:
    """A device that gives a new picture each time until it stands still, by silence or with the last one again."""

    def __init__(self, *, silent: bool) -> None:
        self.still, self.silent, self.count = threading.Event(), silent, 0
        self.released = threading.Event()

    def read(self) -> tuple[bool, Any]:
        threading.Event().wait(0.02)
        if self.still.is_set() and self.silent:
            self.released.wait(20)
        self.count += not self.still.is_set()
        frame = np.zeros((72, 128, 3), np.uint8)
        frame[0, self.count % 100] = 255
        frame[40:, :64] = 90
        return True, frame

    def get(self, _prop: int) -> float:
        return 0.0

    def release(self) -> None:
        pass


@pytest.mark.parametrize("silent", [True, False])
def test_a_camera_that_stands_still_is_told_once_within_three_seconds(
    monkeypatch: pytest.MonkeyPatch, silent: bool
) -> None:
    device = Still(silent=silent)
    monkeypatch.setattr("scanning.camera.open_capture", lambda *_: (device, []))
    monkeypatch.setattr("scanning.camera._STILL_S", 0.3)
    told: list[str] = []
    heard = threading.Semaphore(0)

    def tell(word: str) -> None:
        told.append(word)
        heard.release()

    camera = Camera(0, print, on_trouble=tell, on_well=lambda: tell("well"))
    camera.start()
    try:
        assert heard.acquire(timeout=10)
        device.still.set()
        assert heard.acquire(timeout=3)
        assert not heard.acquire(timeout=0.7), "told once"
        device.still.clear()
        device.released.set()
        assert heard.acquire(timeout=10)
        assert [word.rpartition(": ")[0] for word in told] == ["", "camera:0: the camera stands still", ""]
    finally:
        device.released.set()
        camera.stop()


def test_a_camera_named_by_its_path_gets_the_settings_of_one_by_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Driver:
        def __init__(self, *opened: Any) -> None:
            self.opened = opened
            self.asked: dict[int, float] = {}

        def isOpened(self) -> bool:  # noqa: N802 - the library's name
            return True

        def set(self, prop: int, value: float) -> bool:
            self.asked[prop] = value
            return True

    monkeypatch.setattr(cv2, "VideoCapture", Driver)
    by_path, _ = open_capture(os.devnull, CameraSettings(focus=30))
    by_number, _ = open_capture(0, CameraSettings(focus=30))
    assert by_path.asked == by_number.asked
    assert by_path.asked[cv2.CAP_PROP_FOURCC] == cv2.VideoWriter.fourcc(*"MJPG")
    assert by_path.asked[cv2.CAP_PROP_FOCUS] == 30
    assert by_path.opened == (os.devnull, cv2.CAP_V4L2)
    stream, _ = open_capture("http://127.0.0.1:1/", CameraSettings(focus=30))
    assert not stream.asked


def test_a_password_in_an_address_is_not_shown(tmp_path: Path) -> None:
    camera = Camera("rtsp://user:secret@127.0.0.1:1/x.avi", print, on_trouble=print)
    assert camera.name == "camera:rtsp://127.0.0.1:1/x.avi"


def test_a_driver_that_refuses_a_setting_is_named() -> None:
    class Driver:
        def __init__(self) -> None:
            self.asked: dict[int, float] = {}

        def set(self, prop: int, value: float) -> bool:
            self.asked[prop] = value
            return prop != cv2.CAP_PROP_BACKLIGHT

    driver = Driver()
    assert apply(driver, CameraSettings(focus=30, exposure=-6, lamp=1)) == ["lamp"]
    assert driver.asked[cv2.CAP_PROP_AUTOFOCUS] == 0
    assert driver.asked[cv2.CAP_PROP_FOCUS] == 30
    assert driver.asked[cv2.CAP_PROP_EXPOSURE] == -6
    assert apply(driver, CameraSettings()) == []


def test_the_sharpest_frame_is_chosen_and_written_as_jpeg() -> None:
    sharp = on_desk(render("QRCode", "TOTE-1"))
    frames = [cv2.GaussianBlur(sharp, (0, 0), 3), sharp, cv2.GaussianBlur(sharp, (0, 0), 1)]
    assert sharpest(frames) is sharp
    written: Any = cv2.imdecode(np.frombuffer(to_jpeg(sharp), np.uint8), cv2.IMREAD_COLOR)
    assert written.shape == sharp.shape
    with pytest.raises(ValueError, match="at least one frame"):
        sharpest([])


def test_the_viewfinder_draws_two_pixels_a_character() -> None:
    frame = np.zeros((4, 6), np.uint8)
    frame[:1] = 255
    frame[3:, 3:] = 255
    assert to_text(frame, 6, 2) == ["▀▀▀▀▀▀", "   ▄▄▄"]
    assert to_text(np.full((90, 160, 3), 70, np.uint8), 3, 2) == ["   ", "   "]
    with pytest.raises(ValueError, match="at least one column"):
        to_text(frame, 0, 2)


def test_no_camera_is_said_in_words_and_on_no_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    threads = threading.active_count()
    for source in (99, str(tmp_path / "missing.avi")):
        with pytest.raises(CameraError, match=r"Expected a (camera|video) at"):
            Camera(source, print, on_trouble=print).start()
    assert threading.active_count() == threads
    assert capfd.readouterr() == ("", "")
