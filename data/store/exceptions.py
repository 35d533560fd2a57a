"""What people must look at: exceptions, opened for the shift lead and closed by a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from data.tables import ExceptionReport
from data.types import ExceptionKind, OrderId

_X = ExceptionReport.__table__
_OPEN = select(_X).where(_X.c.resolved_at.is_(None)).order_by(_X.c.at)


def report(
    connection: Connection, kind: ExceptionKind, order: str | None, detail: dict[str, object], at: datetime
) -> None:
    """Open an exception for the shift lead."""
    connection.execute(insert(_X), {"order_id": order, "kind": kind.value, "detail": detail, "at": at})


def open_exceptions(connection: Connection, order: str | None = None) -> list[Row[Any]]:
    """Return the exceptions nobody has resolved, oldest first; with `order` only that order's."""
    return list(connection.execute(_OPEN if order is None else _OPEN.where(_X.c.order_id == order)))


def reports(connection: Connection, kind: ExceptionKind) -> list[Row[Any]]:
    """Return all exceptions of a kind, also those that a person has seen to."""
    return list(connection.execute(select(_X).where(_X.c.kind == kind.value)))


def resolved_exceptions(connection: Connection, order: OrderId, kind: ExceptionKind) -> list[Row[Any]]:
    """Return an order's exceptions of one kind that a person has seen to."""
    mine = (_X.c.order_id == order, _X.c.kind == kind.value, _X.c.resolved_at.is_not(None))
    return list(connection.execute(select(_X).where(*mine)))


def resolve(connection: Connection, exception_ids: Sequence[int], by: str, at: datetime) -> None:
    """Close exceptions."""
    if exception_ids:
        connection.execute(
            update(_X).where(_X.c.id.in_(list(exception_ids))).values(resolved_at=at, resolved_by=by)
        )
