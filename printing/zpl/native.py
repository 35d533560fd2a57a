"""A parcel label in the printer's own letters and barcodes: a fraction of the bytes of a picture.

A line that font 0 of every printer may not have, the pictures of the marks and the square code go along as
small graphics, drawn as on the label's picture. Only where it is certain to show the same: a 4x6 label, lines
that fit whatever their letters, and nothing on the label that isn't written here. In any doubt there is no
native label, and the picture is printed.
"""

import re
from dataclasses import fields, replace

from printing.barcodes import BarcodeError, sscc_symbol
from printing.documents.address import AddressBlock
from printing.documents.labels import ParcelLabel
from printing.media import Medium
from printing.render.sheet import Sheet
from printing.words import kilograms, parcel_of, word
from printing.zpl.field import field
from printing.zpl.pieces import (
    LINE_PERCENT,
    Doubt,
    Page,
    Piece,
    drawn,
    drawn_bands,
    height_of,
    laid_out,
    led_text,
    rule,
    text,
)
from printing.zpl.write import CLOSING, opening

LEAST_WIDTH_MM = 100
_SHOWN = frozenset(
    {"order", "parcel", "parcels", "sscc", "recipient", "sender"}
    | {"carrier", "service", "weight_g", "marks", "language", "routing"}
)
_ORDER = re.compile(r"[A-Z0-9-]{1,20}")

# Lengths in tenths of a mm, as on the picture of the label.
_ADDRESS_SIZES = (65, 55, 48, 42, 36, 30)
_ADDRESS_LINES = (1, 4)
"""A line of the address is rather smaller than broken."""
_ROUTING = 70
_SMALL, _USUAL_SIZE, _LARGE = 28, 34, 46
_SSCC_X, _SSCC_HEIGHT, _SSCC_MODULES, _QUIET = 5, 318, 156, 10
_ORDER_X, _ORDER_HEIGHT = 4, 90


def to_zpl_native(label: ParcelLabel, medium: Medium) -> bytes | None:
    """The label as text and barcodes of the printer's own, or `None` when it must be a picture."""
    limit = medium.height_dots
    if limit is None or medium.width_mm < LEAST_WIDTH_MM or _says_more(label):
        return None
    try:
        page = Page(medium, label.language)
        top, bottom = _top(label, page), _bottom(label, page)
        room = limit - height_of(top) - height_of(bottom)
        address = _address(label.recipient, page, room)
    except (Doubt, BarcodeError):
        return None
    blank = Piece(0, room - height_of(address), "")
    body = laid_out([*top, *address, blank, *bottom])
    return f"{opening(medium.width_dots, limit)}^CI28\n{body}{CLOSING}".encode("ascii")


def _says_more(label: ParcelLabel) -> bool:
    """Whether the label has a field that only its picture shows."""
    return any(getattr(label, entry.name) for entry in fields(label) if entry.name not in _SHOWN)


def _top(label: ParcelLabel, page: Page) -> list[Piece]:
    sender = ", ".join(_lines(label.sender))
    return [
        Piece(0, page.gap, ""),
        *led_text(f"{word(label.language, 'from')}:", sender, page, _SMALL, most=3),
        *rule(page),
        *text(label.routing, page, _ROUTING, most=1),
        *text(word(label.language, "to"), page, _SMALL, most=1),
    ]


def _address(address: AddressBlock, page: Page, room: int) -> list[Piece]:
    """The address in the largest letters with which it fits, lines whole if that can be."""
    lines = _lines(address)
    for most in _ADDRESS_LINES:
        for tenths in _ADDRESS_SIZES:
            try:
                pieces = [piece for line in lines for piece in text(line, page, tenths, most)]
            except Doubt:
                continue
            if height_of(pieces) <= room:
                return pieces
    raise Doubt


def _lines(address: AddressBlock) -> list[str]:
    return [line for line in address.lines if line.strip()]


def _bottom(label: ParcelLabel, page: Page) -> list[Piece]:
    return [
        *rule(page),
        *text(f"{label.carrier} {label.service}", page, _LARGE, most=2),
        *_marks(label, page),
        *_facts(label, page),
        *_order_code(label.order, page),
        *_sscc(label.sscc, page),
    ]


def _marks(label: ParcelLabel, page: Page) -> list[Piece]:
    """Pictures with their words, as on the label's picture."""
    from printing.render.marks import add_marks

    sheet = Sheet(page.medium, page.language)
    add_marks(sheet, label.marks, label.language)
    return drawn_bands(sheet)


def _facts(label: ParcelLabel, page: Page) -> list[Piece]:
    """Parcel, weight and order, and the square code at their right."""
    from printing.render.codes import draw_qr, qr_matrix
    from printing.render.label import LINK, LINK_X_TENTHS

    link = draw_qr(qr_matrix(LINK + label.sscc), page.dots(LINK_X_TENTHS))
    room = page.inner - link.width
    facts = [parcel_of(label.language, label.parcel, label.parcels)]
    if label.weight_g is not None:
        facts.append(word(label.language, "weight", kg=kilograms(label.weight_g)))
    facts.append(word(label.language, "order", order=label.order))
    lines = [piece for fact in facts for piece in text(fact, page, _USUAL_SIZE, most=2, room=room)]
    beside = Piece(0, max(0, link.height - height_of(lines)), "")
    # The square code takes no height of its own: the words begin where it begins.
    return [replace(drawn(link, page.margin + room), height=0), *lines, beside]


def _order_code(order: str, page: Page) -> list[Piece]:
    """Code 128 in the printer's automatic mode, which may take two characters more than the least.

    What that mode might read otherwise goes along as dots; what no barcode can be is left out, as on the picture.
    """
    if not _ORDER.fullmatch(order):
        sheet = Sheet(page.medium, page.language)
        sheet.code128(order, _ORDER_HEIGHT, _ORDER_X)
        return [*drawn_bands(sheet), Piece(0, page.gap, "")]
    modules = 11 * (len(order) + 4) + 2 + 2 * _QUIET
    x = min(page.dots(_ORDER_X), page.width_dots // modules)
    height = page.dots(_ORDER_HEIGHT)
    left = (page.width_dots - modules * x) // 2 + _QUIET * x
    return [Piece(left, height + page.gap, f"^BY{x}^BCN,{height},N,N,N,A{field(order)}")]


def _sscc(sscc: str, page: Page) -> list[Piece]:
    """GS1-128 with its digits below; `>;>8` is subset C and FNC1 (^BC, invocation codes)."""
    sscc_symbol(sscc)  # a wrong check digit is no label
    x, height = page.dots(_SSCC_X), page.dots(_SSCC_HEIGHT)
    left = (page.width_dots - _SSCC_MODULES * x) // 2
    if left < _QUIET * x:
        raise Doubt
    size = page.dots(_USUAL_SIZE)
    digits = f"^A0N,{size},{size}^FB{page.width_dots},1,0,C{field(f'(00){sscc}')}"
    return [
        Piece(left, height + page.gap, f"^BY{x}^BCN,{height},N,N,N,N^FD>;>800{sscc}^FS"),
        Piece(0, size * LINE_PERCENT // 100, digits),
    ]
