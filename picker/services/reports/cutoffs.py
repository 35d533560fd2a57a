"""Which cut-off will be missed, and by how many orders."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from data.cutoff import minutes_left
from data.types import OrderState, Service
from picker.services.reports.types import CutOff

_HELD = OrderState.HELD.value


def pace(closed: int, time: timedelta) -> float | None:
    """Return orders closed per hour, None when none was."""
    hours = time / timedelta(hours=1)
    return round(closed / hours, 1) if closed and hours > 0 else None


def cutoffs(
    services: Iterable[Service],
    rows: tuple[Sequence[Row[Any]], Sequence[Row[Any]]],
    closed: Mapping[str, int],
    speed: float | None,
    now: datetime,
    next_at: Mapping[str, datetime],
) -> tuple[CutOff, ...]:
    """Return every service with its next cut-off: first those with late orders, then the earliest.

    `rows` are (service, state, due_at, orders) of the orders that are told of, and of all; `next_at` the next cut-off
    by service. Stations take what is due first, so orders wait for those of all services and shops that are due
    before.
    """
    reports = [
        _cutoff(service, rows, closed.get(service.code, 0), speed, now, next_at[service.code])
        for service in services
    ]
    return tuple(sorted(reports, key=lambda cutoff: (cutoff.late_since or cutoff.at, cutoff.service)))


def _cutoff(
    service: Service,
    rows: tuple[Sequence[Row[Any]], Sequence[Row[Any]]],
    closed: int,
    speed: float | None,
    now: datetime,
    at: datetime,
) -> CutOff:
    due: Counter[str] = Counter()
    mine, everything = [row for row in rows[0] if row.service == service.code], rows[1]
    for row in mine:
        due[row.state if row.due_at <= at else "later"] += row.orders
    ahead = sum(row.orders for row in everything if row.due_at <= at and row.state != _HELD)
    own = due[OrderState.WAITING] + due[OrderState.IN_WORK] + due[OrderState.PARKED]
    late, since = _late(mine, now)
    return CutOff(
        service.code,
        service.carrier,
        service.name,
        at,
        due[OrderState.WAITING],
        due[OrderState.IN_WORK],
        due[OrderState.PARKED],
        due[OrderState.HELD],
        due["later"],
        closed,
        ahead,
        _finish(ahead, speed, now),
        _missed(ahead, own, late, speed, at - now),
        late,
        since,
    )


def _late(rows: Iterable[Row[Any]], now: datetime) -> tuple[int, datetime | None]:
    """How many orders are past their own cut-off, and the first of these; what is on hold waits for a person."""
    past = [row for row in rows if row.state != _HELD and minutes_left(row.due_at, now) < 0]
    return sum(row.orders for row in past), min((row.due_at for row in past), default=None)


def _finish(ahead: int, speed: float | None, now: datetime) -> datetime | None:
    if not ahead:
        return now
    return now + timedelta(hours=ahead / speed) if speed else None


def _missed(ahead: int, own: int, late: int, speed: float | None, left: timedelta) -> int | None:
    """Late orders are missed however fast they are packed now, and are packed before the others."""
    if own == late:
        return late
    if not speed:
        return late or None
    packed = math.floor(speed * (left / timedelta(hours=1)))
    return late + max(0, min(own - late, ahead - packed))
