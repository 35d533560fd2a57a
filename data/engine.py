"""Opening a database: one writer and some readers, the same to use on SQLite and PostgreSQL."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from data import sqlite
from data.errors import DataError
from data.filesystems import network_type

_PG_WRITER = "-c timezone=UTC -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"
_PG_READER = "-c timezone=UTC -c default_transaction_read_only=on -c statement_timeout=30000"
_USER_PASSWORD = re.compile(r"(://[^:/?#@]*):.*@", re.DOTALL)
_QUERY_PASSWORD = re.compile(r"([?&][^=&]*password=)[^&]*", re.IGNORECASE)
# Keep-alives and server time-outs alone still hung after 30 s on a pulled cable; tcp_user_timeout ended it
# in 3 s.
_PG_CONNECT = {
    "connect_timeout": 5,
    "tcp_user_timeout": 3000,
    "keepalives_idle": 5,
    "application_name": "picker",
}


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `name` says where it is and never holds a password; `file` is None on PostgreSQL.

    Write with `with db.writer.begin() as connection`, read with `with db.reader.connect() as connection`;
    on SQLite the writer is one connection, so a thread that holds it must not ask for it again.
    """

    writer: Engine
    reader: Engine
    name: str
    file: Path | None

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.writer.dialect.name

    def now(self, connection: Connection) -> datetime:
        """The database's own clock in UTC, by which leases are judged."""
        return database_now(connection)

    def version(self) -> str:
        """The engine in use, for people: `SQLite 3.53.4` or `PostgreSQL 18.6`."""
        if self.dialect == "sqlite":
            return f"SQLite {sqlite.library_version()}"
        with self.reader.connect() as connection:
            return f"PostgreSQL {connection.scalar(text('SHOW server_version'))}"

    def checkpoint(self) -> None:
        """Bring SQLite's write-ahead log into the file and empty it: what was erased is in neither afterwards.

        On PostgreSQL there is nothing to do. Raises DataError when others keep it in use for too long.
        """
        if self.dialect == "sqlite":
            with self.writer.connect() as connection:
                sqlite.empty_log(connection.connection.driver_connection)

    def dispose(self) -> None:
        """Close every connection; the database can be opened again."""
        self.reader.dispose()
        self.writer.dispose()


def open_database(url_or_path: str) -> Database:
    """Open the SQLite file at a path or the database of a `sqlite://` or `postgresql://` URL, and connect
    once.

    Raises DataError, in words and without the password, when the URL is wrong, the file lies on a network
    file system or belongs to another program, or the server can't be reached.
    """
    file = file_of(url_or_path)
    if file is not None:
        return _open_sqlite(file)
    return _open_postgresql(_parse(url_or_path), masked(url_or_path))


def file_of(url_or_path: str) -> Path | None:
    """Return the file of a SQLite database, which need not be there, and None for one on a server.

    Raises DataError when the URL is wrong.
    """
    url = _parse(url_or_path)
    if url.get_backend_name() != "sqlite":
        return None
    name = url.database or ""
    if not name or ":memory:" in name or name.startswith("file:"):
        raise DataError(
            f"{name!r} is no plain file path: a station's database must be a file on this machine."
        )
    return Path(name).expanduser().absolute()


def database_now(connection: Connection) -> datetime:
    """The clock of the database behind `connection`, in UTC; on SQLite that is this machine's, to the
    millisecond.
    """
    if connection.dialect.name == "sqlite":
        stamp = connection.scalar(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')"))
        return datetime.fromisoformat(str(stamp)).replace(tzinfo=UTC)
    moment = connection.scalar(text("SELECT clock_timestamp()"))
    if not isinstance(moment, datetime):
        raise DataError(f"The database's clock gave {moment!r} where an instant was expected.")
    return moment.astimezone(UTC)


def masked(url_or_path: str) -> str:
    """The text with any password replaced by `***`, fit for logs and screens; it need not be a valid URL."""
    return _QUERY_PASSWORD.sub(r"\1***", _USER_PASSWORD.sub(r"\1:***@", url_or_path))


def _parse(given: str) -> URL:
    if not given.strip():
        raise DataError("No database is named: expected a file path or a postgresql:// URL, got nothing.")
    if "://" not in given:
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise DataError(f"{masked(given)!r} can't be read as a database URL.") from None
    backend = {"postgres": "postgresql"}.get(url.get_backend_name(), url.get_backend_name())
    if backend not in ("sqlite", "postgresql"):
        raise DataError(f"{backend!r} is no database Picker works on: expected sqlite or postgresql.")
    if "@" in (url.host or ""):
        raise DataError(f"In {masked(given)!r} an @ in the password must be written as %40.")
    return url.set(drivername="sqlite" if backend == "sqlite" else "postgresql+psycopg")


def _open_sqlite(file: Path) -> Database:
    if (kind := network_type(file)) is not None:
        raise DataError(
            f"{file} lies on a network file system ({kind}), where SQLite can lose data. "
            "Put it on a disk of this machine, or use PostgreSQL for stations that share work."
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"The folder {file.parent} can't be made: {error.strerror}.") from None
    database = Database(sqlite.writer(file), sqlite.reader(file), str(file), file)
    return _connected(database, sqlite.refuse_foreign)


def _open_postgresql(url: URL, name: str) -> Database:
    def engine(options: str, size: int) -> Engine:
        connect = {**_PG_CONNECT, "options": options}
        return create_engine(
            url,
            connect_args=connect,
            pool_size=size,
            max_overflow=2,
            pool_pre_ping=True,
            hide_parameters=True,
        )

    return _connected(
        Database(
            engine(_PG_WRITER, 2),
            engine(_PG_READER, 2),
            name,
            None,
        ),
        None,
    )


def _connected(database: Database, look: Callable[[Connection], None] | None) -> Database:
    try:
        with database.writer.connect() as connection:
            if look is not None:
                look(connection)
    except DataError:
        database.dispose()
        raise
    except SQLAlchemyError as error:
        database.dispose()
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise DataError(f"The database {database.name} can't be opened: {reason}.") from None
    return database
