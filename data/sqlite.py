"""SQLite as a station needs it: nothing acknowledged is lost, nothing is silently overwritten.

Measured choices: BEGIN IMMEDIATE (deferred transactions lost updates or failed at once), WAL with
synchronous=FULL (anything less lost acknowledged scans in simulated power cuts), and an own jittered wait
for the lock (SQLite's own sleeps in steps of up to 100 ms, which starves a station beside an import).
"""

import importlib
import random
import sqlite3
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from data.errors import DatabaseBusyError, DataError

APPLICATION_ID = 0x5069636B  # "Pick", at byte 68 of the file (sqlite.org/fileformat2.html, 1.3.17)
LOCK_WAIT_S = 10.0
_LONGEST_NAP_S = 0.010
_BUSY_PRIMARY_CODES = (5, 6)  # SQLITE_BUSY, SQLITE_LOCKED
_BOTH = ("PRAGMA foreign_keys=ON", "PRAGMA synchronous=FULL", "PRAGMA fullfsync=ON", "PRAGMA mmap_size=0")


def driver() -> ModuleType:
    """The newest SQLite at hand: pysqlite3 carries its own, without the WAL-reset bug of older system
    libraries.
    """
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def library_version() -> str:
    """The version of the SQLite library in use."""
    return str(driver().sqlite_version)


def has_wal_reset_bug(version: str) -> bool:
    """Whether this SQLite may corrupt a WAL file under concurrent checkpoints
    (sqlite.org/wal.html#walresetbug).
    """
    number = tuple(int(part) for part in version.split("."))
    backported = (3, 44, 6) <= number < (3, 45) or (3, 50, 7) <= number < (3, 51)
    return (3, 7) <= number < (3, 51, 3) and not backported


def writer(file: Path) -> Engine:
    """The one connection of this process that writes; every transaction takes the write lock at its start."""
    engine = _engine(file, pool_size=1, max_overflow=0, pool_timeout=LOCK_WAIT_S * 2)
    # Personal data that is erased must not stay readable in free pages.
    _on_connect(engine, ("PRAGMA journal_mode=WAL", *_BOTH, "PRAGMA secure_delete=ON"))

    @event.listens_for(engine, "begin")
    def take_write_lock(connection: Connection) -> None:
        _run(connection.connection.driver_connection, "BEGIN IMMEDIATE")

    return engine


def reader(file: Path) -> Engine:
    """Connections that can't write and never wait for writers; keep their transactions short."""
    engine = _engine(file, pool_size=2, max_overflow=4)
    _on_connect(engine, (*_BOTH, "PRAGMA query_only=ON", "PRAGMA wal_autocheckpoint=0"))

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _run(connection.connection.driver_connection, "BEGIN")

    return engine


def empty_log(connection: Any) -> None:
    """Write the whole log of the driver's connection into the file. Raises DataError when a reader keeps it."""
    deadline = time.monotonic() + LOCK_WAIT_S
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]:
        if time.monotonic() > deadline:
            raise DataError("Another program keeps reading the database: its log can't be emptied now.")
        time.sleep(_LONGEST_NAP_S)


def refuse_foreign(connection: Connection) -> None:
    """Raise DataError when the file is another program's database."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if application == APPLICATION_ID:
        return
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if application != 0 or tables:
        raise DataError("The file is a SQLite database, but not one of Picker; nothing in it was changed.")


def _engine(file: Path, **pool: Any) -> Engine:
    connect = {"isolation_level": None, "check_same_thread": False, "timeout": LOCK_WAIT_S}
    url = f"sqlite:///{file.as_posix()}"
    return create_engine(
        url, module=driver(), connect_args=connect, poolclass=QueuePool, hide_parameters=True, **pool
    )


def _on_connect(engine: Engine, statements: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        for statement in statements:
            _run(connection, statement)
        connection.execute("PRAGMA busy_timeout=0")


def _run(connection: Any, statement: str) -> None:
    """Run one statement on the driver's connection, waiting up to LOCK_WAIT_S for a lock in short random
    naps.
    """
    deadline = time.monotonic() + LOCK_WAIT_S
    while True:
        try:
            connection.execute(statement).fetchall()
            return
        except driver().OperationalError as error:
            if not _is_busy(error):
                raise OperationalError(statement, None, error) from error
            if time.monotonic() > deadline:
                raise DatabaseBusyError(
                    f"Another program has kept the database locked for {LOCK_WAIT_S:.0f} s; nothing was written."
                ) from None
        time.sleep(random.uniform(0, _LONGEST_NAP_S))  # noqa: S311 - only spreads the tries of several stations


def _is_busy(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & 0xFF in _BUSY_PRIMARY_CODES
    return "locked" in str(error) or "busy" in str(error)
