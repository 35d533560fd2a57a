"""A campaign: who gets which insert, from when to when, how often, and what is printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from picker.inserts.rules import Rule


class Once(StrEnum):
    """How often one customer gets a campaign at most."""

    CUSTOMER = "customer"
    DAYS = "days"
    """Once in `Campaign.days` days."""
    ORDER = "order"
    PARCEL = "parcel"


class Broken(StrEnum):
    """What happens to a parcel whose insert can't be printed."""

    BLOCK = "block"
    """It waits until the insert is there."""
    WARN = "warn"
    """The packer is told, and goes on."""
    SKIP = "skip"
    """It goes without a word."""


class Group(StrEnum):
    """Whether a customer gets the campaign or shows what happens without it."""

    TEST = "test"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Campaign:
    """One version of a campaign. `starts` and `ends` are UTC instants, the end exclusive; `None` is open.

    `templates` are the texts of `picker.inserts.template` by language, the first one given being the one to fall
    back on after English. `series` names the coupons it gives away, "" if none. `budget` is how many may be printed
    in all. A campaign that is not `marketing` goes to customers without consent as well, and asks nothing of their
    past.
    """

    code: str
    name: str
    who: Rule
    templates: Mapping[str, str]
    version: int = 1
    priority: int = 0
    starts: datetime | None = None
    ends: datetime | None = None
    once: Once = Once.PARCEL
    days: int = 0
    budget: int | None = None
    control_percent: int = 0
    series: str = ""
    broken: Broken = Broken.WARN
    marketing: bool = True

    def __post_init__(self) -> None:
        if not self.templates:
            raise ValueError(
                f"campaign {self.code!r}: expected a template in at least one language, got none"
            )
        if not 0 <= self.control_percent <= 100:
            raise ValueError(
                f"campaign {self.code!r}: expected a control group of 0 to 100 %, got {self.control_percent}"
            )
        if self.once is Once.DAYS and self.days < 1:
            raise ValueError(f"campaign {self.code!r}: expected 1 day or more, got {self.days}")
        if self.starts and self.ends and self.starts >= self.ends:
            raise ValueError(f"campaign {self.code!r}: expected an end after {self.starts}, got {self.ends}")


@dataclass(frozen=True, slots=True)
class Usage:
    """What became of a campaign so far. `last` is when this customer got it, `orders` and `parcels` of them.

    `parcels` are (order, parcel). `codes` are coupons that can still be given.
    """

    printed: int = 0
    last: date | None = None
    orders: frozenset[str] = field(default_factory=frozenset)
    parcels: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    codes: int = 0


class Passed(StrEnum):
    """Why a campaign is not for a parcel."""

    NOT_YET = "not_yet"
    OVER = "over"
    NO_CONSENT = "no_consent"
    RULE = "rule"
    GIFT = "gift"
    """The order is a gift: who receives it didn't place it, and the rule doesn't speak of gifts."""
    HAD_IT = "had_it"
    BUDGET = "budget"
    NO_CODES = "no_codes"
    CONTROL = "control"
    LESS_URGENT = "less_urgent"
    """Another one of higher priority is."""
