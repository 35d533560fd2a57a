"""Addresses as the post of the destination country wants them written.

The order of lines and parts is that of Google's address data service, as kept in libaddressinput (CC BY 4.0,
https://chromium-i18n.appspot.com/ssl-address), in `address_formats.json`: N name, O organisation, A street,
C city, S state, Z postcode. City and postcode were put in where it leaves them to the street lines. A country
with two formats has one for its own script, from large to small, and one for Latin letters.
Country names come from Unicode's CLDR through Babel.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from printing.documents.address import AddressBlock

_FORMATS = Path(__file__).with_name("address_formats.json")
_FIELD = re.compile(r"([^%]*)%([NOACSZ])")
# CLDR's other territories: groups, reserved and private codes that ISO 3166-1 gives to no country.
_NO_COUNTRY = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"]
)
_LAST_LATIN = "\u024f"
_TONOS = "\u0301"
# What UPU calls internationally known: read wherever the parcel may be sorted.
_WORLD = "en"


@dataclass(frozen=True, slots=True)
class Postal:
    """An address in parts, each as the customer wrote it; `street` is one entry per line."""

    name: str
    company: str = ""
    street: tuple[str, ...] = ()
    city: str = ""
    zip: str = ""
    province: str = ""
    country: str = ""


def block(address: Postal, sent_from: str = "") -> AddressBlock:
    """The address as its country writes it, for a parcel sent from the country `sent_from` (ISO codes).

    Abroad the last line is the destination in capitals, in the sender's language and in English (UPU, "Addressing
    an item": the last line, in the language of the country of origin or one that is known everywhere).
    A state goes unsaid where the post has no use for it, unless there is no city.
    """
    country = address.country.strip().upper()
    lines: list[str] = []
    name_at = 0
    for template in _format(address, country).split("|"):
        if template == "%N":
            name_at = len(lines)
        lines.extend(_filled(template, address))
    if country and country != sent_from.strip().upper():
        lines.append(destination(country, sent_from))
    return AddressBlock(tuple(lines), country, name_at)


def is_country(code: str) -> bool:
    """Whether this is a country's code of two capital letters (ISO 3166-1 alpha-2)."""
    from babel import Locale

    return len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY and code in Locale("en").territories


def destination(country: str, sent_from: str) -> str:
    """The country's name in capitals, in the sender's first language and in English; the code if unknown."""
    languages = (_language(sent_from), _WORLD)
    return " / ".join(
        dict.fromkeys(_capitals(country_name(country, language), language) for language in languages)
    )


def _capitals(text: str, language: str) -> str:
    """Capitals as the language has them: Turkish keeps the dot of its i, Greek drops its accents."""
    if language in ("tr", "az"):
        text = text.replace("i", "İ")
    if language == "el":
        bare = (char for char in unicodedata.normalize("NFD", text.upper()) if char != _TONOS)
        return unicodedata.normalize("NFC", "".join(bare))
    return text.upper()


@cache
def country_name(country: str, language: str) -> str:
    """The country's name in that language; its code when either is unknown."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        names = Locale.parse(_WORLD).territories
    return str(names.get(country, country))


@cache
def _language(country: str) -> str:
    from babel.languages import get_official_languages

    return next(iter(get_official_languages(country.strip().upper(), de_facto=True)), _WORLD)


@cache
def _formats() -> dict[str, list[str]]:
    formats: dict[str, list[str]] = json.loads(_FORMATS.read_text("utf-8"))
    return formats


def _format(address: Postal, country: str) -> str:
    known = _formats().get(country, _formats()[""])
    letters = "".join((*address.street, address.city, address.province))
    return known[-1] if all(char <= _LAST_LATIN for char in letters if char.isalpha()) else known[0]


def _filled(template: str, address: Postal) -> list[str]:
    """The template's line, or lines, without what is empty and without the signs beside it."""
    if template == "%A":
        return [line for line in address.street if line.strip()]
    line = ""
    for sign, field in _FIELD.findall(template):
        value = _part(field, address)
        lead = sign.strip(" ,/-")
        if value and line:
            line += sign + value
        elif value:
            # "SI-" before a postcode belongs to it, unless the customer wrote it as well.
            line = value if not lead or value.upper().startswith(lead) else sign + value
    return [line] if line else []


def _part(field: str, address: Postal) -> str:
    match field:
        case "N":
            return address.name.strip()
        case "O":
            return address.company.strip()
        case "C":
            return address.city.strip() or address.province.strip()
        case "S":
            return address.province.strip() if address.city.strip() else ""
    return address.zip.strip()
