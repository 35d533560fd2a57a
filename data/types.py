"""Plain facts that every room may speak of: frozen, exact, without a database."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID


class Fragility(IntEnum):
    """How easily a product breaks; decides its padding."""

    STURDY = 0
    CAREFUL = 1
    FRAGILE = 2
    VERY_FRAGILE = 3


class Rotation(StrEnum):
    """How a product may be turned: any way, about the vertical only, or not at all."""

    ANY = "any"
    UPRIGHT = "upright"
    FIXED = "fixed"


class PackagingKind(StrEnum):
    """What a packaging is made as."""

    CARTON = "carton"
    PADDED_MAILER = "padded_mailer"
    POLY_MAILER = "poly_mailer"
    TUBE = "tube"
    OWN_BOX = "own_box"


class Role(StrEnum):
    """What a worker may authorise."""

    PACKER = "packer"
    LEAD = "lead"
    ADMIN = "admin"


class CodeKind(StrEnum):
    """What a barcode can stand for."""

    PRODUCT = "product"
    LOCATION = "location"
    WORKER = "worker"
    PACKAGING = "packaging"
    TOTE = "tote"
    ORDER = "order"
    PARCEL = "parcel"
    COMMAND = "command"


class OrderState(StrEnum):
    """Where an order stands."""

    WAITING = "waiting"
    IN_WORK = "in_work"
    PARKED = "parked"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class StockState(StrEnum):
    """What stock at a location may be used for; only `AVAILABLE` serves orders."""

    AVAILABLE = "available"
    QUARANTINE = "quarantine"
    SCRAP = "scrap"
    REWORK = "rework"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Product:
    """An article of the catalogue. Sizes in mm and weight in g; `None` is not yet measured."""

    sku: str
    name: str
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    weight_g: int | None = None
    rotation: Rotation = Rotation.ANY
    fragility: Fragility = Fragility.STURDY
    max_top_g: int | None = None
    mailer_ok: bool = False
    liquid: bool = False
    lot_wanted: bool = False
    serial_wanted: bool = False
    expiry_wanted: bool = False
    category: str = ""
    location: str = ""
    price_cents: int = 0


@dataclass(frozen=True, slots=True)
class Packaging:
    """A carton, mailer or tube. Sizes in mm as (x, y, z), z up; weights in g; price in cents."""

    code: str
    name: str
    kind: PackagingKind
    inner_mm: tuple[int, int, int]
    outer_mm: tuple[int, int, int]
    tare_g: int
    max_gross_g: int
    price_cents: int
    stock: int = 0


@dataclass(frozen=True, slots=True)
class Worker:
    """A person who signs in with a badge."""

    id: str
    name: str
    role: Role = Role.PACKER
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Service:
    """A carrier service. `cutoff` is local wall time "HH:MM"; money in cents, weights in g."""

    code: str
    carrier: str
    name: str
    cutoff: str
    max_weight_g: int
    base_cents: int
    step_cents: int
    step_g: int
    dim_divisor: int


@dataclass(frozen=True, slots=True)
class Address:
    """Where a parcel goes; any field but the name may be empty."""

    name: str
    company: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    zip: str = ""
    province: str = ""
    country: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """One thing a scanned code can stand for; `quantity` is what one scan of it counts."""

    kind: CodeKind
    ref: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One row of the event log; `payload` holds JSON values only, never personal data."""

    id: UUID
    stream: str
    version: int
    station: str
    seq: int
    worker: str
    authorised_by: str | None
    at: datetime
    kind: str
    payload: dict[str, object]
    schema: int = 1
