"""Codes as they come: tilted, blurred, small, dim, curved, glossy, inverted; with zbar and without."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from scanning import decode, readers
from scanning.barcode import Symbology
from tests.unit.scanning.pictures import on_desk, render

GTIN = "9506000134352"
SIZE = (480, 360)


def noisy(image: Any, sigma: float = 3.0) -> Any:
    return (image + np.random.default_rng(1).normal(0, sigma, image.shape)).clip(0, 255).astype(np.uint8)


def tilted(code: Any) -> Any:
    return on_desk(code, 37, SIZE)


def blurred(code: Any) -> Any:
    return cv2.GaussianBlur(on_desk(code, 4, SIZE), (0, 0), 1.8)


def small(code: Any) -> Any:
    return on_desk(cv2.resize(code, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 7, SIZE)


def dim(code: Any) -> Any:
    return noisy(on_desk(code, 3, SIZE) * 0.12 + 6, 1.5)


def curved(code: Any) -> Any:
    """Round a can seen from the front, 50 degrees to either side."""
    rows, columns = code.shape
    half = np.deg2rad(50)
    place = np.linspace(-np.sin(half), np.sin(half), columns, dtype=np.float32)
    across = ((np.arcsin(place) / half + 1) / 2 * (columns - 1)).astype(np.float32)
    source, lines = np.meshgrid(across, np.arange(rows, dtype=np.float32))
    return on_desk(cv2.remap(code, source, lines, cv2.INTER_LINEAR), 0, SIZE)


def glossy(code: Any) -> Any:
    """With a lamp's stripe of light across, in which there is nothing to be seen."""
    image = on_desk(code, 5, SIZE).astype(np.float32)
    rows = np.arange(SIZE[1], dtype=np.float32)[:, None, None]
    return (image + 400 * np.exp(-(((rows - 165) / 9) ** 2))).clip(0, 255).astype(np.uint8)


def inverted(code: Any) -> Any:
    return on_desk(255 - code, 0, SIZE)


CODES = [
    ("EAN13", GTIN, 3),
    ("Code128", "LOC-07", 3),
    ("QRCode", "TOTE-17", 5),
    ("DataMatrix", "ORDER 17", 5),
]
SEEN: list[Callable[[Any], Any]] = [tilted, blurred, small, dim, curved, inverted]


@pytest.mark.parametrize("seen", SEEN, ids=lambda seen: seen.__name__)
@pytest.mark.parametrize(("symbol", "text", "scale"), CODES, ids=[code[0] for code in CODES])
def test_a_code_is_read(symbol: str, text: str, scale: int, seen: Callable[[Any], Any]) -> None:
    assert [found.text for found in decode(seen(render(symbol, text, scale)))] == [text]


@pytest.mark.parametrize(("symbol", "text", "scale"), CODES[:2], ids=[code[0] for code in CODES[:2]])
def test_a_line_of_bars_is_read_beside_the_shine(symbol: str, text: str, scale: int) -> None:
    assert [found.text for found in decode(glossy(render(symbol, text, scale)))] == [text]


@pytest.mark.parametrize("seen", [tilted, dim], ids=lambda seen: seen.__name__)
def test_a_code_is_read_without_zbar(seen: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_pyzbar", lambda: None)
    for symbol, text, scale in CODES:
        assert [found.text for found in decode(seen(render(symbol, text, scale)))] == [text]


@pytest.mark.parametrize(
    ("symbol", "symbology", "aim"),
    [
        ("Code128", Symbology.CODE128, "]C1"),
        ("DataMatrix", Symbology.DATA_MATRIX, "]d2"),
        ("QRCode", Symbology.QR, "]Q3"),
    ],
)
def test_a_gs1_symbol_says_so_by_its_identifier(symbol: str, symbology: Symbology, aim: str) -> None:
    (found,) = decode(tilted(render(symbol, f"(01)0{GTIN}(10)AB", 3 if symbol == "Code128" else 4, gs1=True)))
    assert (found.symbology, found.aim, found.text) == (symbology, aim, f"010{GTIN}10AB")


@pytest.mark.parametrize("size", [6, 10])
def test_a_data_matrix_of_dots_is_read(size: int) -> None:
    """As needles and ink jets mark parts: dots that don't touch."""
    cells = render("DataMatrix", "PART 0815", 1)
    dotted = np.full([side * size for side in cells.shape], 225, np.uint8)
    for row, column in np.argwhere(cells < 128).tolist():
        middle = (column * size + size // 2, row * size + size // 2)
        cv2.circle(dotted, middle, round(size * 0.3), 30, cv2.FILLED, cv2.LINE_AA)
    assert [found.text for found in decode(dotted)] == ["PART 0815"]


def page_of_print() -> Any:
    page = np.full((300, 400), 245, np.uint8)
    for line in range(20, 290, 13):
        words = "".join(chr(97 + (line * 7 + n * n) % 26) if n % 6 else " " for n in range(42))
        cv2.putText(page, words, (12, line), cv2.FONT_HERSHEY_SIMPLEX, 0.4, 15, 1, cv2.LINE_AA)
    return page


def shelf_of_books() -> Any:
    """Upright spines of many widths, dark and light by turns: as near to a code as goods come."""
    rng = np.random.default_rng(4)
    widths = rng.integers(2, 9, 200)
    spines = np.repeat(rng.permutation(np.arange(200) % 2) * 170 + 40, widths)[:300]
    return noisy(np.tile(spines.astype(np.uint8), (200, 1)))


def keyboard() -> Any:
    board = np.full((300, 400), 60, np.uint8)
    for number in range(10 * 6):
        x, y = 8 + number % 10 * 39, 10 + number // 10 * 45
        cv2.rectangle(board, (x, y), (x + 33, y + 38), 25, cv2.FILLED)
        place = (x + 9, y + 24)
        cv2.putText(board, chr(65 + number % 26), place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, 230, 1, cv2.LINE_AA)
    return board


def chequered() -> Any:
    cells = np.random.default_rng(8).integers(0, 2, (28, 36), np.uint8) * 255
    return np.kron(cells, np.ones((10, 10), np.uint8))


@pytest.mark.parametrize(
    "picture", [page_of_print, shelf_of_books, keyboard, chequered], ids=lambda picture: picture.__name__
)
def test_what_only_looks_like_a_code_is_none(picture: Callable[[], Any]) -> None:
    assert decode(noisy(picture())) == []
