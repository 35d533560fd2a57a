"""Codes in pictures, and picture files that are none."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from scanning import decode, picture, readers
from scanning.barcode import Symbology, looked_for
from scanning.decoding import decode_drawn, decode_file
from scanning.frames import read_frame
from scanning.parse import parse
from scanning.picture import PictureError, read_picture
from tests.unit.scanning.pictures import on_desk, render

GTIN = "9506000134352"
SYMBOLS = [
    ("EAN13", GTIN, Symbology.EAN13, "]E0"),
    ("EAN8", "96385074", Symbology.EAN8, "]E4"),
    ("Code128", "LOC-0a\x1d7", Symbology.CODE128, "]C0"),
    ("ITF", "19506000134359", Symbology.ITF, "]I1"),
    ("Code39", "TOTE-12", Symbology.CODE39, "]A0"),
    ("QRCode", "https://id.example/01/9506000134352", Symbology.QR, "]Q1"),
    ("DataMatrix", "ORDER 17", Symbology.DATA_MATRIX, "]d1"),
    ("PDF417", "PARCEL 4", Symbology.PDF417, "]L2"),
    ("Codabar", "A40391234567B", Symbology.CODABAR, "]F0"),
    ("Code93", "AISLE-93", Symbology.CODE93, "]G0"),
    ("Aztec", "TICKET 7", Symbology.AZTEC, "]z0"),
]
DATABARS = ["DataBarOmni", "DataBarStk", "DataBarStkOmni", "DataBarLtd"]


@pytest.mark.parametrize(("symbol", "text", "symbology", "aim"), SYMBOLS)
@pytest.mark.parametrize("read", [decode, read_frame])
def test_every_symbol_is_read(symbol: str, text: str, symbology: Symbology, aim: str, read: Any) -> None:
    (found,) = read(on_desk(render(symbol, text)))
    assert (found.text, found.symbology, found.aim, found.data) == (text, symbology, aim, text.encode())


@pytest.mark.parametrize("symbol", DATABARS)
@pytest.mark.parametrize("read", [decode, read_frame])
def test_a_databar_of_any_kind_is_its_gtin(symbol: str, read: Any) -> None:
    (found,) = read(on_desk(render(symbol, GTIN[:-1]), size=(800, 450)))
    assert (found.symbology, found.aim, found.text) == (Symbology.DATABAR, "]e0", f"010{GTIN}")
    assert parse(found.raw, "camera").key == f"0{GTIN}"


@pytest.mark.parametrize("symbol", ["DataBarExp", "DataBarExpStk"])
@pytest.mark.parametrize("read", [decode, read_frame])
def test_an_expanded_databar_has_its_fields(symbol: str, read: Any) -> None:
    (found,) = read(on_desk(render(symbol, f"[01]0{GTIN}[10]AB[21]7")))
    scan = parse(found.raw, "camera")
    assert (found.symbology, scan.gtin, scan.lot, scan.serial) == (Symbology.DATABAR, f"0{GTIN}", "AB", "7")


def test_a_truncated_databar_is_read() -> None:
    whole = render("DataBarOmni", GTIN[:-1])
    (found,) = decode(np.vstack([whole[:36], whole[90:129], whole[-36:]]))
    assert found.text == f"010{GTIN}"


def test_a_stacked_databar_is_read_at_any_tilt_of_a_frame() -> None:
    (found,) = read_frame(on_desk(render("DataBarStkOmni", GTIN[:-1]), 25))
    assert found.text == f"010{GTIN}"


def test_six_characters_are_no_pharmacy_number() -> None:
    """As a Code 32, which is printed in Code 39, this would be A123456788."""
    (found,) = decode(render("Code39", "3PRM8N"))
    assert found.text == "3PRM8N"


def test_a_codabar_as_short_as_chance_makes_it_is_none() -> None:
    assert decode(render("Codabar", "A13D")) == []


def test_in_a_drawn_picture_one_clean_read_is_enough_and_chance_reads_are_none() -> None:
    (found,) = decode_drawn(render("Code93", "AISLE-93"))
    assert found.evidence.reads == 1
    assert decode_drawn(render("Telepen", "ABC", 4)) == []


def test_every_code_of_a_label_is_read_however_close_they_stand() -> None:
    """Long bars above and below one another have middles nearer than half their length."""
    label = np.full((560, 900), 255, np.uint8)
    sscc, order = "00340123450000000017", "ORD-100234"
    for code, (top, left) in (
        (render("Code128", "(00)340123450000000017", gs1=True), (40, 40)),
        (render("Code128", order), (230, 40)),
        (render("QRCode", "https://id.example/00/1"), (300, 640)),
    ):
        rows, columns = code.shape
        label[top : top + rows, left : left + columns] = code
    assert {found.text for found in decode(label)} == {sscc, order, "https://id.example/00/1"}


@pytest.mark.parametrize("symbol", ["Code128", "DataMatrix", "QRCode", "Aztec"])
def test_a_gs1_symbol_keeps_its_separators(symbol: str) -> None:
    code = render(symbol, f"(01)0{GTIN}(10)AB(21)7", gs1=True)
    (found,) = decode(on_desk(code))
    scan = parse(found.raw, "camera")
    assert (scan.gtin, scan.lot, scan.serial) == (f"0{GTIN}", "AB", "7")


@pytest.mark.parametrize("tilt", [-60, -30, 20, 45, 75, 90])
def test_a_tilted_code_is_straightened(tilt: float) -> None:
    frame = on_desk(render("EAN13", GTIN), tilt)
    for read in (decode, read_frame):
        (found,) = read(frame)
        assert found.text == GTIN
        assert np.allclose(np.mean(found.corners, axis=0), (640, 360), atol=30)


def test_upc_a_is_the_ean_that_it_is_and_upc_e_is_not_looked_for() -> None:
    (found,) = decode(on_desk(render("UPCA", "012345678905")))
    assert parse(found.raw, "camera").key == "00012345678905"
    assert decode(on_desk(render("UPCE", "01234565"))) == []


def test_two_codes_in_one_picture_are_two_and_one_twice_is_one() -> None:
    first, second = render("EAN13", GTIN), render("EAN13", "4006381333931")
    both = cv2.vconcat([on_desk(first), on_desk(second), on_desk(first)])
    assert sorted(found.text for found in decode(both)) == ["4006381333931", GTIN]


def test_evidence_names_the_passes_that_agree() -> None:
    (found,) = decode(on_desk(render("EAN13", GTIN)))
    assert found.evidence.passes[:2] == ("zxing picture", "waveform")
    assert found.evidence.strong
    (found,) = decode(on_desk(render("Code128", "A-17")))
    assert len(found.evidence.passes) == 2
    assert found.evidence.reads == 2


def test_without_zbar_everything_still_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_pyzbar", lambda: None)
    assert not readers.zbar_available()
    for symbol, text, *_ in SYMBOLS:
        assert [found.text for found in decode(on_desk(render(symbol, text), 20))] == [text]


@pytest.mark.zbar
def test_zbar_counts_as_a_second_opinion() -> None:
    reads = readers.zbar(render("Code128", "LOC-7"), "picture")
    assert [(read.text, read.evidence.passes) for read in reads] == [("LOC-7", ("zbar picture",))]
    assert reads[0].evidence.lines > 10
    assert readers.zbar(render("UPCE", "01234565"), "picture") == []


def test_a_code_that_only_its_waveform_tells_is_read() -> None:
    blurred = cv2.GaussianBlur(render("EAN13", GTIN, scale=2), (0, 0), 1.5)
    frame = on_desk(blurred)
    kinds = looked_for(upce=False)
    assert readers.zxing(frame, "picture", rotate=True, thorough=True, only=kinds) == []
    assert readers.zbar(frame[..., 0], "picture") == []
    (found,) = decode(frame)
    assert found.text == GTIN
    assert "waveform" in found.evidence.passes


@pytest.mark.parametrize("tilt", [0, 12, 180, 250])
@pytest.mark.parametrize("symbol", ["QRCode", "EAN13"])
def test_corners_are_where_the_symbol_is(symbol: str, tilt: float) -> None:
    code = render(symbol, GTIN, scale=4)
    (found,) = decode(on_desk(code, tilt))
    width = np.ptp(np.nonzero(code < 128)[1]) + 1
    turn = np.deg2rad(tilt)
    right = np.array([np.cos(turn), -np.sin(turn)])
    first, second = (np.array(found.corners[number]) for number in (0, 1))
    along = (second - first) @ right
    assert along == pytest.approx(width, abs=8)
    assert np.allclose((second - first) - along * right, 0, atol=8)


def test_upce_is_read_where_the_shop_sells_it() -> None:
    (found,) = decode(on_desk(render("UPCE", "01234565")), upce=True)
    assert (found.symbology, parse(found.raw, "camera").key) == (Symbology.UPCE, "00012345000065")


def test_utf8_without_a_declared_encoding_is_read_as_such() -> None:
    import segno

    code = np.array(list(segno.make("Grün €", encoding="utf-8", eci=False).matrix_iter(scale=4, border=4)))
    (found,) = decode(np.where(code, 0, 255).astype(np.uint8))
    assert found.text == "Grün €"


@pytest.mark.parametrize("image", [np.full((720, 1280, 3), 128, np.uint8), np.zeros((1, 1), np.uint8)])
def test_nothing_to_read_is_nothing(image: np.ndarray) -> None:
    assert decode(image) == []
    assert read_frame(image) == []


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), step=st.integers(3, 9), width=st.integers(1, 5))
def test_stripes_and_noise_are_no_code(seed: int, step: int, width: int) -> None:
    rng = np.random.default_rng(seed)
    picture = rng.integers(60, 200, (100, 160)).astype(np.uint8)
    picture[10:60, 20:140] = rng.integers(0, 2, 120) * 255
    picture[70:95, 20:140] = np.where(np.arange(120) % step < width, 20, 230)
    soft: Any = cv2.GaussianBlur(picture, (0, 0), 0.6)
    assert decode(soft) == []


@pytest.mark.parametrize("shape", [(0, 0), (4, 4, 4), (4,)])
def test_what_is_no_picture_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="Expected uint8"):
        decode(np.zeros(shape, np.uint8))
    with pytest.raises(ValueError, match="got float64"):
        decode(np.zeros((4, 4)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["code.png", "kód 码.jpg"])
def test_a_file_is_decoded(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    Image.fromarray(on_desk(render("EAN13", GTIN))).save(path)
    assert [found.text for found in decode_file(path)] == [GTIN]


def test_a_transparent_picture_is_on_white_paper(tmp_path: Path) -> None:
    code = render("Code128", "A-1")
    pixels = np.zeros((*code.shape, 4), np.uint8)
    pixels[..., 3] = 255 - code
    Image.fromarray(pixels).save(tmp_path / "code.png")
    assert [found.text for found in decode_file(tmp_path / "code.png")] == ["A-1"]


def test_a_picture_is_turned_as_the_camera_noted(tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (40, 20)).save(path, exif=exif)
    assert read_picture(path).shape == (40, 20)


def test_what_is_no_picture_file_is_refused_by_name(tmp_path: Path) -> None:
    whole = tmp_path / "whole.png"
    Image.effect_noise((200, 200), 60).save(whole)
    (tmp_path / "cut.png").write_bytes(whole.read_bytes()[:5000])
    (tmp_path / "text.png").write_text("no picture")
    Image.new("L", (9, 9)).save(tmp_path / "other.png", "GIF")
    for name, words in [
        ("missing.png", "can't be read"),
        ("text.png", "PNG or JPEG"),
        ("other.png", "PNG or JPEG"),
        ("cut.png", "damaged"),
        ("", "a folder or a device"),
    ]:
        with pytest.raises(PictureError, match=words) as refused:
            read_picture(tmp_path / name)
        assert name in str(refused.value)


def test_a_picture_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.png"
    Image.new("1", (8000, 8000)).save(path)
    with pytest.raises(PictureError, match="8000 x 8000"):
        read_picture(path)
    monkeypatch.setattr(picture, "MAX_BYTES", 10)
    with pytest.raises(PictureError, match="at most 10 bytes"):
        read_picture(path)
