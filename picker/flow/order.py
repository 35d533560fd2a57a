"""An order as the shop wants it, with what the catalogue knows of its lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.types import OrderId, OrderState, Product, Tariff


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of an order as the shop wants it now."""

    line: int
    sku: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a product lies: units on record there, and the location's position in the walk."""

    location: str
    walk_key: int
    quantity: int


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order and everything of the catalogue that its lines need."""

    id: OrderId
    state: OrderState
    lines: tuple[OrderLine, ...]
    products: Mapping[str, Product]
    places: Mapping[str, tuple[Place, ...]]
    codes: Mapping[str, tuple[tuple[str, int], ...]]
    """Of each SKU what can be scanned or typed for it, each with the units that it counts."""
    service: str = ""
    due_at: datetime | None = None
    priority: int = 0
    hold_reason: str = ""
    note: str = ""
    gift: bool = False
    customer: str = ""
    value_cents: int = 0
    tags: frozenset[str] = frozenset()
    """The buyer's tags, in lower case."""
    tariff: Tariff | None = None
    pieces: bool = False
    """Each label of its service says how many parcels there are in all."""
    min_days_left: int = 0
    """Days that goods with a date must keep, by its shop and by the country it goes to; the more counts."""
    gone: frozenset[tuple[str, str]] = frozenset()
    """(SKU, serial) of its units that had gone out with another order when this one was taken in hand."""
    pick_up: bool = False
    """Its buyer comes to fetch it."""
    shop: str = ""
    called: str = ""
    """Its number, with what tells it from other orders of that number; "" is its id."""

    @property
    def name(self) -> str:
        """What people call it."""
        return self.called or self.id
