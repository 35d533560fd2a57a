"""The catalogue: what there is, where it lies, who works with it, who carries it away."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index
from sqlmodel import Field

from data.cutoff import EVERY_DAY
from data.tables.base import Row, at_least, one_of, whole
from data.tables.carrier import LABEL_RULES, PIECES_RULES
from data.types import CodeKind, PackagingKind, Role, Rotation, StockState

TRANSPORTS = ("", "ground", "air")


class Shop(Row, table=True):
    """A brand or channel; its GS1 company prefix numbers the parcels.

    Who receives a gift is shown `exchange_url` in place of `return_url`.
    `name_packer` lets inserts name who packed; `return_slip` is the rule for parcels that get a return slip, which
    says `return_policy`, a line each, and how many `return_days` there are (0 says nothing of them).
    Goods whose date is known go out with at least `min_days_left` days to it, and to a country of
    `min_days_left_in` with at least as many as stand there.
    `collect_for` are the ways of payment whose orders are packed unpaid, for the carrier collects the money.
    `holidays` is the region whose public holidays its carriers keep ("" is the sender's country's), `closed_days` are
    further days of rest. `order_columns` are fields of orders and the columns in which its own files have them.
    `eori` and `ioss` are its numbers with customs ("none" has no IOSS, "" isn't known); `sdr_rates` are by currency
    what one special drawing right is worth and of which day that is; `dangerous_checked` is the day on which a lead
    last compared the table of dangerous goods with its sources.
    """

    __tablename__ = "shop"

    id: str = Field(primary_key=True)
    name: str
    company_prefix: str
    language: str = "en"
    currency: str = "EUR"
    return_url: str = ""
    exchange_url: str = ""
    sender_lines: list[str] = Field(default_factory=list, sa_type=JSON)
    sender_country: str = ""
    name_packer: bool = False
    return_slip: str = ""
    return_days: int = 0
    return_policy: list[str] = Field(default_factory=list, sa_type=JSON)
    min_days_left: int = 0
    min_days_left_in: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    collect_for: list[str] = Field(default_factory=list, sa_type=JSON)
    holidays: str = ""
    closed_days: list[str] = Field(default_factory=list, sa_type=JSON)
    order_columns: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    eori: str = ""
    ioss: str = ""
    sdr_rates: dict[str, list[str]] = Field(default_factory=dict, sa_type=JSON)
    dangerous_checked: str = ""

    __table_args__ = (
        at_least("return_days", 0),
        at_least("min_days_left", 0),
        *whole("return_days", "min_days_left"),
        CheckConstraint("length(company_prefix) BETWEEN 4 AND 12", name="company_prefix_length"),
    )


class PackingPolicy(Row, table=True):
    """What a shop decided about packing, as JSON; every change is a row more, and the newest counts."""

    __tablename__ = "packing_policy"

    shop: str = Field(primary_key=True, foreign_key="shop.id")
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    body: dict[str, Any] = Field(sa_type=JSON)
    changed_at: datetime
    changed_by: str

    __table_args__ = (at_least("revision", 1), *whole("revision"))


class Product(Row, table=True):
    """An article; NULL sizes and weight are not measured yet.

    `measured_by` is the worker who measured it, or `import`. `file_sizes` is what the last file said of sizes and
    weight: a file that says the same again doesn't undo what was measured since.
    """

    __tablename__ = "product"

    sku: str = Field(primary_key=True)
    name: str
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    weight_g: int | None = None
    rotation: str = Rotation.ANY
    fragility: int = 0
    max_top_g: int | None = None
    mailer_ok: bool = False
    liquid: bool = False
    lot_wanted: bool = False
    serial_wanted: bool = False
    expiry_wanted: bool = False
    min_days_left: int = 0
    lot_pattern: str = ""
    serial_pattern: str = ""
    category: str = ""
    location: str = ""
    price_cents: int = Field(default=0, sa_type=BigInteger)
    own_box: bool = False
    ships_alone: bool = False
    goods_group: str = ""
    hazmat: str = ""
    un_number: str = ""
    batteries: int = 0
    battery_wh: int = 0
    battery_g: int | None = None
    nests_mm: int | None = None
    hs_code: str = ""
    origin: str = ""
    no_barcode: bool = False
    care_note: str = ""
    manual_url: str = ""
    measured_at: datetime | None = None
    measured_by: str = ""
    file_sizes: str = ""

    __table_args__ = (
        one_of("rotation", Rotation),
        CheckConstraint("fragility BETWEEN 0 AND 3", name="fragility_grade"),
        *(at_least(name, 1) for name in ("length_mm", "width_mm", "height_mm", "nests_mm")),
        *(at_least(name, 0) for name in ("weight_g", "max_top_g", "price_cents", "min_days_left")),
        *(at_least(name, 0) for name in ("batteries", "battery_wh", "battery_g")),
        *whole("length_mm", "width_mm", "height_mm", "weight_g", "max_top_g", "price_cents"),
        *whole("min_days_left", "nests_mm", "batteries", "battery_wh", "battery_g"),
    )


class Variant(Row, table=True):
    """A variant of a SKU as its source tells it from others, and the product that it is here.

    A shop may give one SKU, `sku_text`, to several variants. `handle` and `variant` are the listing and the options in
    the source (a file of our own has no handle), `name` is what an order's line calls it: one that was renamed has a
    row for each name. `barcode` is a normalised code, "" without one.
    """

    __tablename__ = "variant"

    sku_text: str = Field(primary_key=True)
    handle: str = Field(primary_key=True)
    variant: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    barcode: str = ""
    sku: str = Field(foreign_key="product.sku", index=True)


class KitPart(Row, table=True):
    """So many units of a product in one kit: what a shop sells as one and its packers fetch by parts."""

    __tablename__ = "kit_part"

    kit: str = Field(primary_key=True)
    part: str = Field(primary_key=True, foreign_key="product.sku", index=True)
    quantity: int

    __table_args__ = (at_least("quantity", 1), *whole("quantity"))


class ProductNote(Row, table=True):
    """What is printed for buyers of one language about a product; "" leaves it to the product's own."""

    __tablename__ = "product_note"

    sku: str = Field(primary_key=True, foreign_key="product.sku")
    language: str = Field(primary_key=True)
    care_note: str = ""
    manual_url: str = ""


class Code(Row, table=True):
    """Everything that can be scanned, by its normalised key; one code may stand for several things.

    `attached` is a product's barcode that only the event log speaks of; a file that brings it too makes it its own.
    """

    __tablename__ = "code"

    code: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    quantity: int = 1
    attached: bool = False

    __table_args__ = (
        one_of("kind", CodeKind),
        at_least("quantity", 1),
        *whole("quantity"),
        Index(None, "kind", "ref"),
    )


class Location(Row, table=True):
    """A bin; `walk_key` is its place in the walking order."""

    __tablename__ = "location"

    code: str = Field(primary_key=True)
    walk_key: int = Field(default=0, sa_type=BigInteger)


class Stock(Row, table=True):
    """What lies where: quantity = base + moved.

    `moved` is the sum of all stock moves of the event log; `counted` the last figure imported, which set
    `base = counted - moved`.
    """

    __tablename__ = "stock"

    sku: str = Field(primary_key=True, foreign_key="product.sku")
    location: str = Field(primary_key=True, foreign_key="location.code")
    state: str = Field(default=StockState.AVAILABLE, primary_key=True)
    counted: int | None = None
    base: int = 0
    moved: int = 0

    __table_args__ = (
        one_of("state", StockState),
        CheckConstraint("base + moved >= 0", name="quantity_not_negative"),
        *whole("counted", "base", "moved"),
    )


class Packaging(Row, table=True):
    """A carton, mailer or tube and its stock (base + moved, as in `Stock`).

    `services` are the codes of the services that take it, separated by |; NULL is all of them. So are `shops` those
    whose orders go into it.
    """

    __tablename__ = "packaging"

    code: str = Field(primary_key=True)
    name: str
    kind: str
    inner_x_mm: int
    inner_y_mm: int
    inner_z_mm: int
    outer_x_mm: int
    outer_y_mm: int
    outer_z_mm: int
    tare_g: int
    max_gross_g: int
    price_cents: int = Field(default=0, sa_type=BigInteger)
    counted: int | None = None
    base: int = 0
    moved: int = 0
    ect: int | None = None
    walls: int = 1
    services: str | None = None
    shops: str | None = None

    __table_args__ = (
        one_of("kind", PackagingKind),
        *(at_least(f"{side}_{axis}_mm", 1) for side in ("inner", "outer") for axis in "xyz"),
        *(at_least(name, 0) for name in ("tare_g", "max_gross_g", "price_cents")),
        at_least("ect", 1),
        CheckConstraint("walls BETWEEN 1 AND 3", name="walls_of_board"),
        CheckConstraint("base + moved >= 0", name="quantity_not_negative"),
        *whole("tare_g", "max_gross_g", "price_cents", "counted", "base", "moved", "ect", "walls"),
    )


class Worker(Row, table=True):
    """A person; the badge is a `Code` of kind worker."""

    __tablename__ = "worker"

    id: str = Field(primary_key=True)
    name: str
    role: str = Role.PACKER
    language: str = "en"
    active: bool = True

    __table_args__ = (one_of("role", Role),)


class Service(Row, table=True):
    """A carrier service; `cutoff` is local wall time HH:MM, on `weekdays` (digits, 1 is Monday) and, unless
    `on_holidays`, not on days of rest; the rest is its `data.types.Tariff`.

    With `pieces` "required" each label says how many parcels there are in all.
    `rates` are [up to g, cents], `max_sides_mm` the longest side first; an empty list is no table and no limit.
    `transport` is how parcels travel, one of `TRANSPORTS`; "" isn't known.
    A retired one is kept for the orders that went with it, and shown no more.
    """

    __tablename__ = "service"

    code: str = Field(primary_key=True)
    carrier: str
    name: str
    cutoff: str = "16:00"
    weekdays: str = EVERY_DAY
    on_holidays: bool = False
    max_weight_g: int = 30_000
    base_cents: int = 420
    step_cents: int = 85
    step_g: int = 500
    dim_divisor: int = 5000
    rates: list[list[int]] = Field(default_factory=list, sa_type=JSON)
    side_step_tenths: int = 10
    max_sides_mm: list[int] = Field(default_factory=list, sa_type=JSON)
    max_girth_mm: int | None = None
    carrier_label: str = "none"
    pieces: str = "none"
    transport: str = ""
    retired: bool = False

    __table_args__ = (
        one_of("carrier_label", LABEL_RULES),
        one_of("pieces", PIECES_RULES),
        one_of("transport", TRANSPORTS),
        CheckConstraint("cutoff LIKE '__:__'", name="cutoff_hh_mm"),
        CheckConstraint("length(weekdays) BETWEEN 1 AND 7", name="weekdays_some"),
        *(at_least(name, 1) for name in ("max_weight_g", "step_g", "dim_divisor")),
        *(at_least(name, 1) for name in ("side_step_tenths", "max_girth_mm")),
        *(at_least(name, 0) for name in ("base_cents", "step_cents")),
    )
