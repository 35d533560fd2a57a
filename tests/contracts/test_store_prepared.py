"""Statements that run on the driver itself do what the usual way does, errors and transactions included."""

from collections.abc import Iterator

import pytest
from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from data.engine import Database
from data.store.prepared import Prepared
from data.tables import Location
from tests.contracts.shop import open_shop

_L = Location.__table__
ADD = Prepared(insert(_L))
FIND = Prepared(select(_L.c.code, _L.c.walk_key).where(_L.c.code == bindparam("code")))
MOVE = Prepared(update(_L).where(_L.c.code == bindparam("which")).values(walk_key=bindparam("key")))
ON_SQLITE = pytest.mark.parametrize("db_url", ["sqlite"], indirect=True)


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def test_it_writes_and_reads_in_the_callers_transaction(db: Database) -> None:
    with db.writer.begin() as connection:
        ADD.count(connection, {"code": "Z-1", "walk_key": 7})
        assert MOVE.count(connection, {"which": "Z-1", "key": 8}) == 1
        assert MOVE.count(connection, {"which": "Z-2", "key": 8}) == 0
        assert [tuple(row) for row in FIND.rows(connection, {"code": "Z-1"})] == [("Z-1", 8)]
    with db.reader.connect() as connection:
        assert [tuple(row) for row in FIND.rows(connection, {"code": "Z-1"})] == [("Z-1", 8)]


def test_what_is_rolled_back_was_never_written(db: Database) -> None:
    with db.writer.connect() as connection:
        change = connection.begin()
        ADD.count(connection, {"code": "Z-1", "walk_key": 7})
        change.rollback()
    with db.reader.connect() as connection:
        assert FIND.rows(connection, {"code": "Z-1"}) == []


def test_a_refusal_is_the_usual_error_without_the_values(db: Database) -> None:
    with db.writer.begin() as connection:
        ADD.count(connection, {"code": "SECRET", "walk_key": 7})
    with pytest.raises(IntegrityError) as caught, db.writer.begin() as connection:
        ADD.count(connection, {"code": "SECRET", "walk_key": 7})
    assert "SECRET" not in str(caught.value).replace("(code)=(SECRET)", "")


@ON_SQLITE  # only there are statements compiled by hand
def test_a_constant_in_a_statement_is_refused(db: Database) -> None:
    with pytest.raises(TypeError, match="constant 'A'"), db.writer.begin() as connection:
        Prepared(select(_L.c.code).where(_L.c.code == "A")).rows(connection, {})


@ON_SQLITE  # PostgreSQL's plans depend on how much there is
def test_the_queue_is_read_in_the_order_of_its_index(db: Database) -> None:
    query = "SELECT id FROM orders WHERE state = 'waiting' ORDER BY due_at, priority DESC, id LIMIT 1"
    with db.reader.connect() as connection:
        plan = [str(row[-1]) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))]
    assert len(plan) == 1
    assert "ix_orders_queue" in plan[0]
