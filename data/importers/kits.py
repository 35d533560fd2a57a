"""Kits: files of their parts, and orders of a kit made orders of its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy import delete, exists, insert, or_, select

from data.importers.fields import Cells, FieldError
from data.importers.holds import recheck_held
from data.importers.options import ImportOptions
from data.importers.read import Sheet
from data.importers.records import KitIn, LineIn, LinePart, OrderIn
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome
from data.importers.revisions import revision_of
from data.importers.upsert import Chunk
from data.importers.upsert import Row as NewRow
from data.store import kits, lookup
from data.store import orders as stored
from data.store.kits import Parts
from data.tables import Order, OrderLine
from data.types import OrderId, OrderState

ALIASES = {
    "kit_sku": "kit",
    "bundle": "kit",
    "bundle_sku": "kit",
    "part_sku": "part",
    "component": "part",
    "component_sku": "part",
    "sku": "part",
    "qty": "quantity",
    "units": "quantity",
}
NEEDED = frozenset({"kit", "part"})
_O, _L = Order.__table__, OrderLine.__table__
_NOT_BEGUN = (OrderState.WAITING.value, OrderState.HELD.value)


def parse_kits(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[KitIn]:
    """The file's kits with their parts, a row for each part; a kit with a bad row is left out as a whole."""
    found: dict[str, KitIn] = {}
    bad: set[str] = set()
    for row in sheet.rows:
        cells = Cells(sheet, row)
        kit = understood(partial(_kit, cells), [cells], report)
        if kit is None:
            bad.add(cells.text("kit", 10_000))
            continue
        before = found.get(kit.sku, replace(kit, parts={}))
        (part, units), parts = next(iter(kit.parts.items())), dict(before.parts)
        parts[part] = parts.get(part, 0) + units
        found[kit.sku] = replace(before, parts=parts)
    report.count(Outcome.LEFT_OUT, len(bad))
    return [kit for sku, kit in found.items() if sku not in bad]


def _kit(cells: Cells) -> KitIn:
    cells.intact()
    kit, part = cells.needed_code("kit", 100), cells.needed_code("part", 100)
    if kit == part:
        raise cells.error("part", "another SKU than the kit's own")
    return KitIn(kit, cells.line, {part: cells.whole("quantity", 1, 10_000) or 1})


def apply_kits(chunk: Chunk, records: Sequence[KitIn]) -> None:
    """Kits with their parts; open orders of them that no station has begun follow."""
    known = kits.parts_of(chunk.connection, [record.sku for record in records])
    changed = []
    for record in records:
        if (fault := _fault(chunk, record)) is not None:
            chunk.report.problem(fault)
            chunk.report.count(Outcome.LEFT_OUT)
            continue
        before = known.get(record.sku)
        if before == record.parts:
            chunk.report.count(Outcome.UNCHANGED)
            continue
        kits.set_parts(chunk.connection, record.sku, record.parts)
        chunk.report.count(Outcome.CREATED if before is None else Outcome.UPDATED)
        changed.append(record.sku)
    if changed:
        _follow(chunk, changed)


def _fault(chunk: Chunk, record: KitIn) -> FieldError | None:
    """What is wrong with a kit's parts: one that isn't known, or kits inside of kits."""
    for kit, part in kits.neighbours(chunk.connection, [record.sku, *record.parts]):
        if kit in record.parts:
            return FieldError(record.line, "part", kit, "a product that is no kit itself")
        if part == record.sku:
            return FieldError(record.line, "kit", part, f"a SKU that is no part of another kit ({kit})")
    products = lookup.products(chunk.connection, list(record.parts))
    unknown = [part for part in record.parts if part not in products]
    if unknown:
        return FieldError(record.line, "part", unknown[0], "the SKU of a product, which is imported first")
    return None


def by_parts(known: Mapping[str, Parts], record: OrderIn) -> OrderIn:
    """The record with its kits as lines of their parts; its revision stays that of what the file says."""
    if not any(line.sku in known for line in record.lines):
        return record
    lines = [part for line in record.lines for part in _parts(line, known.get(line.sku, {}))]
    return replace(record, lines=tuple(lines), said=revision_of(record))


def _parts(line: LineIn, parts: Parts) -> list[LineIn]:
    """A kit's parts, each at its share of the kit's price, as one unit of them costs; any other line as it is."""
    if not parts:
        return [line]
    share = line.price_cents // sum(parts.values())
    of = LinePart(line.sku, line.name or line.sku, line.quantity, line.price_cents)
    return [LineIn(part, "", line.quantity * units, share, line.unread, of) for part, units in parts.items()]


def _follow(chunk: Chunk, changed: Sequence[str]) -> None:
    """Have orders that no station has begun, and that no lead has decided of, want the parts as they are now."""
    mine = exists().where(_L.c.order_id == _O.c.id, or_(_L.c.kit.in_(changed), _L.c.sku_text.in_(changed)))
    query = select(_O.c.id, _O.c.decided).where(_O.c.version == 0, _O.c.state.in_(_NOT_BEGUN), mine)
    rows = chunk.connection.execute(query.order_by(_O.c.id).with_for_update()).all()
    orders = [OrderId(row.id) for row in rows if not row.decided.get("lines")]
    for order in orders:
        _rewrite(chunk, order)
    recheck_held(chunk.connection)
    if orders:
        chunk.report.note(f"{len(orders)} open orders follow: {', '.join(orders[:20])}.")


def _rewrite(chunk: Chunk, order: OrderId) -> None:
    groups = kits.grouped(stored.lines(chunk.connection, order))
    known = kits.split(chunk.connection, {group[0].kit or group[0].sku_text for group in groups})
    new: list[NewRow] = []
    for group in groups:
        kept = _as_sold(group)
        parts = _parts(kept, known.get(kept.sku, {}))
        new += [_row(line, group[0] if line is kept else None) for line in parts]
    chunk.connection.execute(delete(_L).where(_L.c.order_id == order))
    numbered = [{"order_id": order, "line": number, **row} for number, row in enumerate(new, start=1)]
    chunk.connection.execute(insert(_L), numbered)


def _as_sold(group: Sequence[stored.StoredLine]) -> LineIn:
    """The line of the order that these rows stand for."""
    row = group[0]
    if row.kit:
        return LineIn(row.kit, row.kit_name, row.kit_units, row.kit_cents, row.unread)
    return LineIn(row.sku_text, row.name, row.quantity, row.price_cents, row.unread)


def _row(line: LineIn, before: stored.StoredLine | None) -> NewRow:
    """The row of a line; of one that stands for itself the product that it was led to stays."""
    sku = line.sku if line.part_of else before.sku if before is not None and not before.kit else None
    return {"sku": sku, "sku_text": line.sku, "name": line.name, "quantity": line.quantity, "unread": line.unread,
            "price_cents": line.price_cents, **kit_columns(line)}  # fmt: skip


def kit_columns(line: LineIn) -> NewRow:
    """The columns of a line that say of which kit it is a part."""
    of = line.part_of or LinePart("", "", 0, 0)
    return {"kit": of.sku, "kit_name": of.name, "kit_units": of.units, "kit_cents": of.price_cents}
