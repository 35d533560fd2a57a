"""Every station: who is there, what is in hand, and what keeps it from going on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from data.store import log, names, report
from data.types import StationId, WorkerId
from picker.flow import events as ev
from picker.flow.eventlog import kind_of
from picker.flow.messages import reason as worded
from picker.locale.messages import Message, render, say
from picker.services.reports.types import StationNow
from picker.services.reports.words import job_message

_STOPS = {
    kind_of(ev.OrderCancelled): "exception.stop.cancelled",
    kind_of(ev.OrderHeld): "exception.stop.held",
    kind_of(ev.OrderChanged): "exception.stop.changed",
}
_CLAIMED = kind_of(ev.OrderClaimed)
_OVER = (kind_of(ev.StopAcknowledged), kind_of(ev.HoldReleased), _CLAIMED)


def stations_now(
    connection: Connection,
    last: Sequence[tuple[StationId, datetime]],
    jobs: Sequence[report.TroubledJob],
    people: Mapping[WorkerId, str],
    since: datetime,
    now: datetime,
) -> tuple[StationNow, ...]:
    """Return the stations that did anything since the shift began, hold an order, or can't print."""
    in_hand = {row.station: row for row in report.claimed(connection)}
    troubled = {row.station for row in jobs}
    return tuple(
        _station(connection, name, at, in_hand.get(name), jobs, people, now)
        for name, at in last
        if at >= since or name in in_hand or name in troubled
    )


def _station(
    connection: Connection,
    station: StationId,
    last_at: datetime,
    claim: Row[Any] | None,
    jobs: Sequence[report.TroubledJob],
    people: Mapping[WorkerId, str],
    now: datetime,
) -> StationNow:
    worker = log.signed_in(connection, station)
    mine = [job for job in jobs if job.station == station]
    called = names.called(
        connection, [*([claim.order_id] if claim else []), *(job.parcel.order for job in mine)]
    )
    marks = report.marks(connection, claim.order_id, (*_STOPS, *_OVER)) if claim else []
    claims = [mark.at for mark in marks if mark.kind == _CLAIMED]
    blocked = _blocked(worker, claim, marks, [job_message(job, called[job.parcel.order]) for job in mine])
    return StationNow(
        station,
        worker,
        people.get(worker, worker),
        called[claim.order_id] if claim else "",
        claims[-1] if claims else None,
        last_at,
        max(0, int((now - last_at).total_seconds())),
        render(blocked) if blocked else "",
        blocked,
    )


def _blocked(
    worker: WorkerId,
    claim: Row[Any] | None,
    marks: Sequence[Row[Any]],
    unprinted: Sequence[Message],
) -> Message | None:
    stop = _stop(marks)
    if stop:
        return stop
    if unprinted:
        return unprinted[0]
    return say("exception.nobody") if claim is not None and not worker else None


def _stop(marks: Sequence[Row[Any]]) -> Message | None:
    """What the packer has not acknowledged yet; a later claim shows an old stop again."""
    standing: Message | None = None
    for mark in marks:
        if mark.kind in _STOPS:
            why, stop = str(mark.payload.get("reason", "")), say(_STOPS[mark.kind])
            standing = say("exception.stop", stop=stop, reason=worded(why)) if why else stop
        elif mark.kind != _CLAIMED:
            standing = None
    return standing
