"""The shipping label: where it goes in large letters, and the SSCC lowest, as GS1 asks.

GS1 General Specifications and the GS1 Logistic Label Guideline: X 0.495 to 0.940 mm, bars at least
31.75 mm tall, quiet zones of 10 X, the SSCC barcode at the bottom. At 203 dpi on 4x6 inches that is
4 dots per module and 254 dots of height. A roll too narrow for that has the symbol along the paper, its bars
like the rungs of a ladder: the same modules, as tall as the roll is wide enough for.
A label without a number yet is a specimen, without a code that a scanner could take for a parcel.
The square code is a GS1 Digital Link with the same SSCC (GS1 Digital Link URI Syntax 1.4).
"""

from typing import TYPE_CHECKING

from printing.barcodes import BarcodeError, Modules, sscc_symbol
from printing.documents.labels import ParcelLabel
from printing.fonts import BOLD, REGULAR
from printing.media import Medium
from printing.render.codes import draw_modules
from printing.render.marks import add_marks
from printing.render.picture import NoteKind, Picture
from printing.render.sheet import TEXT_LIMIT, Sheet
from printing.text import clean
from printing.words import kilograms, parcel_of, word

if TYPE_CHECKING:
    from PIL.Image import Image

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
DIGITS_TENTHS = 36


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
    """The address in the largest letters with which it fits `room` dots; `None` is a roll without end.

    Letters rather become smaller than that a word is broken.
    """
    lines = [sheet.cleaned(line) for line in label.recipient.lines]
    for tenths in (ADDRESS_SIZE_ON_ROLL,) if room is None else ADDRESS_SIZES_TENTHS:
        size = min([sheet.unbroken(line, tenths, sheet.inner) for line in lines], default=0)
        wrapped = _wrapped(sheet, lines, label.recipient.name_at, size)
        fits = room is None or sum(height for _, _, height in wrapped) <= room
        if fits:
            break
    if not fits or any(len(line) > TEXT_LIMIT for line in label.recipient.lines):
        sheet.type.note(NoteKind.ADDRESS_CUT, clean(", ".join(lines), TEXT_LIMIT))
        room = None if room is None else room - _warn(sheet, word(label.language, "address_cut"))
    used = 0
    for line, weight, height in wrapped:
        used += height
        if room is None or used <= room:
            sheet.stack(sheet.paragraph(line, size, weight, sheet.inner))


def _wrapped(sheet: Sheet, lines: list[str], name_at: int, size: int) -> list[tuple[str, int, int]]:
    """The address's lines as they fall at that size, with weight and height of each; the name is bold."""
    wrapped: list[tuple[str, int, int]] = []
    for number, text in enumerate(lines):
        weight = BOLD if number == name_at else REGULAR
        fallen = sheet.type.wrap(text, size, weight, sheet.inner)
        wrapped.extend((line, weight, sheet.type.line_height(size, line, weight)) for line in fallen)
    return wrapped


def _warn(sheet: Sheet, words: str, rows: int = 0) -> int:
    """White on black across the label, at least so many dots tall; returns the dots that it takes."""
    from PIL import Image, ImageChops

    size = sheet.unbroken(words, WARNING_TENTHS, sheet.inner)
    lines = sheet.paragraph(words, size, BOLD, sheet.inner, "center", max_lines=2)
    text = sum(line.height for line in lines)
    band = Image.new("1", (sheet.inner, max(rows, text)), 0)
    y = (band.height - text) // 2
    for line in lines:
        band.paste(ImageChops.invert(line.convert("L")).convert("1"), (0, y))
        y += line.height
    sheet.add(band)
    return band.height


def _shipment(sheet: Sheet, label: ParcelLabel) -> None:
    sheet.rule()
    sheet.text(f"{label.carrier} {label.service}".strip(), 46, BOLD, max_lines=2)
    add_marks(sheet, label.marks, label.language)
    _facts(sheet, label)
    sheet.gap(20)


