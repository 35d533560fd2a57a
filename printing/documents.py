"""What can be printed: the content of each document, free of any printer's language."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How the parcel must be handled, shown as a picture with words."""

    FRAGILE = "fragile"
    THIS_SIDE_UP = "this_side_up"
    LIQUID = "liquid"


class ReturnReason(StrEnum):
    """Why a customer sends something back; the product's own reports use the same codes."""

    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    MISSING_PART = "missing_part"
    DEFECTIVE = "defective"
    NOT_AS_DESCRIBED = "not_as_described"
    TOO_SMALL = "too_small"
    TOO_BIG = "too_big"
    CHANGED_MIND = "changed_mind"


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """An address as lines ready to print, and the ISO country code.

    `printing.addresses.block` lays the lines out; `name_at` is the number of the line with the name.
    """

    lines: tuple[str, ...]
    country: str = ""
    name_at: int = 0


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
class SlipLine:
    """One line of a slip; quantities in units, the price of one unit in cents."""

    sku: str
    name: str
    quantity: int
    ordered: int
    note: str = ""
    price_cents: int | None = None


@dataclass(frozen=True, slots=True)
class PackingSlip:
    """What lies in this parcel, what lies in others, what is `missing` from the order, and what will come
    `later`. Prices are shown when a `currency` (ISO 4217) is given, in its minor unit of so many `decimals`.
    """

    order: str
    parcel: int
    parcels: int
    shop: str
    recipient: AddressBlock
    lines: tuple[SlipLine, ...]
    elsewhere: tuple[SlipLine, ...] = ()
    language: str = "en"
    missing: tuple[SlipLine, ...] = ()
    later: tuple[SlipLine, ...] = ()
    currency: str = ""
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class GiftSlip:
    """The slip of a gift: what it is and from whom, never what it cost; `exchange` is where it can be exchanged."""

    order: str
    parcel: int
    parcels: int
    shop: str
    recipient: AddressBlock
    lines: tuple[SlipLine, ...]
    message: str = ""
    giver: str = ""
    elsewhere: tuple[SlipLine, ...] = ()
    language: str = "en"
    exchange: str = ""


@dataclass(frozen=True, slots=True)
class CustomsItem:
    """One kind of goods for customs: net weight in g and value in cents of one unit, ISO country of origin.

    `danger` is what makes it dangerous goods: a UN number such as "UN 3481", else its class or "lithium batteries".
    """

    description: str
    quantity: int
    net_g: int | None
    value_cents: int | None
    hs_code: str
    origin: str
    sku: str = ""
    danger: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What customs are told of a parcel. `nature` is one of `printing.customs.NATURES`; `gross_g` in g; `date` is
    ISO 8601. Only a complete one can be printed: see `printing.customs.gaps`.

    `phone` and `importer` (a tax or importer's number) are the recipient's, `exporter` (EORI) the sender's. `ioss` is
    the number in the EU's Import One-Stop Shop, `None` where one is due that isn't known. `limit_cents` is the most
    that a CN 22 may be worth, in `currency`; `None` isn't known.
    """

    order: str
    parcel: int
    sender: AddressBlock
    recipient: AddressBlock
    items: tuple[CustomsItem, ...]
    currency: str
    gross_g: int | None
    date: str
    nature: str = "sale"
    post: str = ""
    language: str = "en"
    phone: str = ""
    importer: str = ""
    exporter: str = ""
    ioss: str | None = ""
    limit_cents: int | None = None
    decimals: int = 2
    """Of `currency`, in whose minor unit amounts are."""

    @property
    def value_cents(self) -> int:
        """What all goods are worth."""
        return sum(item.quantity * (item.value_cents or 0) for item in self.items)

    @property
    def net_g(self) -> int:
        """What all goods weigh without their parcel."""
        return sum(item.quantity * (item.net_g or 0) for item in self.items)


@dataclass(frozen=True, slots=True)
class CN22(Declaration):
    """The declaration of a parcel up to 2 kg and 300 special drawing rights."""


@dataclass(frozen=True, slots=True)
class CN23(Declaration):
    """The declaration of a heavier or more valuable parcel."""


@dataclass(frozen=True, slots=True)
class CommercialInvoice(Declaration):
    """What a merchant sold, for customs: it goes with a CN 23."""


@dataclass(frozen=True, slots=True)
class DangerMark:
    """What a parcel of dangerous goods must bear: "battery" with its UN numbers (four digits), or "limited".

    On paper that can't bear the mark it says what the packer sticks on.
    """

    order: str
    parcel: int
    mark: str
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """How to send goods back: `code` is read at the goods-in desk, `url` is where the return is announced.

    `policy` is the shop's own short text; `days` that a return is open for, 0 says nothing of them.
    """

    order: str
    parcel: int
    shop: str
    return_to: AddressBlock
    code: str
    lines: tuple[SlipLine, ...]
    url: str = ""
    policy: tuple[str, ...] = ()
    days: int = 0
    reasons: tuple[str, ...] = tuple(ReturnReason)
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Heading:
    """Large words in the middle."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    centred: bool = False


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture (PNG or JPEG file), `width_percent` of the paper wide; photos are dithered, line art is not."""

    file: bytes
    line_art: bool = False
    width_percent: int = 100


@dataclass(frozen=True, slots=True)
class Coupon:
    """A code in large letters and as Code 128, with words above it."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of `content`, with a title above it and a caption below."""

    content: str
    caption: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across."""


Block = Heading | Text | PictureBlock | Coupon | QrCode | Divider


@dataclass(frozen=True, slots=True)
class Insert:
    """A personal card, made of blocks from top to bottom; the `shop`'s name is not broken where it fits a line."""

    order: str
    parcel: int
    blocks: tuple[Block, ...]
    language: str = "en"
    shop: str = ""


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


@dataclass(frozen=True, slots=True)
class ToteTag:
    """The sign on a tote: its `code` to scan, and its `name` in letters that can be read from afar."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class LocationLabel:
    """The sign of a bin. `arrow` is "up", "down", "left", "right" or "": where the bin is from the sign."""

    code: str
    name: str
    arrow: str = ""


@dataclass(frozen=True, slots=True)
class ProductLabel:
    """A label for goods whose own barcode doesn't read; a GTIN as `code` becomes EAN-13 or EAN-8.

    It may be filled up with zeros to 14 digits.
    """

    code: str
    sku: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A worker's badge."""

    code: str
    name: str
    role: str = ""


Document = (
    ParcelLabel
    | CarrierLabel
    | CollectionSlip
    | PackingSlip
    | GiftSlip
    | CN22
    | CN23
    | CommercialInvoice
    | DangerMark
    | ReturnSlip
    | Insert
    | CardSheet
    | ToteTag
    | LocationLabel
    | ProductLabel
    | Badge
)

KINDS: dict[str, type[Document]] = {
    "label": ParcelLabel,
    "carrier": CarrierLabel,
    "collection": CollectionSlip,
    "slip": PackingSlip,
    "gift": GiftSlip,
    "cn22": CN22,
    "cn23": CN23,
    "invoice": CommercialInvoice,
    "mark": DangerMark,
    "return": ReturnSlip,
    "insert": Insert,
    "cards": CardSheet,
    "tote": ToteTag,
    "location": LocationLabel,
    "product": ProductLabel,
    "badge": Badge,
}
"""Every document by the name it is kept under."""
