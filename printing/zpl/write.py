"""Pictures as ZPL: dots in `^GFA` only, so that nothing a customer wrote is ever a command."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from printing.media import Medium
from printing.zpl.graphic import z64
from printing.zpl.syntax import MOST_GRAPHIC_BYTES

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_DOTS = 32_000
"""The longest label (`^LL`) that ZPL can speak of."""

# What an earlier job may have left in the printer and would turn, mirror, move or invert this one.
PLAIN = "^PON^PMN^LRN^LH0,0"
CLOSING = "^PQ1^XZ\n"


def to_zpl(pages: Sequence["Image"], medium: Medium) -> bytes:
    """Every page (mode "1", at most as wide as the medium prints) as one label, the same bytes always.

    Raises `ValueError` for a page wider than the medium or longer than ZPL can say.
    """
    return b"".join(_label(page, medium) for page in pages)


def opening(width: int, height: int) -> str:
    """The beginning of a label of that many dots, free of what was set before."""
    return f"^XA{PLAIN}^PW{width}^LL{height}\n"


def _label(page: "Image", medium: Medium) -> bytes:
    if page.width > medium.width_dots or page.height > LONGEST_DOTS:
        raise ValueError(
            f"page of {page.width} x {page.height} dots: "
            f"expected at most {medium.width_dots} x {LONGEST_DOTS}"
        )
    # "1;I" is one bit per dot with black as 1; rows are padded with white.
    dots = page.tobytes("raw", "1;I")
    row_bytes = (page.width + 7) // 8
    rows = MOST_GRAPHIC_BYTES // row_bytes
    strips = [
        b"^FO0,%d%s\n" % (top, strip(part, row_bytes))
        for top in range(0, page.height, rows)
        if any(part := dots[top * row_bytes : (top + rows) * row_bytes])
    ]
    return opening(page.width, page.height).encode() + b"".join(strips) + CLOSING.encode()


def strip(dots: bytes, row_bytes: int) -> bytes:
    """The field of rows of dots, no more bytes of them than one `^GF` can count."""
    size = len(dots)
    return b"^GFA,%d,%d,%d,%s^FS" % (size, size, row_bytes, z64(dots))
