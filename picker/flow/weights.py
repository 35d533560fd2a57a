"""A weight as a person types it or a scale's line says it.

Scales' lines after their makers' manuals: A&D and its many clones ("ST,GS,+  1.250kg"), Mettler Toledo's MT-SICS
("S S     100.00 g"), Radwag ("SI ?   1.250 kg"), Sartorius SBI ("N     +   123.45 g", no unit while it moves) and
Toledo 8217 ("1.250 kg N", "?"). A scale says by itself whether it stands still: what moves is no weight yet.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, auto

HEAVIEST_G = 70_000
"""Above this a number is no parcel: the post carries 30 kg, freight parcels 70 kg."""


class NoWeight(Enum):
    """Why a text gives no weight: it is none, the scale's load still moves, or is beyond what it can weigh."""

    NONE = auto()
    MOVING = auto()
    BEYOND = auto()


_GRAMS = {
    name: Decimal(grams)
    for grams, names in {
        "1": "g gr gm gram grams г гр грамм 克",
        "1000": "kg kgs kilo кг 公斤 千克",
        "500": "斤",
        "453.59237": "lb lbs pound pounds #",
        "28.349523125": "oz ounce ounces",
        "1000000": "t",
    }.items()
    for name in names.split()
}
"""Grams in a unit; the avoirdupois pound of 1959, the market's jin of 500 g."""
_UNIT = "|".join(sorted(map(re.escape, _GRAMS), key=len, reverse=True))
_NUMBER = (
    r"(?P<whole>\d{1,3}(?:[ ']\d{3})+|\d{1,3}(?:,\d{3})+(?=\.\d)|\d{1,3}(?:\.\d{3})+(?=,\d)|\d{1,7})"
    r"(?:[.,](?P<part>\d{1,6}))?"
)
_NET = r"(?: *(?:n|g|net|gross|nt|gs))?"
_WEIGHT = re.compile(rf"\+? *{_NUMBER}(?:,? *(?P<unit>{_UNIT}))?\.?{_NET}", re.ASCII)
_POUNDS = re.compile(
    r"\+? *(\d{1,3}) *(?:lbs?|pounds?|#)[ ,.]*((?:1[0-5]|0?\d)(?:[.,]\d{1,4})?) *(?:oz|ounces?)\.?" + _NET,
    re.ASCII,
)
"""Pounds and ounces, of which there are fewer than 16."""
_KILOS = re.compile(r"(\d{1,2}) *(?:kg|кг|公斤|千克)[ ,.]*(\d{1,3}) *(?:g|г|гр|克)\.?", re.ASCII)

_INDICATOR = re.compile(
    r"(st|us|ol|qt)(?:[,; ]+|(?=[+-]))(?:(?:gs|nt|net|gross|ok|hi|lo|--|g|n)(?:[,; ]+|(?=[+-])))?(.*)"
)
_NAMED = re.compile(r"(?:(?:gross|net|weight)[: =]*|(?:g|n|w)[: =]+)(?=[+\d])")
_MARKED = re.compile(r".*\d.*[ ,;](us|ol)")
_FRAME = re.compile(r"\x01\x02(.*).\x03\x04?", re.DOTALL)
"""CAS's answer, whose last sign before the end is a check sum and means nothing to read."""
_SICS = re.compile(r"(?:si|sui|su|s)(?: +([sdieav?^+-])(?= |$))?(?: +(.*)|$)")
_CAS = re.compile(r"u[ ,]+[\d.]+ *(?:kg|g|lb|oz)")
_SBI = re.compile(r"(?:[a-z#]{1,6} +)?([+-] *[\d.]+.*)")
_NO_UNIT = re.compile(r"[+-](?: +[\d.]+| *\d+\.\d+)")
_STATES = {
    "us": NoWeight.MOVING,
    "ol": NoWeight.BEYOND,
    "qt": NoWeight.NONE,
    "d": NoWeight.MOVING,
    "i": NoWeight.MOVING,
    "e": NoWeight.MOVING,
    "?": NoWeight.MOVING,
    "^": NoWeight.BEYOND,
    "v": NoWeight.BEYOND,
    "a": NoWeight.NONE,
}


def read_weight(text: str) -> int | NoWeight:
    """Return whole grams, or why there are none.

    "1250", "1 250 g", "1.25 kg", "1,25 кг", "２公斤", "2.75 lb", "2 lb 12 oz", and the lines of scales; without a
    unit a number is of grams. "1.250 g" could be either of two weights and is none.
    """
    line = _plain(text)
    state = _state(line)
    return state if isinstance(state, NoWeight) else _grams(state)


def _plain(text: str) -> str:
    """In small letters and half width, with single kinds of blanks and no control characters."""
    even = (
        unicodedata.normalize("NFKC", _FRAME.sub(r"\1", text)).casefold().replace("。", ".").replace("’", "'")
    )
    return "".join(
        " " if sign.isspace() else sign for sign in even if sign.isspace() or sign.isprintable()
    ).strip()


def _state(line: str) -> str | NoWeight:
    """The rest of a line behind what a scale says of itself, or what hinders."""
    if _CAS.fullmatch(line) or line.startswith("?") or line.endswith("?") or _NO_UNIT.fullmatch(line):
        return NoWeight.MOVING
    if re.fullmatch(r"stat +[hl+-]", line):
        return NoWeight.BEYOND
    marked = _MARKED.fullmatch(line)
    if marked is not None:
        return _STATES[marked[1]]
    line = _NAMED.sub("", line, count=1) if _NAMED.match(line) else line
    match = _INDICATOR.fullmatch(line) or _SICS.fullmatch(line)
    if match is None:
        marked = _SBI.fullmatch(line)
        return line if marked is None else NoWeight.MOVING if _NO_UNIT.fullmatch(marked[1]) else marked[1]
    flag, rest = match[1] or "", match[2] or ""
    if flag in ("+", "-"):
        return f"{flag}{rest}" if rest else NoWeight.BEYOND
    return _STATES.get(flag, rest)


def _grams(line: str) -> int | NoWeight:
    pounds = _POUNDS.fullmatch(line)
    if pounds is not None:
        exact = int(pounds[1]) * _GRAMS["lb"] + Decimal(pounds[2].replace(",", ".")) * _GRAMS["oz"]
        return _whole(exact)
    kilos = _KILOS.fullmatch(line)
    if kilos is not None:
        return _whole(Decimal(int(kilos[1]) * 1000 + int(kilos[2])))
    match = _WEIGHT.fullmatch(line)
    if match is None or not _clear(match):
        return NoWeight.NONE
    digits = re.sub(r"\D", "", match["whole"])
    return _whole(Decimal(f"{digits}.{match['part'] or 0}") * _GRAMS[match["unit"] or "g"])


def _clear(match: re.Match[str]) -> bool:
    """Whether the number can be only one weight; grams have no parts where no unit says that they are grams."""
    whole, part, unit = match["whole"], match["part"] or "", match["unit"]
    if unit is None:
        return not part
    if _GRAMS[unit] == 1:
        return len(part) != 3 or not whole.isdigit() or len(whole) > 3
    return _GRAMS[unit] != 1000 or len(part) <= 3


def _whole(grams: Decimal) -> int | NoWeight:
    near = int(grams.to_integral_value(ROUND_HALF_UP))
    return near if 1 <= near <= HEAVIEST_G else NoWeight.NONE
