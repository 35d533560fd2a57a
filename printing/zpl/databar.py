"""GS1 DataBar as `^BR` draws it, of every kind, and the other linear symbols that it knows.

ZPL II Programming Guide, ^BR: b is the kind, c dots per module, e the height of an EAN-13 or GS1-128, f segments in a
row of an Expanded. What follows "|" is the composite above the bars, which no scan of a parcel needs.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from printing.barcodes import FNC1_CHAR, gs1_128
from printing.zpl.dots import at, bars, drawn, number
from printing.zpl.syntax import ZplError

if TYPE_CHECKING:
    from PIL.Image import Image

_TRUNCATED, _EXPANDED = "2", "6"
_KINDS = {
    "1": "DataBarOmni",
    _TRUNCATED: "DataBarOmni",
    "3": "DataBarStk",
    "4": "DataBarStkOmni",
    "5": "DataBarLtd",
}
_BARS = {"7": "UPCA", "9": "EAN13", "10": "EAN8"}
_GS1_128 = ("11", "12")
_TRUNCATED_MODULES = 13
"""How tall a truncated one is: GS1 General Specifications, 5.5.2."""
_SEGMENTS = 22
"""Of a row of an Expanded, when nothing is said: all that one can have."""
_FNC1 = "#"


def databar(parameters: Sequence[str], data: str, x: int, height: int) -> "Image":
    """The symbol of a `^BR` field; `x` and `height` are the defaults of `^BY`, in dots.

    Raises `ZplError` for a kind that can't be drawn, ValueError for data that it can't hold.
    """
    kind, x = at(parameters, 1, "1"), number(parameters, 2, 0) or x
    text = data.partition("|")[0]
    if kind == _EXPANDED:
        return _expanded(text, x, number(parameters, 5, _SEGMENTS))
    if kind in _KINDS:
        tall = _TRUNCATED_MODULES * x if kind == _TRUNCATED else None
        return drawn(_KINDS[kind], text, x, tall)
    tall = number(parameters, 4, height)
    if kind in _BARS:
        return drawn(_BARS[kind], text, x, tall)
    if kind in _GS1_128:
        return bars(gs1_128(text.replace(_FNC1, FNC1_CHAR).lstrip(FNC1_CHAR)).bars, x, tall)
    raise ZplError(f"can't draw its kind {kind!r}")


def _expanded(text: str, x: int, segments: int) -> "Image":
    """With its identifiers in brackets, or as a scanner would send it."""
    if text[:1] not in ("[", "("):
        text = _bracketed(text.replace(_FNC1, FNC1_CHAR).lstrip(FNC1_CHAR))
    if segments < _SEGMENTS:
        return drawn("DataBarExpStk", text, x, columns=max(1, segments // 2))
    return drawn("DataBarExp", text, x)


def _bracketed(text: str) -> str:
    from biip import ParseError
    from biip.gs1_messages import GS1Message

    try:
        return GS1Message.parse(text).as_hri()
    except ParseError as error:
        raise ValueError(str(error)) from error
