"""A small warehouse to break things in, and what its database says afterwards."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, select, text

from data.demo import seed_demo
from data.engine import Database, open_database
from data.tables import Event
from scanning.codes import lookup_key
from tests.command import picker
from tests.templates import copy_into
from tests.unit.data.support import ready

ROOT = Path(__file__).resolve().parents[3]
BADGES = ("BADGE1001", "BADGE1002", "BADGE1003", "BADGE1004")
_FORGET = (
    "DELETE FROM code WHERE kind = 'order' AND ref NOT IN :kept",
    "DELETE FROM order_line WHERE order_id NOT IN :kept",
    "DELETE FROM orders WHERE id NOT IN :kept",
)


@dataclass(frozen=True, slots=True)
class Group:
    """All events of one input: the stream, and (kind, payload) of each."""

    stream: str
    events: tuple[tuple[str, dict[str, Any]], ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """What happened, in order."""
        return tuple(kind for kind, _ in self.events)

    def value(self, name: str) -> object:
        """A value of the first event, None when it has none of that name."""
        return self.events[0][1].get(name)


def _make(url: str) -> None:
    with ready(url) as db:
        seed_demo(db, lookup_key, datetime.now(UTC))


class Warehouse:
    """The demo's goods and orders in a database that stations are pointed at."""

    def __init__(self, url: str, home: Path, orders: int = 40) -> None:
        self.url, self.home = url, home
        copy_into(url, "demo", _make)
        with self.opened() as db:
            kept = [str(10_401 + number) for number in range(orders)]
            with db.writer.begin() as connection:
                for statement in _FORGET:
                    named = text(statement).bindparams(bindparam("kept", expanding=True))
                    connection.execute(named, {"kept": kept})

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database, as another program sees it."""
        db = open_database(self.url)
        try:
            yield db
        finally:
            db.dispose()

    def groups(self, station: str) -> list[Group]:
        """Everything a station wrote into the log, input by input."""
        table = Event.__table__
        query = select(table.c.stream, table.c.kind, table.c.payload).where(table.c.station == station)
        found: dict[str, Group] = {}
        with self.opened() as db, db.reader.connect() as connection:
            for stream, kind, payload in connection.execute(query.order_by(table.c.seq)):
                name = payload["group"]
                before = found[name].events if name in found else ()
                found[name] = Group(stream, (*before, (kind, payload)))
        return list(found.values())

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with self.opened() as db, db.reader.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def counted(self) -> dict[tuple[str, int], tuple[int, int]]:
        """(picked, checked) of every line that was touched, added up from the log by the plainest means."""
        table = Event.__table__
        query = select(table.c.id, table.c.stream, table.c.kind, table.c.payload)
        with self.opened() as db, db.reader.connect() as connection:
            events = list(connection.execute(query))
        undone = {name for row in events if row.kind == "Undone" for name in row.payload["events"]}
        picked: Counter[tuple[str, int]] = Counter()
        checked: Counter[tuple[str, int]] = Counter()
        for row in events:
            tally = {"UnitsPicked": picked, "UnitsChecked": checked}.get(row.kind)
            if tally is not None and str(row.id) not in undone:
                tally[row.stream, row.payload["line"]] += row.payload["quantity"]
        return {key: (picked[key], checked[key]) for key in picked | checked}

    def must_agree(self) -> None:
        """Lines count what the log counts, closed orders hold every unit, and `picker db verify` agrees."""
        stored = self.rows("SELECT order_id, line, quantity, picked, checked FROM order_line")
        lines = {(row[0], row[1]): (row[3], row[4]) for row in stored if row[3] or row[4]}
        assert lines == {key: value for key, value in self.counted().items() if any(value)}
        closed = {row[0] for row in self.rows("SELECT id FROM orders WHERE state = 'closed'")}
        assert [row for row in stored if row[0] in closed and row[2:5] != (row[2],) * 3] == []
        done = picker("db", "verify", "--json", "--db", self.url)
        assert done.code == 0, done
        assert json.loads(done.out)["differences"] == []

    def environment(self) -> dict[str, str]:
        """The settings a station starts with."""
        return {**os.environ, "PICKER_DB": self.url, "PICKER_HOME": str(self.home)}
