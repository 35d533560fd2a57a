"""What happens to parcels and their documents."""

from dataclasses import dataclass
from enum import StrEnum

Counts = tuple[tuple[int, int], ...]
"""(order line, units) pairs in line order."""

OWN_BOX = "own:"
"""Begins, before the SKU, the packaging of a parcel that is a product's own box."""


class PhotoSubject(StrEnum):
    """What is photographed: a damaged unit, or an open parcel before it is sealed."""

    DAMAGE = "damage"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class ParcelStarted:
    """Whatever is checked from now on goes into this parcel."""

    parcel: int


@dataclass(frozen=True, slots=True)
class PackagingChosen:
    """The packaging of a parcel; what is not in `contents` moves to the parcel `rest`.

    `packaging` and `proposed` are codes, or `OWN_BOX` with a SKU.
    """

    parcel: int
    packaging: str
    proposed: str
    reason: str
    contents: Counts
    rest: int
    expected_g: int
    fits: bool


@dataclass(frozen=True, slots=True)
class ParcelWeighed:
    """What the scale or the packer said, beside what was expected (0 = not known)."""

    parcel: int
    gross_g: int
    expected_g: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ParcelSealed:
    """The parcel is closed and its documents are queued. `gross_g` 0 = not weighed.

    With `label_scan` the parcel is finished only when its label was scanned on the box.
    """

    parcel: int
    sscc: str
    gross_g: int
    expected_g: int
    packaging: str
    contents: Counts
    label_scan: bool


@dataclass(frozen=True, slots=True)
class PiecesConfirmed:
    """The order goes in so many parcels, as its labels say from now on; `planned` is what the plan made of it."""

    pieces: int
    planned: int


@dataclass(frozen=True, slots=True)
class ReprintRequested:
    """A document of a sealed parcel is to be printed once more, for this reason; a lead may have authorised it."""

    parcel: int
    document: str
    reason: str
    authorised_by: str = ""


@dataclass(frozen=True, slots=True)
class LabelPrinted:
    """The printer has confirmed this parcel's label, and the shop takes its word for a scan on the box."""

    parcel: int


@dataclass(frozen=True, slots=True)
class LabelVerified:
    """The label on the box was scanned and is this parcel's."""

    parcel: int
    code: str


@dataclass(frozen=True, slots=True)
class PhotoTaken:
    """A photo lies in the station's folder of photos: of a damaged unit of `line`, or of the open `parcel`.

    `file` is the name of a JPEG file and `sha256` that of its bytes, in hexadecimal.
    """

    subject: PhotoSubject
    line: int
    parcel: int
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PhotoMissed:
    """There is no photo of this, for this reason; of an open parcel a lead has authorised that."""

    subject: PhotoSubject
    line: int
    parcel: int
    reason: str
    authorised_by: str = ""
