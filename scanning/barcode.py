"""One barcode found in a picture, whichever library found it."""

from dataclasses import dataclass
from enum import StrEnum

Corner = tuple[int, int]


class Symbology(StrEnum):
    """The symbols that are looked for, by family.

    UPC-A is the EAN-13 that it is, `QR` also a Micro QR or rMQR, `DATABAR` omnidirectional, truncated, stacked,
    limited or expanded.
    """

    EAN13 = "EAN-13"
    EAN8 = "EAN-8"
    UPCE = "UPC-E"
    CODE128 = "Code 128"
    ITF = "ITF"
    CODE39 = "Code 39"
    QR = "QR"
    DATA_MATRIX = "Data Matrix"
    PDF417 = "PDF417"
    AZTEC = "Aztec"
    CODABAR = "Codabar"
    CODE93 = "Code 93"
    DATABAR = "GS1 DataBar"


# Their Reed-Solomon codes make a chance read next to impossible; a line of bars has one check character at most.
ERROR_CORRECTED = frozenset({Symbology.QR, Symbology.DATA_MATRIX, Symbology.PDF417, Symbology.AZTEC})
RETAIL = frozenset({Symbology.EAN13, Symbology.EAN8, Symbology.UPCE})


def looked_for(*, upce: bool) -> frozenset[Symbology]:
    """What is looked for in a picture; half of any EAN-13 seen at an angle may pass for a UPC-E."""
    every = frozenset(Symbology)
    return every if upce else every - {Symbology.UPCE}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a read is believed.

    `passes` names the looks at the picture (a decoder and the view it was given) that agree, `reads`
    counts how often they read this, `lines` the scan lines that agreed in the best of them, as far
    as a decoder counts lines. `strong` is a read that may stand alone.
    """

    passes: tuple[str, ...]
    reads: int = 1
    lines: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Barcode:
    """A decoded symbol.

    `aim` is its AIM identifier, `data` the bytes it holds, and `corners` its outline in pixels (x, y)
    clockwise from the top left as printed.
    """

    symbology: Symbology
    aim: str
    data: bytes
    text: str
    corners: tuple[Corner, ...]
    evidence: Evidence

    @property
    def middle(self) -> tuple[float, float]:
        """Centre (x, y) of its outline."""
        xs, ys = zip(*self.corners, strict=True)
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    @property
    def raw(self) -> str:
        """What a scanner with identifiers switched on would send: for `scanning.parse.parse`."""
        return self.aim + self.text
