"""The packing slip: what lies in this parcel, and what the customer should look for elsewhere."""

from printing.documents import PackingSlip, SlipLine
from printing.fonts import BOLD, REGULAR
from printing.media import Medium
from printing.render.picture import Picture
from printing.render.sheet import Sheet
from printing.words import word

NAME_TENTHS = 34
SMALL_TENTHS = 27
QUANTITY_SHARE = 22


def render_slip(slip: PackingSlip, medium: Medium) -> Picture:
    """As long as it needs on a roll, as many pages as it needs elsewhere."""
    sheet = Sheet(medium, slip.language)
    _head(sheet, slip)
    _section(sheet, slip, "in_parcel", slip.lines)
    if slip.elsewhere:
        _section(sheet, slip, "elsewhere", slip.elsewhere)
    if slip.missing:
        _section(sheet, slip, "missing", slip.missing)
    sheet.rule()
    sheet.code128(slip.order, 80, 4)
    sheet.gap(20)
    return sheet.picture()


def _head(sheet: Sheet, slip: PackingSlip) -> None:
    sheet.gap(15)
    sheet.text(slip.shop, 40, BOLD)
    sheet.text(word(slip.language, "slip"), 50, BOLD)
    sheet.text(word(slip.language, "order", order=slip.order), 36, BOLD)
    sheet.text(word(slip.language, "parcel", parcel=slip.parcel, parcels=slip.parcels), NAME_TENTHS)
    sheet.gap(10)
    for line in slip.recipient.lines:
        sheet.text(line, SMALL_TENTHS)


def _section(sheet: Sheet, slip: PackingSlip, title: str, lines: tuple[SlipLine, ...]) -> None:
    sheet.rule()
    sheet.text(word(slip.language, title), NAME_TENTHS, BOLD)
    sheet.gap(10)
    if not lines:
        sheet.text(word(slip.language, "nothing"), NAME_TENTHS)
    for line in lines:
        quantity = f"{line.quantity} ×"
        if line.quantity != line.ordered:
            quantity = word(slip.language, "quantity_of", quantity=line.quantity, ordered=line.ordered)
        parts = [(line.name, NAME_TENTHS, REGULAR), (line.sku, SMALL_TENTHS, REGULAR)]
        parts += [(line.note, SMALL_TENTHS, BOLD)] if line.note else []
        sheet.table_row(quantity, parts, QUANTITY_SHARE)
        sheet.gap(8)
