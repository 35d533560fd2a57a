"""Text whose letters join, stack or run from right to left, shaped and drawn by HarfBuzz.

Pillow's own shaping needs a system library (FriBidi) that most machines lack; HarfBuzz comes as a package with
everything, and draws the same dots on all of them.
"""

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from printing.fonts import CJK, Run, cjk_index, file_of

if TYPE_CHECKING:
    from PIL.Image import Image

# HarfBuzz counts in 64ths of a dot here, as FreeType does.
_UNITS = 64
_HALF_INKED = 128


def measure(run: Run, size: int, weight: int, language: str) -> float:
    """Dots from the start of the shaped run to its end."""
    return sum(advance for _, _, _, advance in _glyphs(run, size, weight, language)) / _UNITS


def mask(run: Run, size: int, weight: int, language: str, reach: tuple[int, int]) -> "Image":
    """The shaped run as mode "1", ink set, with half a `size` of air on both sides.

    `reach` is dots above and below the baseline; what lies outside is not drawn. A dot is inked when the
    outline covers half of it.
    """
    import uharfbuzz
    from PIL import Image

    above, below = reach
    width = math.ceil(measure(run, size, weight, language)) + 2 * (size // 2)
    canvas = uharfbuzz.RasterDraw()
    canvas.scale_factor = (_UNITS, _UNITS)
    canvas.extents = uharfbuzz.RasterExtents(-(size // 2), -below, width, above + below)
    pen = 0
    for glyph, dx, dy, advance in _glyphs(run, size, weight, language):
        canvas.transform = (1, 0, 0, 1, float(pen + dx), float(dy))
        canvas.draw_glyph(_font(run.font, size, weight, language), glyph)
        pen += advance
    drawn = canvas.render()
    grey = Image.frombytes(
        "L", (width, above + below), bytes(drawn.buffer), "raw", "L", drawn.extents.stride, -1
    )
    return grey.point(lambda ink: 255 * (ink >= _HALF_INKED), "1")


@lru_cache(maxsize=1024)
def _glyphs(run: Run, size: int, weight: int, language: str) -> tuple[tuple[int, int, int, int], ...]:
    """(glyph, offset right, offset up, advance) from left to right, lengths in 64ths of a dot."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if run.right_to_left else "ltr"
    uharfbuzz.shape(_font(run.font, size, weight, language), buffer)
    placed = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return tuple((info.codepoint, at.x_offset, at.y_offset, at.x_advance) for info, at in placed)


@lru_cache(maxsize=64)
def _font(name: str, size: int, weight: int, language: str) -> Any:
    import uharfbuzz

    font = uharfbuzz.Font(_face(name, cjk_index(language) if name == CJK else 0))
    font.scale = (size * _UNITS, size * _UNITS)
    font.set_variations({"wght": weight})
    return font


@lru_cache(maxsize=32)
def _face(name: str, index: int) -> Any:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file_of(name))), index)
