"""Plain facts that every room may speak of: frozen, exact, without a database."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from itertools import pairwise
from typing import NewType
from uuid import UUID

OrderId = NewType("OrderId", str)
"""The key of an order and of its log; the number that people use where that was free."""
StationId = NewType("StationId", str)
"""The name of a packing station, or of what else writes into the log."""
WorkerId = NewType("WorkerId", str)
"""The id of a person, "" for nobody."""
ShopId = NewType("ShopId", str)
"""The id of a shop."""
Sku = NewType("Sku", str)
"""The SKU of a product, as the catalogue has it."""


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


class ReturnReason(StrEnum):
    """Why a customer sent something back."""

    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    MISSING_PART = "missing_part"
    DEFECTIVE = "defective"
    NOT_AS_DESCRIBED = "not_as_described"
    TOO_SMALL = "too_small"
    TOO_BIG = "too_big"
    CHANGED_MIND = "changed_mind"


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
    own_box: bool = False
    """It may be sent as it is, in the box it comes in."""
    ships_alone: bool = False
    """Each unit travels in a parcel of its own."""
    group: str = ""
    """What a policy keeps apart: "food", "chemical", "paper"."""
    hazmat: str = ""
    """The transport class of dangerous goods: "3", "8"."""
    batteries: int = 0
    battery_wh: int = 0
    """Lithium ion batteries in one unit, and watt-hours of each."""
    nests_mm: int | None = None
    """How much one more unit adds to the height of a pile of units stuck into each other: cups, bowls."""
    hs_code: str = ""
    origin: str = ""
    """For customs: the Harmonized System code, and the ISO code of the country it was made in."""
    battery_g: int | None = None
    """What the batteries of one unit weigh; `None` is not known."""
    lot_pattern: str = ""
    serial_pattern: str = ""
    """What its lots and serial numbers look like, as `data.patterns` reads it; "" is anything."""
    min_days_left: int = 0
    """A unit whose date is known goes out with at least so many days to it."""
    un_number: str = ""
    """Of dangerous goods, four digits: 3480 and 3481 are lithium ion batteries alone and in or with equipment."""
    no_barcode: bool = False
    """It bears none: its location's code stands for it at the pick, OK for each unit at the check."""


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
    ect: int | None = None
    """Edge crush test of the board in lb/in, with `walls` layers of fluting; `None` says nothing of its strength."""
    walls: int = 1
    services: frozenset[str] | None = None
    """The carrier services, by code, that take it; all by default."""
    codes: tuple[str, ...] = ()
    """What can be scanned for it, in the form in which it is looked up."""
    shops: frozenset[str] | None = None
    """The shops whose orders go into it; all by default."""

    def packs_for(self, shop: str) -> bool:
        """Whether orders of a shop go into it."""
        return self.shops is None or shop in self.shops


@dataclass(frozen=True, slots=True)
class Worker:
    """A person who signs in with a badge."""

    id: WorkerId
    name: str
    role: Role = Role.PACKER
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Tariff:
    """What one carrier service charges and takes. Money in cents, weights in g, sides in mm.

    `rates` are (up to g, cents) in rising order; without them a parcel costs base + step * started steps.
    The volume's weight is reckoned from outer sides rounded up to `side_step_tenths` of a mm (254 is an inch: UPS
    and FedEx since 18 August 2025). `max_sides_mm` falls from the longest to the shortest side; girth is the
    longest side plus twice each of the others.
    """

    code: str = ""
    base_cents: int = 420
    step_cents: int = 85
    step_g: int = 500
    rates: tuple[tuple[int, int], ...] = ()
    dim_divisor: int = 5000
    side_step_tenths: int = 10
    max_weight_g: int = 30_000
    max_sides_mm: tuple[int, int, int] | None = None
    max_girth_mm: int | None = None

    def __post_init__(self) -> None:
        if min(self.step_g, self.dim_divisor, self.side_step_tenths) <= 0:
            given = (self.step_g, self.dim_divisor, self.side_step_tenths)
            raise ValueError(
                f"tariff {self.code!r}: expected step, divisor and side step above 0, got {given}"
            )
        if list(self.rates) != sorted(set(self.rates)) or any(a[1] > b[1] for a, b in pairwise(self.rates)):
            raise ValueError(f"tariff {self.code!r}: expected rates that rise, got {self.rates}")

    @property
    def heaviest_g(self) -> int:
        """The greatest weight it takes: its own limit, or where its rates end."""
        return min(self.max_weight_g, self.rates[-1][0]) if self.rates else self.max_weight_g


