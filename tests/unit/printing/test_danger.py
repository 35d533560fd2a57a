"""Marks of dangerous goods are true to size on paper that can bear them, and words on any other."""

from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from printing.documents.labels import DangerMark
from printing.media import MEDIA, Medium
from printing.printers import PrinterSetup, route
from printing.render import danger
from printing.render.sheet import Sheet
from printing.rendering import render

BATTERY = DangerMark("A-1", 1, "battery", ("3480", "3481"))
LIMITED = DangerMark("A-1", 1, "limited")


def said(mark: DangerMark, medium: Medium, monkeypatch: pytest.MonkeyPatch) -> str:
    words: list[str] = []
    monkeypatch.setattr(Sheet, "title", lambda _, text, *__: words.append(text))
    render(mark, medium)
    return " ".join(words)


@pytest.mark.parametrize("name", ["roll58", "roll80", "label-203", "label-300", "a4"])
def test_a_battery_mark_without_red_edges_is_words(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "red-hatched battery mark UN 3480 + UN 3481" in said(BATTERY, MEDIA[name], monkeypatch)


@pytest.mark.parametrize(
    ("language", "words"),
    [("pl", "Naklej czerwono kreskowany"), ("ru", "Наклейте знак"), ("zh", "电池标记"), ("de", "Stick on")],
)
def test_it_is_in_the_packers_language_and_else_in_english(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert words in said(replace(BATTERY, language=language), MEDIA["roll80"], monkeypatch)


@pytest.mark.parametrize("name", ["battery-203", "battery-300"])
def test_the_battery_mark_stands_within_the_red_edges_in_letters_of_12_mm(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    medium = MEDIA[name]
    heights: list[int] = []
    inked = danger._inked

    def measured(line: Image.Image) -> Image.Image:
        heights.append(inked(line).height)
        return inked(line)

    monkeypatch.setattr(danger, "_inked", measured)
    [page] = render(BATTERY, medium).pages
    assert len(heights) == 2
    assert min(heights) >= medium.dots(120)
    box = ImageChops.invert(page.convert("L")).getbbox()
    assert box is not None
    edge = medium.dots(50)
    assert box[0] >= edge
    assert box[1] >= edge
    assert page.width - box[2] >= edge
    assert page.height - box[3] >= edge
    assert len(render(DangerMark("A-1", 1, "battery", ("3090", "3480", "3481")), medium).pages) == 2


@pytest.mark.parametrize("name", ["label-203", "label-300", "a4"])
def test_the_mark_of_limited_quantities_is_a_black_square_of_100_mm(name: str) -> None:
    medium = MEDIA[name]
    page = render(LIMITED, medium).pages[0]
    side, left = medium.dots(1000), (page.width - medium.dots(1000)) // 2
    assert page.getpixel((left + 10, 10)) == 0
    assert page.getpixel((left + side - 10, side - 10)) == 0
    assert page.getpixel((left + side // 2, side // 2)) != 0
    assert page.getpixel((left + side - 1, 5)) == 0


@pytest.mark.parametrize("name", ["roll58", "roll80", "battery-203"])
def test_where_it_has_no_room_it_is_words(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "limited-quantity mark" in said(LIMITED, MEDIA[name], monkeypatch)


def test_hatched_stock_is_for_battery_marks_alone() -> None:
    marks = PrinterSetup("marks", "tcp://h", medium="battery-203")
    rest = PrinterSetup("rest", "tcp://h")
    labels = PrinterSetup("labels", "tcp://h", medium="label-203", documents=("label",))
    for setups in ([marks, rest, labels], [rest, labels, marks]):
        names = [route(setups, kind).name for kind in ("battery", "slip", "label", "limited")]
        assert names == ["marks", "rest", "labels", "labels"]
