"""Handling marks as pictures with words: after ISO 780 (glass, arrows)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from printing.documents.labels import Mark
from printing.fonts import BOLD
from printing.render.sheet import Sheet
from printing.words import words_of

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

PICTURE_TENTHS = 90
WORDS_TENTHS = 26
CELL_TENTHS = 310
"""A mark with its words is at least so wide; as many as fit stand side by side."""
# Pictures are drawn on a square of so many steps.
_STEPS = 24


def add_marks(sheet: Sheet, marks: tuple[str, ...], language: str) -> None:
    """Known marks as pictures with words beside them, the shop's own as words."""
    known = [Mark(mark) for mark in dict.fromkeys(marks) if mark in set(Mark)]
    own = [mark for mark in marks if mark not in (*Mark, _NO_MORE)]
    across = max(1, sheet.inner // sheet.medium.dots(CELL_TENTHS))
    for first in range(0, len(known), across):
        _row(sheet, known[first : first + across], language)
        sheet.gap(10)
    if own:
        sheet.text(" · ".join(own), 40, BOLD, max_lines=2)


def _row(sheet: Sheet, marks: list[Mark], language: str) -> None:
    side, space = sheet.medium.dots(PICTURE_TENTHS), sheet.medium.dots(15)
    room = sheet.inner // len(marks) - side - 2 * space
    columns = []
    for mark in marks:
        words = words_of(language, "mark", mark)
        size = sheet.unbroken(words, WORDS_TENTHS, room)
        lines = sheet.paragraph(words, size, BOLD, room, max_lines=3)
        above = max(0, side - sum(line.height for line in lines)) // 2
        columns += [([_picture(mark, side)], side), ([*sheet.blank(above), *lines], room)]
    sheet.row(columns, space)


def _picture(mark: Mark, side: int) -> "Image":
    """The mark in a frame, `side` dots square."""
    from PIL import Image, ImageDraw

    image = Image.new("1", (side, side), 1)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, side - 1, side - 1), outline=0, width=max(1, side // _STEPS))
    _DRAWN[mark](draw, lambda x, y: (round(x * (side - 1) / _STEPS), round(y * (side - 1) / _STEPS)))
    return image


_NO_MORE = "lithium_battery"
"""A small black picture of labels that 0.1.0 stored: it looked like the battery mark, which it never was."""

Place = Callable[[float, float], tuple[int, int]]


def _glass(draw: "ImageDraw", at: Place) -> None:
    """A wine glass with a crack."""
    draw.polygon([at(6, 4), at(18, 4), at(17, 10), at(13, 14), at(11, 14), at(7, 10)], fill=0)
    draw.rectangle((*at(11.2, 14), *at(12.8, 19)), fill=0)
    draw.rectangle((*at(8, 18.8), *at(16, 20)), fill=0)
    draw.polygon(
        [at(13, 4), at(11.5, 6.5), at(13, 7), at(11.5, 10), at(14.2, 6.3), at(12.8, 5.8), at(14.3, 4)], fill=1
    )


def _arrows(draw: "ImageDraw", at: Place) -> None:
    """Two arrows pointing up from a line."""
    for x in (7.5, 16.5):
        draw.polygon([at(x, 4), at(x - 4, 9), at(x + 4, 9)], fill=0)
        draw.rectangle((*at(x - 1.5, 9), *at(x + 1.5, 17)), fill=0)
    draw.rectangle((*at(4, 18.5), *at(20, 20)), fill=0)


def _drop(draw: "ImageDraw", at: Place) -> None:
    """A drop over waves."""
    draw.polygon([at(12, 3), at(7.5, 11), at(16.5, 11)], fill=0)
    draw.ellipse((*at(7, 7.5), *at(17, 16.5)), fill=0)
    draw.rectangle((*at(4, 18), *at(20, 19.2)), fill=0)
    draw.rectangle((*at(4, 20.3), *at(20, 21.5)), fill=0)


_DRAWN: dict[Mark, Callable[["ImageDraw", Place], None]] = {
    Mark.FRAGILE: _glass,
    Mark.THIS_SIDE_UP: _arrows,
    Mark.LIQUID: _drop,
}
