"""The barcodes of ZPL as dots: content as `^FD` gives it, in the size that `^BY` and the command ask for."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from printing.barcodes import FNC1_CHAR, BarcodeError, code128, gs1_128, sscc_check_digit
from printing.zpl.syntax import ZplError

if TYPE_CHECKING:
    from PIL.Image import Image

_SUBSETS = {"9": "A", ":": "B", ";": "C", "7": "A", "6": "B", "5": "C"}
_SPECIAL = {"0": ">", "=": "~", "<": "^", "8": FNC1_CHAR}
# The command, the name of the symbol in zxing-cpp, and whether it is of bars, as tall as one likes.
_FORMATS = {
    "^B0": ("Aztec", False),
    "^B2": ("ITF", True),
    "^B3": ("Code39", True),
    "^B7": ("PDF417", False),
    "^B8": ("EAN8", True),
    "^BA": ("Code93", True),
    "^BD": ("MaxiCode", False),
    "^BE": ("EAN13", True),
    "^BO": ("Aztec", False),
    "^BU": ("UPCA", True),
    "^BX": ("DataMatrix", False),
}
KNOWN = frozenset({"^BC", "^BQ", *_FORMATS})
_QR_LEVELS = "HQML"


def bars(modules: Sequence[bool], x: int, height: int) -> "Image":
    """Bars without quiet zones, `x` dots per module and `height` dots tall."""
    from PIL import Image

    line = Image.new("1", (len(modules), 1))
    line.putdata([0 if dark else 255 for dark in modules])
    return line.resize((len(modules) * x, height), Image.Resampling.NEAREST)


def code128_text(data: str, mode: str) -> tuple[str, bool]:
    """What a `^BC` field encodes, and whether as GS1-128; FNC1 within is 0x1D.

    The ZPL II Programming Guide's table of invocation codes, without FNC2, FNC3, FNC4 and SHIFT, for
    which it raises `ZplError`.
    """
    if mode == "U":
        digits = data[:19].ljust(19, "0")
        return digits + str(sscc_check_digit(digits[2:])), True
    if mode == "D":
        return re.sub(r"[() ]", "", data).replace(">8", FNC1_CHAR).lstrip(FNC1_CHAR), True
    if mode == "A":
        return data, False
    text = "".join(_pieces(data))
    return text.removeprefix(FNC1_CHAR), text.startswith(FNC1_CHAR)


def _pieces(data: str) -> list[str]:
    """The characters of a field whose subsets are chosen by hand; it begins in subset B."""
    found: list[str] = []
    subset, place = "B", 0
    while place < len(data):
        char, after = data[place], data[place + 1 : place + 2]
        if char == ">":
            subset = _SUBSETS.get(after, subset)
            if after not in _SUBSETS and after not in _SPECIAL:
                raise ZplError(f"^BC: can't read the code {char + after!r} in {data!r}")
            found.append(_SPECIAL.get(after, ""))
            place += 2
        elif subset == "A":
            value = int(data[place : place + 2])
            found.append(chr((value + 32) if value < 64 else value - 64))
            place += 2
        else:
            found.append(char)
            place += 1
    return found


def symbol(name: str, parameters: Sequence[str], data: str, x: int, height: int) -> "Image":
    """The symbol of a barcode command; `x` and `height` are the defaults that `^BY` set, in dots.

    Raises `ZplError` for content that it can't hold.
    """
    try:
        if name == "^BC":
            text, gs1 = code128_text(data, _at(parameters, 5, "N").upper())
            return bars((gs1_128 if gs1 else code128)(text).bars, x, _number(parameters, 1, height))
        if name == "^BQ":
            return _qr(data, _number(parameters, 2, 3))
        return _drawn(name, parameters, data, x, height)
    except (BarcodeError, ValueError) as error:
        raise ZplError(f"{name} of {data!r}: {error}") from error


def _qr(data: str, x: int) -> "Image":
    """`^FD` begins with the error level and the input mode: "MA,text" (^BQ, field data)."""
    import segno
    from PIL import Image

    found = re.fullmatch(r"([HQML])([AM]),(.*)", data, re.DOTALL)
    if found is None:
        raise ZplError(f"^BQ of {data!r}: expected an error level of {_QR_LEVELS} and A or M before the text")
    text = found[3] if found[2] == "A" else found[3][1:]
    matrix = segno.make_qr(text, error=found[1].lower(), boost_error=False, encoding="utf-8").matrix
    image = Image.new("1", (len(matrix), len(matrix)))
    image.putdata([0 if dark else 255 for row in matrix for dark in row])
    return image.resize((len(matrix) * x, len(matrix) * x), Image.Resampling.NEAREST)


def _drawn(name: str, parameters: Sequence[str], data: str, x: int, height: int) -> "Image":
    import zxingcpp
    from PIL import Image

    kind, barred = _FORMATS[name]
    wishes = {"force_square": True} if name == "^BX" else {}
    barcode = zxingcpp.create_barcode(data, getattr(zxingcpp.BarcodeFormat, kind), **wishes)
    picture = barcode.to_image(scale=1, add_quiet_zones=False)
    image = Image.fromarray(picture).convert("1")
    if barred:
        tall = _number(parameters, 2 if name in ("^B3", "^BA") else 1, height)
        return image.crop((0, 0, image.width, 1)).resize((image.width * x, tall), Image.Resampling.NEAREST)
    size = x if name == "^B7" else _number(parameters, 1, 0) or x
    if name == "^BD":
        return image
    return image.resize((image.width * size, image.height * size), Image.Resampling.NEAREST)


def _at(parameters: Sequence[str], place: int, default: str) -> str:
    return (parameters[place] if place < len(parameters) else "") or default


def _number(parameters: Sequence[str], place: int, default: int) -> int:
    text = _at(parameters, place, str(default))
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= 32_000:
        raise ZplError(f"expected a number of dots, got {text!r}")
    return int(text)
