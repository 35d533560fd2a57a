"""The barcodes of ZPL as dots: content as `^FD` gives it, in the size that `^BY` and the command ask for."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from printing.barcodes import FNC1_CHAR, BarcodeError, code128, gs1_128, sscc_check_digit
from printing.zpl.databar import databar
from printing.zpl.dots import at, bars, drawn, enlarged, number
from printing.zpl.syntax import ZplError, named

if TYPE_CHECKING:
    from PIL.Image import Image

_SUBSETS = {"9": "A", ":": "B", ";": "C", "7": "A", "6": "B", "5": "C"}
_SPECIAL = {"0": ">", "=": "~", "<": "^", "8": FNC1_CHAR}
# The command, the name of the symbol in zxing-cpp, and which parameter its height is: bars are as tall as one likes.
_BARS = {
    "^B2": ("ITF", 1),
    "^B3": ("Code39", 2),
    "^B8": ("EAN8", 1),
    "^BA": ("Code93", 1),
    "^BE": ("EAN13", 1),
    "^BK": ("Codabar", 2),
    "^BU": ("UPCA", 1),
}
_SQUARES = {
    "^B0": "Aztec",
    "^B7": "PDF417",
    "^BD": "MaxiCode",
    "^BF": "MicroPDF417",
    "^BO": "Aztec",
    "^BX": "DataMatrix",
}
_SIZED_BY_BY = frozenset({"^B7", "^BF"})
KNOWN = frozenset({"^BC", "^BQ", "^BR", *_BARS, *_SQUARES})
LEFT_OUT = named("B1 B4 B5 B9 BB BI BJ BL BM BP BS BT BZ")
"""Symbols that only a printer draws: no library here does, and none is needed where another one proves the parcel."""
_CODABAR_ENDS = str.maketrans("TN*E", "ABCD")
_QR_LEVELS = "HQML"


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
    pieces: list[str] = []
    subset, place = "B", 0
    while place < len(data):
        char, after = data[place], data[place + 1 : place + 2]
        if char == ">":
            subset = _SUBSETS.get(after, subset)
            if after not in _SUBSETS and after not in _SPECIAL:
                raise ZplError(f"^BC: can't read the code {char + after!r} in {data!r}")
            pieces.append(_SPECIAL.get(after, ""))
            place += 2
        elif subset == "A":
            value = int(data[place : place + 2])
            pieces.append(chr((value + 32) if value < 64 else value - 64))
            place += 2
        else:
            pieces.append(char)
            place += 1
    return pieces


def symbol(name: str, parameters: Sequence[str], data: str, x: int, height: int) -> "Image":
    """The symbol of a barcode command; `x` and `height` are the defaults that `^BY` set, in dots.

    Raises `ZplError` for content that it can't hold.
    """
    try:
        if name == "^BC":
            text, gs1 = code128_text(data, at(parameters, 5, "N").upper())
            return bars((gs1_128 if gs1 else code128)(text).bars, x, number(parameters, 1, height))
        if name == "^BQ":
            return _qr(data, number(parameters, 2, 3))
        if name == "^BR":
            return databar(parameters, data, x, height)
        return _drawn(name, parameters, data, x, height)
    except (BarcodeError, ValueError) as error:
        raise ZplError(f"{name} of {data!r}: {error}") from error


def _qr(data: str, x: int) -> "Image":
    """`^FD` begins with the error level and the input mode: "MA,text" (^BQ, field data)."""
    import segno
    from PIL import Image

    match = re.fullmatch(r"([HQML])([AM]),(.*)", data, re.DOTALL)
    if match is None:
        raise ZplError(f"^BQ of {data!r}: expected an error level of {_QR_LEVELS} and A or M before the text")
    text = match[3] if match[2] == "A" else match[3][1:]
    matrix = segno.make_qr(text, error=match[1].lower(), boost_error=False, encoding="utf-8").matrix
    image = Image.new("1", (len(matrix), len(matrix)))
    image.putdata([0 if dark else 255 for row in matrix for dark in row])
    return enlarged(image, x)


def _drawn(name: str, parameters: Sequence[str], data: str, x: int, height: int) -> "Image":
    if name in _BARS:
        kind, place = _BARS[name]
        if name == "^BK":
            start, stop = (at(parameters, place, "A").upper() for place in (5, 6))
            data = f"{start}{data}{stop}".translate(_CODABAR_ENDS)
        return drawn(kind, data, x, number(parameters, place, height))
    image = drawn(_SQUARES[name], data, **({"force_square": True} if name == "^BX" else {}))
    if name == "^BD":
        return image
    return enlarged(image, x if name in _SIZED_BY_BY else number(parameters, 1, 0) or x)
