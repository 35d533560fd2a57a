"""The tables: a catalogue, what intake brought, the event log, and the projections written beside it.

Table models don't validate (SQLModel's own choice), so every rule that must hold stands here as a named
CHECK. States are text with a CHECK, money is cents, instants are UTC. Hot paths use `Model.__table__` with
SQLAlchemy Core.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ColumnDefault,
    Index,
    Integer,
    MetaData,
    UniqueConstraint,
)
from sqlalchemy import Table as CoreTable
from sqlmodel import Field, SQLModel

from data.types import CodeKind, OrderState, PackagingKind, Role, Rotation, StockState

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BIG_ID = BigInteger().with_variant(Integer, "sqlite")


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """`column` holds one of `values`, as text: a native enum can't be changed inside a transaction
    everywhere.
    """
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def at_least(column: str, least: int) -> CheckConstraint:
    """`column` is NULL or no smaller than `least`."""
    return CheckConstraint(f"{column} >= {least}", name=f"{column}_at_least_{least}")


def whole(*columns: str) -> tuple[CheckConstraint, ...]:
    """On SQLite, which stores '7x' in an INTEGER column without a word: `columns` hold integers or NULL."""
    return tuple(
        CheckConstraint(f"typeof({name}) IN ('integer', 'null')", name=f"{name}_whole").ddl_if(
            dialect="sqlite"
        )
        for name in columns
    )


class Row(SQLModel):
    """The base of every table."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)
    if TYPE_CHECKING:
        __table__: ClassVar[CoreTable]


class Shop(Row, table=True):
    """A brand or channel; its GS1 company prefix numbers the parcels."""

    __tablename__ = "shop"

    id: str = Field(primary_key=True)
    name: str
    company_prefix: str
    language: str = "en"
    currency: str = "EUR"
    return_url: str = ""
    sender_lines: list[str] = Field(default_factory=list, sa_type=JSON)
    sender_country: str = ""

    __table_args__ = (
        CheckConstraint("length(company_prefix) BETWEEN 7 AND 10", name="company_prefix_length"),
    )


class Product(Row, table=True):
    """An article; NULL sizes and weight are not measured yet."""

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
    category: str = ""
    location: str = ""
    price_cents: int = Field(default=0, sa_type=BigInteger)

    __table_args__ = (
        one_of("rotation", Rotation),
        CheckConstraint("fragility BETWEEN 0 AND 3", name="fragility_grade"),
        *(at_least(name, 1) for name in ("length_mm", "width_mm", "height_mm")),
        *(at_least(name, 0) for name in ("weight_g", "max_top_g", "price_cents")),
        *whole("length_mm", "width_mm", "height_mm", "weight_g", "max_top_g", "price_cents"),
    )


