"""The packing slip and the gift slip: what lies in this parcel, and what to look for elsewhere."""

from printing.documents.slips import GiftSlip, PackingSlip, SlipLine
from printing.fonts import BOLD, REGULAR
from printing.media import Medium
from printing.render.picture import Picture
from printing.render.sheet import Sheet
from printing.words import money, parcel_of, word

NAME_TENTHS = 34
SMALL_TENTHS = 27
QUANTITY_SHARE = 22
LINK_X_TENTHS = 7


def render_slip(slip: PackingSlip, medium: Medium, copy: int) -> Picture:
    """As long as it needs on a roll, as many pages as it needs elsewhere."""
    sheet = Sheet(medium, slip.language)
    _head(sheet, slip, word(slip.language, "slip"), copy)
    add_lines(sheet, slip.language, "in_parcel", slip.lines, slip.currency, slip.decimals)
    _total(sheet, slip)
    for title, lines in (("elsewhere", slip.elsewhere), ("later", slip.later), ("missing", slip.missing)):
        if lines:
            add_lines(sheet, slip.language, title, lines, slip.currency, slip.decimals)
    _foot(sheet, slip.order)
    return sheet.picture()


def render_gift_slip(slip: GiftSlip, medium: Medium, copy: int) -> Picture:
    """The giver's words and the goods, without a price anywhere, also where the lines hold one."""
    sheet = Sheet(medium, slip.language)
    _head(sheet, slip, word(slip.language, "gift"), copy)
    if slip.message.strip():
        sheet.gap(20)
        sheet.text(slip.message, 42, align="center")
    if slip.giver.strip():
        sheet.text(word(slip.language, "gift_from", name=slip.giver), 38, BOLD, "center")
    add_lines(sheet, slip.language, "in_parcel", slip.lines)
    if slip.elsewhere:
        add_lines(sheet, slip.language, "elsewhere", slip.elsewhere)
    if slip.exchange:
        sheet.rule()
        add_link(sheet, word(slip.language, "exchange"), slip.exchange)
    _foot(sheet, slip.order)
    return sheet.picture()


def add_link(sheet: Sheet, words: str, url: str) -> None:
    """An address under its words: as a square code, and as it is typed."""
    sheet.gap(15)
    sheet.text(words, NAME_TENTHS, align="center")
    symbol = sheet.qr(url, LINK_X_TENTHS)
    if symbol is not None:
        sheet.add(symbol)
    sheet.text(url, SMALL_TENTHS, align="center")


def add_lines(
    sheet: Sheet,
    language: str,
    title: str,
    lines: tuple[SlipLine, ...],
    currency: str = "",
    decimals: int = 2,
) -> None:
    """A section of goods under the words for `title`; prices only in a `currency`."""
    sheet.rule()
    sheet.text(word(language, title), NAME_TENTHS, BOLD)
    sheet.gap(10)
    if not lines:
        sheet.text(word(language, "nothing"), NAME_TENTHS)
    for line in lines:
        quantity = f"{line.quantity} ×"
        if line.quantity != line.ordered:
            quantity = word(language, "quantity_of", quantity=line.quantity, ordered=line.ordered)
        size = SMALL_TENTHS if line.part else NAME_TENTHS
        parts = [
            (f"· {line.name}" if line.part else line.name, size, REGULAR),
            (line.sku, SMALL_TENTHS, REGULAR),
        ]
        if currency and line.price_cents is not None:
            price = word(language, "each", price=money(line.price_cents, currency, decimals))
            parts.append((price, SMALL_TENTHS, REGULAR))
        if line.note:
            parts.append((line.note, SMALL_TENTHS, BOLD))
        sheet.table_row(quantity, parts, QUANTITY_SHARE)
        sheet.gap(8)


def _head(sheet: Sheet, slip: PackingSlip | GiftSlip, title: str, copy: int) -> None:
    sheet.gap(15)
    sheet.copied(slip.language, copy)
    sheet.name(slip.shop, 40)
    sheet.title(title, 50)
    sheet.text(word(slip.language, "order", order=slip.order), 36, BOLD)
    sheet.text(parcel_of(slip.language, slip.parcel, slip.parcels), NAME_TENTHS)
    sheet.gap(10)
    for line in slip.recipient.lines:
        sheet.text(line, SMALL_TENTHS)


def _total(sheet: Sheet, slip: PackingSlip) -> None:
    """The sum of what is in this parcel, when every price is known."""
    prices = [(line.quantity, line.price_cents) for line in slip.lines if not line.part]
    known = [quantity * price for quantity, price in prices if price is not None]
    if slip.currency and known and len(known) == len(prices):
        total = money(sum(known), slip.currency, slip.decimals)
        sheet.text(word(slip.language, "total", price=total), NAME_TENTHS, BOLD, "right")


def _foot(sheet: Sheet, order: str) -> None:
    sheet.rule()
    sheet.code128(order, 80, 4)
    sheet.gap(20)
