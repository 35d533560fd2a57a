"""Frames of a camera, one after the other: what is new is looked at first, what stays is not forgotten."""

import subprocess
import sys
from typing import Any

import cv2
import numpy as np
import pytest

from scanning.frames import FrameReader, read_frame
from tests.unit.scanning.pictures import render

WORDS = ("INGREDIENTS", "net weight 250 g", "keep dry", "best before", "100 % recycled", "sugar, salt")
CARD = "COMMAND-NEXT-PARCEL"


def desk(number: int = 0) -> Any:
    """Print, a grille and a box, with the noise of the `number`-th frame: grey (720, 1280)."""
    image = np.full((720, 1280), 120, np.uint8)
    cv2.rectangle(image, (60, 420), (420, 690), 210, cv2.FILLED)
    for line in range(18):
        place = (40 + 230 * (line % 6), 60 + 30 * (line // 6))
        cv2.putText(image, WORDS[line % 6], place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, 20, 1, cv2.LINE_AA)
    for x in range(900, 1000, 6):
        cv2.line(image, (x, 480), (x, 640), 30, 2)
    noise = np.random.default_rng(number).normal(0, 4, image.shape)
    return (image + noise).clip(0, 255).astype(np.uint8)


def put(frame: Any, code: Any, middle: tuple[int, int], tilt: float = 0, zoom: float = 1.0) -> Any:
    """The frame with `code` on it, turned by `tilt` degrees, `zoom` times as large, a little soft."""
    rows, columns = code.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), tilt, zoom)
    matrix[:, 2] += (middle[0] - columns / 2, middle[1] - rows / 2)
    soft = cv2.GaussianBlur(code, (0, 0), 0.4 / zoom) if zoom < 1 else code
    size = (frame.shape[1], frame.shape[0])
    cv2.warpAffine(soft, matrix, size, frame, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
    return frame


def texts(reader: FrameReader, frame: Any) -> set[str]:
    return {read.text for read in reader.read(frame)}


@pytest.mark.parametrize(
    ("symbol", "text", "size"),
    [
        ("EAN13", "9506000134352", 1.5),
        ("Code128", "LOC-6CC07CB", 1.5),
        ("QRCode", "TOTE-1234 ABCDEF", 2.0),
        ("DataMatrix", "ORDER 17 ABCD", 2.2),
        ("ITF", "19506000134359", 1.8),
    ],
)
@pytest.mark.parametrize("tilt", [0, 33])
def test_a_small_code_among_print_is_read(symbol: str, text: str, size: float, tilt: float) -> None:
    frame = put(desk(), render(symbol, text, 8), (640, 360), tilt, size / 8)
    assert [read.text for read in read_frame(frame)] == [text]


@pytest.mark.parametrize("symbol", ["EAN13", "QRCode"])
def test_what_comes_to_a_desk_that_was_long_the_same_is_read_at_once(symbol: str) -> None:
    reader = FrameReader()
    for number in range(21):
        assert texts(reader, desk(number)) == set()
    frame = put(desk(22), render(symbol, "9506000134352", 8), (640, 300), 20, 2 / 8)
    assert texts(reader, frame) == {"9506000134352"}


def test_a_card_that_lies_in_the_picture_for_good_hides_no_other_code() -> None:
    reader = FrameReader()
    card, code = render("QRCode", CARD, 6), render("EAN13", "9506000134352", 8)
    for number in range(9):
        assert texts(reader, put(desk(number), card, (240, 550))) == {CARD}
    for number in range(10, 13):
        frame = put(put(desk(number), card, (240, 550)), code, (700, 330), 25, 2 / 8)
        assert texts(reader, frame) == {CARD, "9506000134352"}


def test_a_code_that_stays_is_read_in_every_frame() -> None:
    reader = FrameReader()
    code = render("DataMatrix", "ORDER 17 ABCD", 8)
    seen = [texts(reader, put(desk(number), code, (640, 360), 12, 3 / 8)) for number in range(12)]
    assert seen == [{"ORDER 17 ABCD"}] * 12


def test_noise_and_darkness_hold_nothing() -> None:
    reader = FrameReader()
    for number in range(6):
        noise = np.random.default_rng(number).integers(0, 256, (720, 1280, 3), np.uint8)
        assert reader.read(noise) == []
        assert reader.read(np.zeros((720, 1280), np.uint8)) == []


@pytest.mark.parametrize("shape", [(1, 1), (2, 900), (900, 3), (37, 41), (1080, 1920)])
def test_a_frame_of_any_shape_is_taken(shape: tuple[int, int]) -> None:
    assert FrameReader().read(np.full(shape, 90, np.uint8)) == []


def test_corners_of_a_small_tilted_code_are_where_it_is() -> None:
    frame = put(desk(), render("DataMatrix", "ORDER 17 ABCD", 8), (800, 300), 30, 3 / 8)
    (found,) = read_frame(frame)
    assert np.allclose(np.mean(found.corners, axis=0), (800, 300), atol=6)
    length = np.hypot(*np.subtract(found.corners[0], found.corners[1]))
    assert length == pytest.approx(32 * 3, abs=6)


def test_a_camera_loads_its_readers_before_the_first_frame() -> None:
    program = """
import sys
from scanning import readers
assert "zxingcpp" not in sys.modules
readers.load()
assert "zxingcpp" in sys.modules
assert not readers.zbar_available() or "pyzbar.pyzbar" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
