"""Bringing a database's tables up to this program's, safely on a file that holds a warehouse's day."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, inspect, select, table, text

from data.backup import backup
from data.engine import Database
from data.errors import SchemaError
from data.sqlite import APPLICATION_ID

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_PG_LOCK = 0x5069636B  # an arbitrary key; every Picker takes the same one while it migrates


def upgrade(db: Database) -> Path | None:
    """Bring the tables up to date; one transaction, all or nothing. A second call does nothing.

    A SQLite file with content is copied first; the copy's path is returned. Raises SchemaError when the
    database was made by a newer Picker, the disk is too full for the copy, or rows or references went
    missing on the way.
    """
    revision = current(db)
    _refuse_newer(revision, db)
    if revision == _head():
        return None
    # Alembic takes longer to import than a station to find out that it isn't needed.
    from alembic import command

    copy = _copy_before(db, revision) if revision is not None else None
    with _migrating(db) as connection:
        before = _row_counts(connection)
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _refuse_losses(before, _row_counts(connection))
        if db.dialect == "sqlite":
            _seal_sqlite(connection)
    return copy


def current(db: Database) -> str | None:
    """The database's schema number such as "0001", or None when it has no tables of ours yet."""
    with db.reader.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return str(revision) if revision is not None else None


def check(db: Database) -> None:
    """Raise SchemaError, in words, unless the database's tables are exactly those this program knows."""
    revision = current(db)
    _refuse_newer(revision, db)
    if revision != _head():
        raise SchemaError(
            f"The database {db.name} has schema {revision or 'none'}, this program needs {_head()}: "
            "upgrade it first (a copy is made before)."
        )


def configuration() -> "Config":
    """Alembic's configuration; hand it a connection as `attributes["connection"]`."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _known() -> list[str]:
    """Every schema number this program knows, newest first: each file of the history is named by its own."""
    files = (MIGRATIONS / "versions").glob("[0-9]*.py")
    return sorted((file.stem.partition("_")[0] for file in files), reverse=True)


def _head() -> str:
    return _known()[0]


def _refuse_newer(revision: str | None, db: Database) -> None:
    if revision is not None and revision not in _known():
        raise SchemaError(
            f"The database {db.name} was made by a newer Picker: it has schema {revision}, this program knows up to "
            f"{_head()}. Update this program; nothing in the database was changed."
        )


def _copy_before(db: Database, revision: str) -> Path | None:
    if db.file is None:
        return None
    size = db.file.stat().st_size
    if shutil.disk_usage(db.file.parent).free < 2 * size:
        raise SchemaError(
            f"The disk of {db.file} is too full to upgrade safely: {2 * size} bytes are needed for a copy and the "
            "rebuilt tables. Nothing was changed."
        )
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return backup(db, db.file.with_name(f"{db.file.stem}-schema-{revision}-{stamp}{db.file.suffix}"))


@contextmanager
def _migrating(db: Database) -> Iterator[Connection]:
    """A transaction that no second migration can enter, with SQLite's cascades switched off.

    With foreign_keys=ON a rebuilt parent table is dropped and its children's rows with it, without an error.
    """
    with db.writer.connect() as connection:
        driver = connection.connection.driver_connection
        if db.dialect == "sqlite" and driver is not None:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if db.dialect == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _PG_LOCK})
                yield connection
        finally:
            if db.dialect == "sqlite" and driver is not None:
                driver.execute("PRAGMA foreign_keys=ON")


def _row_counts(connection: Connection) -> dict[str, int]:
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}


def _refuse_losses(before: dict[str, int], after: dict[str, int]) -> None:
    for name, rows in before.items():
        if name in after and after[name] != rows:
            raise SchemaError(
                f"The upgrade was undone: table {name} had {rows} rows before it and {after[name]} after it."
            )


def _seal_sqlite(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise SchemaError(
            f"The upgrade was undone: {len(broken)} rows point nowhere, first in {broken[0][0]}."
        )
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={int(_head())}")
