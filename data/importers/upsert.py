"""Writing rows only where something changed, and saying what did."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, and_, bindparam, insert, select, update

from data.importers.options import ImportOptions
from data.importers.records import StartedOrders
from data.importers.report import ImportReport, Outcome

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What the writing of one chunk of records needs; `now` is the database's clock.

    `normalise` makes the key of a code as a scan would; `is_own` says whether a scan takes it for a code of the house.
    """

    connection: Connection
    options: ImportOptions
    report: ImportReport
    normalise: Callable[[str], str]
    is_own: Callable[[str], bool]
    started: StartedOrders
    now: datetime


def upsert(
    connection: Connection,
    table: Table,
    rows: Sequence[Row],
    new: Callable[[Row], Row] = lambda row: row,
) -> list[Outcome]:
    """Insert or update `rows` by primary key, each with the columns it names; `new` completes a row to
    insert.
    """
    if not rows:
        return []
    keys = [column.name for column in table.primary_key]
    known = _known(connection, table, keys, rows)
    inserts: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    updates: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    outcomes = []
    for row in rows:
        key = tuple(row[name] for name in keys)
        old = known.get(key)
        if old is None:
            full = new(row)
            inserts[tuple(full)].append(full)
            known[key] = full
            outcomes.append(Outcome.CREATED)
            continue
        changed = {name: value for name, value in row.items() if old.get(name) != value}
        if changed:
            updates[tuple(changed)].append({**changed, **{f"key_{name}": row[name] for name in keys}})
            known[key] = {**old, **changed}
        outcomes.append(Outcome.UPDATED if changed else Outcome.UNCHANGED)
    for alike in inserts.values():
        connection.execute(insert(table), alike)
    where = and_(*(table.c[name] == bindparam(f"key_{name}") for name in keys))
    for columns, alike in updates.items():
        connection.execute(
            update(table).where(where).values({name: bindparam(name) for name in columns}), alike
        )
    return outcomes


def _known(
    connection: Connection, table: Table, keys: list[str], rows: Sequence[Row]
) -> dict[tuple[object, ...], Mapping[str, object]]:
    first = table.c[keys[0]]
    wanted = {row[keys[0]] for row in rows}
    stored = connection.execute(select(table).where(first.in_(wanted))).mappings().all()
    return {tuple(row[name] for name in keys): dict(row) for row in stored}
