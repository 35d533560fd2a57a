"""Lines of text: measured, wrapped and drawn in the right font and direction for every character."""

import math
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from printing import shape
from printing.fonts import face, runs
from printing.render.picture import Note, NoteKind

if TYPE_CHECKING:
    from PIL.Image import Image

# Noto Sans and Noto Sans CJK both stay within these shares of the size above and below the baseline, and
# the scripts that pile up their letters and marks within the second pair.
_PLAIN_PERCENT = (110, 32)
_SHAPED_PERCENT = (125, 55)
# Closing marks of Chinese and Japanese that may not begin a line.
_NOT_FIRST = frozenset("，。、！？）」』】》：；…’”·ー々")
_CJK_FROM = "\u2e80"
_THAI_BEFORE = ("\u0e40", "\u0e44")


class Typesetter:
    """Sets text in one language and remembers in `notes` what it could not show."""

    def __init__(self, language: str) -> None:
        """`language` decides the shapes of Chinese, Japanese and Korean characters."""
        self._language = language
        self.notes: list[Note] = []

    def note(self, kind: NoteKind, text: str) -> None:
        """Remember once that something went other than wanted."""
        if Note(kind, text) not in self.notes:
            self.notes.append(Note(kind, text))

    def width(self, text: str, size: int, weight: int) -> int:
        """Dots across."""
        return math.ceil(_measure(text, size, weight, self._language))

    def wrap(self, text: str, size: int, weight: int, width: int) -> list[str]:
        """`text` as lines no wider than `width`: at spaces, anywhere in Chinese, in words if need be."""
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

    def line_height(self, size: int, text: str = "") -> int:
        """Dots from the line of `text` to the next, enough for every accent."""
        return sum(_reach(text, size))

    def line(self, text: str, size: int, weight: int, width: int, align: str = "left") -> "Image":
        """A picture of one line, `width` dots wide; `align` is left, right or center."""
        from PIL import Image, ImageDraw

        found, missing = runs(text)
        for char in missing:
            self.note(NoteKind.MISSING_CHARACTER, char)
        above, below = _reach(text, size)
        image = Image.new("1", (width, above + below), 1)
        draw = ImageDraw.Draw(image)
        draw.fontmode = "1"
        free = width - self.width(text, size, weight)
        if free < 0:
            self.note(NoteKind.SHORTENED, text)
        x = float({"left": 0, "right": free, "center": free // 2}[align])
        for run in found:
            if run.shaped:
                span = shape.measure(run, size, weight, self._language)
                ink = shape.mask(run, size, weight, self._language, (above, below))
                image.paste(0, (round(x) - size // 2, 0), ink)
            else:
                font = face(run.font, size, weight, self._language)
                span = font.getlength(run.text)
                draw.text((round(x), above), run.text, font=font, fill=0, anchor="ls")
            x += span
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
            total += sum(_advance(char, run.font, size, weight, language) for char in run.text)
    return total


@lru_cache(maxsize=16_384)
def _advance(char: str, font: str, size: int, weight: int, language: str) -> float:
    return face(font, size, weight, language).getlength(char)


def _reach(text: str, size: int) -> tuple[int, int]:
    """Dots above and below the baseline."""
    shaped = any(run.shaped for run in runs(text)[0])
    above, below = _SHAPED_PERCENT if shaped else _PLAIN_PERCENT
    return -(-size * above // 100), -(-size * below // 100)


def _tokens(text: str) -> list[str]:
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
    return tokens


def _inseparable(before: str, after: str) -> bool:
    """Whether no line may break here: before a mark or joiner, and after a Thai vowel that is written first."""
    first, last = _THAI_BEFORE
    return unicodedata.category(after or " ") in ("Mn", "Mc", "Me", "Cf") or first <= before <= last
