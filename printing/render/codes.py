"""Barcodes as pictures: whole dots per module, nothing rescaled or dithered."""

from functools import lru_cache
from typing import TYPE_CHECKING

from printing.barcodes import Modules

if TYPE_CHECKING:
    from PIL.Image import Image

QR_QUIET_MODULES = 4


def draw_modules(modules: Modules, x: int, rows: int) -> "Image":
    """The symbol with quiet zones, `x` dots per module, `rows` dots tall."""
    from PIL import Image

    line = bytearray(b"\xff" * (modules.width * x))
    for place, dark in enumerate(modules.bars, start=modules.quiet):
        if dark:
            line[place * x : place * x + x] = bytes(x)
    return Image.frombytes("L", (len(line), 1), bytes(line)).convert("1").resize((len(line), rows), 0)


@lru_cache(maxsize=64)
def qr_matrix(text: str) -> tuple[bytes, ...]:
    """QR code of `text` (UTF-8, error correction level M or better), rows of 1 for dark and 0 for light.

    Raises `ValueError` for an empty text or one that no QR code can hold.
    """
    import segno

    if not text:
        raise ValueError("QR code of '': expected at least one character")
    return tuple(bytes(row) for row in segno.make_qr(text, error="m", encoding="utf-8").matrix)


def draw_qr(matrix: tuple[bytes, ...], x: int) -> "Image":
    """The code with its quiet zone of 4 modules, `x` dots per module."""
    from PIL import Image

    side = len(matrix)
    grey = bytes(0 if dark else 255 for row in matrix for dark in row)
    symbol = Image.frombytes("L", (side, side), grey).convert("1").resize((side * x, side * x), 0)
    image = Image.new("1", ((side + 2 * QR_QUIET_MODULES) * x,) * 2, 1)
    image.paste(symbol, (QR_QUIET_MODULES * x, QR_QUIET_MODULES * x))
    return image
