"""A parcel label in the printer's own letters and barcodes: a fraction of the bytes of a picture.

A line that font 0 of every printer may not have, the pictures of the marks and the square code go along as
small graphics, drawn as on the label's picture. Only where it is certain to show the same: a 4x6 label, lines
that fit whatever their letters, and nothing on the label that isn't written here. In any doubt there is no
native label, and the picture is printed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from printing.barcodes import BarcodeError, sscc_symbol
from printing.documents import AddressBlock, ParcelLabel
from printing.media import Medium
from printing.text import clean
from printing.words import kilograms, word
from printing.zpl.field import field
from printing.zpl.write import CLOSING, opening, strip

if TYPE_CHECKING:
    from PIL.Image import Image

TEXT_LIMIT = 400
LEAST_WIDTH_MM = 100
_SHOWN = frozenset(
    {"order", "parcel", "parcels", "sscc", "recipient", "sender"}
    | {"carrier", "service", "weight_g", "marks", "language", "routing"}
)
# ASCII, and the letters of Latin-1 without its two signs.
_LETTERS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x100)))) - set("×÷")
_ORDER = re.compile(r"[A-Z0-9-]{1,20}")

# Widths in percent of the letters' height, a little above those of font 0, whose letters are narrow.
_WIDE, _USUAL, _NARROW = 100, 72, 40
_WIDE_LETTERS, _NARROW_LETTERS = frozenset("MW@%Æmwæ"), frozenset("ijltI .,:;'!|()[]-")
_LINE_PERCENT = 125

# Lengths in tenths of a mm, as on the picture of the label.
_MARGIN, _RULE, _GAP = 20, 3, 15
_ADDRESS_SIZES = (65, 55, 48, 42, 36, 30)
_ROUTING = 70
_SMALL, _USUAL_SIZE, _LARGE = 28, 34, 46
_SSCC_X, _SSCC_HEIGHT, _SSCC_MODULES, _QUIET = 5, 318, 156, 10
_ORDER_X, _ORDER_HEIGHT = 4, 90


class _Doubt(Exception):
    """Something that is not certain to come out right."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The paper, and the language of what is drawn on it."""

    medium: Medium
    language: str

    def dots(self, tenths_mm: int) -> int:
        """As `Medium.dots`."""
        return self.medium.dots(tenths_mm)

    @property
    def width_dots(self) -> int:
        """As the medium's."""
        return self.medium.width_dots


@dataclass(frozen=True, slots=True)
class _Piece:
    """Commands of one field after its `^FO`; `x` and `height` in dots."""

    x: int
    height: int
    commands: str


def to_zpl_native(label: ParcelLabel, medium: Medium) -> bytes | None:
    """The label as text and barcodes of the printer's own, or `None` when it must be a picture."""
    limit = medium.height_dots
    if limit is None or medium.width_mm < LEAST_WIDTH_MM or _says_more(label):
        return None
    try:
        page = _Page(medium, label.language)
        top, bottom = _top(label, page), _bottom(label, page)
        room = limit - _height(top) - _height(bottom)
        address = _address(label.recipient, page, room)
    except (_Doubt, BarcodeError):
        return None
    blank = _Piece(0, room - _height(address), "")
    body = _laid_out([*top, *address, blank, *bottom])
    return f"{opening(medium.width_dots, limit)}^CI28\n{body}{CLOSING}".encode("ascii")


def _says_more(label: ParcelLabel) -> bool:
    """Whether the label has a field that only its picture shows."""
    return any(getattr(label, entry.name) for entry in fields(label) if entry.name not in _SHOWN)


def _laid_out(pieces: Iterable[_Piece]) -> str:
    y, lines = 0, []
    for piece in pieces:
        if piece.commands:
            lines.append(f"^FO{piece.x},{y}{piece.commands}\n")
        y += piece.height
    return "".join(lines)


def _height(pieces: Iterable[_Piece]) -> int:
    return sum(piece.height for piece in pieces)


def _top(label: ParcelLabel, page: _Page) -> list[_Piece]:
    sender = f"{word(label.language, 'from')}: {', '.join(_lines(label.sender))}"
    return [
        _Piece(0, page.dots(_GAP), ""),
        *_text(sender, page, _SMALL, most=3),
        *_rule(page),
        *_text(label.routing, page, _ROUTING, most=1),
        *_text(word(label.language, "to"), page, _SMALL, most=1),
    ]


def _address(address: AddressBlock, page: _Page, room: int) -> list[_Piece]:
    """The address in the largest letters of which every line fits."""
    lines = _lines(address)
    for tenths in _ADDRESS_SIZES:
        try:
            pieces = [piece for line in lines for piece in _text(line, page, tenths, most=1)]
        except _Doubt:
            continue
        if _height(pieces) <= room:
            return pieces
    raise _Doubt


def _lines(address: AddressBlock) -> list[str]:
    return [line for line in address.lines if line.strip()]


def _bottom(label: ParcelLabel, page: _Page) -> list[_Piece]:
    return [
        *_rule(page),
        *_text(f"{label.carrier} {label.service}", page, _LARGE, most=2),
        *_marks(label, page),
        *_facts(label, page),
        _order_code(label.order, page),
        *_sscc(label.sscc, page),
    ]


def _marks(label: ParcelLabel, page: _Page) -> list[_Piece]:
    """Pictures with their words, as on the label's picture."""
    from printing.render.marks import add_marks
    from printing.render.sheet import Sheet

    sheet = Sheet(page.medium, page.language)
    add_marks(sheet, label.marks, label.language)
    if sheet.type.notes:
        raise _Doubt
    return [piece for band in sheet.bands for piece in _drawn(band, 0)]


