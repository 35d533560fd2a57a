"""Marks of dangerous goods: as the law draws them, on paper that can bear them, else words about what to stick on.

The battery mark is hatched in red (ADR 5.2.1.9, IATA 7.1.5.5: 100 x 70 mm at the least, 12 mm high letters), so only
stock that has the hatching gets it. The mark of limited quantities is black (ADR 3.4.7, 100 x 100 mm): it is drawn as a
square to be stuck on one of its corners. Nothing that only looks like either is ever printed. Read on 1 December 2026.
"""

from typing import TYPE_CHECKING

from printing.documents.labels import DangerMark
from printing.fonts import BOLD
from printing.media import Medium
from printing.render.picture import Picture
from printing.render.sheet import Sheet
from printing.words import word

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE_TENTHS = 1000
LINE_TENTHS = 20
EDGE_TENTHS = 80
"""What the red hatching takes on each side."""
NUMBER_TENTHS = 170
"""Letters so large that their capitals and digits are 12 mm high."""
SYMBOL_TENTHS = 160
NUMBERS_ON_ONE = 2
BATTERY, LIMITED = "battery", "limited"


def render_danger_mark(mark: DangerMark, medium: Medium) -> Picture:
    """The mark where this paper can bear it, else what the packer must stick on."""
    if mark.mark == BATTERY and medium.hatched:
        return _battery(mark, medium)
    if mark.mark == LIMITED and _has_room(medium):
        return _limited(mark, medium)
    return _instruction(mark, medium)


def _has_room(medium: Medium) -> bool:
    side = medium.dots(SIDE_TENTHS)
    return not medium.hatched and medium.width_dots >= side and (medium.height_dots or side) >= side


def _battery(mark: DangerMark, medium: Medium) -> Picture:
    """Batteries and UN numbers within the stock's own hatching, two numbers on each."""
    from PIL import Image

    sheet, pages = Sheet(medium, "en"), []
    edge = medium.dots(EDGE_TENTHS)
    for first in range(0, len(mark.numbers), NUMBERS_ON_ONE):
        page = Image.new("1", (medium.width_dots, medium.height_dots or medium.dots(700)), 1)
        pieces = [_batteries(medium.dots(SYMBOL_TENTHS))]
        for number in mark.numbers[first : first + NUMBERS_ON_ONE]:
            size, room = medium.dots(NUMBER_TENTHS), page.width - 2 * edge
            [line, *_] = sheet.paragraph(f"UN {number}", size, BOLD, room, "center")
            pieces.append(_inked(line))
        free = page.height - 2 * edge - sum(piece.height for piece in pieces)
        y = edge
        for piece in pieces:
            y += free // (len(pieces) + 1)
            page.paste(piece, ((page.width - piece.width) // 2, y))
            y += piece.height
        pages.append(page)
    return Picture(tuple(pages), medium.dpi, tuple(sheet.type.notes))


def _limited(mark: DangerMark, medium: Medium) -> Picture:
    from PIL import Image, ImageDraw

    sheet, side = Sheet(medium, mark.language), medium.dots(SIDE_TENTHS)
    image, last, half = Image.new("1", (side, side), 1), side - 1, side // 2
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, last, last), outline=0, width=medium.dots(LINE_TENTHS))
    draw.polygon([(0, 0), (half, 0), (0, half)], fill=0)
    draw.polygon([(last, last), (last - half, last), (last, last - half)], fill=0)
    sheet.add(image)
    sheet.gap(20)
    parcel = f"{mark.order}-{mark.parcel}"
    sheet.text(word(mark.language, "stick.corners", parcel=parcel), 36, BOLD, "center")
    return sheet.picture()


def _instruction(mark: DangerMark, medium: Medium) -> Picture:
    sheet = Sheet(medium, mark.language)
    sheet.gap(20)
    sheet.text(f"{mark.order}-{mark.parcel}", 40, BOLD)
    if mark.mark == BATTERY:
        sheet.title(word(mark.language, "stick.battery"), 60)
        sheet.title(" + ".join(f"UN {number}" for number in mark.numbers), 120)
    else:
        sheet.title(word(mark.language, "stick.limited"), 60)
    sheet.text(word(mark.language, "stick.no_mark"), 32)
    sheet.gap(20)
    return sheet.picture()


def _inked(line: "Image") -> "Image":
    """A line without the white around its letters."""
    from PIL import ImageChops

    return line.crop(ImageChops.invert(line.convert("L")).getbbox() or (0, 0, 1, 1))


def _batteries(side: int) -> "Image":
    """Batteries, one of them in flames."""
    from PIL import Image, ImageDraw

    image = Image.new("1", (2 * side, side), 1)
    draw = ImageDraw.Draw(image)

    def at(x: float, y: float) -> tuple[int, int]:
        return round(x * side / 24), round(y * side / 24)

    for x in (4, 16, 28):
        draw.rectangle((*at(x + 2, 7), *at(x + 6, 9)), fill=0)
        draw.rectangle((*at(x, 9), *at(x + 8, 23)), fill=0)
    flame = [(28, 7), (26, 3), (30, 5), (32, 0), (35, 4), (38, 1), (38, 7)]
    draw.polygon([at(x, y) for x, y in flame], fill=0)
    return image
