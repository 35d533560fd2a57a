"""The shipping label: where it goes in large letters, and the SSCC lowest, as GS1 asks.

GS1 General Specifications and the GS1 Logistic Label Guideline: X 0.495 to 0.940 mm, bars at least
31.75 mm tall, quiet zones of 10 X, the SSCC barcode at the bottom. At 203 dpi on 4x6 inches that is
4 dots per module and 254 dots of height. A roll of 80 mm has room for 3 dots (0.375 mm) only and one
of 58 mm for 2 (0.25 mm): below the norm, readable by station scanners, not to be promised to a carrier.
The square code is a GS1 Digital Link with the same SSCC (GS1 Digital Link URI Syntax 1.4).
"""

from printing.barcodes import BarcodeError, sscc_symbol
from printing.documents import ParcelLabel
from printing.fonts import BOLD, REGULAR
from printing.media import Medium
from printing.render.marks import add_marks
from printing.render.picture import NoteKind, Picture
from printing.render.sheet import TEXT_LIMIT, Sheet
from printing.text import clean
from printing.words import kilograms, word

SSCC_X_TENTHS = 5
SSCC_HEIGHT_TENTHS = 318
LINK = "https://id.gs1.org/00/"
LINK_X_TENTHS = 5
LINK_SHARE = 45
"""The square code is at most so wide, in percent."""
ORDER_X_TENTHS = 4
ORDER_HEIGHT_TENTHS = 90
ADDRESS_SIZES_TENTHS = (65, 55, 48, 42, 36, 30, 26)
ADDRESS_SIZE_ON_ROLL = 48
ROUTING_TENTHS = 70
SMALL_TENTHS = 28
FACT_TENTHS = 34
WARNING_TENTHS = 42


def render_label(label: ParcelLabel, medium: Medium) -> Picture:
    """One page that holds everything. An address that doesn't fit is cut, and the label says that it must
    not be sent: a carrier can't deliver to half an address.
    """
    sheet = Sheet(medium, label.language)
    bottom = Sheet(medium, label.language)
    sheet.type = bottom.type
    _sender(sheet, label)
    _shipment(bottom, label)
    _sscc(bottom, label)
    limit = medium.height_dots
    if limit is None:
        _address(sheet, label, None)
    else:
        _address(sheet, label, limit - sheet.height - bottom.height)
        sheet.gap_dots(limit - sheet.height - bottom.height)
    sheet.bands.extend(bottom.bands)
    return sheet.picture()


def _sender(sheet: Sheet, label: ParcelLabel) -> None:
    sheet.gap(15)
    words = word(label.language, "from")
    sender = ", ".join(line for line in label.sender.lines if line.strip())
    sheet.text(f"{words}: {sender}", SMALL_TENTHS, max_lines=3)
    sheet.rule()
    if label.routing.strip():
        size = sheet.unbroken(label.routing, ROUTING_TENTHS, sheet.inner)
        sheet.stack(sheet.paragraph(label.routing, size, BOLD, sheet.inner, "center", max_lines=2))
    sheet.text(word(label.language, "to"), SMALL_TENTHS)


def _address(sheet: Sheet, label: ParcelLabel, room: int | None) -> None:
    """The address in the largest letters with which it fits `room` dots; `None` is a roll without end."""
    lines = [sheet.cleaned(line) for line in label.recipient.lines]
    for tenths in (ADDRESS_SIZE_ON_ROLL,) if room is None else ADDRESS_SIZES_TENTHS:
        size = sheet.medium.dots(tenths)
        wrapped = _wrapped(sheet, lines, label.recipient.name_at, size)
        fits = room is None or sum(height for _, _, height in wrapped) <= room
        if fits:
            break
    if not fits or any(len(line) > TEXT_LIMIT for line in label.recipient.lines):
        sheet.type.note(NoteKind.ADDRESS_CUT, clean(", ".join(lines), TEXT_LIMIT))
        room = None if room is None else room - _warn(sheet, label.language)
    used = 0
    for line, weight, height in wrapped:
        used += height
        if room is None or used <= room:
            sheet.stack(sheet.paragraph(line, size, weight, sheet.inner))


def _wrapped(sheet: Sheet, lines: list[str], name_at: int, size: int) -> list[tuple[str, int, int]]:
    """The address's lines as they fall at that size, with weight and height of each; the name is bold."""
    found: list[tuple[str, int, int]] = []
    for number, text in enumerate(lines):
        weight = BOLD if number == name_at else REGULAR
        fallen = sheet.type.wrap(text, size, weight, sheet.inner)
        found.extend((line, weight, sheet.type.line_height(size, line, weight)) for line in fallen)
    return found


def _warn(sheet: Sheet, language: str) -> int:
    """White on black across the label; returns the dots that it takes."""
    from PIL import ImageChops

    words = word(language, "address_cut")
    size = sheet.unbroken(words, WARNING_TENTHS, sheet.inner)
    lines = sheet.paragraph(words, size, BOLD, sheet.inner, "center", max_lines=2)
    sheet.stack([ImageChops.invert(line.convert("L")).convert("1") for line in lines])
    return sum(line.height for line in lines)


def _shipment(sheet: Sheet, label: ParcelLabel) -> None:
    sheet.rule()
    sheet.text(f"{label.carrier} {label.service}".strip(), 46, BOLD, max_lines=2)
    add_marks(sheet, label.marks, label.language)
    _facts(sheet, label)
    sheet.gap(20)


def _facts(sheet: Sheet, label: ParcelLabel) -> None:
    """Parcel, weight and order, also as a barcode, beside the square code; a long barcode goes below."""
    link = sheet.qr(LINK + label.sscc, LINK_X_TENTHS, sheet.inner * LINK_SHARE // 100)
    width = sheet.inner - (link.width if link else 0)
    facts = [(word(label.language, "parcel", parcel=label.parcel, parcels=label.parcels), REGULAR)]
    if label.weight_g is not None:
        facts.append((word(label.language, "weight", kg=kilograms(label.weight_g)), REGULAR))
    facts.append((word(label.language, "order", order=label.order), BOLD))
    size, most = sheet.medium.dots(FACT_TENTHS), 3 if sheet.medium.height_mm else 0
    lines = [
        line for text, weight in facts for line in sheet.paragraph(text, size, weight, width, max_lines=most)
    ]
    symbol = sheet.modules(label.order)
    fitting = symbol and sheet.drawn(symbol, ORDER_HEIGHT_TENTHS, ORDER_X_TENTHS, width)
    if fitting:
        lines += [*sheet.blank(sheet.medium.dots(10)), fitting]
    sheet.beside(lines, [link] if link else [], width, 0)
    if symbol and not fitting:
        sheet.symbol(symbol, label.order, ORDER_HEIGHT_TENTHS, ORDER_X_TENTHS)


def _sscc(sheet: Sheet, label: ParcelLabel) -> None:
    try:
        symbol = sscc_symbol(label.sscc)
    except BarcodeError:
        sheet.type.note(NoteKind.NO_BARCODE, sheet.cleaned(label.sscc))
    else:
        sheet.symbol(symbol, label.sscc, SSCC_HEIGHT_TENTHS, SSCC_X_TENTHS)
    sheet.text(f"(00){label.sscc}", 36, BOLD, "center", max_lines=1)
    sheet.gap(10)
