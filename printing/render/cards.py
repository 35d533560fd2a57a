"""Sheets of Code 128 cards to cut out: commands, badges, packaging, locations."""

from typing import TYPE_CHECKING

from printing.barcodes import FNC1_CHAR, BarcodeError, gs1_128
from printing.documents.signs import Card, CardSheet
from printing.fonts import BOLD, REGULAR
from printing.media import Medium
from printing.render.picture import NoteKind, Picture
from printing.render.sheet import Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

CARD_WIDTH_MM = 90
CARD_HEIGHT_TENTHS = 420
CODE_HEIGHT_TENTHS = 120


def render_cards(cards: CardSheet, medium: Medium) -> Picture:
    """As many cards side by side as the medium has room for, with a line to cut along around each."""
    sheet = Sheet(medium, "en")
    columns = max(1, medium.width_mm // CARD_WIDTH_MM)
    width = sheet.inner // columns
    sheet.gap(30)
    sheet.text(cards.title, 60, BOLD, "center")
    sheet.gap(20)
    for first in range(0, len(cards.cards), columns):
        drawn = [_card(sheet, card, width) for card in cards.cards[first : first + columns]]
        sheet.add(_row(sheet, drawn, width))
    return sheet.picture()


def _row(sheet: Sheet, drawn: list["Image"], width: int) -> "Image":
    from PIL import Image

    row = Image.new("1", (sheet.inner, sheet.medium.dots(CARD_HEIGHT_TENTHS)), 1)
    for place, card in enumerate(drawn):
        row.paste(card, (place * width, 0))
    return row


def _card(sheet: Sheet, card: Card, width: int) -> "Image":
    """Title, code with its text, and words, in a frame; all within the frame."""
    from PIL import Image

    face = Sheet(Medium(sheet.medium.width_mm, 1, sheet.medium.dpi, width), "en")
    face.type = sheet.type
    face.gap(20)
    face.text(card.title, 50, BOLD, "center", max_lines=1)
    face.gap(10)
    _code(face, card.code)
    face.text(card.code.replace(FNC1_CHAR, " "), 30, REGULAR, "center", max_lines=1)
    face.text(card.text, 30, REGULAR, "center", max_lines=1)
    height, frame = sheet.medium.dots(CARD_HEIGHT_TENTHS), sheet.medium.dots(2)
    image = Image.new("1", (width, height), 0)
    image.paste(1, (frame, frame, width - frame, height - frame))
    y = frame
    for band in face.bands:
        image.paste(band.crop((frame, 0, width - frame, band.height)), (frame, y))
        y += band.height
    return image


def _code(face: Sheet, code: str) -> None:
    """GS1-128 of a code with a separator, Code 128 of any other; a note when it can't be."""
    if FNC1_CHAR not in code:
        face.code128(code, CODE_HEIGHT_TENTHS, 5)
        return
    try:
        symbol = gs1_128(code)
    except BarcodeError:
        face.type.note(NoteKind.NO_BARCODE, face.cleaned(code))
    else:
        face.symbol(symbol, code, CODE_HEIGHT_TENTHS, 5)
