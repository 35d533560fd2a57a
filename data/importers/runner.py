"""Running an import: read, understand, then write in small transactions beside the stations' work."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from sqlalchemy import Connection, insert, select, text, update

from data.engine import Database, database_now
from data.errors import DataError
from data.importers.apply_catalogue import apply_customers, apply_packaging, apply_products, apply_workers
from data.importers.apply_orders import apply_orders
from data.importers.carriers import apply_services
from data.importers.codes import number_locations
from data.importers.fields import LEFT_OUT
from data.importers.formats import ImportKind, Record, recognise
from data.importers.holds import recheck_held, tell_variants_apart
from data.importers.kits import apply_kits
from data.importers.left_out import LeftOutList
from data.importers.options import ImportOptions
from data.importers.purchases import apply_purchases
from data.importers.read import Sheet, key_of, read_sheet
from data.importers.records import StartedOrders
from data.importers.rehearsal import rehearsal
from data.importers.report import ImportReport, told_rows
from data.importers.returned import apply_returns
from data.importers.upsert import Chunk
from data.tables import ImportRun, Shop

# Measured beside eight scanning stations: short transactions with this pause between them kept the slowest scan at
# 32 ms, where one transaction for the whole file made scans wait for 12 s. A chunk is as large as fits its time.
CHUNK = 200
TURN_S = 0.040
PAUSE_S = 0.010
_LEAST = 10
_PG_LOCK = (
    0x5069636C  # an arbitrary key: on PostgreSQL chunks of two imports take turns, as they do on SQLite
)

Begin = Callable[[], AbstractContextManager[Connection]]
_APPLY: dict[ImportKind, Callable[[Chunk, Any], None]] = {
    ImportKind.PRODUCTS: apply_products,
    ImportKind.PACKAGING: apply_packaging,
    ImportKind.WORKERS: apply_workers,
    ImportKind.CUSTOMERS: apply_customers,
    ImportKind.ORDERS: apply_orders,
    ImportKind.SERVICES: apply_services,
    ImportKind.RETURNS: apply_returns,
    ImportKind.PURCHASES: apply_purchases,
    ImportKind.KITS: apply_kits,
}


_HOUSE_PRICES = (ImportKind.PACKAGING, ImportKind.SERVICES)
"""Prices that the warehouse pays, in hundredths whatever its shops are paid in."""


def run_import(
    db: Database,
    kind: str,
    path: Path,
    *,
    normalise: Callable[[str], str],
    is_own: Callable[[str], bool],
    started: StartedOrders,
    options: ImportOptions,
    dry_run: bool,
    progress: Callable[[int, int], None],
) -> ImportReport:
    """Import one CSV file of a kind (see `ImportKind`) and report what became of each record.

    `normalise` makes the key of a code as a scan would; a barcode of a product for which `is_own` holds is refused,
    because a scan takes it for a code of the house; `progress` is called with (done, total) records
    after each chunk. The same file a second time changes nothing; a run that was killed goes on where it
    stopped. With `dry_run` the report is the same and nothing is written. Raises DataError, before anything
    is written, when the file can't be read or isn't of that kind, or the options name no known shop or time
    zone.
    """
    _check_options(db, options)
    sheet, records, report = _understand(db, kind, path, options)
    with rehearsal(db) if dry_run else _for_real(db) as begin:
        run = _Run(begin, ImportKind(kind), report, normalise, is_own, started, options)
        run.carry_out(sheet, records, progress, 0.0 if dry_run else PAUSE_S)
    return report


@contextmanager
def _for_real(db: Database) -> Iterator[Begin]:
    yield db.writer.begin


def _understand(
    db: Database, kind: str, path: Path, options: ImportOptions
) -> tuple[Sheet, Sequence[Record], ImportReport]:
    if kind not in tuple(ImportKind):
        raise DataError(f"{kind!r} is nothing that can be imported: expected {', '.join(ImportKind)}.")
    try:
        _ = options.zone
    except (ZoneInfoNotFoundError, ValueError):
        raise DataError(
            f"{options.timezone!r} is no time zone: expected a name such as Europe/Warsaw."
        ) from None
    options = _with_saved(db, ImportKind(kind), options)
    sheet = read_sheet(path, options.encoding, lambda one: _fits(one, ImportKind(kind), options))
    if options.saved and all(key_of(column) in sheet.columns for _, column in options.mapping):
        sheet.notes.append(f"Columns as saved: {', '.join('='.join(pair) for pair in options.mapping)}.")
    elif options.saved:
        options = replace(options, mapping=())
    sheet = sheet.mapped(options.mapping)
    sheet.dates = options.dates or sheet.dates
    if ImportKind(kind) not in _HOUSE_PRICES:
        sheet.currency = _currency(db, options.shop)
    form = recognise(sheet, ImportKind(kind))
    sheet = sheet.renamed(form.aliases)
    report = ImportReport(sheet.file, kind, notes=[f"Read as {form.name}.", *sheet.notes])
    records = form.parse(sheet, options, report)
    for name, column in options.mapping:
        if sheet.rows and form.aliases.get(key_of(name), key_of(name)) not in sheet.used:
            raise DataError(f"{name!r} (--map {name}={column}) is nothing that {form.name} have a column of.")
    for what, lines in sheet.remarks.items():
        report.note(f"{what} ({told_rows(list(lines))}).")
        for line in lines if what.endswith(LEFT_OUT) else ():
            report.leave(what, f"line {line}", named=False)
    report.ignored_columns = sheet.ignored()
    return sheet, records, report


def _with_saved(db: Database, kind: ImportKind, options: ImportOptions) -> ImportOptions:
    """The options with the shop's saved columns, where orders come without any named now."""
    if kind is not ImportKind.ORDERS or options.mapping:
        return options
    table = Shop.__table__
    with db.reader.connect() as connection:
        saved = connection.scalar(select(table.c.order_columns).where(table.c.id == options.shop)) or {}
    return replace(options, mapping=tuple(saved.items()), saved=bool(saved))


