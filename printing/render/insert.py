"""The personal card that lies on top when the customer opens the parcel, block by block."""

import io
from typing import TYPE_CHECKING

from printing.documents.inserts import Block, Coupon, Divider, Heading, Insert, PictureBlock, QrCode, Text
from printing.fonts import BOLD
from printing.media import Medium
from printing.render.picture import NoteKind, Picture
from printing.render.sheet import Sheet
from printing.words import word

if TYPE_CHECKING:
    from PIL.Image import Image

QR_X_TENTHS = 7
MOST_PIXELS = 16_000_000
"""A larger picture is not opened: a small file can unpack to gigabytes."""
TALLEST_SHARE = 3
"""How many times taller than the paper is wide a picture may be."""


def render_insert(insert: Insert, medium: Medium, copy: int) -> Picture:
    """Its blocks in their order, and the order they belong to; a copy says which one it is."""
    sheet = Sheet(medium, insert.language)
    sheet.type.names = (sheet.cleaned(insert.shop),) if insert.shop else ()
    sheet.gap(20)
    sheet.copied(insert.language, copy)
    for block in insert.blocks:
        _block(sheet, block, insert.language)
    sheet.rule()
    sheet.text(word(insert.language, "order", order=insert.order), 26, align="center")
    sheet.gap(10)
    return sheet.picture()


def _block(sheet: Sheet, block: Block, language: str) -> None:
    match block:
        case Heading():
            sheet.title(block.text, 60, "center")
        case Text():
            sheet.gap(15)
            sheet.text(block.text, 36, align="center" if block.centred else "left")
        case PictureBlock():
            _picture(sheet, block)
        case Coupon():
            _coupon(sheet, block, language)
        case QrCode():
            _qr(sheet, block)
        case Divider():
            sheet.rule()


def _coupon(sheet: Sheet, coupon: Coupon, language: str) -> None:
    sheet.gap(25)
    sheet.text(coupon.text or word(language, "coupon"), 36, align="center")
    sheet.gap(10)
    sheet.add(_boxed(sheet, coupon.code))
    sheet.gap(15)
    sheet.code128(coupon.code, 100, 4)


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


def _qr(sheet: Sheet, code: QrCode) -> None:
    sheet.gap(15)
    sheet.text(code.title, 40, BOLD, "center")
    symbol = sheet.qr(code.content, QR_X_TENTHS)
    if symbol is not None:
        sheet.add(symbol)
    sheet.text(code.caption, 28, align="center")


def _picture(sheet: Sheet, block: PictureBlock) -> None:
    """The picture in black dots, or a note when the file is none; nothing of it is run or trusted."""
    from PIL import Image

    sheet.gap(15)
    try:
        with Image.open(io.BytesIO(block.file), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError(
                    f"{opened.width} x {opened.height} dots, expected at most {MOST_PIXELS} in all"
                )
            sheet.add(_dots(sheet, block, opened))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        sheet.type.note(NoteKind.NO_PICTURE, sheet.cleaned(str(error)))


def _dots(sheet: Sheet, block: PictureBlock, opened: "Image") -> "Image":
    """Black dots on white paper: transparent is white, greys are scattered unless it is line art."""
    from PIL import Image

    width = max(1, sheet.inner * min(max(block.width_percent, 1), 100) // 100)
    height = max(1, min(round(opened.height * width / opened.width), TALLEST_SHARE * sheet.inner))
    colours = opened.convert("RGBA")
    paper = Image.new("RGBA", colours.size, "white")
    grey = (
        Image.alpha_composite(paper, colours).convert("L").resize((width, height), Image.Resampling.LANCZOS)
    )
    dither = Image.Dither.NONE if block.line_art else Image.Dither.FLOYDSTEINBERG
    return grey.convert("1", dither=dither)
