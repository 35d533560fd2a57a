"""A parcel that may not go on as it is: the packer is told why, the lead's list holds it until it is seen to."""

from sqlalchemy import Connection

from data.engine import database_now
from data.store import exceptions
from data.types import ExceptionKind, OrderId
from picker.locale.messages import Message


class ParcelHeld(Exception):
    """A parcel that must not be sealed or finished; `message` is for the packer.

    `kind` and `detail` are for the lead's list; `detail` is `None` where the lead has nothing to decide. `hold` is why
    the whole order is put on hold, "" where it isn't.
    """

    def __init__(
        self,
        order: OrderId,
        kind: ExceptionKind,
        message: Message,
        detail: dict[str, object] | None,
        hold: str = "",
    ) -> None:
        super().__init__(order, kind, message)
        self.order, self.kind, self.message, self.detail, self.hold = order, kind, message, detail, hold


def report_held(connection: Connection, held: ParcelHeld) -> None:
    """Put a parcel that is kept on the lead's list, once; resolving it there lets the parcel go."""
    if held.detail is None:
        return
    rows = exceptions.open_exceptions(connection, held.order)
    if not any(row.kind == held.kind and _same(row.detail, held.detail) for row in rows):
        exceptions.report(connection, held.kind, held.order, held.detail, database_now(connection))


def waived(connection: Connection, order: OrderId, kind: ExceptionKind, detail: dict[str, object]) -> bool:
    """Return whether a lead has let the parcel go as it is, by resolving its exception."""
    rows = exceptions.resolved_exceptions(connection, order, kind)
    return any(_same(row.detail, detail) for row in rows)


def _same(one: dict[str, object], other: dict[str, object]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("step", "parcel", "campaign"))