def _facts(sheet: Sheet, label: ParcelLabel) -> None:
    """Parcel, weight and order, also as a barcode, beside the square code; a long barcode goes below."""
    room = sheet.inner * LINK_SHARE // 100
    link = sheet.qr(LINK + label.sscc, LINK_X_TENTHS, room) if label.sscc else None
    width = sheet.inner - (link.width if link else 0)
    facts = [(parcel_of(label.language, label.parcel, label.parcels), REGULAR)]
    if label.weight_g is not None:
        facts.append((word(label.language, "weight", kg=kilograms(label.weight_g)), REGULAR))
    facts.append((word(label.language, "order", order=label.order), BOLD))
    if label.collect:
        facts.insert(0, (word(label.language, "collect", amount=label.collect), BOLD))
    size, most = sheet.medium.dots(FACT_TENTHS), 3 if sheet.medium.height_mm else 0
    lines = [
        line for text, weight in facts for line in sheet.paragraph(text, size, weight, width, max_lines=most)
    ]
    symbol = sheet.modules(label.order) if label.sscc else None
    fitting = symbol and sheet.drawn(symbol, ORDER_HEIGHT_TENTHS, ORDER_X_TENTHS, width)
    if fitting:
        lines += [*sheet.blank(sheet.medium.dots(10)), fitting]
    sheet.beside(lines, [link] if link else [], width, 0)
    if symbol and not fitting:
        sheet.symbol(symbol, label.order, ORDER_HEIGHT_TENTHS, ORDER_X_TENTHS)


def _sscc(sheet: Sheet, label: ParcelLabel) -> None:
    """The number as bars and digits; instead of an empty one that this is no label."""
    words = f"(00){label.sscc}" if label.sscc.isdigit() else label.sscc
    try:
        symbol = _symbol(sheet, label.sscc) if label.sscc else None
    except BarcodeError:
        sheet.type.note(NoteKind.NO_BARCODE, sheet.cleaned(label.sscc))
        sheet.text(words, DIGITS_TENTHS, BOLD, "center", max_lines=1)
    else:
        if symbol is None:
            _warn(sheet, word(label.language, "specimen"), sheet.medium.dots(SSCC_HEIGHT_TENTHS))
        elif sheet.medium.height_mm is None and not _across(sheet, symbol):
            sheet.add(_ladder(sheet, symbol, words))
        else:
            sheet.symbol(symbol, label.sscc, SSCC_HEIGHT_TENTHS, SSCC_X_TENTHS)
            sheet.text(words, DIGITS_TENTHS, BOLD, "center", max_lines=1)
    sheet.gap(10)


def _symbol(sheet: Sheet, number: str) -> Modules | None:
    """The SSCC, or the code of our own that a parcel bears when there are no SSCCs left."""
    return sscc_symbol(number) if number.isdigit() else sheet.modules(number)


def _across(sheet: Sheet, symbol: Modules) -> bool:
    """Whether the symbol has room across the paper in the size that GS1 asks for."""
    return symbol.width * sheet.medium.dots(SSCC_X_TENTHS) <= sheet.medium.width_dots


def _ladder(sheet: Sheet, symbol: Modules, words: str) -> "Image":
    """The symbol along the paper with its digits beside it, both to be read from the right."""
    from PIL import Image

    x = sheet.medium.dots(SSCC_X_TENTHS)
    digits = sheet.type.line(words, sheet.medium.dots(DIGITS_TENTHS), BOLD, symbol.width * x, "center")
    rows = min(sheet.medium.dots(SSCC_HEIGHT_TENTHS), sheet.medium.width_dots - digits.height)
    both = Image.new("1", (digits.width, rows + digits.height), 1)
    both.paste(draw_modules(symbol, x, rows))
    both.paste(digits, (0, rows))
    return both.transpose(Image.Transpose.ROTATE_90)