@dataclass(frozen=True, slots=True)
class Service:
    """A carrier service and what it charges. `cutoff` is local wall time "HH:MM", `days` says in words on which.

    With `pieces` "required" each label says how many parcels there are in all.
    `transport` is "ground", "air" or "": nobody has said how its parcels travel.
    """

    code: str
    carrier: str
    name: str
    cutoff: str
    tariff: Tariff = Tariff()
    days: str = ""
    pieces: str = "none"
    transport: str = ""


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
    tax_id: str = ""
    """The recipient's number with the tax office or customs."""


@dataclass(frozen=True, slots=True)
class CodeMatch:
    """One thing a scanned code can stand for; `quantity` is what one scan of it counts."""

    kind: CodeKind
    ref: str
    quantity: int = 1


class StreamKind(StrEnum):
    """Whose histories the event log keeps."""

    ORDER = "order"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class Stream:
    """One history of the event log, by its kind and the id of what it is of."""

    kind: StreamKind
    id: str

    @property
    def name(self) -> str:
        """Its name in the log: an order's is its number alone."""
        return self.id if self.kind is StreamKind.ORDER else f"{self.kind.value}:{self.id}"


def order_stream(order: OrderId) -> Stream:
    """Return the stream of an order."""
    return Stream(StreamKind.ORDER, order)


def station_stream(station: StationId) -> Stream:
    """Return the stream of a station itself."""
    return Stream(StreamKind.STATION, station)


class ExceptionKind(StrEnum):
    """What a person must look at. The lead's list alone has `PARKED`, `PRINT` and `TABLE_DUE`, made from other tables.

    Those from `UNKNOWN_SKU` to `UNCLEAR_CELL` are reasons for which intake holds an order, too.
    """

    SHORT = "short"
    DAMAGE = "damage"
    HOLD = "hold"
    PUT_BACK = "put_back"
    STOCK_WRONG = "stock_wrong"
    INSERT = "insert"
    CUSTOMS = "customs"
    CARRIER_LABEL = "carrier_label"
    SSCC_LOW = "sscc_low"
    SSCC_USED_UP = "sscc_used_up"
    UNKNOWN_SKU = "unknown_sku"
    AMBIGUOUS_SKU = "ambiguous_sku"
    MISSING_BARCODE = "missing_barcode"
    PARTLY_FULFILLED = "partly_fulfilled"
    NO_ADDRESS = "no_address"
    UNCLEAR_CELL = "unclear_cell"
    LEFT_OUT = "left_out"
    COLLECTION = "collection"
    PARKED = "parked"
    PRINT = "print"
    TABLE_DUE = "table_due"


class LineTreatment(StrEnum):
    """What a shop says once of lines of its orders; `ASK` takes back what it said."""

    NEVER_PACKED = "never_packed"
    PRODUCT = "product"
    ASK = "ask"


class PrintJobState(StrEnum):
    """Where a print job stands in the shop's books: `DUE` until a spool takes it, then what the spool last told."""

    DUE = "due"
    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    CANCELLED = "cancelled"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class ParcelRef:
    """A parcel by its order and its number there, from 1; as text, which `read` takes, "order/number"."""

    order: OrderId
    number: int

    def __str__(self) -> str:
        return f"{self.order}/{self.number}"

    @classmethod
    def read(cls, text: str) -> "ParcelRef":
        """Return the parcel that a text names; raises ValueError where it names none."""
        order, slash, number = text.rpartition("/")
        if not (order and slash and number.isdecimal()):
            raise ValueError(f"expected a parcel as order/number, got {text!r}")
        return cls(OrderId(order), int(number))


class EventKind(StrEnum):
    """The kinds of events that the store itself asks for; what all of them are, the flow knows."""

    SIGNED_IN = "SignedIn"
    SIGNED_OUT = "SignedOut"
    ORDER_PARKED = "OrderParked"
    PACKAGING_CHOSEN = "PackagingChosen"
    PARCEL_SEALED = "ParcelSealed"


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One row of the event log; `payload` holds JSON values only, never personal data."""

    id: UUID
    stream: str
    version: int
    station: StationId
    seq: int
    worker: WorkerId
    authorised_by: WorkerId | None
    at: datetime
    kind: str
    payload: dict[str, object]
    schema: int = 1
