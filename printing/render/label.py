"""The shipping label: where it goes in large letters, and the SSCC lowest, as GS1 asks.

GS1 General Specifications and the GS1 Logistic Label Guideline: X 0.495 to 0.940 mm, bars at least
31.75 mm tall, quiet zones of 10 X, the SSCC barcode at the bottom. At 203 dpi on 4x6 inches that is
4 dots per module and 254 dots of height. A roll of 80 mm has room for 3 dots (0.375 mm) only and one
of 58 mm for 2 (0.25 mm): below the norm, readable by station scanners, not to be promised to a carrier.
"""

from printing.barcodes import BarcodeError, sscc_symbol
from printing.documents import AddressBlock, ParcelLabel
from printing.fonts import BOLD, REGULAR
from printing.media import Medium
from printing.render.picture import NoteKind, Picture
from printing.render.sheet import Sheet
from printing.words import kilograms, word, words_of

SSCC_X_TENTHS = 5
SSCC_HEIGHT_TENTHS = 318
ORDER_X_TENTHS = 4
ORDER_HEIGHT_TENTHS = 90
ADDRESS_SIZES_TENTHS = (65, 55, 48, 42, 36, 30)
ADDRESS_SIZE_ON_ROLL = 48
SMALL_TENTHS = 28


def render_label(label: ParcelLabel, medium: Medium) -> Picture:
    """One page that holds everything; an address too long for it is shortened and noted."""
    sheet = Sheet(medium, label.language)
    bottom = Sheet(medium, label.language)
    sheet.type = bottom.type
    _sender(sheet, label)
    _shipment(bottom, label)
    _sscc(bottom, label)
    limit = medium.height_dots
    if limit is None:
        _address(sheet, label, ADDRESS_SIZE_ON_ROLL, max_lines=0)
    else:
        _largest_address(sheet, label, limit - sheet.height - bottom.height)
        sheet.gap_dots(limit - sheet.height - bottom.height)
    sheet.bands.extend(bottom.bands)
    return sheet.picture()


def _sender(sheet: Sheet, label: ParcelLabel) -> None:
    sheet.gap(15)
    words = word(label.language, "from")
    sheet.text(f"{words}: {', '.join(_lines(label.sender))}", SMALL_TENTHS, max_lines=3)
    sheet.rule()
    sheet.text(word(label.language, "to"), SMALL_TENTHS)


def _lines(address: AddressBlock) -> list[str]:
    lines = [line for line in (*address.lines, address.country) if line.strip()]
    return [" ".join(line.split()) for line in lines]


def _largest_address(sheet: Sheet, label: ParcelLabel, room: int) -> None:
    """The address in the largest letters that fit `room` dots, shortened only at the smallest."""
    for tenths in ADDRESS_SIZES_TENTHS:
        size = sheet.medium.dots(tenths)
        height = sheet.type.line_height(size)
        wrapped = _wrapped(sheet, label.recipient, size)
        if len(wrapped) * height <= room:
            break
    _address(sheet, label, tenths, max_lines=max(1, room // height))


def _wrapped(sheet: Sheet, address: AddressBlock, size: int) -> list[tuple[str, int]]:
    """The address's lines as they fall at that size, with the weight of each; the name is bold."""
    found: list[tuple[str, int]] = []
    for number, text in enumerate(_lines(address)):
        weight = BOLD if number == 0 else REGULAR
        lines = sheet.type.wrap(sheet.cleaned(text), size, weight, sheet.inner)
        found.extend((line, weight) for line in lines)
    return found


def _address(sheet: Sheet, label: ParcelLabel, tenths: int, max_lines: int) -> None:
    size = sheet.medium.dots(tenths)
    wrapped = _wrapped(sheet, label.recipient, size)
    if max_lines and len(wrapped) > max_lines:
        sheet.type.note(NoteKind.SHORTENED, sheet.cleaned(", ".join(_lines(label.recipient))))
        kept = [line for line, _ in wrapped]
        short = sheet.shortened(kept, max_lines, size, BOLD, sheet.inner)
        wrapped = [(line, weight) for line, (_, weight) in zip(short, wrapped, strict=False)]
    for line, weight in wrapped:
        sheet.add(sheet.type.line(line, size, weight, sheet.inner))


def _shipment(sheet: Sheet, label: ParcelLabel) -> None:
    sheet.rule()
    sheet.text(f"{label.carrier} {label.service}".strip(), 46, BOLD, max_lines=2)
    if label.marks:
        marks = [words_of(label.language, "mark", mark) for mark in label.marks]
        sheet.text(" · ".join(marks), 40, BOLD, max_lines=2)
    facts = [word(label.language, "parcel", parcel=label.parcel, parcels=label.parcels)]
    if label.weight_g is not None:
        facts.append(word(label.language, "weight", kg=kilograms(label.weight_g)))
    sheet.text(" · ".join(facts), 34, max_lines=2)
    sheet.text(word(label.language, "order", order=label.order), 34, BOLD, max_lines=3)
    sheet.gap(10)
    sheet.code128(label.order, ORDER_HEIGHT_TENTHS, ORDER_X_TENTHS)
    sheet.gap(20)


def _sscc(sheet: Sheet, label: ParcelLabel) -> None:
    try:
        symbol = sscc_symbol(label.sscc)
    except BarcodeError:
        sheet.type.note(NoteKind.NO_BARCODE, sheet.cleaned(label.sscc))
    else:
        sheet.symbol(symbol, label.sscc, SSCC_HEIGHT_TENTHS, SSCC_X_TENTHS)
    sheet.text(f"(00){label.sscc}", 36, BOLD, "center", max_lines=1)
    sheet.gap(10)
