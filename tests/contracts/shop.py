"""A small shop to pack in: one service, two workers, three packagings, six products, and orders as wanted."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from data.engine import Database, open_database
from data.tables import (
    Claim,
    Code,
    Customer,
    ExceptionReport,
    Location,
    Order,
    OrderLine,
    Packaging,
    Parcel,
    PrintJob,
    Product,
    Row,
    Service,
    Shop,
    Stock,
    Worker,
)
from data.types import OrderId, StationId
from picker.choices import Weighing
from picker.flow import Command, CommandName, FlowPolicy, Phase
from picker.flow.work import OrderWork
from picker.services.orders.load import load_work
from picker.services.station.station import Reply, Station
from scanning.codes import gtin_check_digit, lookup_key
from scanning.parse import parse
from tests.templates import copy_into
from tests.unit.data.support import ready

PREFIX = "9521234"
BADGES = {"ANNA": "BADGE-ANNA", "BORIS": "BADGE-BORIS"}
BENCH = FlowPolicy(weigh=Weighing.OPTIONAL)
ONE_SCAN = FlowPolicy(one_scan=True, weigh=Weighing.OFF)
_PLACES = ("A-01-1", "A-02-1", "A-03-1", "B-01-1", "B-02-1", "B-03-1")
SKUS = ("MUG", "TEA", "POT", "BOOK", "LAMP", "SERUM")


def gtin(number: int) -> str:
    """The EAN-13 of the product with this number."""
    body = f"952123400{number:03d}"
    return f"{body}{gtin_check_digit(body)}"


CODES = {sku: gtin(number) for number, sku in enumerate(SKUS, 1)}
CASE_OF_SIX = "00006952123499"


@contextmanager
def open_shop(url: str) -> Iterator[Database]:
    """A fresh database with the shop in it and no order."""
    copy_into(url, "shop", _make)
    db = open_database(url)
    try:
        yield db
    finally:
        db.dispose()


def _make(url: str) -> None:
    with ready(url) as db, db.writer.begin() as connection:
        _furnish(connection)


def _furnish(connection: Connection) -> None:
    _add(connection, Shop, id="default", name="Pine", company_prefix=PREFIX, sender_lines=["Pine", "Quay 7"])
    _add(connection, Service, code="STD", carrier="Parcelo", name="Standard", cutoff="16:00")
    _add(connection, Service, code="EXP", carrier="Swift", name="Express", cutoff="12:00")
    _add(connection, Customer, id="c1", shop="default", email="kim@example.com", name="Kim", orders_count=2)
    for worker, badge in BADGES.items():
        _add(connection, Worker, id=worker, name=worker.title())
        _add(connection, Code, code=lookup_key(badge), kind="worker", ref=worker)
    for walk, place in enumerate(_PLACES):
        _add(connection, Location, code=place, walk_key=walk)
        _add(connection, Code, code=place, kind="location", ref=place)
    for number, sku in enumerate(SKUS):
        sizes = {"length_mm": 90, "width_mm": 80, "height_mm": 70, "weight_g": 200}
        wants = {"lot_wanted": sku == "SERUM", "expiry_wanted": sku == "SERUM"}
        _add(connection, Product, sku=sku, name=f"{sku} nice", location=_PLACES[number], **sizes, **wants)
        _add(connection, Code, code=lookup_key(CODES[sku]), kind="product", ref=sku)
        _add(connection, Stock, sku=sku, location=_PLACES[number], counted=20, base=20)
    _add(connection, Code, code=CASE_OF_SIX, kind="product", ref="TEA", quantity=6)
    for code, side, price in (("BOX1", 210, 20), ("BOX2", 300, 40), ("BOX3", 400, 80)):
        inner = dict.fromkeys(("inner_x_mm", "inner_y_mm", "inner_z_mm"), side)
        outer = dict.fromkeys(("outer_x_mm", "outer_y_mm", "outer_z_mm"), side + 10)
        weights = {"tare_g": 100, "max_gross_g": 20_000, "price_cents": price, "counted": 50, "base": 50}
        _add(connection, Packaging, code=code, name=code, kind="carton", **inner, **outer, **weights)
        _add(connection, Code, code=code, kind="packaging", ref=code)


def _add(connection: Connection, model: type[Row], **values: object) -> None:
    connection.execute(insert(model.__table__).values(**values))


def add_order(
    db: Database, order: str, lines: Mapping[str, int], due_in: timedelta = timedelta(hours=4), **more: object
) -> None:
    """An order of SKU -> units, due in some time from now."""
    now = datetime.now(UTC)
    values: dict[str, object] = {"shop": "default", "service": "STD", "source": "test"}
    values |= {"customer": "c1", "ship_name": "Kim Doe"}
    with db.writer.begin() as connection:
        _add(connection, Order, id=order, placed_at=now, due_at=now + due_in, **(values | more))
        _add(connection, Code, code=lookup_key(order), kind="order", ref=order)
        for number, (sku, quantity) in enumerate(lines.items(), 1):
            _add(
                connection, OrderLine, order_id=order, line=number, sku=sku, sku_text=sku, name=f"{sku} nice",
                quantity=quantity,
            )  # fmt: skip


class Packer:
    """A person at a station: types and scans, and remembers the last reply."""

    def __init__(self, db: Database, station: str = "PACK-1", policy: FlowPolicy = BENCH) -> None:
        """Sit down at a station; it resumes what its log says."""
        self.station = Station(db, StationId(station), policy)
        self.reply: Reply = self.station.welcome()

    def scan(self, *texts: str) -> Reply:
        """Scan one code after the other; the reply to the last one."""
        for text in texts:
            self.reply = self.station.handle(parse(text, "test"))
        return self.reply

    def press(self, name: CommandName, argument: int = 0) -> Reply:
        """Press a key."""
        self.reply = self.station.handle(Command(name, argument))
        return self.reply

    def choose(self, *numbers: int) -> Reply:
        """Answer the open questions."""
        for number in numbers:
            self.press(CommandName.CHOICE, number)
        return self.reply

    def sign_in(self, worker: str = "ANNA") -> "Packer":
        """Scan a badge."""
        self.scan(BADGES[worker])
        return self

    def claim(self, order: str) -> "Packer":
        """Take an order by its sheet."""
        reply = self.scan(order)
        assert reply.state.work is not None, reply
        return self

    def at(self, phase: Phase) -> bool:
        """Whether the station waits for this."""
        return self.reply.state.phase is phase

    @property
    def key(self) -> str:
        """The key of the last verdict."""
        return self.reply.message.key

    def take(self, sku: str, units: int) -> "Packer":
        """Scan a product's units one by one."""
        for _ in range(units):
            self.scan(CODES[sku])
        return self

    def pack(self) -> "Packer":
        """From all checked to closed: proposed packaging, no weight, label on the box."""
        while self.at(Phase.PACKAGING):
            self.press(CommandName.OK)
            self.press(CommandName.SKIP if self.at(Phase.WEIGH) else CommandName.OK)
            assert self.at(Phase.LABEL), self.reply.message
            self.scan_label()
        return self

    def scan_label(self) -> Reply:
        """Scan the label on the box that is in front."""
        work = self.reply.state.work
        assert work is not None
        assert work.next_parcel is not None
        number = work.next_parcel.sscc
        return self.scan(f"00{number}" if number.isdigit() else number)


