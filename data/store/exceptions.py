"""What people must look at: exceptions, opened for the shift lead and closed by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from data.store.records import columns
from data.tables import ExceptionReport
from data.types import ExceptionKind, OrderId


@dataclass(frozen=True, slots=True)
class StoredException:
    """Something a person must look at; open until `resolved_at`."""

    id: int
    order_id: OrderId | None
    kind: str
    detail: dict[str, Any]
    at: datetime
    resolved_at: datetime | None
    resolved_by: str | None


_X = ExceptionReport.__table__
_ALL = select(*columns(StoredException, _X))
_OPEN = _ALL.where(_X.c.resolved_at.is_(None)).order_by(_X.c.at)


def report(
    connection: Connection, kind: ExceptionKind, order: str | None, detail: dict[str, object], at: datetime
) -> None:
    """Open an exception for the shift lead."""
    connection.execute(insert(_X), {"order_id": order, "kind": kind.value, "detail": detail, "at": at})


def open_exceptions(connection: Connection, order: str | None = None) -> list[StoredException]:
    """Return the exceptions nobody has resolved, oldest first; with `order` only that order's."""
    query = _OPEN if order is None else _OPEN.where(_X.c.order_id == order)
    return [StoredException(*row) for row in connection.execute(query)]


def reports(connection: Connection, kind: ExceptionKind) -> list[StoredException]:
    """Return all exceptions of a kind, also those that a person has seen to."""
    return [StoredException(*row) for row in connection.execute(_ALL.where(_X.c.kind == kind.value))]


def resolved_exceptions(connection: Connection, order: OrderId, kind: ExceptionKind) -> list[StoredException]:
    """Return an order's exceptions of one kind that a person has seen to."""
    mine = (_X.c.order_id == order, _X.c.kind == kind.value, _X.c.resolved_at.is_not(None))
    return [StoredException(*row) for row in connection.execute(_ALL.where(*mine))]


def resolve(connection: Connection, exception_ids: Sequence[int], by: str, at: datetime) -> None:
    """Close exceptions."""
    if exception_ids:
        connection.execute(
            update(_X).where(_X.c.id.in_(list(exception_ids))).values(resolved_at=at, resolved_by=by)
        )
