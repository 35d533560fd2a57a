"""Lines of text: measured, wrapped and drawn in the right font for every character."""

import math
from typing import TYPE_CHECKING

from printing.fonts import advance, face, runs
from printing.render.picture import Note, NoteKind

if TYPE_CHECKING:
    from PIL.Image import Image

# Noto Sans and Noto Sans CJK both stay within these shares of the size above and below the baseline.
_ASCENT_PERCENT = 110
_DESCENT_PERCENT = 32
# Closing marks of Chinese and Japanese that may not begin a line.
_NOT_FIRST = frozenset("，。、！？）」』】》：；…’”·")
_CJK_FROM = 0x2E80


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
        return math.ceil(sum(advance(char, size, weight, self._language) for char in text))

    def wrap(self, text: str, size: int, weight: int, width: int) -> list[str]:
        """`text` as lines no wider than `width`: at spaces, anywhere in Chinese, in words if need be."""
        lines: list[str] = []
        line = ""
        for token in _tokens(text):
            if self.width((line + token).rstrip(), size, weight) <= width:
                line += token
                continue
            if line.strip():
                lines.append(line.rstrip())
            line = token.lstrip()
            while self.width(line, size, weight) > width and len(line) > 1:
                head = self._fitting(line, size, weight, width)
                lines.append(head)
                line = line[len(head) :]
        return [*lines, line.rstrip()] if line.strip() else lines

    def line_height(self, size: int) -> int:
        """Dots from one line to the next, enough for every accent."""
        return _percent(size, _ASCENT_PERCENT) + _percent(size, _DESCENT_PERCENT)

    def line(self, text: str, size: int, weight: int, width: int, align: str = "left") -> "Image":
        """A picture of one line, `width` dots wide; `align` is left, right or center."""
        from PIL import Image, ImageDraw

        found, missing = runs(text)
        for char in missing:
            self.note(NoteKind.MISSING_CHARACTER, char)
        image = Image.new("1", (width, self.line_height(size)), 1)
        draw = ImageDraw.Draw(image)
        draw.fontmode = "1"
        free = width - self.width(text, size, weight)
        x = float({"left": 0, "right": free, "center": free // 2}[align])
        for run in found:
            font = face(run.cjk, size, weight, self._language)
            draw.text((round(x), _percent(size, _ASCENT_PERCENT)), run.text, font=font, fill=0, anchor="ls")
            x += font.getlength(run.text)
        return image

    def _fitting(self, word: str, size: int, weight: int, width: int) -> str:
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(word[:middle], size, weight) <= width:
                low = middle
            else:
                high = middle - 1
        hyphen = word.rfind("-", 1, low)
        return word[: hyphen + 1] if hyphen > 0 else word[:low]


def _percent(size: int, percent: int) -> int:
    return -(-size * percent // 100)


def _tokens(text: str) -> list[str]:
    """Pieces between which a line may break; a space belongs to the piece before it."""
    tokens: list[str] = []
    open_word = False
    for char in text:
        cjk = ord(char) >= _CJK_FROM and char not in _NOT_FIRST
        if tokens and (char == " " or char in _NOT_FIRST or (open_word and not cjk)):
            tokens[-1] += char
        else:
            tokens.append(char)
        open_word = char != " " and ord(char) < _CJK_FROM
    return tokens
