"""Scannable codes and the places they stand for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from data.importers.fields import FieldError
from data.importers.records import PackCode
from data.importers.report import Outcome
from data.importers.upsert import Chunk, Row, upsert
from data.tables import Code, Location
from data.types import CodeKind


@dataclass(frozen=True, slots=True)
class CodeFor:
    """A code as a file writes it, and what it stands for; `line` is where the file says so."""

    code: PackCode
    ref: str
    line: int = 0


def add_codes(chunk: Chunk, kind: CodeKind, wanted: Iterable[CodeFor]) -> set[str]:
    """Store codes under their normalised keys; the refs of which something changed.

    No code is ever taken away here: staff add barcodes of their own at the bench. A product barcode that
    stands for several SKUs is kept (the scan asks) and noted.
    """
    keyed = [(key, entry) for entry in wanted if (key := _key(chunk, kind, entry))]
    rows: list[Row] = [
        {
            "code": key,
            "kind": kind.value,
            "ref": entry.ref,
            "quantity": entry.code.quantity,
            "attached": False,
        }
        for key, entry in keyed
    ]
    outcomes = upsert(chunk.connection, Code.__table__, rows)
    changed = {
        entry.ref for (_, entry), outcome in zip(keyed, outcomes, strict=True) if outcome != Outcome.UNCHANGED
    }
    if kind is CodeKind.PRODUCT:
        _note_shared(chunk, [key for key, entry in keyed if entry.ref in changed])
    return changed


def ensure_locations(chunk: Chunk, names: Sequence[str]) -> None:
    """Make the locations that are new, each scannable by its own name."""
    table = Location.__table__
    have = set(chunk.connection.scalars(select(table.c.code).where(table.c.code.in_(set(names)))))
    fresh = sorted(set(names) - have)
    if fresh:
        upsert(chunk.connection, table, [{"code": name} for name in fresh])
        add_codes(chunk, CodeKind.LOCATION, [CodeFor(PackCode(name), name) for name in fresh])


def number_locations(connection: Connection) -> None:
    """Set the walking order of all locations: natural order of aisle, bay, level, position (A-2 before
    A-10).
    """
    table = Location.__table__
    rows = connection.execute(select(table)).all()
    for place, row in enumerate(sorted(rows, key=lambda row: walk_order(row.code)), start=1):
        if row.walk_key != place * 10:
            connection.execute(update(table).where(table.c.code == row.code).values(walk_key=place * 10))


def walk_order(code: str) -> tuple[tuple[int, int, str], ...]:
    """The sort key of a location: its numbers as numbers, its letters as text without regard to case."""
    parts = re.findall(r"[0-9]+|[^0-9]+", code.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _key(chunk: Chunk, kind: CodeKind, entry: CodeFor) -> str:
    wanted = "a code that can be scanned"
    try:
        key = chunk.normalise(entry.code.code)
    except ValueError:
        key = ""
    if kind is CodeKind.PRODUCT and chunk.is_own(key):
        key, wanted = "", "a barcode of the goods; PK and a letter begin the codes of the house itself"
    if not key:
        chunk.report.problem(FieldError(entry.line, f"{kind} code", entry.code.code[:80], wanted))
    return key


def _note_shared(chunk: Chunk, keys: list[str]) -> None:
    table = Code.__table__
    query = select(table.c.code, table.c.ref).where(
        table.c.code.in_(keys), table.c.kind == CodeKind.PRODUCT.value
    )
    refs: dict[str, list[str]] = {}
    for code, ref in chunk.connection.execute(query):
        refs.setdefault(code, []).append(ref)
    for code, skus in refs.items():
        if len(skus) > 1:
            chunk.report.note(
                f"Barcode {code} stands for {' and '.join(sorted(skus))}; where both are ordered the scan asks which."
            )
