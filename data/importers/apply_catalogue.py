"""Products, packaging, workers and customers into the tables."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Column, delete, select

from data.importers.codes import CodeFor, add_codes, ensure_locations
from data.importers.fields import FieldError
from data.importers.options import StockHandling
from data.importers.records import CustomerIn, PackagingIn, PackCode, ProductIn, WorkerIn
from data.importers.report import Outcome
from data.importers.sizes import take_sizes
from data.importers.upsert import Chunk, Row, upsert
from data.importers.variants import make_apart
from data.importers.who import customer_id
from data.tables import Code, Customer, Packaging, Product, ProductNote, Service, Shop, Stock, Worker
from data.types import CodeKind, PackagingKind, StockState


def apply_products(chunk: Chunk, records: Sequence[ProductIn]) -> None:
    """Products with their barcodes, locations and stock; an empty cell leaves what is stored."""
    apart = make_apart(chunk, records)
    fresh = apart.prepare(chunk)
    records = apart.records
    rows: list[Row] = [{"sku": record.sku, **record.given} for record in records]
    take_sizes(chunk, rows)
    outcomes = upsert(chunk.connection, Product.__table__, rows, lambda row: {"name": row["sku"], **row})
    named = [str(record.given["location"]) for record in records if "location" in record.given]
    places = [*named, *(place for record in records for place, _ in record.stock)]
    ensure_locations(chunk, places)
    codes = [CodeFor(code, record.sku, record.line) for record in records for code in record.barcodes]
    apart.write(chunk)  # before new codes are noted as shared with the product that variants were until now
    touched = fresh | add_codes(chunk, CodeKind.PRODUCT, codes) | _note(chunk, records)
    if chunk.options.stock is StockHandling.COUNT:
        touched |= _count_stock(chunk, records)
    for record, outcome in zip(records, outcomes, strict=True):
        also = outcome is Outcome.UNCHANGED and record.sku in touched
        chunk.report.count(Outcome.UPDATED if also else outcome)


def _note(chunk: Chunk, records: Sequence[ProductIn]) -> set[str]:
    """Take over what is printed for buyers of each language. The SKUs that changed."""
    rows: list[Row] = [
        {"sku": record.sku, "language": language, **words}
        for record in records
        for language, words in record.notes.items()
    ]
    outcomes = upsert(chunk.connection, ProductNote.__table__, rows)
    changed = zip(rows, outcomes, strict=True)
    return {str(row["sku"]) for row, outcome in changed if outcome is not Outcome.UNCHANGED}


def _count_stock(chunk: Chunk, records: Sequence[ProductIn]) -> set[str]:
    """Take over new counts; a figure equal to the last one imported changes nothing. The SKUs that changed."""
    table = Stock.__table__
    available = StockState.AVAILABLE.value
    query = select(table).where(table.c.sku.in_([r.sku for r in records]), table.c.state == available)
    query = query.order_by(table.c.sku, table.c.location).with_for_update()
    known = {(row.sku, row.location): row for row in chunk.connection.execute(query)}
    rows: list[Row] = []
    for record in records:
        for place, counted in record.stock:
            old = known.get((record.sku, place))
            if old is None or old.counted != counted:
                base = counted - (old.moved if old else 0)
                rows.append(
                    {
                        "sku": record.sku,
                        "location": place,
                        "state": available,
                        "counted": counted,
                        "base": base,
                    }
                )
    if rows:
        upsert(chunk.connection, table, rows)
    return {str(row["sku"]) for row in rows}


def apply_packaging(chunk: Chunk, records: Sequence[PackagingIn]) -> None:
    """Packagings with their barcodes and stock; an empty cell leaves what is stored."""
    table = Packaging.__table__
    codes = [record.code for record in records]
    query = select(table).where(table.c.code.in_(codes)).order_by(table.c.code).with_for_update()
    known = {row.code: row for row in chunk.connection.execute(query)}
    rows: list[Row] = []
    for record in records:
        old = known.get(record.code)
        counted = record.counted if chunk.options.stock is StockHandling.COUNT else None
        row: Row = {"code": record.code, **record.given}
        if counted is not None and (old is None or old.counted != counted):
            row |= {"counted": counted, "base": counted - (old.moved if old else 0)}
        rows.append(row)
    _name_known(chunk, rows, "services", _folded(chunk, Service.__table__.c.code))
    _name_known(chunk, rows, "shops", _folded(chunk, Shop.__table__.c.id))
    outcomes = upsert(chunk.connection, table, rows, _new_packaging)
    entries = [CodeFor(PackCode(code), r.code, r.line) for r in records for code in r.barcodes]
    touched = add_codes(chunk, CodeKind.PACKAGING, entries)
    for record, outcome in zip(records, outcomes, strict=True):
        also = outcome is Outcome.UNCHANGED and record.code in touched
        chunk.report.count(Outcome.UPDATED if also else outcome)


def _new_packaging(row: Row) -> Row:
    return {"name": row["code"], "kind": PackagingKind.CARTON.value, **row}


def _name_known(chunk: Chunk, rows: Sequence[Row], column: str, known: Mapping[str, str]) -> None:
    """Write what a packaging is for as the codes of these are, `known` folded; one that isn't known is noted."""
    for row in rows:
        named = row.get(column)
        if not isinstance(named, str):
            continue
        codes = named.split("|")
        row[column] = "|".join(sorted({known.get(code.casefold(), code) for code in codes}))
        for code in codes:
            if code.casefold() not in known:
                what = column.removesuffix("s")
                chunk.report.note(f"Packaging {row['code']} is for {what} {code!r}, which isn't known yet.")


def _folded(chunk: Chunk, column: Column[str]) -> dict[str, str]:
    return {code.casefold(): code for code in chunk.connection.scalars(select(column))}


def apply_workers(chunk: Chunk, records: Sequence[WorkerIn]) -> None:
    """Workers and badges; a worker's new badge replaces the old one, which somebody else may have found."""
    rows: list[Row] = [
        {"id": r.worker.id, "name": r.worker.name, "role": r.worker.role.value, "language": r.worker.language}
        for r in records
    ]
    outcomes = upsert(chunk.connection, Worker.__table__, rows)
    for record, outcome in zip(records, outcomes, strict=True):
        changed = bool(record.badge) and _set_badge(chunk, record)
        chunk.report.count(Outcome.UPDATED if outcome is Outcome.UNCHANGED and changed else outcome)


def _set_badge(chunk: Chunk, record: WorkerIn) -> bool:
    table = Code.__table__
    key = chunk.normalise(record.badge)
    badges = select(table.c.ref).where(table.c.code == key, table.c.kind == CodeKind.WORKER.value)
    owners = set(chunk.connection.scalars(badges))
    if owners - {record.worker.id}:
        error = FieldError(
            record.line, "badge", record.badge, f"a badge nobody else has ({', '.join(sorted(owners))})"
        )
        chunk.report.problem(error)
        return False
    chunk.connection.execute(
        delete(table).where(
            table.c.kind == CodeKind.WORKER.value, table.c.ref == record.worker.id, table.c.code != key
        )
    )
    return bool(
        add_codes(chunk, CodeKind.WORKER, [CodeFor(PackCode(record.badge), record.worker.id, record.line)])
    )


def apply_customers(chunk: Chunk, records: Sequence[CustomerIn]) -> None:
    """Customers of the shop, known by their e-mail address."""
    shop = chunk.options.shop
    rows: list[Row] = [
        {"id": customer_id(shop, r.email), "shop": shop, "email": r.email, **r.given} for r in records
    ]
    for outcome in upsert(chunk.connection, Customer.__table__, rows):
        chunk.report.count(outcome)
