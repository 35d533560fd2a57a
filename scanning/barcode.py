"""One barcode found in a picture, whichever library found it."""

from dataclasses import dataclass
from enum import StrEnum

Corner = tuple[int, int]


class Symbology(StrEnum):
    """The symbols that are looked for. UPC-A is read as the EAN-13 that it is.

    UPC-E is left out: half of any EAN-13 at a slight angle is also a valid UPC-E.
    """

    EAN13 = "EAN-13"
    EAN8 = "EAN-8"
    CODE128 = "Code 128"
    ITF = "ITF"
    CODE39 = "Code 39"
    QR = "QR"
    DATA_MATRIX = "Data Matrix"
    PDF417 = "PDF417"


@dataclass(frozen=True, slots=True)
class Barcode:
    """A decoded symbol.

    `aim` is its AIM identifier, `data` the bytes it holds, `corners` its outline in pixels (x, y)
    clockwise from the top left as printed, and `decoders` names the passes that read the same.
    """

    symbology: Symbology
    aim: str
    data: bytes
    text: str
    corners: tuple[Corner, ...]
    decoders: tuple[str, ...]

    @property
    def raw(self) -> str:
        """What a scanner with identifiers switched on would send: for `scanning.parse.parse`."""
        return self.aim + self.text
