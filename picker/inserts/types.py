"""What the choice of an insert needs to know, and what it answers."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class InsertFacts:
    """All that may be known for one parcel's insert. Money in cents; `orders_before` counts earlier orders.

    `consent` is the customer's consent to marketing. `language` is a tag such as "pl" or "zh-CN".
    """

    order: str
    parcel: int
    shop_name: str
    customer_name: str
    language: str
    orders_before: int
    spent_cents: int
    consent: bool
    categories: frozenset[str]
    value_cents: int
    packer_name: str
    return_url_base: str


class Audience(StrEnum):
    """Whom a campaign is for."""

    ANYONE = "anyone"
    FIRST_ORDER = "first_order"
    RETURNING = "returning"


@dataclass(frozen=True, slots=True)
class CampaignText:
    """A campaign's words in one language.

    `{customer}`, `{packer}` and `{shop}` are replaced by names and nothing else has a meaning; a paragraph that
    asks for a name nobody knows is left out.
    """

    language: str
    heading: str
    paragraphs: tuple[str, ...]
    coupon_text: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """One insert and the rule for who gets it: every condition given must hold; empty means any.

    The highest `priority` wins, then the campaign named first. A campaign with a coupon is passed over when there
    is no code to give.
    """

    code: str
    texts: tuple[CampaignText, ...]
    audience: Audience = Audience.ANYONE
    languages: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    min_value_cents: int = 0
    min_spent_cents: int = 0
    with_coupon: bool = False
    priority: int = 0

    def __post_init__(self) -> None:
        if not self.texts:
            raise ValueError(f"campaign {self.code!r}: expected a text in at least one language, got none")


@dataclass(frozen=True, slots=True)
class InsertContent:
    """What is printed: plain text in one `language`; an empty field is left out."""

    campaign: str
    heading: str
    paragraphs: tuple[str, ...]
    coupon: str
    coupon_text: str
    return_url: str
    return_text: str
    language: str
