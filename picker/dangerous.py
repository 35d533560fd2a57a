"""Dangerous goods that a parcel service takes without a note of its own: which mark, and what may never fly.

Read on `READ_ON`; a lead compares it with its sources once a year (`picker dangerous confirm`):
- Lithium batteries: ADR 2025, special provision 188 (up to 100 Wh, the mark of 5.2.1.9); IATA Lithium Battery Guidance
  Document, packing instructions 965 to 970: batteries alone (UN 3480, UN 3090) are forbidden on passenger aircraft, and
  Section II of PI 965 and 968 ended on 31 March 2022; in or with equipment (UN 3481, UN 3091) they may fly under
  Section II of PI 966, 967, 969 and 970. Sodium ion batteries (UN 3551, UN 3552): ADR 2025, the same special provision.
- Mark: 100 x 100 mm, no less than 100 x 70 mm, red hatching; letters of the UN number 12 mm high (IATA 7.1.5.5).
- Limited quantities: ADR 2025, chapter 3.4 and table A, column 7a (most in one inner packaging), 30 kg a parcel; by air
  they need a shipper's declaration (IATA 2.7), which parcel services don't take.
What one unit holds isn't in the catalogue: a gram of its weight counts as a millilitre.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

READ_ON = date(2026, 12, 1)
CONFIRMED_FOR = timedelta(days=365)
MOST_WH = 100
LITRE = 1000


class Goods(Protocol):
    """What is asked of a product, or of an item to pack."""

    @property
    def sku(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def weight_g(self) -> int | None: ...
    @property
    def un_number(self) -> str: ...
    @property
    def hazmat(self) -> str: ...
    @property
    def batteries(self) -> int: ...
    @property
    def battery_wh(self) -> int: ...


class DangerMark(StrEnum):
    """What must stand on the parcel."""

    BATTERY = "battery"
    LIMITED = "limited"


class Why(StrEnum):
    """Why a service can't take it."""

    BY_AIR = "by_air"
    HOW_UNKNOWN = "how_unknown"
    TOO_STRONG = "too_strong"
    TOO_MUCH = "too_much"
    NEVER = "never"
    UN_UNKNOWN = "un_unknown"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A product that a service can't take, what it is, and why not; `most` is the figure it exceeds, or 0."""

    sku: str
    name: str
    danger: str
    why: Why
    most: int = 0


BATTERIES = {"3480": False, "3481": True, "3090": False, "3091": True, "3551": False, "3552": False}
"""UN numbers of batteries, and whether a parcel service may fly them."""
LIMITED = {
    "1057": 0, "1090": LITRE, "1133": 5 * LITRE, "1139": 5 * LITRE, "1170": LITRE, "1197": 5 * LITRE,
    "1210": 5 * LITRE, "1219": LITRE, "1263": 5 * LITRE, "1266": 5 * LITRE, "1300": 5 * LITRE, "1306": 5 * LITRE,
    "1791": LITRE, "1824": LITRE, "1866": 5 * LITRE, "1950": LITRE, "1987": LITRE, "1993": LITRE, "2037": LITRE,
    "2790": LITRE, "3065": 5 * LITRE, "3077": 5 * LITRE, "3082": 5 * LITRE,
}  # fmt: skip
"""Most millilitres or grams in one inner packaging, by UN number; 0 is never."""
LIMITED_CLASSES = {"3": LITRE, "4.1": LITRE, "5.1": LITRE, "6.1": 100, "8": LITRE, "9": 5 * LITRE}
"""The same by class, where no UN number is known: the least that any common entry of it has."""


def mark_of(product: Goods) -> DangerMark | None:
    """What must stand on a parcel with this product in it."""
    if product.un_number in BATTERIES or (product.batteries and not product.un_number):
        return DangerMark.BATTERY
    return DangerMark.LIMITED if product.hazmat or product.un_number else None


def danger_of(product: Goods) -> str:
    """What makes a product dangerous goods: its UN number, its class, or that it holds batteries; "" is nothing."""
    if product.un_number:
        return f"UN {product.un_number}"
    if product.batteries:
        return "lithium batteries"
    return f"class {product.hazmat}" if product.hazmat else ""


def battery_numbers(products: Iterable[Goods]) -> tuple[str, ...]:
    """The UN numbers for the battery mark of a parcel; where the catalogue has none, both that it may be."""
    marked = [product for product in products if mark_of(product) is DangerMark.BATTERY]
    known = {product.un_number for product in marked if product.un_number}
    unsaid = {"3480", "3481"} if any(not product.un_number for product in marked) else set()
    return tuple(sorted(known | unsaid))


def refusal(product: Goods, transport: str) -> Refusal | None:
    """Why a service that travels by "air", "ground" or "" (nobody has said) can't take a product; None if it can."""
    mark = mark_of(product)
    if mark is None:
        return None
    if mark is DangerMark.BATTERY:
        why, most, flies = _of_battery(product)
    else:
        why, most, flies = _of_limited(product)
    if why is None and transport != "ground" and not flies:
        why = Why.BY_AIR if transport == "air" else Why.HOW_UNKNOWN
        if transport == "air" and not product.un_number and product.batteries:
            why = Why.UN_UNKNOWN
    return None if why is None else Refusal(product.sku, product.name, danger_of(product), why, most)


def is_due(checked: date | None, today: date) -> bool:
    """Whether a lead should compare the table with its sources again."""
    return today - max(READ_ON, checked or READ_ON) > CONFIRMED_FOR


def _of_battery(product: Goods) -> tuple[Why | None, int, bool]:
    if product.battery_wh > MOST_WH:
        return Why.TOO_STRONG, MOST_WH, False
    return None, 0, BATTERIES.get(product.un_number, False)


def _of_limited(product: Goods) -> tuple[Why | None, int, bool]:
    most = LIMITED.get(product.un_number, LIMITED_CLASSES.get(product.hazmat, 0))
    if not most:
        return Why.NEVER, 0, False
    return (Why.TOO_MUCH if (product.weight_g or 0) > most else None), most, False
