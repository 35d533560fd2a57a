"""What a rule may ask of the facts: names, and questions with arguments."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from picker.inserts.facts import Birthday, Content, InsertFacts, Purchase
from picker.inserts.names import primary

Value = str | int | bool | Decimal
Ask = Callable[[InsertFacts], Value | None]
"""A question to the facts; None is the answer where they don't know."""

NEVER = 1_000_000
"""Days since goods were bought by somebody who bought others, and never these."""
MOST_DAYS = 36_500


def _folded(text: str) -> str:
    return text.strip().casefold()


def _country(text: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise ValueError(f"expected a country's two letters such as PL, got {text[:40]!r}")
    return text.upper()


@dataclass(frozen=True, slots=True)
class Name:
    """A fact with a name; `same` writes words that mean the same alike, in the rule and in the fact.

    It raises ValueError for what the fact can never be.
    """

    kind: type
    ask: Ask
    same: Callable[[str], str] = _folded


@dataclass(frozen=True, slots=True)
class Function:
    """A question with arguments; `words` when what stands first in its brackets is text."""

    kind: type
    words: bool
    usage: str
    ask: Callable[..., Ask]


def _money(cents: int, decimals: int) -> Decimal:
    return Decimal(cents).scaleb(-decimals)


NAMES: dict[str, Name] = {
    "order": Name(int, lambda f: f.orders_before + 1),
    "spent": Name(Decimal, lambda f: _money(f.spent_cents, f.spent_decimals)),
    "value": Name(Decimal, lambda f: _money(f.value_cents, f.decimals)),
    "country": Name(str, lambda f: f.country.upper(), _country),
    "language": Name(str, lambda f: primary(f.language), primary),
    "channel": Name(str, lambda f: _folded(f.channel)),
    "gift": Name(bool, lambda f: f.gift),
    "tier": Name(str, lambda f: _folded(f.tier)),
    "points": Name(int, lambda f: f.points),
    "parcel": Name(int, lambda f: f.parcel),
}


def _every(nth: int) -> Ask:
    if nth < 1:
        raise ValueError(f"expected 1 or more, got {nth}")
    return lambda f: (f.orders_before + 1) % nth == 0


def _tag(tag: str) -> Ask:
    wanted = _folded(tag)
    return lambda f: wanted in {_folded(one) for one in f.tags}


def _birthday(days: int) -> Ask:
    if not 0 <= days <= 180:
        raise ValueError(f"expected 0 to 180 days, got {days}")
    return lambda f: f.birthday is not None and _days_to(f.birthday, f.today) <= days


def _days_to(birthday: Birthday, today: date) -> int:
    """Days to the nearest birthday, ahead or behind; who was born on 29 February has it on 1 March too."""
    return min(abs((_day(birthday, today.year + n) - today).days) for n in (-1, 0, 1))


def _day(birthday: Birthday, year: int) -> date:
    try:
        return date(year, birthday.month, birthday.day)
    except ValueError:
        return date(year, 3, 1)


def _in_box(sku: str = "", category: str = "") -> Ask:
    means = _goods(sku, category)
    return lambda f: sum(one.units for one in f.box if means(one))


def _bought(sku: str = "", category: str = "", days: int = MOST_DAYS) -> Ask:
    among = _purchases(sku, category, days)
    return lambda f: sum(one.units for one in among(f))


def _paid(sku: str = "", category: str = "", days: int = MOST_DAYS) -> Ask:
    among = _purchases(sku, category, days)
    return lambda f: _money(sum(one.cents for one in among(f)), f.spent_decimals)


def _since(sku: str = "", category: str = "") -> Ask:
    among, any_goods = _purchases(sku, category, MOST_DAYS), not (sku or category)

    def days(f: InsertFacts) -> int | None:
        dates = [one.on for one in among(f)]
        dates += [f.last_order] if any_goods and f.last_order else []
        if dates:
            return max(0, (f.today - max(dates)).days)
        return NEVER if f.history and f.history_whole else None

    return days


def _goods(sku: str, category: str) -> Callable[[Content | Purchase], bool]:
    """Whether a product is meant; an empty SKU or category means any."""
    sku, category = _folded(sku), _folded(category)
    return lambda one: sku in ("", _folded(one.sku)) and category in ("", _folded(one.category))


def _purchases(sku: str, category: str, days: int) -> Callable[[InsertFacts], Iterator[Purchase]]:
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"expected 1 to {MOST_DAYS} days, got {days}")
    means, window = _goods(sku, category), timedelta(days=days)
    return lambda f: (one for one in f.history if means(one) and f.today - one.on <= window)


FUNCTIONS: dict[str, Function] = {
    "every": Function(bool, False, "every(5)", _every),
    "tag": Function(bool, True, 'tag("vip")', _tag),
    "birthday": Function(bool, False, "birthday(7)", _birthday),
    "in_box": Function(int, True, 'in_box("SKU") or in_box(category="tea")', _in_box),
    "bought": Function(int, True, 'bought("SKU"), bought(category="tea", days=180)', _bought),
    "paid": Function(Decimal, True, 'paid("SKU"), paid(category="tea", days=180)', _paid),
    "since": Function(int, True, 'since("SKU") or since(category="tea")', _since),
}
