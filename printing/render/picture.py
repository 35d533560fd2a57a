"""What rendering gives: black and white pages and what could not be shown as it was meant."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


class NoteKind(StrEnum):
    """What went other than wanted; each is for a person to judge before the parcel leaves."""

    MISSING_CHARACTER = "missing_character"
    SHORTENED = "shortened"
    NO_BARCODE = "no_barcode"
    NO_PICTURE = "no_picture"
    ADDRESS_CUT = "address_cut"


@dataclass(frozen=True, slots=True)
class Note:
    """One such thing and the text it befell."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Pages of mode "1" (0 black, 1 white) at `dpi`, exactly as wide as the medium prints."""

    pages: tuple["Image", ...]
    dpi: int
    notes: tuple[Note, ...] = ()

    @property
    def image(self) -> "Image":
        """The first page."""
        return self.pages[0]
