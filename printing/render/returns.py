"""The return slip: how to send goods back, why, and a code by which goods-in knows them again."""

from typing import TYPE_CHECKING

from printing.documents.slips import ReturnSlip
from printing.fonts import BOLD, REGULAR
from printing.media import Medium
from printing.render.picture import Picture
from printing.render.sheet import Sheet
from printing.render.slip import LINK_X_TENTHS, NAME_TENTHS, SMALL_TENTHS, add_lines, add_link
from printing.words import word, words_of

if TYPE_CHECKING:
    from PIL.Image import Image

BOX_TENTHS = 35
STEPS = 3


def render_return_slip(slip: ReturnSlip, medium: Medium, copy: int) -> Picture:
    """What may be sent back and until when, how to pack it, reasons to tick, where to, and the codes."""
    sheet = Sheet(medium, slip.language)
    sheet.gap(15)
    sheet.copied(slip.language, copy)
    sheet.name(slip.shop, 40)
    sheet.title(word(slip.language, "return_slip"), 50)
    sheet.text(word(slip.language, "order", order=slip.order), 36, BOLD)
    if slip.days > 0:
        sheet.text(word(slip.language, "return_days", days=slip.days), NAME_TENTHS)
    for paragraph in slip.policy:
        sheet.text(paragraph, SMALL_TENTHS)
    if slip.lines:
        add_lines(sheet, slip.language, "in_parcel", slip.lines)
    _packing(sheet, slip)
    _reasons(sheet, slip)
    _codes(sheet, slip)
    return sheet.picture()


def _packing(sheet: Sheet, slip: ReturnSlip) -> None:
    sheet.rule()
    sheet.text(word(slip.language, "return_pack"), NAME_TENTHS, BOLD)
    for step in range(1, STEPS + 1):
        sheet.text(f"{step}. {word(slip.language, f'return_pack.{step}')}", SMALL_TENTHS)


def _reasons(sheet: Sheet, slip: ReturnSlip) -> None:
    sheet.rule()
    sheet.text(word(slip.language, "return_reason"), NAME_TENTHS, BOLD)
    side, space = sheet.medium.dots(BOX_TENTHS), sheet.medium.dots(20)
    size = sheet.medium.dots(NAME_TENTHS)
    for reason in slip.reasons:
        sheet.gap(8)
        words = sheet.paragraph(
            words_of(slip.language, "reason", reason), size, REGULAR, sheet.inner - side - space
        )
        sheet.beside([_box(side, sheet.medium.dots(4))], words, side, space)


def _box(side: int, line: int) -> "Image":
    """An empty square to tick."""
    from PIL import Image

    box = Image.new("1", (side, side), 0)
    box.paste(1, (line, line, side - line, side - line))
    return box


def _codes(sheet: Sheet, slip: ReturnSlip) -> None:
    sheet.rule()
    sheet.text(word(slip.language, "return_to"), NAME_TENTHS, BOLD)
    for line in slip.return_to.lines:
        sheet.text(line, NAME_TENTHS)
    sheet.gap(15)
    sheet.code128(slip.code, 100, 4)
    sheet.text(slip.code, SMALL_TENTHS, align="center")
    if slip.url:
        add_link(sheet, word(slip.language, "return_announce"), slip.url)
    elif (symbol := sheet.qr(slip.code, LINK_X_TENTHS)) is not None:
        sheet.add(symbol)
    sheet.gap(15)
