"""What the tests of this room share: a ready database, and imports written as text."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from pathlib import Path

from sqlalchemy import Connection, Row, insert, select, text

from data import schema
from data.engine import Database, open_database
from data.importers.options import ImportOptions
from data.importers.records import LineChange
from data.importers.report import ImportReport
from data.importers.runner import run_import
from data.tables import Order, Shop
from data.tables import Row as Base
from tests.templates import copy_into

WARSAW = ImportOptions(timezone="Europe/Warsaw")

SHOPIFY_HEADER = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Phone,Receipt Number,Duties,Billing Province Name,"
    "Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References"
)


def key(code: str) -> str:
    """A code's key, as simply as a test needs it."""
    return code.strip().upper()


def csv_of(header: str, rows: Sequence[dict[str, str]]) -> str:
    """A CSV file with the columns of `header` and the cells that each row names."""
    columns = header.split(",")
    for row in rows:
        assert set(row) <= set(columns), set(row) - set(columns)
    quoted = [",".join('"' + row.get(name, "").replace('"', '""') + '"' for name in columns) for row in rows]
    return "\n".join([header, *quoted]) + "\n"


_ADDRESS = {"name": "Ann", "address1": "Quay 7", "city": "Gdańsk", "zip": "80-835"}
_SHOPIFY_ADDRESS = {
    "Shipping Name": "Ann", "Shipping Address1": "Quay 7", "Shipping City": "Gdańsk", "Shipping Zip": "80-835"
}  # fmt: skip


def addressed(orders: str) -> str:
    """An order file, ours or Shopify's, in which what it says nothing of, of where orders go, is given to each row.

    For tests of all else: without an address no order is packed.
    """
    header, *rows = csv.reader(StringIO(orders))
    address = _SHOPIFY_ADDRESS if "Shipping Name" in header else _ADDRESS
    if not {"order", "Shipping Name"} & set(header):
        return orders
    said = {name for row in rows for name, cell in zip(header, row, strict=False) if cell}
    wanted = {name: cell for name, cell in address.items() if name not in said}
    columns = [*header, *(name for name in wanted if name not in header)]
    out = StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(columns)
    for row in rows:
        whole = len(row) == len(header)
        cells = {**dict(zip(header, row, strict=True)), **wanted} if whole else {}
        write.writerow([cells.get(name, "") for name in columns] if whole else row)
    return out.getvalue()


class Stations:
    """The orders stations have begun: writes down what an import tells them."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, str, object]] = []

    def changed(self, connection: Connection, order_id: str, what: list[LineChange]) -> None:
        """The lines changed."""
        self.changes.append(("changed", order_id, what))

    def cancelled(self, connection: Connection, order_id: str, reason: str) -> None:
        """The shop cancelled it."""
        self.changes.append(("cancelled", order_id, reason))

    def held(self, connection: Connection, order_id: str, reason: str) -> None:
        """It must wait."""
        self.changes.append(("held", order_id, reason))


class Warehouse:
    """A database with a shop, and files written into it as text."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        self.folder = folder
        self.stations = Stations()

    def take(
        self,
        kind: str,
        content: str | bytes,
        *,
        dry_run: bool = False,
        options: ImportOptions = WARSAW,
        progress: Callable[[int, int], None] = lambda done, total: None,
        as_it_is: bool = False,
    ) -> ImportReport:
        """Import a file of this content; orders get the address they lack, unless the file is to stay `as_it_is`."""
        if kind == "orders" and isinstance(content, str) and not as_it_is:
            content = addressed(content)
        path = self.folder / f"{kind}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return run_import(
            self.db,
            kind,
            path,
            normalise=key,
            is_own=lambda code: code.startswith("PKL"),
            started=self.stations,
            options=options,
            dry_run=dry_run,
            progress=progress,
        )

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query."""
        with self.db.reader.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def one(self, query: str) -> object:
        """The only value of a query."""
        [(value,)] = self.rows(query)
        return value

    def db_instants(self, order_id: str) -> tuple[datetime, datetime]:
        """When an order was placed and is due."""
        orders = Order.__table__
        query = select(orders.c.placed_at, orders.c.due_at).where(orders.c.id == order_id)
        with self.db.reader.connect() as connection:
            placed_at, due_at = connection.execute(query).one()
        return placed_at, due_at

    def run(self, statement: str) -> None:
        """Change something by hand."""
        with self.db.writer.begin() as connection:
            connection.execute(text(statement))

    def everything(self) -> dict[str, list[Row[tuple[object, ...]]]]:
        """All rows of all tables but the runs of imports."""
        with self.db.reader.connect() as connection:
            return {
                table.name: sorted(connection.execute(table.select()).all(), key=repr)
                for table in Base.metadata.sorted_tables
                if table.name != "import_run"
            }


@contextmanager
def ready(url: str) -> Iterator[Database]:
    """An open database with all tables."""
    copy_into(url, "tables", _make)
    db = open_database(url)
    try:
        schema.upgrade(db)
        yield db
    finally:
        db.dispose()


def _make(url: str) -> None:
    db = open_database(url)
    schema.upgrade(db)
    db.dispose()


@contextmanager
def warehouse_at(url: str, folder: Path) -> Iterator[Warehouse]:
    """A warehouse with the default shop."""
    with ready(url) as db:
        with db.writer.begin() as connection:
            shop = {"id": "default", "name": "Shop", "company_prefix": "9521234"}
            connection.execute(insert(Shop.__table__).values(**shop))
        yield Warehouse(db, folder)
