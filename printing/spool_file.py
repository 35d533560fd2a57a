"""The spool's own SQLite file: how it is opened and what it holds."""

import importlib
import importlib.util
from pathlib import Path
from typing import Any

from printing.jobs import SpoolFault

VERSION = 3

OPEN = "state IN ('queued', 'sending', 'failed', 'unsure')"
"""Written out, because SQLite uses a partial index only for terms that it can read."""

_SCHEMA = f"""
CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    place INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    order_ref TEXT NOT NULL,
    parcel INTEGER NOT NULL CHECK (typeof(parcel) = 'integer'),
    document TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (typeof(revision) = 'integer' AND revision >= 1),
    copy INTEGER NOT NULL CHECK (typeof(copy) = 'integer' AND copy >= 1),
    printer TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('queued', 'sending', 'printed', 'sent', 'unsure', 'failed', 'cancelled', 'verified')),
    retry INTEGER NOT NULL DEFAULT 1,
    detail TEXT NOT NULL DEFAULT '',
    content TEXT,
    content_hash TEXT NOT NULL,
    payload BLOB,
    sha256 TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    reprint_of TEXT REFERENCES jobs (id),
    reason TEXT NOT NULL DEFAULT '',
    operator TEXT NOT NULL DEFAULT '',
    taken_at TEXT NOT NULL,
    UNIQUE (order_ref, parcel, document, revision, copy)
) STRICT;
CREATE INDEX jobs_open ON jobs (printer, state);
CREATE INDEX jobs_waiting ON jobs (printer, place, seq) WHERE retry = 1 AND state IN ('queued', 'failed');
CREATE INDEX jobs_unsettled ON jobs (printer, state, retry) WHERE {OPEN};
CREATE TABLE changes (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL REFERENCES jobs (id),
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    detail TEXT NOT NULL,
    operator TEXT NOT NULL
) STRICT;
CREATE INDEX changes_job ON changes (job);
CREATE TABLE printers (
    printer TEXT PRIMARY KEY,
    health TEXT NOT NULL,
    detail TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
"""


def sqlite_driver() -> Any:
    """The module that speaks to SQLite: pysqlite3 when it is installed, else the standard library's.

    SQLite 3.7.0 to 3.51.2 can corrupt a WAL file when two connections write at the same instant
    (https://sqlite.org/wal.html#walresetbug); pysqlite3 brings a newer one than most systems have.
    """
    name = "pysqlite3.dbapi2" if importlib.util.find_spec("pysqlite3") else "sqlite3"
    return importlib.import_module(name)


def open_file(path: Path) -> Any:
    """A connection to the spool at `path`, made with its directory and tables when it is new.

    Raises `SpoolFault` when the file belongs to another version of the program, and the errors of SQLite.
    """
    driver = sqlite_driver()
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10.0)
    try:
        connection.row_factory = driver.Row
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        # What is forgotten on purpose must not lie about in free pages.
        connection.execute("PRAGMA secure_delete=ON")
        _make_tables(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_tables(connection: Any, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={VERSION}")
        connection.execute("COMMIT")
    elif version != VERSION:
        raise SpoolFault(f"spool {str(path)!r}: expected version {VERSION}, got {version}")
