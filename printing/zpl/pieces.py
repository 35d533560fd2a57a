"""Pieces of a label in ZPL, one below the other: text in the printer's letters or as dots, pictures and lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from printing.fonts import BOLD
from printing.media import Medium
from printing.render.picture import NoteKind
from printing.render.sheet import Sheet
from printing.text import clean
from printing.words import starts_right
from printing.zpl.field import field
from printing.zpl.write import strip

if TYPE_CHECKING:
    from PIL.Image import Image

TEXT_LIMIT = 400
LINE_PERCENT = 125
# ASCII, and the letters of Latin-1 without its two signs.
_LETTERS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x100)))) - set("×÷")

# Widths in percent of the letters' height, a little above those of font 0, whose letters are narrow.
_WIDE, _USUAL, _NARROW = 100, 72, 40
_WIDE_LETTERS, _NARROW_LETTERS = frozenset("MW@%Æmwæ"), frozenset("ijltI .,:;'!|()[]-")

# Lengths in tenths of a mm, as on the picture of the label.
_MARGIN, _RULE, _GAP = 20, 3, 15


class Doubt(Exception):
    """Something that is not certain to come out right."""


@dataclass(frozen=True, slots=True)
class Page:
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

    @property
    def margin(self) -> int:
        """Dots left free at each side."""
        return self.dots(_MARGIN)

    @property
    def inner(self) -> int:
        """Dots across between the margins."""
        return self.width_dots - 2 * self.margin

    @property
    def gap(self) -> int:
        """Dots of air around a piece."""
        return self.dots(_GAP)


@dataclass(frozen=True, slots=True)
class Piece:
    """Commands of one field after its place; lengths in dots.

    Its place is `down` from the piece's top: the upper left corner of what is drawn or, `on_baseline`, the
    left end of the line on which letters stand.
    """

    x: int
    height: int
    commands: str
    down: int = 0
    on_baseline: bool = False


def laid_out(pieces: Iterable[Piece]) -> str:
    """Every piece below the one before it."""
    y, lines = 0, []
    for piece in pieces:
        if piece.commands:
            origin = "^FT" if piece.on_baseline else "^FO"
            lines.append(f"{origin}{piece.x},{y + piece.down}{piece.commands}\n")
        y += piece.height
    return "".join(lines)


def height_of(pieces: Iterable[Piece]) -> int:
    """The dots that pieces take below each other."""
    return sum(piece.height for piece in pieces)


def rule(page: Page) -> list[Piece]:
    """A line across with air around it."""
    thick = page.dots(_RULE)
    line = f"^GB{page.inner},{thick},{thick}^FS"
    return [Piece(0, page.gap, ""), Piece(page.margin, thick + page.gap, line)]


def drawn(image: "Image", left: int) -> Piece:
    """A picture as a graphic of its ink; one without ink is only its height."""
    from PIL import ImageOps

    box = ImageOps.invert(image.convert("L")).getbbox()
    if box is None:
        return Piece(0, image.height, "")
    ink = image.crop((box[0], box[1], box[2], box[3]))
    commands = strip(ink.tobytes("raw", "1;I"), (ink.width + 7) // 8).decode("ascii")
    return Piece(left + box[0], image.height, commands, box[1])


def drawn_bands(sheet: Sheet) -> list[Piece]:
    """What is on a sheet. Raises `Doubt` when something of it was left out."""
    if any(note.kind is NoteKind.SHORTENED for note in sheet.type.notes):
        raise Doubt
    return [drawn(band, 0) for band in sheet.bands]


def text(words: str, page: Page, tenths: int, most: int, room: int = 0) -> list[Piece]:
    """At most so many lines, within `room` dots (0 is all there are between the margins).

    What font 0 of every printer may not have, and words that might not fit, are drawn. Raises `Doubt` for
    what has no room on so many lines.
    """
    words = clean(words, TEXT_LIMIT)
    room = room or page.inner
    size = page.dots(tenths)
    lines = _wrapped(words, room * 100 // size) if _LETTERS.issuperset(words) else None
    if lines is None:
        return _drawn_text(words, page, size, most, room)
    if len(lines) > most:
        raise Doubt
    return [_printed(line, page.margin, size) for line in lines]


def led_text(lead: str, words: str, page: Page, tenths: int, most: int, room: int = 0) -> list[Piece]:
    """The same after a `lead`, which is drawn by itself where only the words can be set by the printer."""
    words = clean(words, TEXT_LIMIT)
    whole = f"{lead} {words}"
    if _LETTERS.issuperset(whole) or not _LETTERS.issuperset(words) or starts_right(page.language):
        return text(whole, page, tenths, most, room)
    size, room = page.dots(tenths), room or page.inner
    sheet = Sheet(page.medium, page.language)
    begin = sheet.type.width(f"{lead} ", size, BOLD)
    lines = _wrapped(words, room * 100 // size, begin * 100 // size + 1) if begin < room else None
    if not lines or len(lines) > most:
        return text(whole, page, tenths, most, room)
    beside = _field(lines[0], size)
    above = sheet.type.ascent(size, lead, BOLD)
    picture = sheet.type.line(lead, size, BOLD, begin)
    rest = [_printed(line, page.margin, size) for line in lines[1:]]
    # It takes no height of its own: both begin where the picture begins.
    return [
        Piece(page.margin + begin, 0, beside, above, on_baseline=True),
        drawn(picture, page.margin),
        *rest,
    ]


def _printed(line: str, left: int, size: int) -> Piece:
    return Piece(left, size * LINE_PERCENT // 100, _field(line, size))


def _field(line: str, size: int) -> str:
    return f"^A0N,{size},{size}{field(line)}"


def _wrapped(words: str, room: int, begin: int = 0) -> list[str] | None:
    """Lines broken at spaces, none wider than `room` percent of its height; the first begins at `begin`.

    `None` where a word alone is wider.
    """
    lines: list[str] = [""]
    for part in words.split():
        longer = f"{lines[-1]} {part}".lstrip()
        free = room - begin if len(lines) == 1 else room
        if _width(longer) <= free:
            lines[-1] = longer
        elif _width(part) <= room and (lines[-1] or begin):
            lines.append(part)
        else:
            return None
    return lines if lines[-1] else []


def _width(line: str) -> int:
    """What the line takes at most, in percent of its height."""
    wide = sum(char in _WIDE_LETTERS for char in line)
    narrow = sum(char in _NARROW_LETTERS for char in line)
    return _WIDE * wide + _NARROW * narrow + _USUAL * (len(line) - wide - narrow)


def _drawn_text(words: str, page: Page, size: int, most: int, room: int) -> list[Piece]:
    """The same in our own letters, which have every script; bold, as the printer's font 0 is."""
    sheet = Sheet(page.medium, page.language)
    lines = sheet.paragraph(words, size, BOLD, room, max_lines=most)
    if any(note.kind is NoteKind.SHORTENED for note in sheet.type.notes):
        raise Doubt
    return [drawn(line, page.margin) for line in lines]
