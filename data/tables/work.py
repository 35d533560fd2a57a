"""What stations do: the event log, and the projections written in the same transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, Integer, UniqueConstraint
from sqlmodel import Field

from data.tables.base import Row, at_least, one_of, whole


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
    at: datetime
    kind: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    # Pydantic's own method `schema` would be shadowed by an attribute of that name.
    schema_version: int = Field(default=1, sa_column=Column("schema", Integer, nullable=False))

    __table_args__ = (
        UniqueConstraint("stream", "version"),
        UniqueConstraint("station", "seq"),
        Index(None, "at", "kind", "worker"),
        at_least("version", 1),
        *whole("version", "seq"),
    )


class Parcel(Row, table=True):
    """A sealed parcel and its SSCC; `packaging` is a packaging's code, or `own:` with a SKU for its own box."""

    __tablename__ = "parcel"

    order_id: str = Field(primary_key=True, foreign_key="orders.id")
    parcel: int = Field(primary_key=True)
    packaging: str
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


class OrderSerial(Row, table=True):
    """A serial number of a unit that is with an order: in work at a station, or gone out once the order is closed.

    Of every unit that is taken out again, damaged or put back the row goes; so where a number is can be asked by it.
    """

    __tablename__ = "order_serial"

    sku: str = Field(primary_key=True)
    serial: str = Field(primary_key=True)
    order_id: str = Field(primary_key=True, foreign_key="orders.id", index=True)


class Photo(Row, table=True):
    """A photo that an event names: a JPEG file in its station's folder until `deleted_at`.

    `line` is that of a damaged unit, `parcel` that of an open box; 0 where it is the other.
    """

    __tablename__ = "photo"

    file: str = Field(primary_key=True)
    order_id: str = Field(foreign_key="orders.id", index=True)
    subject: str
    line: int
    parcel: int
    station: str
    sha256: str
    taken_at: datetime
    deleted_at: datetime | None = None

    __table_args__ = (
        one_of("subject", ("damage", "box")),
        CheckConstraint("length(sha256) = 64", name="sha256_length"),
        Index(None, "station", "taken_at"),
        *whole("line", "parcel"),
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


class RunningStation(Row, table=True):
    """The program that runs under a station's name; `at` is its last sign of life, by the database's clock.

    A station that is closed takes its row away; one that was killed leaves it.
    """

    __tablename__ = "running_station"

    station: str = Field(primary_key=True)
    instance: str
    host: str
    since: datetime
    at: datetime


class StationPrinter(Row, table=True):
    """How a station's printer is, as the station told last; `since` is how long it has been so.

    Instants are the database's. A station that is closed takes its printers away; one that fell silent
    leaves them, with an `at` that grows old.
    """

    __tablename__ = "station_printer"

    station: str = Field(primary_key=True)
    printer: str = Field(primary_key=True)
    health: str
    detail: str = ""
    waiting: int = 0
    unsure: int = 0
    since: datetime
    at: datetime

    __table_args__ = (at_least("waiting", 0), at_least("unsure", 0), *whole("waiting", "unsure"))


class SsccCounter(Row, table=True):
    """The next serial number of a company prefix; only ever counted up."""

    __tablename__ = "sscc_counter"

    company_prefix: str = Field(primary_key=True)
    next_serial: int = Field(default=0, sa_type=BigInteger)

    __table_args__ = (at_least("next_serial", 0), *whole("next_serial"))
