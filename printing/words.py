"""The documents' own fixed words, one file per language in `texts`; English fills gaps."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

_TEXTS = Path(__file__).with_name("texts")
_FALLBACK = "en"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi"})

LANGUAGES = tuple(sorted(file.stem for file in _TEXTS.glob("*.json")))


def word(language: str, key: str, **values: object) -> str:
    """The fixed words for `key`, filled in; a regional language ("zh-CN") uses its base."""
    text = _words(base(language)).get(key) or _words(_FALLBACK)[key]
    return text.format(**values)


def words_of(language: str, group: str, key: str) -> str:
    """The words for one of a group's keys ("mark"); a text that is no key stays as it is."""
    name = f"{group}.{key}"
    return word(language, name) if name in _words(_FALLBACK) else key


def parcel_of(language: str, parcel: int, parcels: int) -> str:
    """Which parcel of how many; while it isn't known how many there will be (`parcels` is 0), which one alone."""
    key = "parcel" if parcels else "parcel_before_last"
    return word(language, key, parcel=parcel, parcels=parcels)


def base(language: str) -> str:
    """The language without its region: "zh" of "zh-CN" and "zh_Hans"."""
    return language.replace("_", "-").partition("-")[0].lower()


def starts_right(language: str) -> bool:
    """Whether lines of this language begin at the right."""
    return base(language) in _RIGHT_TO_LEFT


def kilograms(grams: int) -> str:
    """A weight in g as kilograms with three places, exactly."""
    return f"{grams // 1000}.{grams % 1000:03d}"


def money(cents: int, currency: str, decimals: int = 2) -> str:
    """An amount in the minor unit of its ISO 4217 currency, exactly: 1234, "EUR" is "12.34 EUR"."""
    return f"{Decimal(cents).scaleb(-decimals):.{decimals}f} {currency}"


@cache
def _words(language: str) -> dict[str, str]:
    if language not in LANGUAGES:
        return {}
    words: dict[str, str] = json.loads((_TEXTS / f"{language}.json").read_text("utf-8"))
    return words
