"""Numbers, money and moments as a language writes them, and which plural form a count takes: by CLDR, through Babel.

Babel is loaded when it is first needed, some 60 ms: a station does it behind its first prompt, off its
screen's thread (`warm`).
"""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from picker.locale import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from babel import Locale

OTHER = "other"
"""The form that every language has."""
_GROUPED_FROM = 1000
"""Below this every language writes a number in the same digits."""


def number(language: str, value: int) -> str:
    """Return a whole number: 9650 is "9,650" in English, "9 650" in Russian."""
    if 0 <= value < _GROUPED_FROM:
        return str(value)
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_locale(language))


def money(language: str, cents: int, currency: str) -> str:
    """Return an amount of an ISO 4217 currency, or of none: 1234 is "€12.34" in English, "12,34 €" in Polish."""
    from decimal import Decimal

    from babel.numbers import format_currency, format_decimal

    if not currency:
        return format_decimal(Decimal(cents) / 100, "#,##0.00", locale=_locale(language))
    return format_currency(Decimal(cents) / 100, currency, locale=_locale(language))


def moment(language: str, at: datetime) -> str:
    """Return a moment of about this year: "Mar 5 14:00", "5 mar 14:00"."""
    from babel.dates import format_skeleton

    return f"{format_skeleton('MMMd', at, locale=_locale(language))} {at:%H:%M}"


def warm(languages: "Iterable[str]") -> None:
    """Load Babel, and what it knows of some languages: no verdict has to wait for it afterwards."""
    for language in languages:
        plural(language, 1)
        number(language, _GROUPED_FROM)
        money(language, 1, "EUR")
        moment(language, datetime(2000, 1, 1))  # noqa: DTZ001 - any moment will do


def plural(language: str, count: int) -> str:
    """Return the form that a count takes: "one", "few", "many" or another of CLDR's, "other" where nothing changes."""
    return _rule(language)(count)


def plural_forms(language: str) -> frozenset[str]:
    """Return every form that a language has."""
    return frozenset(_locale(language).plural_form.tags | {OTHER})


@cache
def _rule(language: str) -> "Callable[[int], str]":
    return _locale(language).plural_form


@cache
def _locale(language: str) -> "Locale":
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(ENGLISH)
