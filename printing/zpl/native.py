"""A parcel label in the printer's own letters and barcodes: a fifth of the bytes of a picture.

Only where that is certain to show the same: a 4x6 label, text that every printer's font 0 has, lines
that fit whatever their letters, and nothing on the label that isn't written here. In any doubt there is
no native label, and the picture is printed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

from printing.barcodes import BarcodeError, sscc_symbol
from printing.documents import AddressBlock, ParcelLabel
from printing.media import Medium
from printing.text import clean
from printing.words import kilograms, word, words_of
from printing.zpl.field import field
from printing.zpl.write import CLOSING, opening

TEXT_LIMIT = 400
LEAST_WIDTH_MM = 100
_SHOWN = frozenset(
    {"order", "parcel", "parcels", "sscc", "recipient", "sender"}
    | {"carrier", "service", "weight_g", "marks", "language"}
)
_MARKS = frozenset({"fragile", "this_side_up", "liquid"})
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
_SMALL, _USUAL_SIZE, _LARGE = 28, 34, 46
_SSCC_X, _SSCC_HEIGHT, _SSCC_MODULES, _QUIET = 5, 318, 156, 10
_ORDER_X, _ORDER_HEIGHT = 4, 90


class _Doubt(Exception):
    """Something that is not certain to come out right."""


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
        top, bottom = _top(label, medium), _bottom(label, medium)
        room = limit - _height(top) - _height(bottom)
        address = _address(label.recipient, medium, room)
    except (_Doubt, BarcodeError):
        return None
    blank = _Piece(0, room - _height(address), "")
    body = _laid_out([*top, *address, blank, *bottom])
    return f"{opening(medium.width_dots, limit)}^CI28\n{body}{CLOSING}".encode("ascii")


def _says_more(label: ParcelLabel) -> bool:
    """Whether the label has a field or a mark that only its picture shows."""
    others = [entry for entry in fields(label) if entry.name not in _SHOWN]
    return not _MARKS.issuperset(label.marks) or any(getattr(label, entry.name) for entry in others)


def _laid_out(pieces: Iterable[_Piece]) -> str:
    y, lines = 0, []
    for piece in pieces:
        if piece.commands:
            lines.append(f"^FO{piece.x},{y}{piece.commands}\n")
        y += piece.height
    return "".join(lines)


def _height(pieces: Iterable[_Piece]) -> int:
    return sum(piece.height for piece in pieces)


def _top(label: ParcelLabel, medium: Medium) -> list[_Piece]:
    sender = f"{word(label.language, 'from')}: {', '.join(_lines(label.sender))}"
    return [
        _Piece(0, medium.dots(_GAP), ""),
        *_text(sender, medium, _SMALL, most=3),
        *_rule(medium),
        *_text(word(label.language, "to"), medium, _SMALL, most=1),
    ]


def _address(address: AddressBlock, medium: Medium, room: int) -> list[_Piece]:
    """The address in the largest letters of which every line fits."""
    lines = _lines(address)
    for tenths in _ADDRESS_SIZES:
        try:
            pieces = [piece for line in lines for piece in _text(line, medium, tenths, most=1)]
        except _Doubt:
            continue
        if _height(pieces) <= room:
            return pieces
    raise _Doubt


def _lines(address: AddressBlock) -> list[str]:
    return [line for line in (*address.lines, address.country) if line.strip()]


def _bottom(label: ParcelLabel, medium: Medium) -> list[_Piece]:
    facts = [word(label.language, "parcel", parcel=label.parcel, parcels=label.parcels)]
    if label.weight_g is not None:
        facts.append(word(label.language, "weight", kg=kilograms(label.weight_g)))
    marks = [words_of(label.language, "mark", mark) for mark in label.marks]
    return [
        *_rule(medium),
        *_text(f"{label.carrier} {label.service}", medium, _LARGE, most=2),
        *_text(" - ".join(marks), medium, _LARGE, most=2),
        *_text(" - ".join(facts), medium, _USUAL_SIZE, most=2),
        *_text(word(label.language, "order", order=label.order), medium, _USUAL_SIZE, most=1),
        _order_code(label.order, medium),
        *_sscc(label.sscc, medium),
    ]


def _rule(medium: Medium) -> list[_Piece]:
    margin, thick, gap = medium.dots(_MARGIN), medium.dots(_RULE), medium.dots(_GAP)
    line = f"^GB{medium.width_dots - 2 * margin},{thick},{thick}^FS"
    return [_Piece(0, gap, ""), _Piece(margin, thick + gap, line)]


def _text(text: str, medium: Medium, tenths: int, most: int) -> list[_Piece]:
    """Lines of font 0, broken at spaces, at most so many of them."""
    words = clean(text, TEXT_LIMIT)
    if not _LETTERS.issuperset(words) or words.endswith("…"):
        raise _Doubt
    size, margin = medium.dots(tenths), medium.dots(_MARGIN)
    room = (medium.width_dots - 2 * margin) * 100 // size
    lines: list[str] = []
    for part in words.split():
        longer = f"{lines[-1]} {part}" if lines else part
        if lines and _width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    if len(lines) > most or any(_width(line) > room for line in lines):
        raise _Doubt
    height = size * _LINE_PERCENT // 100
    return [_Piece(margin, height, f"^A0N,{size},{size}{field(line)}") for line in lines]


def _width(line: str) -> int:
    """What the line takes at most, in percent of its height."""
    wide = sum(char in _WIDE_LETTERS for char in line)
    narrow = sum(char in _NARROW_LETTERS for char in line)
    return _WIDE * wide + _NARROW * narrow + _USUAL * (len(line) - wide - narrow)


def _order_code(order: str, medium: Medium) -> _Piece:
    """Code 128 in the printer's automatic mode, which may take two characters more than the least."""
    if not _ORDER.fullmatch(order):
        raise _Doubt
    modules = 11 * (len(order) + 4) + 2 + 2 * _QUIET
    x = min(medium.dots(_ORDER_X), medium.width_dots // modules)
    if x < 2:
        raise _Doubt
    height = medium.dots(_ORDER_HEIGHT)
    left = (medium.width_dots - modules * x) // 2 + _QUIET * x
    commands = f"^BY{x}^BCN,{height},N,N,N,A{field(order)}"
    return _Piece(left, height + medium.dots(_GAP), commands)


def _sscc(sscc: str, medium: Medium) -> list[_Piece]:
    """GS1-128 with its digits below; `>;>8` is subset C and FNC1 (^BC, invocation codes)."""
    sscc_symbol(sscc)  # a wrong check digit is no label
    x, height = medium.dots(_SSCC_X), medium.dots(_SSCC_HEIGHT)
    left = (medium.width_dots - _SSCC_MODULES * x) // 2
    if left < _QUIET * x:
        raise _Doubt
    size = medium.dots(_USUAL_SIZE)
    digits = f"^A0N,{size},{size}^FB{medium.width_dots},1,0,C{field(f'(00){sscc}')}"
    return [
        _Piece(left, height + medium.dots(_GAP), f"^BY{x}^BCN,{height},N,N,N,N^FD>;>800{sscc}^FS"),
        _Piece(0, size * _LINE_PERCENT // 100, digits),
    ]
