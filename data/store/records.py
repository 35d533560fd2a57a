"""Rows as the store gives them away: frozen records with a type for each column."""

from dataclasses import Field, fields
from typing import Any, ClassVar, Protocol

from sqlalchemy import Table


class Record(Protocol):
    """A dataclass whose fields are named as the columns it is made of."""

    __dataclass_fields__: ClassVar[dict[str, Field[object]]]


def columns(record: type[Record], table: Table) -> list[Any]:
    """Return the table's columns of a record in the order of its fields, so that `record(*row)` makes one."""
    return [table.c[field.name] for field in fields(record)]
