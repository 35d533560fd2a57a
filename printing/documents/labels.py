"""What is stuck on a parcel."""

from dataclasses import dataclass
from enum import StrEnum

from printing.documents.address import AddressBlock


class Mark(StrEnum):
    """How the parcel must be handled, shown as a picture with words."""

    FRAGILE = "fragile"
    THIS_SIDE_UP = "this_side_up"
    LIQUID = "liquid"


@dataclass(frozen=True, slots=True)
class ParcelLabel:
    """The shipping label of one parcel. `sscc` is 18 digits with its check digit; weight in g.

    `parcels` is how many the order has, 0 while that isn't known: on a label, and on a slip, before the last one's.
    Without an `sscc`, before the parcel is sealed, it is a specimen and says so.
    `marks` are values of `Mark`, or words of the shop's own; `routing` is the carrier's sorting text; `collect` is what
    the carrier takes at the door, with its currency.
    """

    order: str
    parcel: int
    parcels: int
    sscc: str
    recipient: AddressBlock
    sender: AddressBlock
    carrier: str
    service: str
    weight_g: int | None = None
    marks: tuple[str, ...] = ()
    language: str = "en"
    routing: str = ""
    collect: str = ""


@dataclass(frozen=True, slots=True)
class CollectionSlip:
    """What stands on a parcel whose buyer comes for it: whose it is, and the code (`sscc`) to hand it out by.

    `parcels` as on a `ParcelLabel`; `items` are the units in this parcel, `collect` is what is still to be paid.
    """

    order: str
    parcel: int
    parcels: int
    sscc: str
    name: str
    shop: str
    items: int
    language: str = "en"
    collect: str = ""


@dataclass(frozen=True, slots=True)
class CarrierLabel:
    """A label that the carrier made: ZPL byte for byte ("zpl") or a PNG of its dots ("png").

    It was accepted for paper of `dpi` and `width_dots`.
    """

    order: str
    parcel: int
    format: str
    file: bytes
    dpi: int
    width_dots: int


@dataclass(frozen=True, slots=True)
class DangerMark:
    """What a parcel of dangerous goods must bear: "battery" with its UN numbers (four digits), or "limited".

    On paper that can't bear the mark it says what the packer sticks on, in the packer's language.
    """

    order: str
    parcel: int
    mark: str
    numbers: tuple[str, ...] = ()
    language: str = "en"


ParcelPaper = ParcelLabel | CollectionSlip | CarrierLabel | DangerMark

KINDS: dict[str, type[ParcelPaper]] = {
    "label": ParcelLabel,
    "collection": CollectionSlip,
    "carrier": CarrierLabel,
    "mark": DangerMark,
}
"""By the name each is kept under."""