class Code(Row, table=True):
    """Everything that can be scanned, by its normalised key; one code may stand for several things."""

    __tablename__ = "code"

    code: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    quantity: int = 1

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
    """A carton, mailer or tube and its stock (base + moved, as in `Stock`)."""

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

    __table_args__ = (
        one_of("kind", PackagingKind),
        *(at_least(f"{side}_{axis}_mm", 1) for side in ("inner", "outer") for axis in "xyz"),
        *(at_least(name, 0) for name in ("tare_g", "max_gross_g", "price_cents")),
        CheckConstraint("base + moved >= 0", name="quantity_not_negative"),
        *whole("tare_g", "max_gross_g", "price_cents", "counted", "base", "moved"),
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


class Customer(Row, table=True):
    """Who buys; personal data is kept here and on the order, never in the event log."""

    __tablename__ = "customer"

    id: str = Field(primary_key=True)
    shop: str = Field(foreign_key="shop.id")
    email: str = Field(default="", index=True)
    name: str = ""
    language: str = "en"
    country: str = ""
    orders_count: int = 0
    spent_cents: int = Field(default=0, sa_type=BigInteger)
    marketing_consent: bool = False
    tags: str = ""
    last_order_at: datetime | None = None

    __table_args__ = (at_least("orders_count", 0), *whole("orders_count", "spent_cents"))


class Service(Row, table=True):
    """A carrier service; `cutoff` is local wall time HH:MM."""

    __tablename__ = "service"

    code: str = Field(primary_key=True)
    carrier: str
    name: str
    cutoff: str = "16:00"
    max_weight_g: int = 30_000
    base_cents: int = 420
    step_cents: int = 85
    step_g: int = 500
    dim_divisor: int = 5000

    __table_args__ = (
        CheckConstraint("cutoff LIKE '__:__'", name="cutoff_hh_mm"),
        *(at_least(name, 1) for name in ("max_weight_g", "step_g", "dim_divisor")),
        *(at_least(name, 0) for name in ("base_cents", "step_cents")),
    )


class Order(Row, table=True):
    """One order. Intake owns its content and `intake_state`; the flow owns `state`, `version` and
    `closed_at`.
    """

    __tablename__ = "orders"

    id: str = Field(primary_key=True)
    shop: str = Field(foreign_key="shop.id")
    source: str
    customer: str | None = Field(default=None, foreign_key="customer.id", index=True)
    service: str = Field(foreign_key="service.code")
    priority: int = 0
    placed_at: datetime
    due_at: datetime
    intake_state: str = "ready"
    state: str = OrderState.WAITING
    hold_reason: str = ""
    revision: str = ""
    gift: bool = False
    note: str = ""
    value_cents: int = Field(default=0, sa_type=BigInteger)
    currency: str = "EUR"
    language: str = "en"
    ship_name: str = ""
    ship_company: str = ""
    ship_line1: str = ""
    ship_line2: str = ""
    ship_city: str = ""
    ship_zip: str = ""
    ship_province: str = ""
    ship_country: str = ""
    ship_phone: str = ""
    version: int = 0
    closed_at: datetime | None = None

    __table_args__ = (
        one_of("intake_state", ("ready", "held", "cancelled")),
        one_of("state", OrderState),
        at_least("version", 0),
        *whole("priority", "value_cents", "version"),
        Index(None, "state", "due_at", "priority", "id"),
        Index(None, "service", "state"),
    )


class OrderLine(Row, table=True):
    """One line of an order; NULL `sku` is one the catalogue doesn't know. The counts are projections of the
    log.
    """

    __tablename__ = "order_line"

    order_id: str = Field(primary_key=True, foreign_key="orders.id")
    line: int = Field(primary_key=True)
    sku: str | None = Field(default=None, foreign_key="product.sku", index=True)
    sku_text: str
    name: str
    quantity: int
    price_cents: int = Field(default=0, sa_type=BigInteger)
    picked: int = 0
    checked: int = 0
    short: int = 0
    damaged: int = 0

    __table_args__ = (
        *(at_least(name, 0) for name in ("quantity", "picked", "checked", "short", "damaged")),
        *whole("quantity", "price_cents", "picked", "checked", "short", "damaged"),
    )


class Claim(Row, table=True):
    """Who works on an order: a lease with a fencing epoch, judged by the database's clock."""

    __tablename__ = "claim"

    order_id: str = Field(primary_key=True, foreign_key="orders.id")
    station: str = Field(index=True)
    worker: str
    epoch: int
    expires_at: datetime

    __table_args__ = (at_least("epoch", 1), *whole("epoch"))


class Event(Row, table=True):
    """The append-only log. Column names are those of `EventRecord`; only the attribute of `schema` differs."""

    __tablename__ = "event"

    id: UUID = Field(primary_key=True)
    stream: str
    version: int
    station: str
    seq: int = Field(sa_type=BigInteger)
    worker: str
    authorised_by: str | None = None
    at: datetime = Field(index=True)
    kind: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    # Pydantic's own method `schema` would be shadowed by an attribute of that name.
    schema_version: int = Field(default=1, sa_column=Column("schema", Integer, nullable=False))

    __table_args__ = (
        UniqueConstraint("stream", "version"),
        UniqueConstraint("station", "seq"),
        at_least("version", 1),
        *whole("version", "seq"),
    )


class Parcel(Row, table=True):
    """A sealed parcel and its SSCC."""

    __tablename__ = "parcel"

    order_id: str = Field(primary_key=True, foreign_key="orders.id")
    parcel: int = Field(primary_key=True)
    packaging: str = Field(foreign_key="packaging.code")
    sscc: str = Field(unique=True)
    expected_g: int
    gross_g: int | None = None
    state: str = "sealed"
    sealed_at: datetime

    __table_args__ = (
        one_of("state", ("sealed", "verified")),
        CheckConstraint("length(sscc) = 18", name="sscc_length"),
        at_least("parcel", 1),
        *whole("expected_g", "gross_g"),
    )


class PrintJob(Row, table=True):
    """A document to print, made in the transaction that made it due; its states are the outbox's."""

    __tablename__ = "print_job"

    id: UUID = Field(primary_key=True)
    order_id: str = Field(foreign_key="orders.id")
    parcel: int
    document: str
    revision: int = 0
    station: str
    content: dict[str, Any] = Field(sa_type=JSON)
    content_hash: str
    state: str
    detail: str = ""
    made_at: datetime
    changed_at: datetime
    reprint_of: UUID | None = None
    reason: str = ""

    __table_args__ = (
        UniqueConstraint("order_id", "parcel", "document", "revision"),
        Index(None, "station", "state"),
        at_least("revision", 0),
    )


class ExceptionReport(Row, table=True):
    """Something a person must look at; open until `resolved_at`."""

    __tablename__ = "exception_report"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_ID)
    order_id: str | None = Field(default=None, foreign_key="orders.id", index=True)
    kind: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime
    resolved_at: datetime | None = None
    resolved_by: str | None = None


class SsccCounter(Row, table=True):
    """The next serial number of a company prefix; only ever counted up."""

    __tablename__ = "sscc_counter"

    company_prefix: str = Field(primary_key=True)
    next_serial: int = Field(default=0, sa_type=BigInteger)

    __table_args__ = (at_least("next_serial", 0), *whole("next_serial"))


class ImportRun(Row, table=True):
    """One file on its way in; `rows_done` is where a run that was killed goes on."""

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_ID)
    kind: str
    sha256: str
    file_name: str
    rows_done: int = 0
    rows_total: int = 0
    state: str = "running"
    started_at: datetime
    finished_at: datetime | None = None

    __table_args__ = (
        one_of("state", ("running", "done")),
        Index(None, "sha256", "kind"),
        *whole("rows_done", "rows_total"),
    )


def _give_defaults_to_core() -> None:
    """Make `insert(Model.__table__)` fill in the models' defaults, which SQLModel gives to instances only."""
    for model in Row.__subclasses__():
        for name, field in model.model_fields.items():
            column = model.__table__.c.get(name)
            if column is None or column.default is not None:
                continue
            if isinstance(field.default, str | int):
                column.default = ColumnDefault(field.default)


_give_defaults_to_core()
