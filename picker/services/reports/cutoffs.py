"""Which cut-off will be missed, and by how many orders."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from data.cutoff import next_cutoff
from data.types import OrderState, Service
from picker.services.reports.types import CutOff

_HELD = OrderState.HELD.value


def pace(closed: int, time: timedelta) -> float | None:
    """Return orders closed per hour, None when none was."""
    hours = time / timedelta(hours=1)
    return round(closed / hours, 1) if closed and hours > 0 else None


def cutoffs(
    services: Iterable[Service],
    rows: Sequence[Row[Any]],
    closed: Mapping[str, int],
    speed: float | None,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[CutOff, ...]:
    """Return every service with its next cut-off, the earliest first.

    `rows` are (service, state, due_at, orders). Stations take what is due first, so a service's orders
    wait for those of all services that are due before.
    """
    found = [
        _cutoff(
            service, rows, closed.get(service.code, 0), speed, now, next_cutoff(now, service.cutoff, zone)
        )
        for service in services
    ]
    return tuple(sorted(found, key=lambda cutoff: (cutoff.at, cutoff.service)))


def _cutoff(
    service: Service,
    rows: Sequence[Row[Any]],
    closed: int,
    speed: float | None,
    now: datetime,
    at: datetime,
) -> CutOff:
    due: Counter[str] = Counter()
    for row in rows:
        if row.service == service.code:
            due[row.state if row.due_at <= at else "later"] += row.orders
    ahead = sum(row.orders for row in rows if row.due_at <= at and row.state != _HELD)
    own = due[OrderState.WAITING] + due[OrderState.IN_WORK] + due[OrderState.PARKED]
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
        _missed(ahead, own, speed, at - now),
    )


def _finish(ahead: int, speed: float | None, now: datetime) -> datetime | None:
    if not ahead:
        return now
    return now + timedelta(hours=ahead / speed) if speed else None


def _missed(ahead: int, own: int, speed: float | None, left: timedelta) -> int | None:
    if not own:
        return 0
    if not speed:
        return None
    packed = math.floor(speed * (left / timedelta(hours=1)))
    return max(0, min(own, ahead - packed))
