"""Modules of a symbol as dots, and the parameters that say how many."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from printing.zpl.draw import MOST_DOTS
from printing.zpl.syntax import ZplError

if TYPE_CHECKING:
    from PIL.Image import Image


def bars(modules: Sequence[bool], x: int, height: int) -> "Image":
    """Bars without quiet zones, `x` dots per module and `height` dots tall."""
    from PIL import Image

    line = Image.new("1", (len(modules), 1))
    line.putdata([0 if dark else 255 for dark in modules])
    return resized(line, len(modules) * x, height)


def drawn(kind: str, data: str, x: int = 1, height: int | None = None, **wishes: object) -> "Image":
    """A symbol that zxing-cpp draws, without quiet zones, `x` dots per module; bars are `height` dots tall.

    Raises ValueError for data that it can't hold.
    """
    import zxingcpp
    from PIL import Image

    barcode = zxingcpp.create_barcode(data, getattr(zxingcpp.BarcodeFormat, kind), **wishes)
    image = Image.fromarray(barcode.to_image(scale=1, add_quiet_zones=False)).convert("1")
    if height is None:
        return enlarged(image, x)
    return resized(image.crop((0, 0, image.width, 1)), image.width * x, height)


def enlarged(image: "Image", x: int) -> "Image":
    """Every dot as a square of `x` by `x` dots."""
    return resized(image, image.width * x, image.height * x)


def resized(image: "Image", width: int, height: int) -> "Image":
    """The picture in that many dots, no greys. Raises `ZplError` for more than any label has."""
    from PIL import Image

    if width * height > MOST_DOTS:
        raise ZplError(f"a symbol of {width} x {height} dots: expected at most {MOST_DOTS} dots in all")
    return image.resize((width, height), Image.Resampling.NEAREST)


def at(parameters: Sequence[str], place: int, default: str) -> str:
    """The parameter at that place, counted from 0; the default where it is missing or empty."""
    return (parameters[place] if place < len(parameters) else "") or default


def number(parameters: Sequence[str], place: int, default: int) -> int:
    """The same of a number of dots. Raises `ZplError` for anything else."""
    text = at(parameters, place, str(default))
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= 32_000:
        raise ZplError(f"expected a number of dots, got {text!r}")
    return int(text)