def _currency(db: Database, shop: str) -> str:
    """What a shop's prices are in, "" for no shop in particular."""
    table = Shop.__table__
    with db.reader.connect() as connection:
        return connection.scalar(select(table.c.currency).where(table.c.id == shop)) or ""


def _fits(sheet: Sheet, kind: ImportKind, options: ImportOptions) -> bool:
    try:
        recognise(sheet.mapped(options.mapping), kind)
    except DataError:
        return False
    return True


def _check_options(db: Database, options: ImportOptions) -> None:
    with db.reader.connect() as connection:
        shops = list(connection.scalars(select(Shop.__table__.c.id)))
    if options.shop and options.shop not in shops:
        raise DataError(
            f"There is no shop {options.shop!r}: expected {' or '.join(sorted(shops)) or 'one to be made'}."
        )


@dataclass(frozen=True, slots=True)
class _Run:
    begin: Begin
    kind: ImportKind
    report: ImportReport
    normalise: Callable[[str], str]
    is_own: Callable[[str], bool]
    started: StartedOrders
    options: ImportOptions

    def carry_out(
        self, sheet: Sheet, records: Sequence[Record], progress: Callable[[int, int], None], pause_s: float
    ) -> None:
        run_id, done, left_out = self._open(sheet, len(records))
        size = max(CHUNK // 4, _LEAST)
        while chunk := records[done : done + size]:
            begun = time.monotonic()
            with self._turn() as connection:
                _APPLY[self.kind](self._chunk(connection), chunk)
                left_out.tell(connection, self.report)
                done += len(chunk)
                _note_run(connection, run_id, rows_done=done)
            fitting = int(size * TURN_S / max(time.monotonic() - begun, 0.001))
            size = max(_LEAST, min(fitting, 2 * size, CHUNK))
            progress(done, len(records))
            time.sleep(pause_s)
        with self._turn() as connection:
            self._finish(connection)
            left_out.tell(connection, self.report)
            _note_run(connection, run_id, state="done", finished_at=database_now(connection))

    @contextmanager
    def _turn(self) -> Iterator[Connection]:
        with self.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _PG_LOCK})
            yield connection

    def _chunk(self, connection: Connection) -> Chunk:
        now: datetime = database_now(connection)
        return Chunk(connection, self.options, self.report, self.normalise, self.is_own, self.started, now)

    def _open(self, sheet: Sheet, total: int) -> tuple[int, int, LeftOutList]:
        """The run's row, how many records are written already, those of the same file's run that was cut off, and what
        is to be told of what is left out.
        """
        table = ImportRun.__table__
        same = (table.c.sha256 == sheet.sha256, table.c.kind == self.kind.value)
        with self._turn() as connection:
            left_out = LeftOutList.read(connection, sheet.file, sheet.sha256, self.options.shop)
            last = connection.execute(select(table).where(*same).order_by(table.c.id.desc())).first()
            if last is not None and last.state == "running" and last.rows_total == total:
                self.report.note(
                    f"An import of this file was cut off; it goes on after record {last.rows_done}."
                )
                return last.id, last.rows_done, left_out
            values = {
                "kind": self.kind.value,
                "sha256": sheet.sha256,
                "file_name": sheet.file,
                "rows_total": total,
            }
            started = (
                insert(table).values(**values, started_at=database_now(connection)).returning(table.c.id)
            )
            return connection.execute(started).scalar_one(), 0, left_out

    def _finish(self, connection: Connection) -> None:
        if self.kind is not ImportKind.PRODUCTS:
            return
        number_locations(connection)
        held = tell_variants_apart(connection, self.started)
        if held:
            self.report.note(
                f"{len(held)} orders are on hold, for variants share a SKU of theirs: {', '.join(held[:20])}."
            )
        freed = recheck_held(connection)
        if freed:
            self.report.note(f"{len(freed)} held orders can be packed now: {', '.join(freed[:20])}.")


def _note_run(connection: Connection, run_id: int, **values: object) -> None:
    table = ImportRun.__table__
    connection.execute(update(table).where(table.c.id == run_id).values(**values))
