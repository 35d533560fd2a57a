"""Signs of the house: cards to scan, bins, totes, products, badges."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """One barcode of a card sheet with its words."""

    code: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class CardSheet:
    """A page of Code 128 cards: commands, badges, packaging or locations."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ToteTag:
    """The sign on a tote: its `code` to scan, and its `name` in letters that can be read from afar."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class LocationLabel:
    """The sign of a bin. `arrow` is "up", "down", "left", "right" or "": where the bin is from the sign."""

    code: str
    name: str
    arrow: str = ""


@dataclass(frozen=True, slots=True)
class ProductLabel:
    """A label for goods whose own barcode doesn't read; a GTIN as `code` becomes EAN-13 or EAN-8.

    It may be filled up with zeros to 14 digits.
    """

    code: str
    sku: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A worker's badge."""

    code: str
    name: str
    role: str = ""


Sign = CardSheet | ToteTag | LocationLabel | ProductLabel | Badge

KINDS: dict[str, type[Sign]] = {
    "cards": CardSheet,
    "tote": ToteTag,
    "location": LocationLabel,
    "product": ProductLabel,
    "badge": Badge,
}
"""By the name each is kept under."""
