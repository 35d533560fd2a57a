"""Text whose letters join, stack or run from right to left, shaped and drawn by HarfBuzz.

Pillow's own shaping needs a system library (FriBidi) that most machines lack; HarfBuzz comes as a package with
everything, and draws the same dots on all of them.
"""

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from printing.fonts import CJK, Run, cjk_index, harfbuzz_face

if TYPE_CHECKING:
    from PIL.Image import Image

# HarfBuzz counts in 64ths of a dot here, as FreeType does.
_UNITS = 64
_INKED_FROM_HALF = [0] * 128 + [255] * 128


def measure(run: Run, size: int, weight: int, language: str) -> float:
    """Dots from the start of the shaped run to its end."""
    return sum(advance for _, _, _, advance in _glyphs(run, size, weight, language)) / _UNITS


@lru_cache(maxsize=1024)
def reach(run: Run, size: int, weight: int, language: str) -> tuple[int, int]:
    """Dots that the shaped run's ink takes above and below the baseline."""
    font = _font(run.font, size, weight, language)
    above = below = 0
    for glyph, _, dy, _ in _glyphs(run, size, weight, language):
        ink = font.get_glyph_extents(glyph)
        if ink is not None and ink.height:
            above = max(above, ink.y_bearing + dy)
            below = max(below, -(ink.y_bearing + ink.height + dy))
    return -(-above // _UNITS), -(-below // _UNITS)


@lru_cache(maxsize=512)
def mask(run: Run, size: int, weight: int, language: str, above: int, below: int) -> "Image":
    """The shaped run as mode "1", ink set, with half a `size` of air on both sides.

    What lies more than `above` and `below` dots from the baseline is not drawn. A dot is inked when the
    outline covers half of it.
    """
    import uharfbuzz
    from PIL import Image

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
    return grey.point(_INKED_FROM_HALF, "1")


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

    font = uharfbuzz.Font(harfbuzz_face(name, cjk_index(language) if name == CJK else 0))
    font.scale = (size * _UNITS, size * _UNITS)
    font.set_variations({"wght": weight})
    return font
