"""Signs of the warehouse itself: totes, bins, products whose own barcode doesn't read, badges."""

from typing import TYPE_CHECKING

from printing.barcodes import BarcodeError, ean, shortest_gtin
from printing.documents.signs import Badge, LocationLabel, ProductLabel, ToteTag
from printing.fonts import BOLD
from printing.media import Medium
from printing.render.picture import Picture
from printing.render.sheet import Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

NAME_TENTHS = 220
"""Letters to be read from some metres away."""
NAME_SHARE = 6
CODE_HEIGHT_TENTHS = 200
CODE_X_TENTHS = 6
ARROW_TENTHS = 200
_TURNS = {"up": 0, "left": 90, "down": 180, "right": 270}


def render_sign(sign: ToteTag | LocationLabel | ProductLabel | Badge, medium: Medium) -> Picture:
    """What to read from afar in large letters, and the code to scan from near."""
    sheet = Sheet(medium, "en")
    match sign:
        case ToteTag():
            _name(sheet, sign.name, NAME_TENTHS)
            _code(sheet, sign.code)
        case LocationLabel():
            _location(sheet, sign)
        case ProductLabel():
            _product(sheet, sign)
        case Badge():
            _name(sheet, sign.name, NAME_TENTHS // 2)
            sheet.text(sign.role, 42, align="center", max_lines=1)
            _code(sheet, sign.code)
    return sheet.picture()


def _location(sheet: Sheet, sign: LocationLabel) -> None:
    """The bin's name, an arrow that points to it, and its code."""
    _name(sheet, sign.name, NAME_TENTHS)
    if sign.arrow in _TURNS:
        sheet.add(_arrow(sheet.medium.dots(ARROW_TENTHS)).rotate(_TURNS[sign.arrow], fillcolor=1))
        sheet.gap(30)
    _code(sheet, sign.code)


def _product(sheet: Sheet, label: ProductLabel) -> None:
    """Name and SKU, a note such as lot and expiry, and the code: EAN where it is a GTIN, else Code 128."""
    sheet.gap(15)
    sheet.text(label.name, 42, BOLD, max_lines=3)
    sheet.text(label.sku, 32, max_lines=2)
    sheet.text(label.note, 32, max_lines=2)
    sheet.gap(15)
    code = shortest_gtin(label.code)
    try:
        symbol = ean(code)
    except BarcodeError:
        code = label.code
        sheet.code128(code, CODE_HEIGHT_TENTHS, CODE_X_TENTHS)
    else:
        sheet.symbol(symbol, code, CODE_HEIGHT_TENTHS, CODE_X_TENTHS)
    sheet.text(code, 36, align="center", max_lines=1)
    sheet.gap(15)


def _name(sheet: Sheet, text: str, tenths: int) -> None:
    sheet.gap(20)
    size = sheet.unbroken(text, tenths, sheet.inner, NAME_SHARE)
    sheet.stack(sheet.paragraph(text, size, BOLD, sheet.inner, "center", max_lines=3))
    sheet.gap(20)


def _code(sheet: Sheet, code: str) -> None:
    sheet.code128(code, CODE_HEIGHT_TENTHS, CODE_X_TENTHS)
    sheet.text(code, 36, align="center", max_lines=1)
    sheet.gap(20)


def _arrow(side: int) -> "Image":
    """An arrow that points up, `side` dots square."""
    from PIL import Image, ImageDraw

    image = Image.new("1", (side, side), 1)
    draw = ImageDraw.Draw(image)
    third = side // 3
    draw.polygon([(side // 2, 0), (0, side // 2), (side - 1, side // 2)], fill=0)
    draw.rectangle((third, side // 2, 2 * third, side - 1), fill=0)
    return image
