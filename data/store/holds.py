"""Orders that stations have begun and that are on hold."""

from collections.abc import Iterable

from sqlalchemy import Connection, exists, or_, select

from data.hold_reasons import IntakeState
from data.tables import ExceptionReport, Order
from data.types import OrderId, OrderState

_O, _X = Order.__table__, ExceptionReport.__table__


def cured(connection: Connection, curable: Iterable[str]) -> list[OrderId]:
    """Return the begun orders on hold to which intake has no objection any more.

    Those are the ones the last import called ready, and those held for one of the `curable` reasons of
    which no exception is open.
    """
    reasons = list(curable)
    still_open = exists().where(_X.c.order_id == _O.c.id, _X.c.kind.in_(reasons), _X.c.resolved_at.is_(None))
    free = or_(_O.c.intake_state == IntakeState.READY.value, _O.c.hold_reason.in_(reasons) & ~still_open)
    held = (_O.c.state == OrderState.HELD.value, _O.c.version > 0)
    return list(connection.scalars(select(_O.c.id).where(*held, free).order_by(_O.c.id)))
