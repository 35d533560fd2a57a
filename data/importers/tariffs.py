"""A carrier's prices and limits as people write them, in files and on the command line.

Each reader returns None for what it doesn't understand; the sentences beside them say what was expected.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from data.importers.fields import parse_cents

RATES = "weights in g with prices that rise, such as 1000:2.99|2000:3.99, or none"
SIDES = "three sides in mm such as 600x400x400, or none"
SIDE_STEP = "mm such as 1 or 10, or inch"
GIRTH = "mm such as 3000, or none"

_SIDES = re.compile(
    r"([1-9][0-9]{0,4})\s*[x×*]\s*([1-9][0-9]{0,4})\s*[x×*]\s*([1-9][0-9]{0,4})", re.IGNORECASE
)
_STEP = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]))?(?:\s*mm)?")
_INCH = frozenset({"inch", "in", '"'})
_INCH_TENTHS = 254


def parse_rates(text: str) -> list[list[int]] | None:
    """ "1000:2.99|2000:3.99" as [[1000, 299], [2000, 399]]: [up to g, cents]; "none" is an empty list."""
    if text.casefold() == "none":
        return []
    rates = []
    for part in text.split("|"):
        weight, _, price = (piece.strip() for piece in part.partition(":"))
        cents = parse_cents(price)
        if cents is None or not re.fullmatch(r"[1-9][0-9]{0,6}", weight):
            return None
        rates.append([int(weight), cents])
    rises = all(light[0] < heavy[0] and light[1] <= heavy[1] for light, heavy in pairwise(rates))
    return rates if rises else None


def parse_sides(text: str) -> list[int] | None:
    """ "400x600x400" as [600, 400, 400] in mm, the longest first; "none" is an empty list."""
    if text.casefold() == "none":
        return []
    match = _SIDES.fullmatch(text)
    return sorted((int(side) for side in match.groups()), reverse=True) if match else None


def parse_side_step(text: str) -> int | None:
    """The step to which sides are rounded up, in tenths of a mm: "1" is 10, "inch" is 254."""
    if text.casefold() in _INCH:
        return _INCH_TENTHS
    match = _STEP.fullmatch(text)
    return (int(match[1]) * 10 + int(match[2] or 0)) or None if match else None


def parse_girth(text: str) -> int | None:
    """ "3000" in mm; "none" is 0, no limit."""
    if text.casefold() == "none":
        return 0
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,4}", text) else None


def rates_text(rates: Iterable[tuple[int, int]]) -> str:
    """((1000, 299),) as "1000:2.99", as `parse_rates` reads it."""
    return "|".join(f"{weight}:{cents // 100}.{cents % 100:02}" for weight, cents in rates)


def side_step_text(tenths: int) -> str:
    """A step as `parse_side_step` reads it: 10 is "1 mm"."""
    return "inch" if tenths == _INCH_TENTHS else f"{tenths / 10:g} mm"
