"""A product's figures: its sides and weight on record, as typed, and whether they can be true."""

import re
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from data.types import Product
from picker.flow.events import Figures
from picker.locale.messages import Message, Sides, say

LONGEST_MM = 20_000
"""Above this a number is no side of a product."""
DENSEST, LIGHTEST = 12_000, 5
"""Grams per litre between which nearly everything lies: lead has 11,340, loose foam about 10."""
_FACTOR = 1.5
"""A side or weight that differs from the one on record by more must be given twice."""

_MM = {"mm": Decimal(1), "cm": Decimal(10), "in": Decimal("25.4"), '"': Decimal("25.4")}
_SIDE = re.compile(
    r"(?:[lwh]\s*[:=]?\s*)?(\d{1,5}(?:\.\d{1,4}|,\d{1,2})?)(?:\s*(mm|cm|in|\"))?", re.IGNORECASE | re.ASCII
)
_BETWEEN = re.compile(r"\s*[x×*;/]\s*|\s+", re.IGNORECASE)


def figures_of(product: Product) -> Figures:
    """Return what is on record; 0 is not known."""
    sides = (product.length_mm or 0, product.width_mm or 0, product.height_mm or 0)
    return (*sides, product.weight_g or 0)


def with_figures(product: Product, figures: Figures) -> Product:
    """Return the product with other figures."""
    length, width, height, weight = (figure or None for figure in figures)
    return replace(product, length_mm=length, width_mm=width, height_mm=height, weight_g=weight)


def on_record(figures: Figures) -> Message:
    """Return the figures that are known, in words."""
    sides = say("also.sides", sides=Sides(figures[:3])) if all(figures[:3]) else say("also.no_sides")
    weight = say("also.weight", weight=figures[3]) if figures[3] else say("also.no_weight")
    return say("also.and", first=sides, second=weight)


def read_sides(text: str) -> tuple[int, ...] | None:
    """Return one or three sides in mm, parts of a mm rounded up; None for anything else.

    "300x200x150", "300 200 150", "L300 W200 H150 mm", "30.5 x 20 x 15 cm", "12x8x6 in", "300". A unit at the
    end counts for all; with several, each counts for its own side.
    """
    parts = []
    rest = text.strip()
    while rest:
        match = _SIDE.match(rest)
        if match is None:
            return None
        parts.append((Decimal(match[1].replace(",", ".")), (match[2] or "").lower()))
        rest = rest[match.end() :]
        between = _BETWEEN.match(rest)
        if rest and (between is None or between.end() == len(rest)):
            return None
        rest = rest[between.end() :] if between else ""
    return _in_mm(parts) if len(parts) in (1, 3) else None


def _in_mm(parts: list[tuple[Decimal, str]]) -> tuple[int, ...] | None:
    units = [unit for _, unit in parts]
    if not any(units[:-1]):
        units = [units[-1] or "mm"] * len(parts)
    if not all(units):
        return None
    exact = (size * _MM[unit] for (size, _), unit in zip(parts, units, strict=True))
    return tuple(int(side.to_integral_value(ROUND_CEILING)) for side in exact)


def sides_differ(before: Figures, sides: tuple[int, ...]) -> bool:
    """Whether the sides, whichever way round, are far from those on record."""
    return all(before[:3]) and any(map(_far, sorted(before[:3]), sorted(sides)))


def weight_differs(before: Figures, weight_g: int) -> bool:
    """Whether the weight is far from the one on record."""
    return bool(before[3]) and _far(before[3], weight_g)


def _far(one: int, other: int) -> bool:
    return max(one, other) > _FACTOR * min(one, other)


def unlikely(figures: Figures) -> bool:
    """Whether something of this size can hardly weigh this much or this little."""
    length, width, height, weight = figures
    per_litre = weight * 1_000_000 // (length * width * height)
    return not LIGHTEST <= per_litre <= DENSEST
