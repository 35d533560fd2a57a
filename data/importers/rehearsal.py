"""A place where an import can be carried out in full and leave no trace."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from data.backup import backup
from data.engine import Database, open_database


@contextmanager
def rehearsal(db: Database) -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Yields what begins a transaction of the rehearsal.

    On SQLite, where a long transaction would stop every station, that is a transaction on a throw-away
    copy; on PostgreSQL a savepoint of one transaction that is rolled back at the end.
    """
    if db.file is None:
        with db.writer.connect() as connection:
            outer = connection.begin()
            try:
                yield lambda: _nested(connection)
            finally:
                outer.rollback()
        return
    with tempfile.TemporaryDirectory(prefix="picker-rehearsal-") as folder:
        copy = open_database(str(backup(db, Path(folder) / "copy.db")))
        try:
            yield copy.writer.begin
        finally:
            copy.dispose()


@contextmanager
def _nested(connection: Connection) -> Iterator[Connection]:
    with connection.begin_nested():
        yield connection