def _facts(label: ParcelLabel, page: _Page) -> list[_Piece]:
    """Parcel, weight and order, and the square code at their right."""
    from printing.render.codes import draw_qr, qr_matrix
    from printing.render.label import LINK, LINK_X_TENTHS

    link = draw_qr(qr_matrix(LINK + label.sscc), page.dots(LINK_X_TENTHS))
    room = page.width_dots - 2 * page.dots(_MARGIN) - link.width
    facts = [word(label.language, "parcel", parcel=label.parcel, parcels=label.parcels)]
    if label.weight_g is not None:
        facts.append(word(label.language, "weight", kg=kilograms(label.weight_g)))
    facts.append(word(label.language, "order", order=label.order))
    lines = [piece for fact in facts for piece in _text(fact, page, _USUAL_SIZE, most=2, room=room)]
    beside = _Piece(0, max(0, link.height - _height(lines)), "")
    square = _drawn(link, page.dots(_MARGIN) + room)
    # The square code takes no height of its own: the words begin where it begins.
    return [*(_Piece(piece.x, 0, piece.commands) for piece in square), *lines, beside]


def _drawn(image: "Image", left: int) -> list[_Piece]:
    """A picture as a graphic of its ink; one without ink is only its height."""
    from PIL import ImageOps

    box = ImageOps.invert(image.convert("L")).getbbox()
    if box is None:
        return [_Piece(0, image.height, "")]
    ink = image.crop((box[0], box[1], box[2], box[3]))
    commands = strip(ink.tobytes("raw", "1;I"), (ink.width + 7) // 8).decode("ascii")
    return [_Piece(0, box[1], ""), _Piece(left + box[0], image.height - box[1], commands)]


def _rule(page: _Page) -> list[_Piece]:
    margin, thick, gap = page.dots(_MARGIN), page.dots(_RULE), page.dots(_GAP)
    line = f"^GB{page.width_dots - 2 * margin},{thick},{thick}^FS"
    return [_Piece(0, gap, ""), _Piece(margin, thick + gap, line)]


def _text(text: str, page: _Page, tenths: int, most: int, room: int = 0) -> list[_Piece]:
    """At most so many lines, within `room` dots (0 is all there are between the margins)."""
    words = clean(text, TEXT_LIMIT)
    room = room or page.width_dots - 2 * page.dots(_MARGIN)
    size = page.dots(tenths)
    if not _LETTERS.issuperset(words):
        return _drawn_text(words, page, size, most, room)
    lines = _wrapped(words, room * 100 // size)
    if len(lines) > most:
        raise _Doubt
    height = size * _LINE_PERCENT // 100
    return [_Piece(page.dots(_MARGIN), height, f"^A0N,{size},{size}{field(line)}") for line in lines]


def _wrapped(words: str, room: int) -> list[str]:
    """Lines broken at spaces, none wider than `room` percent of its height."""
    lines: list[str] = []
    for part in words.split():
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and _width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    if any(_width(line) > room for line in lines):
        raise _Doubt
    return lines


def _drawn_text(words: str, page: _Page, size: int, most: int, room: int) -> list[_Piece]:
    """The same in our own letters, which have every script; bold, as the printer's font 0 is."""
    from printing.fonts import BOLD
    from printing.render.sheet import Sheet

    sheet = Sheet(page.medium, page.language)
    lines = sheet.paragraph(words, size, BOLD, room, max_lines=most)
    if sheet.type.notes:
        raise _Doubt
    return [piece for line in lines for piece in _drawn(line, page.dots(_MARGIN))]


def _width(line: str) -> int:
    """What the line takes at most, in percent of its height."""
    wide = sum(char in _WIDE_LETTERS for char in line)
    narrow = sum(char in _NARROW_LETTERS for char in line)
    return _WIDE * wide + _NARROW * narrow + _USUAL * (len(line) - wide - narrow)


def _order_code(order: str, page: _Page) -> _Piece:
    """Code 128 in the printer's automatic mode, which may take two characters more than the least."""
    if not _ORDER.fullmatch(order):
        raise _Doubt
    modules = 11 * (len(order) + 4) + 2 + 2 * _QUIET
    x = min(page.dots(_ORDER_X), page.width_dots // modules)
    if x < 2:
        raise _Doubt
    height = page.dots(_ORDER_HEIGHT)
    left = (page.width_dots - modules * x) // 2 + _QUIET * x
    commands = f"^BY{x}^BCN,{height},N,N,N,A{field(order)}"
    return _Piece(left, height + page.dots(_GAP), commands)


def _sscc(sscc: str, page: _Page) -> list[_Piece]:
    """GS1-128 with its digits below; `>;>8` is subset C and FNC1 (^BC, invocation codes)."""
    sscc_symbol(sscc)  # a wrong check digit is no label
    x, height = page.dots(_SSCC_X), page.dots(_SSCC_HEIGHT)
    left = (page.width_dots - _SSCC_MODULES * x) // 2
    if left < _QUIET * x:
        raise _Doubt
    size = page.dots(_USUAL_SIZE)
    digits = f"^A0N,{size},{size}^FB{page.width_dots},1,0,C{field(f'(00){sscc}')}"
    return [
        _Piece(left, height + page.dots(_GAP), f"^BY{x}^BCN,{height},N,N,N,N^FD>;>800{sscc}^FS"),
        _Piece(0, size * _LINE_PERCENT // 100, digits),
    ]