def whole_order(packer: Packer, order: str, lines: Mapping[str, int]) -> Packer:
    """From claim to closed at the bench: everything picked, then everything checked, then packed."""
    packer.claim(order)
    for _ in range(1 if packer.reply.state.policy.one_scan else 2):
        for sku, units in lines.items():
            packer.take(sku, units)
    return packer.pack()


def rows(db: Database, model: type[Row], **where: object) -> Sequence[dict[str, object]]:
    """The rows of a table with these values."""
    table = model.__table__
    query = select(table).where(*(table.c[name] == value for name, value in where.items()))
    with db.reader.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def change(db: Database, model: type[Row], where: Mapping[str, object], **values: object) -> None:
    """Damage or move a row behind everybody's back."""
    table = model.__table__
    with db.writer.begin() as connection:
        statement = update(table).where(*(table.c[name] == value for name, value in where.items()))
        assert connection.execute(statement.values(**values)).rowcount


def quantity(db: Database, sku: str, location: str, state: str = "available") -> int:
    """Units on record."""
    found = rows(db, Stock, sku=sku, location=location, state=state)
    return sum(int(str(row["base"])) + int(str(row["moved"])) for row in found)


def reports(db: Database, kind: str) -> list[dict[str, object]]:
    """The open exceptions of a kind."""
    return [row for row in rows(db, ExceptionReport, kind=kind) if row["resolved_at"] is None]


def details(db: Database, kind: str) -> list[dict[str, object]]:
    """What the open exceptions of a kind say."""
    return [dict(row["detail"]) for row in reports(db, kind) if isinstance(row["detail"], dict)]


def jobs(db: Database, order: str) -> set[tuple[int, str]]:
    """(parcel, document) of an order's print jobs."""
    return {(int(str(row["parcel"])), str(row["document"])) for row in rows(db, PrintJob, order_id=order)}


def claim_of(db: Database, order: str) -> tuple[str, int] | None:
    """(station, epoch) of an order's claim."""
    found = rows(db, Claim, order_id=order)
    return (str(found[0]["station"]), int(str(found[0]["epoch"]))) if found else None


def work_of(db: Database, order: str) -> OrderWork:
    """An order rebuilt from its log."""
    with db.reader.connect() as connection:
        return load_work(connection, OrderId(order))


def parcels_of(db: Database, order: str) -> Sequence[dict[str, object]]:
    """The parcel rows of an order."""
    return rows(db, Parcel, order_id=order)
