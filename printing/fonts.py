"""The fonts that documents are set in, chosen for each character by what they contain.

Noto Sans first, then Noto Sans CJK, then those of single scripts. They lie in `typefaces`, so that a label looks
the same on every machine.
"""

import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from printing.bidi import stretches

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

REGULAR = 500
"""Weight of running text: a little above regular, which thermal printers burn too thin."""
BOLD = 700
SANS, CJK = "Sans", "CJK"
MISSING = "\N{REPLACEMENT CHARACTER}"
"""What stands for a character that no font has: a question mark in a lozenge, and never an empty box."""

TYPEFACES = Path(__file__).parent / "typefaces"
_SCRIPTS = (
    "Arabic", "Hebrew", "Thai", "Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Tamil", "Telugu", "Kannada",
    "Malayalam", "Oriya", "Sinhala", "Georgian", "Armenian", "Ethiopic", "Khmer", "Lao", "Myanmar", "Symbols",
)  # fmt: skip
_FILES = {
    SANS: "NotoSans[wght].ttf",
    CJK: "NotoSansCJK.ttc",
    **{script: f"NotoSans{script}[wght].ttf" for script in _SCRIPTS},
}
# Hebrew to Myanmar and Khmer: Noto Sans has letters of some of these, but is never to draw them one by one.
_SHAPED = (("\u0590", "\u109f"), ("\u1780", "\u17ff"))
# Order of the fonts within the collection; the shapes of shared characters differ by country.
_CJK_INDEX = {"ja": 0, "ko": 1, "zh": 2, "zh-tw": 3, "zh-hk": 4}
_DEFAULT_CJK = "zh"
# Marks and joiners.
_CLINGING = frozenset({"Mn", "Mc", "Me", "Cf"})


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, in reading order, that one font has all characters of and that runs one way."""

    text: str
    font: str
    right_to_left: bool = False

    @property
    def shaped(self) -> bool:
        """Whether its letters must be joined, reordered or mirrored before they are drawn."""
        return self.right_to_left or self.font not in (SANS, CJK)


@lru_cache(maxsize=len(_FILES))
def coverage(font: str) -> Container[int]:
    """The code points that the font has glyphs for; read once."""
    covered: Container[int] = harfbuzz_face(font).unicodes
    return covered


@lru_cache(maxsize=32)
def harfbuzz_face(font: str, index: int = 0) -> Any:
    """The font as HarfBuzz knows it, of the CJK collection the font number `index`."""
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file_of(font))), index)


@lru_cache(maxsize=128)
def face(font: str, size: int, weight: int, language: str) -> "FreeTypeFont":
    """Noto Sans or Noto Sans CJK at `size` dots; the latter in one weight and the language's own shapes."""
    from PIL import ImageFont

    layout = ImageFont.Layout.BASIC
    if font == CJK:
        return ImageFont.truetype(str(file_of(CJK)), size, index=cjk_index(language), layout_engine=layout)
    opened = ImageFont.truetype(str(file_of(font)), size, layout_engine=layout)
    opened.set_variation_by_axes([weight])
    return opened


def cjk_index(language: str) -> int:
    """The number within the CJK collection of the font in the language's own shapes."""
    known = _CJK_INDEX.get(language.lower(), _CJK_INDEX.get(language.partition("-")[0].lower()))
    return _CJK_INDEX[_DEFAULT_CJK] if known is None else known


@lru_cache(maxsize=16_384)
def font_of(char: str) -> str:
    """The first font that has this character, or "" if none has; a script that must be shaped has its own."""
    fonts = _SCRIPTS if any(first <= char <= last for first, last in _SHAPED) else _FILES
    return next((font for font in fonts if ord(char) in coverage(font)), "")


@lru_cache(maxsize=4096)
def runs(text: str) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """`text` as runs from left to right as they are seen, and the characters that no font has.

    Each unknown character is shown as `MISSING`, and unknown marks are left out.
    """
    missing: list[str] = []
    result: list[Run] = []
    for piece, backwards in stretches(text):
        pieces = [Run(part, font, backwards) for font, part in _by_font(piece, missing)]
        result.extend(reversed(pieces) if backwards else pieces)
    return tuple(result), tuple(missing)


def _by_font(text: str, missing: list[str]) -> list[tuple[str, str]]:
    """(font, text) in reading order; a mark stays with the font of what it stands on."""
    pieces: list[tuple[str, str]] = []
    for char in text:
        last = pieces[-1][0] if pieces else ""
        clings = last and unicodedata.category(char) in _CLINGING and ord(char) in coverage(last)
        font = last if clings else font_of(char)
        if not font:
            missing.append(char)
            if unicodedata.category(char).startswith("M"):
                continue
            font, char = SANS, MISSING
        if font == last:
            pieces[-1] = (font, pieces[-1][1] + char)
        else:
            pieces.append((font, char))
    return pieces


def file_of(font: str) -> Path:
    """The font's file."""
    return TYPEFACES / _FILES[font]
