"""What a file says, whatever shop it came from: frozen, typed, not yet compared with the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import Connection

from data.types import Address, OrderId, ReturnReason, Worker


@dataclass(frozen=True, slots=True)
class PackCode:
    """A barcode as written, and how many units one scan of it counts."""

    code: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class VariantIn:
    """What a file tells the variants of one SKU by, what an order's line calls this one, and its barcode if any.

    `handle` names the listing that the variant belongs to; a file of our own has none.
    """

    handle: str
    variant: str
    name: str
    barcode: str = ""


@dataclass(frozen=True, slots=True)
class ProductIn:
    """One SKU, or one of the variants that share it. `given` holds only the product's columns that the file speaks
    of; the others stay as they are.

    `notes` are care notes and manuals by language, in the same way. `rivals` are all variants of its SKU in the file,
    this one included.
    """

    sku: str
    line: int
    given: dict[str, object] = field(default_factory=dict)
    barcodes: tuple[PackCode, ...] = ()
    stock: tuple[tuple[str, int], ...] = ()
    notes: dict[str, dict[str, object]] = field(default_factory=dict)
    variant: VariantIn | None = None
    rivals: tuple[VariantIn, ...] = ()


@dataclass(frozen=True, slots=True)
class PackagingIn:
    """One packaging. `given` holds only the columns the file speaks of; `counted` is the stock figure or None."""

    line: int
    code: str
    given: dict[str, object]
    barcodes: tuple[str, ...]
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class ServiceIn:
    """One carrier service, with only the columns the file speaks of."""

    line: int
    code: str
    given: dict[str, object]


@dataclass(frozen=True, slots=True)
class ReturnIn:
    """Units of an order that came back, for one reason at one time; of some the serial numbers may be known."""

    line: int
    order: str
    sku: str
    reason: ReturnReason
    at: datetime
    quantity: int
    note: str = ""
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PurchaseIn:
    """Units of a product that a buyer bought on a day, and what they cost together; `order` may be empty."""

    line: int
    email: str
    sku: str
    category: str
    units: int
    cents: int
    day: date
    order: str = ""


@dataclass(frozen=True, slots=True)
class WorkerIn:
    """One worker; an empty badge leaves the badges as they are."""

    line: int
    worker: Worker
    badge: str


@dataclass(frozen=True, slots=True)
class CustomerIn:
    """One customer of a shop, with only the columns the file speaks of."""

    line: int
    email: str
    given: dict[str, object] = field(default_factory=dict)


class Verdict(StrEnum):
    """What the source says of an order."""

    READY = "ready"
    HELD = "held"
    CANCELLED = "cancelled"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class KitIn:
    """What a shop sells as one: the products that it is made of, as SKU -> units in one kit."""

    sku: str
    line: int
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LinePart:
    """The kit that a line is a part of, as the order has it: how many of them, and what one costs."""

    sku: str
    name: str
    units: int
    price_cents: int


@dataclass(frozen=True, slots=True)
class LineIn:
    """One line of an order; an empty SKU is one the shop doesn't know either. `unread` is what is wrong with its
    quantity where nobody can read that; it is 0 then. `part_of` is the kit whose part it is.
    """

    sku: str
    name: str
    quantity: int
    price_cents: int = 0
    unread: str = ""
    part_of: LinePart | None = None


@dataclass(frozen=True, slots=True)
class OrderIn:
    """One order. `payment` is the way of payment as the shop calls it, `collect_cents` are paid at the door. `codes`
    are the texts its pick sheet may carry; `reason` says why it is held, cancelled or left out, `doubtful` names
    the cells that can't be read, `partly` the lines of which some units went out already.
    `said` is the revision of what the file said where a lead's decisions stand in its place.
    `source_id` is the source's own id, "" where the file has none. As a file is read
    `id` is the number; once it is known which order it is, `id` is its key here and `number` what the file calls it.
    """

    id: str
    line: int
    source: str
    placed_at: datetime | None
    lines: tuple[LineIn, ...]
    address: Address
    service: str = ""
    priority: int = 0
    email: str = ""
    language: str = ""
    currency: str = ""
    value_cents: int = 0
    gift: bool = False
    note: str = ""
    payment: str = ""
    collect_cents: int = 0
    gift_message: str = ""
    giver: str = ""
    marketing_consent: bool | None = None
    codes: tuple[str, ...] = ()
    verdict: Verdict = Verdict.READY
    reason: str = ""
    doubtful: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    said: str = ""
    source_id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class LineChange:
    """How the wanted quantity of one line of an order changed; a new line comes from 0, a removed one goes
    to 0.
    """

    line: int
    sku_text: str
    before: int
    after: int


class StartedOrders(Protocol):
    """What must happen to orders that a station has begun; called inside the import's own transaction."""

    def changed(self, connection: Connection, order_id: OrderId, what: list[LineChange]) -> None:
        """The wanted quantities changed, and already stand in `order_line`."""

    def cancelled(self, connection: Connection, order_id: OrderId, reason: str) -> None:
        """The shop cancelled the order."""

    def held(self, connection: Connection, order_id: OrderId, reason: str) -> None:
        """The order must not go on until a person looked at it."""
