"""What every table shares: constraint names, checks, and the base class."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Integer, MetaData
from sqlalchemy import Table as CoreTable
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BIG_ID = BigInteger().with_variant(Integer, "sqlite")


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """`column` holds one of `values`, as text: a native enum can't be changed everywhere in a transaction."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def at_least(column: str, least: int) -> CheckConstraint:
    """`column` is NULL or no smaller than `least`."""
    return CheckConstraint(f"{column} >= {least}", name=f"{column}_at_least_{least}")


def whole(*columns: str) -> tuple[CheckConstraint, ...]:
    """On SQLite, which stores '7x' in an INTEGER column without a word: `columns` hold integers or NULL."""
    return tuple(
        CheckConstraint(f"typeof({name}) IN ('integer', 'null')", name=f"{name}_whole").ddl_if(
            dialect="sqlite"
        )
        for name in columns
    )


class Row(SQLModel):
    """The base of every table."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)
    if TYPE_CHECKING:
        __table__: ClassVar[CoreTable]
