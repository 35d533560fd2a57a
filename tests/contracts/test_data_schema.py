"""Migrations: one history, all or nothing, and no row lost on the way."""

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data import schema
from data.backup import backup, integrity
from data.engine import Database, open_database
from data.errors import DataError, SchemaError
from data.sqlite import APPLICATION_ID
from tests.unit.data.support import ready, warehouse_at

_HEAD = max(path.name[:4] for path in (schema.MIGRATIONS / "versions").glob("[0-9]*.py"))
_NEXT = f"{int(_HEAD) + 1:04}"
_STEP = f"""
from alembic import op
import sqlalchemy as sa
revision = "{_NEXT}"
down_revision = "{_HEAD}"
def upgrade():
    rebuild = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("shop", recreate=rebuild) as batch:
        batch.add_column(sa.Column("motto", sa.String(), nullable=True))
    {{more}}
"""


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with ready(db_url) as database:
        yield database


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the true history, to which a test adds a step."""
    import shutil

    history = tmp_path / "migrations"
    shutil.copytree(Path(schema.__file__).parent / "migrations", history)
    monkeypatch.setattr(schema, "MIGRATIONS", history)
    return history / "versions" / f"{_NEXT}_motto.py"


def test_the_tables_and_their_history_agree(db: Database) -> None:
    assert schema.current(db) == _HEAD
    schema.check(db)
    config = schema.configuration()
    with db.writer.begin() as connection:
        config.attributes["connection"] = connection
        command.check(config)


def test_a_second_upgrade_does_nothing(db: Database) -> None:
    assert schema.upgrade(db) is None


def test_a_database_without_tables_is_told_to_be_upgraded(db_url: str) -> None:
    db = open_database(db_url)
    with pytest.raises(SchemaError, match="schema none"):
        schema.check(db)
    db.dispose()


def test_a_newer_database_is_refused(db: Database) -> None:
    with db.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for step in (schema.check, schema.upgrade):
        with pytest.raises(SchemaError, match="newer Picker: it has schema 9999"):
            step(db)


def _fill(url: str, folder: Path) -> None:
    with warehouse_at(url, folder) as warehouse:
        warehouse.take("products", "sku,name,barcodes\nA,Mug,1\n")
        warehouse.take("orders", "order,sku,quantity,name\n10,A,1,Ann\n11,A,2,Bob\n")


def test_a_rebuilt_parent_table_keeps_its_children(db_url: str, tmp_path: Path, next_step: Path) -> None:
    _fill_at_first_schema(db_url, tmp_path, next_step)
    db = open_database(db_url)
    copy = schema.upgrade(db)
    with db.reader.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM orders")) == 2
        assert connection.scalar(text("SELECT count(*) FROM order_line")) == 2
        assert connection.scalar(text("SELECT count(*) FROM shop WHERE motto IS NULL")) == 1
    if db.dialect == "sqlite":
        with db.writer.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA user_version").scalar() == int(_HEAD) + 1
            assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
        assert copy is not None
        assert integrity(copy) == []
    db.dispose()


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ("op.execute('DELETE FROM order_line')", SchemaError),
        ("op.execute('SELECT * FROM no_such_table')", DBAPIError),
    ],
)
def test_a_step_that_fails_or_loses_rows_is_undone_whole(
    db_url: str, tmp_path: Path, next_step: Path, more: str, error: type[Exception]
) -> None:
    _fill_at_first_schema(db_url, tmp_path, next_step, more)
    db = open_database(db_url)
    with pytest.raises(error):
        schema.upgrade(db)
    assert schema.current(db) == _HEAD
    with db.reader.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM order_line")) == 2
    with pytest.raises(DBAPIError), db.reader.connect() as connection:
        connection.execute(text("SELECT motto FROM shop"))
    db.dispose()


def _fill_at_first_schema(url: str, folder: Path, step: Path, more: str = "pass") -> None:
    _fill(url, folder)
    step.write_text(_STEP.format(more=more), "utf-8")


def test_hundredths_of_orders_become_the_minor_unit_of_their_currency(db_url: str, tmp_path: Path) -> None:
    """A dinar has thousandths and a yen no parts; a price of half a yen is rounded up."""
    _fill(db_url, tmp_path)
    money = "SELECT id, value_cents, collect_cents, price_cents FROM orders JOIN order_line ON order_id = id"
    db = open_database(db_url)
    step = _step_of(schema.MIGRATIONS / "versions" / "0011_minor_units.py")
    for currency, expected in (("KWD", (12_500, 20, 8_260)), ("JPY", (13, 0, 8)), ("EUR", (1250, 2, 826))):
        with db.writer.begin() as connection:
            before = {"currency": currency, "id": "10"}
            connection.execute(
                text(
                    "UPDATE orders SET currency = :currency, value_cents = 1250, collect_cents = 2 WHERE id = :id"
                ),
                before,
            )
            connection.execute(text("UPDATE orders SET currency = 'EUR', value_cents = 7 WHERE id <> '10'"))
            connection.execute(text("UPDATE order_line SET price_cents = 826"))
            with Operations.context(MigrationContext.configure(connection)):
                step()
            after = {row[0]: tuple(row[1:]) for row in connection.execute(text(money))}
        assert after["10"] == expected
        assert after["11"][0] == 7
        assert after["11"][2] == 826
    db.dispose()


def _step_of(file: Path) -> Callable[[], None]:
    names = runpy.run_path(str(file))
    upgrade: Callable[[], None] = names["upgrade"]
    return upgrade


def test_a_backup_is_whole_named_last_and_never_overwrites(tmp_path: Path) -> None:
    _fill(str(tmp_path / "a.db"), tmp_path)
    with ready(str(tmp_path / "a.db")) as db:
        target = tmp_path / "copies" / "copy.db"
        assert backup(db, target) == target
        assert integrity(target) == []
        assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
        with pytest.raises(DataError, match="exists already"):
            backup(db, target)
    with ready(str(target)) as copy, copy.reader.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM order_line")) == 2
    target.write_bytes(target.read_bytes()[:5000] + b"rubbish" * 900)
    assert integrity(target) != []


def test_postgresql_has_its_own_tool_for_backups(pg_url: str, tmp_path: Path) -> None:
    db = open_database(pg_url)
    with pytest.raises(DataError, match="pg_dump"):
        backup(db, tmp_path / "copy")
    db.dispose()
