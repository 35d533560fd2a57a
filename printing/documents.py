"""What can be printed: the content of each document, free of any printer's language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """An address as lines ready to print, first line the name, and the ISO country code."""

    lines: tuple[str, ...]
    country: str = ""


@dataclass(frozen=True, slots=True)
class ParcelLabel:
    """The shipping label of one parcel. `sscc` is 18 digits with its check digit; weight in g."""

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


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of a packing slip; quantities in units."""

    sku: str
    name: str
    quantity: int
    ordered: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackingSlip:
    """What lies in this parcel, what lies in others, and what is `missing` from the order."""

    order: str
    parcel: int
    parcels: int
    shop: str
    recipient: AddressBlock
    lines: tuple[SlipLine, ...]
    elsewhere: tuple[SlipLine, ...] = ()
    language: str = "en"
    missing: tuple[SlipLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Insert:
    """A personal card: heading, paragraphs, an optional coupon, and where to return things."""

    order: str
    parcel: int
    heading: str
    paragraphs: tuple[str, ...]
    coupon: str = ""
    coupon_text: str = ""
    return_url: str = ""
    return_text: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Card:
    """One barcode of a card sheet with its words."""

    code: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class CardSheet:
    """A page of Code 128 cards: commands, badges, packaging or locations."""

    title: str
    cards: tuple[Card, ...]


Document = ParcelLabel | PackingSlip | Insert | CardSheet
