"""What every database must keep: nothing lost, nothing half, readers that only read, one clock."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from data import sqlite
from data.engine import Database, open_database
from data.errors import DatabaseBusyError, DataError
from data.tables import Code, Event, Product, SsccCounter, Stock
from tests.unit.data.support import ready

STATIONS = 4
EACH = 60

_COUNT_UP = """
import sys
from concurrent.futures import ThreadPoolExecutor
from sqlalchemy import select, update
from data.engine import open_database
from data.tables import SsccCounter
table = SsccCounter.__table__
def station(_):
    db = open_database(sys.argv[1])
    for _ in range(int(sys.argv[2])):
        with db.writer.begin() as connection:
            found = connection.scalar(select(table.c.next_serial).with_for_update())
            connection.execute(update(table).values(next_serial=found + 1))
with ThreadPoolExecutor() as pool:
    list(pool.map(station, range(2)))
"""


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with ready(db_url) as database:
        yield database


def test_no_update_of_four_stations_in_two_processes_is_lost(db: Database, db_url: str) -> None:
    with db.writer.begin() as connection:
        connection.execute(insert(SsccCounter.__table__).values(company_prefix="9521234"))
    command = [sys.executable, "-c", _COUNT_UP, db_url, str(EACH)]
    processes = [subprocess.Popen(command) for _ in range(STATIONS // 2)]
    assert [process.wait(60) for process in processes] == [0] * (STATIONS // 2)
    with db.reader.connect() as connection:
        assert connection.scalar(select(SsccCounter.__table__.c.next_serial)) == STATIONS * EACH


def test_a_failed_transaction_leaves_nothing(db: Database) -> None:
    row = {"code": "1", "kind": "tote", "ref": "T"}
    with pytest.raises(ZeroDivisionError), db.writer.begin() as connection:
        print(connection.execute(insert(Code.__table__).values(**row)).rowcount // 0)
    with db.reader.connect() as connection:
        assert connection.execute(select(Code.__table__)).all() == []


def test_the_reader_cannot_write(db: Database) -> None:
    with pytest.raises(DBAPIError), db.reader.begin() as connection:
        connection.execute(insert(Code.__table__).values(code="1", kind="tote", ref="T"))


def test_a_reader_neither_waits_for_a_writer_nor_sees_its_unfinished_work(db: Database) -> None:
    with db.writer.begin() as connection:
        connection.execute(insert(Code.__table__).values(code="1", kind="tote", ref="T"))
        with db.reader.connect() as other:
            assert other.execute(select(Code.__table__)).all() == []


def test_the_clock_is_the_databases_and_in_utc(db: Database) -> None:
    with db.reader.connect() as connection:
        now = db.now(connection)
    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    "values",
    [
        {"code": "1", "kind": "nonsense", "ref": "T"},
        {"code": "1", "kind": "tote", "ref": "T", "quantity": 0},
        {"code": "1", "kind": "tote", "ref": "T", "quantity": "7x"},
        {"code": None, "kind": "tote", "ref": "T"},
    ],
)
def test_the_database_itself_refuses_what_must_not_be(db: Database, values: dict[str, object]) -> None:
    with pytest.raises(DBAPIError), db.writer.begin() as connection:
        connection.execute(insert(Code.__table__).values(**values))


def test_stock_needs_its_product_and_never_falls_below_nothing(db: Database) -> None:
    with pytest.raises(IntegrityError), db.writer.begin() as connection:
        connection.execute(insert(Stock.__table__).values(sku="NONE", location="NONE"))
    with db.writer.begin() as connection:
        connection.execute(text("INSERT INTO location (code, walk_key) VALUES ('A', 1)"))
        connection.execute(insert(Product.__table__).values(sku="S", name="S"))
        connection.execute(insert(Stock.__table__).values(sku="S", location="A", base=2, moved=-2))
    with pytest.raises(IntegrityError), db.writer.begin() as connection:
        connection.execute(text("UPDATE stock SET moved = -3"))


def test_an_instant_comes_back_in_utc_and_a_stream_is_extended_once(db: Database) -> None:
    from uuid import uuid4

    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    row = {"stream": "10", "version": 1, "worker": "w", "at": at, "kind": "k", "payload": {"n": 1}}
    with db.writer.begin() as connection:
        connection.execute(insert(Event.__table__).values(id=uuid4(), station="a", seq=1, **row, schema=1))
    with db.reader.connect() as connection:
        [found] = connection.execute(select(Event.__table__)).all()
    assert (found.at, found.payload, found.schema) == (at, {"n": 1}, 1)
    for station, seq, version in (("b", 1, 1), ("a", 1, 2)):
        again = {**row, "version": version}
        with pytest.raises(IntegrityError), db.writer.begin() as connection:
            connection.execute(
                insert(Event.__table__).values(id=uuid4(), station=station, seq=seq, **again, schema=1)
            )


def test_a_locked_sqlite_is_told_in_words_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOCK_WAIT_S", 0.2)
    with ready(str(tmp_path / "a.db")) as db, ready(str(tmp_path / "a.db")) as other, db.writer.begin():
        with pytest.raises(DatabaseBusyError, match="locked"), other.writer.begin():
            pass
        with other.reader.connect() as connection:
            assert connection.scalar(text("SELECT 1")) == 1


def test_a_waiting_sqlite_writer_gets_its_turn(tmp_path: Path) -> None:
    with ready(str(tmp_path / "a.db")) as db, ready(str(tmp_path / "a.db")) as other:
        begun, done = threading.Event(), threading.Event()

        def wait_and_write() -> None:
            begun.set()
            with other.writer.begin() as connection:
                connection.execute(insert(Code.__table__).values(code="1", kind="tote", ref="T"))
            done.set()

        with db.writer.begin():
            thread = threading.Thread(target=wait_and_write)
            thread.start()
            begun.wait(5)
            assert not done.wait(0.1)
        thread.join(5)
        assert done.is_set()


def test_sqlite_stands_as_measured(tmp_path: Path) -> None:
    with ready(str(tmp_path / "a.db")) as db:
        for engine, writes in ((db.writer, True), (db.reader, False)):
            with engine.connect() as connection:
                values = {
                    name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                    for name in ("journal_mode", "synchronous", "foreign_keys", "query_only", "mmap_size")
                }
            assert values == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "query_only": 0 if writes else 1,
                "mmap_size": 0,
            }


def test_a_database_of_another_program_is_refused_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    driver = sqlite.driver()
    with driver.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(DataError, match="not one of Picker"):
        open_database(str(path))


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(DataError, match="can't be opened") as raised:
        open_database("postgresql://ann:s3cret@127.0.0.1:1/db")
    assert "s3cret" not in str(raised.value)
