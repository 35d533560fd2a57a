"""Lines of text: measured, wrapped and drawn in the right font and direction for every character."""

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from printing import shape
from printing.fonts import BOLD, CJK, REGULAR, face, runs
from printing.render.picture import Note, NoteKind

if TYPE_CHECKING:
    from PIL.Image import Image

# Noto Sans and Noto Sans CJK both stay within these shares of the size above and below the baseline.
_ASCENT_PERCENT, _DESCENT_PERCENT = 110, 32
# No letter that is drawn by itself is wider, in sizes: the longest dash is three of them.
_WIDEST = 5
# Closing marks of Chinese and Japanese that may not begin a line.
_NOT_FIRST = frozenset("，。、！？）」』】》：；…’”·ー々")
_CJK_FROM = "\u2e80"
# Each side of a stroke of bold Chinese, which no shipped font has, in shares of the size.
_EMBOLDENED = 36
_AFTER_CJK = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])([,!?:;]) ?")
_FULL_WIDTH = str.maketrans(",!?:;", "，！？：；")
_THAI_BEFORE = ("\u0e40", "\u0e44")


class Typesetter:
    """Sets text in one language and remembers in `notes` what it could not show."""

    def __init__(self, language: str) -> None:
        """`language` decides the shapes of Chinese, Japanese and Korean characters."""
        self._language = language
        self.names: tuple[str, ...] = ()
        """Names that are not broken where a line has room for them."""
        self.notes: list[Note] = []

    def note(self, kind: NoteKind, text: str) -> None:
        """Remember once that something went other than wanted."""
        if Note(kind, text) not in self.notes:
            self.notes.append(Note(kind, text))

    def width(self, text: str, size: int, weight: int) -> int:
        """Dots across."""
        return math.ceil(_measure(text, size, weight, self._language))

    def balanced(self, text: str, size: int, weight: int, width: int) -> list[str]:
        """`text` as no more lines than it needs, as even as they can be: none of a heading's words is left alone."""
        text = self._whole(text, size, weight, width)
        lines = self.wrap(text, size, weight, width)
        least, most = width // 3, width
        while len(lines) > 1 and least < most:
            middle = (least + most) // 2
            tried = self.wrap(text, size, weight, middle)
            whole = max(self.width(token.strip(), size, weight) for token in _tokens(text)) <= middle
            if whole and len(tried) <= len(lines):
                most = middle
            else:
                least = middle + 1
        return self.wrap(text, size, weight, most)

    def wrap(self, text: str, size: int, weight: int, width: int) -> list[str]:
        """`text` as lines no wider than `width`: at spaces, anywhere in Chinese, in words if need be.

        In Chinese and Japanese, marks behind a character are wide.
        """
        if self._language.partition("-")[0] in ("zh", "ja"):
            text = _AFTER_CJK.sub(lambda wrapped: wrapped[1].translate(_FULL_WIDTH), text)
        text = self._whole(text, size, weight, width)
        lines: list[str] = []
        line, used = "", 0.0
        for token in _tokens(text):
            if math.ceil(used + self._span(token.rstrip(), size, weight)) <= width:
                line, used = line + token, used + self._span(token, size, weight)
                continue
            if line.strip():
                lines.append(line.rstrip())
            line = token.lstrip()
            while self.width(line.rstrip(), size, weight) > width and len(line) > 1:
                head = self._fitting(line, size, weight, width)
                lines.append(head)
                line = line[len(head) :]
            used = self._span(line, size, weight)
        return [*lines, line.rstrip()] if line.strip() else lines

    def _whole(self, text: str, size: int, weight: int, width: int) -> str:
        """`text` with no-break spaces in the names that fit a line."""
        for name in self.names:
            if name in text and self.width(name, size, weight) <= width:
                text = text.replace(name, name.replace(" ", "\N{NO-BREAK SPACE}"))
        return text

    def line_height(self, size: int, text: str = "", weight: int = REGULAR) -> int:
        """Dots from the line of `text` to the next, enough for every accent."""
        return sum(_reach(text, size, weight, self._language))

    def ascent(self, size: int, text: str, weight: int) -> int:
        """Dots from the top of the line of `text` to its baseline."""
        return _reach(text, size, weight, self._language)[0]

    def line(self, text: str, size: int, weight: int, width: int, align: str = "left") -> "Image":
        """A picture of one line, `width` dots wide; `align` is left, right or center."""
        from PIL import Image

        shaped, missing = runs(text)
        for char in missing:
            self.note(NoteKind.MISSING_CHARACTER, char)
        above, below = _reach(text, size, weight, self._language)
        image = Image.new("1", (width, above + below), 1)
        free = width - self.width(text, size, weight)
        if free < 0:
            self.note(NoteKind.SHORTENED, text)
        x = float({"left": 0, "right": free, "center": free // 2}[align])
        for run in shaped:
            if run.shaped:
                ink = shape.mask(run, size, weight, self._language, above, below)
                image.paste(0, (round(x) - size // 2, 0), ink)
                x += shape.measure(run, size, weight, self._language)
                continue
            for char in run.text:
                glyph = _glyph(char, run.font, size, weight, self._language)
                if glyph.ink is not None:
                    image.paste(0, (round(x) + glyph.left, above + glyph.top), glyph.ink)
                x += glyph.advance
        return image

    def _span(self, text: str, size: int, weight: int) -> float:
        return _measure(text, size, weight, self._language)

    def _fitting(self, word: str, size: int, weight: int, width: int) -> str:
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(word[:middle], size, weight) <= width:
                low = middle
            else:
                high = middle - 1
        hyphen = word.rfind("-", 1, low)
        if hyphen > 0:
            return word[: hyphen + 1]
        whole = low
        while whole > 1 and _inseparable(word[whole - 1], word[whole : whole + 1]):
            whole -= 1
        return word[: whole if whole > 1 else low]


@lru_cache(maxsize=4096)
def _measure(text: str, size: int, weight: int, language: str) -> float:
    """Dots across; basic layout moves no character towards another, so that widths add up."""
    total = 0.0
    for run in runs(text)[0]:
        if run.shaped:
            total += shape.measure(run, size, weight, language)
        else:
            total += sum(_glyph(char, run.font, size, weight, language).advance for char in run.text)
    return total


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A letter's ink (mode "1", ink set), where it begins from the pen, and how far the pen moves, in dots."""

    ink: "Image | None"
    left: int
    top: int
    advance: float


@lru_cache(maxsize=4096)
def _glyph(char: str, font: str, size: int, weight: int, language: str) -> _Glyph:
    """Drawn once: a variable font works out every outline anew, which is most of a document's time."""
    from PIL import Image, ImageDraw

    opened = face(font, size, weight, language)
    canvas = Image.new("1", (_WIDEST * size, 3 * size))
    draw = ImageDraw.Draw(canvas)
    draw.fontmode = "1"
    stroke = size / _EMBOLDENED if font == CJK and weight >= BOLD else 0
    draw.text((size, 2 * size), char, font=opened, fill=1, anchor="ls", stroke_width=stroke)
    box = canvas.getbbox()
    if box is None:
        return _Glyph(None, 0, 0, opened.getlength(char))
    return _Glyph(canvas.crop(box), box[0] - size, box[1] - 2 * size, opened.getlength(char))


def _reach(text: str, size: int, weight: int, language: str) -> tuple[int, int]:
    """Dots above and below the baseline; more than usual for scripts that pile up their letters."""
    above, below = -(-size * _ASCENT_PERCENT // 100), -(-size * _DESCENT_PERCENT // 100)
    for run in runs(text)[0]:
        if run.shaped:
            up, down = shape.reach(run, size, weight, language)
            above, below = max(above, up), max(below, down)
    return above, below


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[str, ...]:
    """Pieces between which a line may break; a space belongs to the piece before it."""
    tokens: list[str] = []
    open_word = False
    for char in text:
        cjk = char >= _CJK_FROM and char not in _NOT_FIRST
        clings = char == " " or char in _NOT_FIRST or (bool(tokens) and _inseparable(tokens[-1][-1], char))
        if tokens and (clings or (open_word and not cjk)):
            tokens[-1] += char
        else:
            tokens.append(char)
        open_word = char != " " and char < _CJK_FROM
    return tuple(tokens)


def _inseparable(before: str, after: str) -> bool:
    """Whether no line may break here: before a mark or joiner, and after a Thai vowel that is written first."""
    first, last = _THAI_BEFORE
    return unicodedata.category(after or " ") in ("Mn", "Mc", "Me", "Cf") or first <= before <= last
