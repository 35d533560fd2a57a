"""The personal card that lies on top when the customer opens the parcel."""

from typing import TYPE_CHECKING

from printing.documents import Insert
from printing.fonts import BOLD
from printing.media import Medium
from printing.render.picture import NoteKind, Picture
from printing.render.sheet import Sheet
from printing.text import clean
from printing.words import word

if TYPE_CHECKING:
    from PIL.Image import Image

QR_QUIET_MODULES = 4
QR_X_TENTHS = 7
URL_LIMIT = 300


def render_insert(insert: Insert, medium: Medium, copy: int) -> Picture:
    """Heading, paragraphs, coupon and the way back; a copy says which one it is."""
    sheet = Sheet(medium, insert.language)
    sheet.gap(20)
    if copy > 1:
        sheet.text(word(insert.language, "copy", copy=copy), 30, BOLD, "right")
    sheet.title(insert.heading, 60, "center")
    for paragraph in insert.paragraphs:
        sheet.gap(15)
        sheet.text(paragraph, 36)
    if insert.coupon:
        _coupon(sheet, insert)
    if insert.return_url:
        _way_back(sheet, insert)
    sheet.rule()
    sheet.text(word(insert.language, "order", order=insert.order), 26, align="center")
    sheet.gap(10)
    return sheet.picture()


def _coupon(sheet: Sheet, insert: Insert) -> None:
    sheet.gap(25)
    sheet.text(insert.coupon_text or word(insert.language, "coupon"), 36, align="center")
    sheet.gap(10)
    sheet.add(_boxed(sheet, insert.coupon))
    sheet.gap(15)
    sheet.code128(clean(insert.coupon, URL_LIMIT), 100, 4)


def _boxed(sheet: Sheet, text: str) -> "Image":
    """Large letters in a thick frame."""
    from PIL import Image

    frame, pad = sheet.medium.dots(6), sheet.medium.dots(20)
    width = sheet.inner - 2 * (frame + pad)
    size = sheet.unbroken(text, 75, width)
    lines = sheet.paragraph(text, size, BOLD, width, "center", max_lines=3)
    height = sum(line.height for line in lines) + 2 * (frame + pad)
    box = Image.new("1", (sheet.inner, height), 0)
    box.paste(1, (frame, frame, sheet.inner - frame, height - frame))
    y = frame + pad
    for line in lines:
        box.paste(line, (frame + pad, y))
        y += line.height
    return box


def _way_back(sheet: Sheet, insert: Insert) -> None:
    sheet.rule()
    sheet.text(word(insert.language, "return"), 40, BOLD, "center")
    if insert.return_text:
        sheet.text(insert.return_text, 32, align="center")
    sheet.gap(10)
    symbol = draw_qr(clean(insert.return_url, URL_LIMIT), sheet)
    if symbol is None:
        sheet.type.note(NoteKind.NO_BARCODE, sheet.cleaned(insert.return_url))
    else:
        sheet.add(symbol)
    sheet.text(insert.return_url, 26, align="center")


def draw_qr(text: str, sheet: Sheet) -> "Image | None":
    """QR (level M, quiet zone of 4 modules) in whole dots per module, or `None` when it has no room."""
    import segno
    from PIL import Image

    if not text:
        return None
    matrix = segno.make_qr(text, error="m", encoding="utf-8").matrix
    modules = len(matrix) + 2 * QR_QUIET_MODULES
    x = min(sheet.medium.dots(QR_X_TENTHS), sheet.inner // modules)
    if x < 2:
        return None
    image = Image.new("1", (modules * x, modules * x), 1)
    for row, cells in enumerate(matrix, start=QR_QUIET_MODULES):
        for column, dark in enumerate(cells, start=QR_QUIET_MODULES):
            if dark:
                image.paste(0, (column * x, row * x, (column + 1) * x, (row + 1) * x))
    return image
