"""The pieces of a label as pictures, and the label that they make together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from printing.fonts import BOLD
from printing.text import clean
from printing.zpl.syntax import ZplError

if TYPE_CHECKING:
    from PIL.Image import Image

    from printing.render.typeset import Typesetter

MOST_DOTS = 40_000_000
"""More than a label of A4 at 600 dpi."""

TALLEST_LETTERS = 1_500
"""Two and a half inches at 600 dpi."""

_TEXT_LIMIT = 3072
# A font's height is of its whole line; the letters themselves are about so much of it.
_LETTERS_PERCENT = 72
_TURNS = {"N": 0, "R": 270, "I": 180, "B": 90}


@dataclass(frozen=True, slots=True)
class Block:
    """`^FB`: text within a width in dots, on at most so many lines."""

    width: int
    lines: int
    spacing: int
    align: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A picture of mode "1" (0 is ink) and where its upper left corner lies; `reverse` inverts what is there."""

    image: "Image"
    at: tuple[int, int]
    reverse: bool = False
    white: bool = False


def paint(marks: Sequence[Mark], width: int, height: int) -> "Image":
    """The label of `width` by `height` dots; what lies beyond its edges is cut off, as a printer does.

    Raises `ZplError` for one larger than `MOST_DOTS`.
    """
    from PIL import Image, ImageChops

    if width * height > MOST_DOTS:
        raise ZplError(f"a label of {width} x {height} dots: expected at most {MOST_DOTS} dots in all")
    paper = Image.new("1", (width, height), 1)
    for mark in marks:
        ink = ImageChops.invert(mark.image.convert("L"))
        if not mark.reverse:
            paper.paste(255 if mark.white else 0, mark.at, ink)
            continue
        box = (*mark.at, mark.at[0] + ink.width, mark.at[1] + ink.height)
        paper.paste(ImageChops.logical_xor(paper.crop(box), ink.convert("1")), mark.at)
    return paper


def placed(
    image: "Image", turn: str, at: tuple[int, int], on_baseline: bool, reverse: bool, white: bool = False
) -> Mark:
    """A field turned N, R, I or B. `^FO` names its upper left corner, `^FT` its lower left one as read."""
    turned = image.rotate(_TURNS.get(turn, 0), expand=True)
    x, y = at
    if on_baseline and turn in ("N", "B"):
        y -= turned.height
    if on_baseline and turn in ("I", "B"):
        x -= turned.width
    return Mark(turned, (x, y), reverse, white)


def graphic(dots: bytes, row_bytes: int) -> "Image":
    """Rows of `row_bytes` bytes, a set bit is black."""
    from PIL import Image

    rows = len(dots) // row_bytes
    return Image.frombytes("1", (row_bytes * 8, rows), dots[: rows * row_bytes], "raw", "1;I")


def text(words: str, height: int, width: int, block: Block | None) -> "Image":
    """Words in our own font, about as large as the printer's; `height` and `width` in dots, 0 is free.

    Raises `ZplError` for letters taller than any label.
    """
    from PIL import Image

    from printing.render.typeset import Typesetter

    if max(height, width) > TALLEST_LETTERS:
        raise ZplError(f"letters of {max(height, width)} dots: expected at most {TALLEST_LETTERS}")
    height = max(8, height)
    size = height * _LETTERS_PERCENT // 100
    setter = Typesetter("en")
    lines = [clean(words, _TEXT_LIMIT)]
    if block is not None and block.width:
        lines = _wrapped(setter, words, size, block)
    across = max([setter.width(line, size, BOLD) for line in lines] or [1])
    across = block.width if block is not None and block.width else max(1, across)
    align = {"C": "center", "R": "right"}.get(block.align if block else "L", "left")
    step = height + (block.spacing if block else 0)
    drawn = [setter.line(line, size, BOLD, across, align) for line in lines]
    image = Image.new("1", (across, step * (len(drawn) - 1) + drawn[-1].height), 1)
    for number, picture in enumerate(drawn):
        image.paste(picture, (0, number * step))
    if width and width != height and block is None:
        image = image.resize((max(1, across * width // height), image.height))
    return image


def _wrapped(setter: "Typesetter", words: str, size: int, block: Block) -> list[str]:
    lines = [clean(line, _TEXT_LIMIT) for line in words.split("\\&")]
    wrapped = [part for line in lines for part in setter.wrap(line, size, BOLD, block.width) or [""]]
    return wrapped[: max(1, block.lines)]


def shape(name: str, parameters: Sequence[str]) -> tuple["Image", bool]:
    """A box, circle, ellipse or diagonal line, and whether it is white (`^GB`, `^GC`, `^GE`, `^GD`)."""
    from PIL import Image, ImageDraw

    numbers = [int(part) if part.isascii() and part.isdigit() else 1 for part in parameters[:3]]
    if name == "^GC":
        numbers.insert(0, numbers[0])
    width, height, thick = ([*numbers, 1, 1, 1])[:3]
    width, height = max(width, thick), max(height, thick)
    if width * height > MOST_DOTS:
        raise ZplError(f"{name} of {width} x {height} dots: expected at most {MOST_DOTS} dots in all")
    image = Image.new("1", (width, height), 1)
    draw = ImageDraw.Draw(image)
    corners = (0, 0, width - 1, height - 1)
    if name == "^GB":
        draw.rectangle(corners, outline=0, width=thick)
    elif name == "^GD":
        leans_left = len(parameters) > 4 and parameters[4].upper() in ("L", "\\")
        ends = (0, 0, width, height) if leans_left else (0, height, width, 0)
        draw.line(ends, fill=0, width=thick)
    else:
        draw.ellipse(corners, outline=0, width=thick)
    colour = parameters[2 if name == "^GC" else 3 :][:1]
    return image, colour == ["W"]
