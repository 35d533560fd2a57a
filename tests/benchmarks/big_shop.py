"""A shop of a size that few warehouses reach, in SQLite, built once and kept: SKUs, barcodes, open orders."""

import hashlib
import random
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnDefault, Table
from sqlalchemy.dialects import sqlite as dialects

from data import schema
from data.engine import open_database
from data.schema import upgrade
from data.sqlite import driver
from data.starter import seed_starter
from data.tables import Code, Location, Order, OrderLine, Product, Stock
from scanning.codes import gtin_check_digit, lookup_key

BADGE = "LEAD0001"
CASE = 12
"""Units behind the second barcode of a product."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many products (two barcodes each) and open orders (1 to 4 lines of 1 to 4 units each)."""

    products: int
    orders: int


FULL = Size(1_000_000, 200_000)
SMALL = Size(4_000, 1_000)


def sku(number: int) -> str:
    """Return the SKU of a product, counted from 0."""
    return f"S{number:07d}"


def barcode(number: int) -> str:
    """Return the EAN-13 of a product's single unit."""
    digits = f"200{number:09d}"
    return f"{digits}{gtin_check_digit(digits)}"


def case_barcode(number: int) -> str:
    """Return the GTIN-14 of a case of a product."""
    digits = f"1200{number:09d}"
    return f"{digits}{gtin_check_digit(digits)}"


def order_id(number: int) -> str:
    """Return the id of an order, counted from 0."""
    return str(1_000_000 + number)


@contextmanager
def working_copy(cache: Path, size: Size) -> Iterator[Path]:
    """Yield a copy of the shop to work in; it is removed afterwards."""
    built = build(cache, size)
    with tempfile.TemporaryDirectory(dir=cache, prefix="work-") as folder:
        copy = Path(folder) / "shop.sqlite"
        shutil.copyfile(built, copy)
        yield copy


def build(cache: Path, size: Size) -> Path:
    """Return the shop's file, built when the cache has none of this size, schema and recipe."""
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / f"shop-{size.products}-{size.orders}-{_recipe()}.sqlite"
    if not file.exists():
        print(f"building {file} (kept for the next run)", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix="build-") as folder:
            making = Path(folder) / "shop.sqlite"
            _make(making, size)
            making.replace(file)
    return file


def _recipe() -> str:
    """What the file depends on beside its size."""
    sources = [Path(__file__), *sorted(schema.MIGRATIONS.rglob("*.py"))]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]


def _make(file: Path, size: Size) -> None:
    db = open_database(str(file))
    try:
        upgrade(db)
        with db.writer.begin() as connection:
            seed_starter(connection, lookup_key)
    finally:
        db.dispose()
    raw = driver().connect(str(file), isolation_level=None)
    try:
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA cache_size=-400000")
        raw.execute("BEGIN")
        _catalogue(raw, size)
        _orders(raw, size)
        raw.execute("COMMIT")
        raw.execute("ANALYZE")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _catalogue(raw: Any, size: Size) -> None:
    places = max(10, size.products // 50)
    _fill(raw, Location, ("code", "walk_key"), ((_place(n), n) for n in range(places)), {})
    rows = ((sku(n), f"Product {n}", _place(n % places)) for n in range(size.products))
    sizes = {"length_mm": 120, "width_mm": 80, "height_mm": 40, "weight_g": 250}
    _fill(raw, Product, ("sku", "name", "location"), rows, sizes)
    singles = ((lookup_key(barcode(n)), sku(n), 1) for n in range(size.products))
    _fill(raw, Code, ("code", "ref", "quantity"), singles, {"kind": "product"})
    cases = ((case_barcode(n), sku(n), CASE) for n in range(size.products))
    _fill(raw, Code, ("code", "ref", "quantity"), cases, {"kind": "product"})
    stock = ((sku(n), _place(n % places)) for n in range(size.products))
    _fill(raw, Stock, ("sku", "location"), stock, {"state": "available", "base": 10_000, "counted": 10_000})


def _orders(raw: Any, size: Size) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    chance = random.Random(952)
    address = {"ship_name": "Anna Example", "ship_line1": "1 High Street", "ship_city": "Town"}
    fixed = {"shop": "default", "source": "csv", "service": "STANDARD", "placed_at": now, **address}
    quarter = max(1, size.orders // 4)
    for part in range(4):
        numbers = range(part * quarter, size.orders if part == 3 else (part + 1) * quarter)
        rows = [(order_id(n), int(chance.random() < 0.1)) for n in numbers]
        due = {"due_at": now + timedelta(hours=1 + part)}
        _fill(raw, Order, ("id", "priority"), rows, {**fixed, **due, "ship_zip": "00-001"})
    columns = ("order_id", "line", "sku", "sku_text", "name", "quantity")
    _fill(raw, OrderLine, columns, _lines(chance, size), {})
    codes = ((order_id(n), order_id(n)) for n in range(size.orders))
    _fill(raw, Code, ("code", "ref"), codes, {"kind": "order"})


def _lines(chance: random.Random, size: Size) -> Iterator[tuple[object, ...]]:
    for n in range(size.orders):
        goods = {chance.randrange(size.products) for _ in range(chance.randint(1, 4))}
        for line, product in enumerate(sorted(goods), 1):
            yield order_id(n), line, sku(product), sku(product), f"Product {product}", chance.randint(1, 4)


def _place(number: int) -> str:
    return f"A{number // 100:03d}-{number % 100:02d}"


def _fill(
    raw: Any, model: Any, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]], fixed: dict[str, Any]
) -> None:
    """Insert rows of `columns`; every other column gets its value in `fixed` or its model's default."""
    table: Table = model.__table__
    rest = {name: fixed[name] if name in fixed else _default(table, name) for name in table.c.keys()}  # noqa: SIM118
    constant = {name: _stored(table, name, value) for name, value in rest.items() if name not in columns}
    names = ", ".join(f'"{name}"' for name in (*columns, *constant))
    marks = ", ".join("?" * (len(columns) + len(constant)))
    tail = tuple(constant.values())
    raw.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", (row + tail for row in rows))


def _default(table: Table, name: str) -> object:
    default = table.c[name].default
    return default.arg if isinstance(default, ColumnDefault) and default.is_scalar else None


def _stored(table: Table, name: str, value: object) -> object:
    dialect = dialects.dialect()
    process = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    return process(value) if process is not None else value


def described(size: Size) -> str:
    """Return the size in words."""
    given = asdict(size)
    return f"{given['products']:,} SKUs, {2 * size.products:,} barcodes, {size.orders:,} open orders"
