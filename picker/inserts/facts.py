"""All that may be known of a parcel, its order and its buyer when inserts are chosen."""

from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Purchase:
    """Units of one product bought earlier; `cents` is what they cost together."""

    sku: str
    category: str
    units: int
    cents: int
    on: date


@dataclass(frozen=True, slots=True)
class Content:
    """Units of one product in the parcel."""

    sku: str
    name: str
    category: str
    units: int


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of any year; the year is nobody's business."""

    month: int
    day: int


PERSONAL = frozenset(
    {"order", "orders", "every", "spent", "bought", "paid", "since", "tag", "birthday", "tier", "points"}
)
"""What rules and templates ask of a buyer's past; "order" is a rule's, a template's order is the order's number."""


@dataclass(frozen=True, slots=True)
class InsertFacts:
    """What rules and templates may ask. Money in minor units; `orders_before` counts earlier orders.

    `last_order` is the day of the newest order before this one, where any is known. `history_whole` says that
    what the customer bought before is known order by order, so that what isn't there was never bought.
    `consent` is the customer's consent to marketing. `language` is a tag such as "pl" or "zh-CN", `country` an
    ISO code. `customer` tells one buyer from another and is never printed.
    """

    order: str
    parcel: int
    today: date
    shop_name: str = ""
    customer: str = ""
    customer_name: str = ""
    language: str = "en"
    country: str = ""
    consent: bool = False
    orders_before: int = 0
    spent_cents: int = 0
    history: tuple[Purchase, ...] = ()
    history_whole: bool = True
    last_order: date | None = None
    box: tuple[Content, ...] = ()
    value_cents: int = 0
    currency: str = "EUR"
    decimals: int = 2
    """Of the order's currency; `spent_decimals` of the shop's, in which the buyer's past is counted."""
    spent_decimals: int = 2
    gift: bool = False
    channel: str = ""
    number: str = ""
    """What the buyer calls the order; "" is `order`, which tells it from all others."""
    tags: frozenset[str] = field(default_factory=frozenset)
    birthday: Birthday | None = None
    tier: str = ""
    points: int = 0
    packer_name: str = ""

    def impersonal(self) -> "InsertFacts":
        """Return what the order itself needs: nothing of what is known of the buyer from before."""
        return replace(
            self,
            orders_before=0,
            spent_cents=0,
            history=(),
            history_whole=True,
            last_order=None,
            tags=frozenset(),
            birthday=None,
            tier="",
            points=0,
        )
