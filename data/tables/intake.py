"""What intake brings: buyers, orders and their lines, and what a person must look at."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, desc
from sqlmodel import Field

from data.hold_reasons import IntakeState
from data.tables.base import BIG_ID, Row, at_least, one_of, whole
from data.types import LineTreatment, OrderState, ReturnReason


class Customer(Row, table=True):
    """Who buys; personal data is kept here and on the order, never in the event log.

    `birthday` is MM-DD, "" where it isn't known: the year is nobody's business.
    """

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
    birthday: str = ""
    tier: str = ""
    points: int = 0

    __table_args__ = (
        *(at_least(name, 0) for name in ("orders_count", "points")),
        CheckConstraint("birthday = '' OR birthday LIKE '__-__'", name="birthday_mm_dd"),
        *whole("orders_count", "spent_cents", "points"),
    )


class Order(Row, table=True):
    """One order. Intake owns its content and `intake_state`; the flow owns `state`, `version` and
    `closed_at`. At `erased_at` everything that names its buyer was erased. `note` is for who packs it,
    `gift_message` and `giver` for who receives a gift. `collect_cents` are paid at the door.
    `id` is the key of its log: the number that the shop and its buyer use where that was free. `source_id` is the
    source's own id, NULL while no file has named it. `decided` is what a lead made of what its files say (see
    `data.importers.decided`).
    """

    __tablename__ = "orders"

    id: str = Field(primary_key=True)
    shop: str = Field(foreign_key="shop.id")
    number: str = Field(default="", index=True)
    source_id: str | None = None
    source: str
    customer: str | None = Field(default=None, foreign_key="customer.id", index=True)
    service: str = Field(foreign_key="service.code")
    priority: int = 0
    placed_at: datetime
    due_at: datetime
    intake_state: str = IntakeState.READY
    state: str = OrderState.WAITING
    hold_reason: str = ""
    revision: str = ""
    gift: bool = False
    note: str = ""
    gift_message: str = ""
    giver: str = ""
    value_cents: int = Field(default=0, sa_type=BigInteger)
    collect_cents: int = Field(default=0, sa_type=BigInteger)
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
    decided: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    ship_tax_id: str = ""
    version: int = 0
    closed_at: datetime | None = None
    erased_at: datetime | None = None

    __table_args__ = (
        one_of("intake_state", IntakeState),
        one_of("state", OrderState),
        at_least("version", 0),
        at_least("collect_cents", 0),
        *whole("priority", "value_cents", "collect_cents", "version"),
        # The queue of a station, in its order: without the direction 50,000 orders of one cut-off are sorted.
        Index("ix_orders_queue", "state", "due_at", desc("priority"), "id"),
        Index(None, "service", "state", "due_at"),
        Index(None, "shop", "source_id", unique=True),
    )


class OrderLine(Row, table=True):
    """One line of an order; NULL `sku` is one the catalogue doesn't know. The counts are projections of the
    log. `unread` says what is wrong with the file's quantity where that can't be read; nobody knows it then, and
    `quantity` is 0. A part of a `kit` says of how many and at what price; its own price is a share of that.
    """

    __tablename__ = "order_line"

    order_id: str = Field(primary_key=True, foreign_key="orders.id")
    line: int = Field(primary_key=True)
    sku: str | None = Field(default=None, foreign_key="product.sku", index=True)
    sku_text: str
    name: str
    quantity: int
    unread: str = ""
    price_cents: int = Field(default=0, sa_type=BigInteger)
    kit: str = ""
    kit_name: str = ""
    kit_units: int = 0
    kit_cents: int = Field(default=0, sa_type=BigInteger)
    picked: int = 0
    checked: int = 0
    short: int = 0
    damaged: int = 0

    __table_args__ = (
        *(at_least(name, 0) for name in ("quantity", "picked", "checked", "short", "damaged")),
        *whole("quantity", "price_cents", "picked", "checked", "short", "damaged"),
    )


class CustomerReturn(Row, table=True):
    """Units of an order that its buyer sent back, for one reason at one time."""

    __tablename__ = "customer_return"

    order_id: str = Field(primary_key=True, foreign_key="orders.id")
    sku: str = Field(primary_key=True)
    reason: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True)
    quantity: int
    note: str = ""

    __table_args__ = (one_of("reason", ReturnReason), at_least("quantity", 1), *whole("quantity"))


class ReturnedSerial(Row, table=True):
    """A unit of `CustomerReturn` known by its serial number: it came back from this order, and may go out again."""

    __tablename__ = "returned_serial"

    order_id: str = Field(primary_key=True, foreign_key="orders.id")
    sku: str = Field(primary_key=True)
    serial: str = Field(primary_key=True)
    reason: str
    at: datetime

    __table_args__ = (one_of("reason", ReturnReason),)


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


class LineRule(Row, table=True):
    """What a shop says of lines whose SKU or name fits a pattern; a row for each time it says so, the newest counts."""

    __tablename__ = "line_rule"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_ID)
    shop: str = Field(foreign_key="shop.id")
    pattern: str
    treatment: str
    sku: str = ""
    at: datetime
    by: str

    __table_args__ = (one_of("treatment", LineTreatment),)


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
