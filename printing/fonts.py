"""The fonts that documents are set in: Noto Sans, and Noto Sans CJK for what it lacks.

Both come with the installation as packages, so that a label looks the same on every machine. Text is
set by Pillow's basic layout for the same reason; the fonts hold no script that needs shaping.
"""

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from printing.cmap import Coverage, read_coverage

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

REGULAR = 500
"""Weight of running text: a little above regular, which thermal printers burn too thin."""
BOLD = 700

_FULL_WIDTH = 100
_SANS = ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf")
_CJK = ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc")
# Order of the fonts within the collection; the shapes of shared characters differ by country.
_CJK_INDEX = {"ja": 0, "ko": 1, "zh": 2, "zh-tw": 3, "zh-hk": 4}
_DEFAULT_CJK = "zh"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one font has all characters of."""

    text: str
    cjk: bool


@lru_cache(maxsize=8)
def coverage(cjk: bool) -> Coverage:
    """What Noto Sans (or with `cjk` Noto Sans CJK) has glyphs for; read once."""
    return read_coverage(_file(_CJK if cjk else _SANS))


@lru_cache(maxsize=128)
def face(cjk: bool, size: int, weight: int, language: str) -> "FreeTypeFont":
    """The font at `size` dots. Noto Sans CJK comes in one weight and in the language's own shapes."""
    from PIL import ImageFont

    layout = ImageFont.Layout.BASIC
    if cjk:
        index = _CJK_INDEX.get(language.lower(), _CJK_INDEX[_DEFAULT_CJK])
        return ImageFont.truetype(str(_file(_CJK)), size, index=index, layout_engine=layout)
    font = ImageFont.truetype(str(_file(_SANS)), size, layout_engine=layout)
    font.set_variation_by_axes([weight, _FULL_WIDTH])
    return font


@lru_cache(maxsize=16_384)
def advance(char: str, size: int, weight: int, language: str) -> float:
    """Dots from this character to the next; basic layout moves no character towards another."""
    run = runs(char)[0][0]
    return face(run.cjk, size, weight, language).getlength(run.text)


def runs(text: str) -> tuple[list[Run], list[str]]:
    """`text` cut into runs by font, and the characters that no font has, each shown as "?"."""
    found: list[Run] = []
    missing: list[str] = []
    for char in text:
        cjk = char not in coverage(cjk=False)
        if cjk and char not in coverage(cjk=True):
            missing.append(char)
            char, cjk = "?", False
        if found and found[-1].cjk == cjk:
            found[-1] = Run(found[-1].text + char, cjk)
        else:
            found.append(Run(char, cjk))
    return found, missing


def _file(where: tuple[str, str]) -> Path:
    package, name = where
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"font package {package!r} is not installed")
    return Path(spec.origin).parent / name
