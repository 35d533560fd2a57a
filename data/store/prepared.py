"""Statements of the hot path: compiled once, and under SQLite run on the driver itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

_Bind = tuple[str, Callable[[Any], Any] | None]


class Prepared:
    """A statement that every scan runs; its result columns are text and integers.

    Measured: SQLAlchemy's execution takes 60 to 100 us a statement, SQLite itself 10 to 20; with it a scan
    cost eight times the processor time of the same work by hand, without it five times. A server's round
    trip outweighs that, so PostgreSQL is asked in the usual way.
    """

    def __init__(self, statement: Executable) -> None:
        """`statement` is built once, at import; an insert takes a value for every column."""
        self._statement = statement
        self._sql = ""
        self._binds: tuple[_Bind, ...] = ()

    def rows(self, connection: Connection, values: Mapping[str, object]) -> Sequence[Sequence[Any]]:
        """Run a query and return its rows. Raises DBAPIError as `Connection.execute` does."""
        if _on_sqlite(connection):
            rows: list[tuple[Any, ...]] = self._run(connection, values).fetchall()
            return rows
        return connection.execute(self._statement, dict(values)).all()

    def count(self, connection: Connection, values: Mapping[str, object]) -> int:
        """Run a change; return how many rows an update met. Raises DBAPIError as `Connection.execute` does."""
        if _on_sqlite(connection):
            return int(self._run(connection, values).rowcount)
        return int(connection.execute(self._statement, dict(values)).rowcount)

    def _run(self, connection: Connection, values: Mapping[str, object]) -> Any:
        if not self._sql:
            self._compile(connection.dialect)
        given = [process(values[name]) if process else values[name] for name, process in self._binds]
        driver: Any = connection.connection.driver_connection
        base: type[Exception] = connection.dialect.loaded_dbapi.Error
        try:
            return driver.execute(self._sql, given)
        except base as error:
            raise DBAPIError.instance(
                self._sql, None, error, base, hide_parameters=True, dialect=connection.dialect
            ) from error

    def _compile(self, dialect: Dialect) -> None:
        if not isinstance(self._statement, ClauseElement):
            raise TypeError(f"Expected a statement to compile, got {self._statement!r}")
        compiled = self._statement.compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"Expected a statement with parameters, got {compiled!r}")
        self._binds = tuple(_bind(compiled, name, dialect) for name in compiled.positiontup or ())
        self._sql = compiled.string


def _bind(compiled: SQLCompiler, name: str, dialect: Dialect) -> _Bind:
    if not compiled.binds[name].required and compiled.binds[name].value is not None:
        raise TypeError(f"Expected parameters only, got the constant {compiled.binds[name].value!r}")
    return name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)


def _on_sqlite(connection: Connection) -> bool:
    """Whether the driver may be asked directly: not before SQLAlchemy has begun the transaction."""
    return connection.dialect.name == "sqlite" and connection.in_transaction()
