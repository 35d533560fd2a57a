"""GS1 Digital Links taken apart: the identifiers and values that a web link spells out."""

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from scanning.codes import GTIN_LENGTHS, is_digits

_LINK = re.compile(r"https?://", re.IGNORECASE)

# The short names of the first Digital Link standards, which many labels still carry, beside the numbers.
_NAMES = {"gtin": "01", "sscc": "00", "cpv": "22", "lot": "10", "ser": "21", "tpx": "235", "exp": "17"}
_KEYS = {"01": GTIN_LENGTHS, "00": (18,)}
"""Identifiers that a link can be about and a packing station knows, and how many digits each has."""
_NUMBER = re.compile(r"[0-9]{2,4}")
_READ = re.compile(r"0[012]|10|1[5-7]|21|3[07]|310[0-5]|400")
"""What a packing station reads of a link; anything else, such as a page's own parameters, is left alone."""
_DATE = re.compile(r"[0-9]{6}")


def is_link(text: str) -> bool:
    """Whether `text` is a web link."""
    return bool(_LINK.match(text))


def elements_of(link: str) -> list[tuple[str, str]]:
    """(application identifier, value) of a Digital Link, the key first; empty where it names no product or unit.

    The qualifiers may stand in any order, by number or by short name, behind any path and with empty segments
    between; values are percent-decoded, a GTIN of any length gets its 14 digits.
    GS1 Digital Link Standard: URI Syntax, 4 and 5.

    Raises:
        ValueError: the link can't be taken apart.
    """
    parts = urlsplit(link)
    path = [unquote(part).strip() for part in parts.path.split("/")]
    start = next((place for place, pair in enumerate(pairwise(path)) if _is_key(*pair)), None)
    if start is None:
        return []
    elements = [*_qualifiers(path[start:]), *_asked(parts.query)]
    return [(name, _whole(name, value)) for name, value in elements if value and _READ.fullmatch(name)]


def _is_key(name: str, value: str) -> bool:
    return is_digits(value) and len(value) in _KEYS.get(_identifier(name), ())


def _identifier(name: str) -> str:
    """The number that a name stands for; "" for a segment or a parameter that is no identifier."""
    return name if _NUMBER.fullmatch(name) else _NAMES.get(name.casefold(), "")


def _whole(identifier: str, value: str) -> str:
    return value.zfill(14) if identifier in ("01", "02") else value


def _qualifiers(path: list[str]) -> Iterator[tuple[str, str]]:
    """Each identifier of a path with the segment behind it; other segments are a page's own."""
    names = iter(range(len(path) - 1))
    for place in names:
        if identifier := _identifier(path[place]):
            yield identifier, path[place + 1]
            next(names, None)


def _asked(query: str) -> Iterator[tuple[str, str]]:
    """What stands behind the question mark; a plus is one, because no GS1 value holds a space."""
    for one in re.split("[&;]", query):
        name, _, value = (unquote(part).strip() for part in one.partition("="))
        if name.casefold() != "exp" or _DATE.fullmatch(value):  # a signed link has an "exp" of its own
            yield _identifier(name), value
