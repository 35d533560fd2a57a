"""What lies in a parcel beside its goods: slips for its recipient."""

from dataclasses import dataclass
from enum import StrEnum

from printing.documents.address import AddressBlock


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
class SlipLine:
    """One line of a slip; quantities in units, the price of one unit in cents.

    A `part` belongs to the kit above it, and has no price of its own.
    """

    sku: str
    name: str
    quantity: int
    ordered: int
    note: str = ""
    price_cents: int | None = None
    part: bool = False


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


Slip = PackingSlip | GiftSlip | ReturnSlip

KINDS: dict[str, type[Slip]] = {
    "slip": PackingSlip,
    "gift": GiftSlip,
    "return": ReturnSlip,
}
"""By the name each is kept under."""
