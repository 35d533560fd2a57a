"""Everything that waits for a person, what presses most first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from data.store import names, report
from data.types import ExceptionKind, ShopId, WorkerId
from picker.locale.messages import Message, render
from picker.services.reports.tables import table_due
from picker.services.reports.types import OpenException, ParkedOrder
from picker.services.reports.words import exception_message, job_message, parked_message

MOST = 200


def troubled_jobs(connection: Connection, stations: Sequence[str]) -> list[report.TroubledJob]:
    """Return the stations' print jobs that failed or of which nobody knows whether they printed."""
    return report.print_trouble(connection, stations) if stations else []


def of_shop(
    connection: Connection, jobs: Sequence[report.TroubledJob], shop: ShopId
) -> Sequence[report.TroubledJob]:
    """Return the jobs of a shop's orders; "" is all shops."""
    mine = report.shops_of(connection, {job.parcel.order for job in jobs}) if shop else {}
    return [job for job in jobs if not shop or mine.get(job.parcel.order) == shop]


def parked_orders(
    connection: Connection, people: Mapping[WorkerId, str], shop: ShopId = ShopId("")
) -> tuple[int, tuple[ParkedOrder, ...]]:
    """Return how many orders are parked, of all shops or of one, and the most urgent of them."""
    count, rows = report.parked(connection, MOST, shop)
    called = names.called(connection, [row.id for row in rows])
    return count, tuple(
        ParkedOrder(
            called[row.id],
            row.service,
            row.due_at,
            str(row.payload.get("reason", "")),
            row.worker,
            people.get(row.worker, row.worker),
            row.station,
            row.at,
        )
        for row in rows
    )


def open_exceptions(
    connection: Connection,
    jobs: Sequence[report.TroubledJob],
    parked: tuple[int, Sequence[ParkedOrder]],
    now: datetime,
    shop: ShopId = ShopId(""),
) -> tuple[tuple[OpenException, ...], dict[str, int]]:
    """Return the open exceptions that press most and the number of all by kind.

    An order on hold for which the flow or an import opened an exception of its own is not told twice.
    """
    counts, rows = report.exceptions(connection, MOST, shop)
    on_hold, holds = report.held(connection, MOST, shop)
    spoken_of = {*(row.order_id for row in rows if row.order_id), *(row.id for row in holds)}
    called = names.called(connection, spoken_of | {job.parcel.order for job in jobs})
    reports = []
    for row in rows:
        message = exception_message(row.kind, row.detail)
        reports.append(
            (_rank(row), _told(row.kind, called.get(row.order_id, ""), message, row.at, now, row.id))
        )
    for row in holds:
        message = exception_message(ExceptionKind.HOLD, {"reason": row.hold_reason})
        reports.append(
            (_standing(row.due_at), _told(ExceptionKind.HOLD, called[row.id], message, row.placed_at, now))
        )
    reports += _made(jobs, parked[1], called, now)
    if day := table_due(connection, now):
        message = exception_message(ExceptionKind.TABLE_DUE, {"day": day})
        reports.append(((0, 0.0), _told(ExceptionKind.TABLE_DUE, "", message, now, now)))
    more = Counter(counts) + Counter(
        {
            ExceptionKind.TABLE_DUE.value: int(bool(day)),
            ExceptionKind.HOLD.value: on_hold,
            ExceptionKind.PARKED.value: parked[0],
            ExceptionKind.PRINT.value: len(jobs),
        }
    )
    reports.sort(key=lambda one: one[0])
    return tuple(exception for _, exception in reports[:MOST]), dict(sorted(more.items()))


def _made(
    jobs: Sequence[report.TroubledJob],
    parked: Sequence[ParkedOrder],
    called: Mapping[str, str],
    now: datetime,
) -> list[tuple[tuple[int, float], OpenException]]:
    """The entries made from parked orders and print jobs, each with where it stands."""
    reports = []
    for one in parked:
        entry = _told(ExceptionKind.PARKED, one.order, parked_message(one), one.since, now)
        reports.append((_standing(one.due_at), entry))
    for job in jobs:
        order = called[job.parcel.order]
        entry = _told(ExceptionKind.PRINT, order, job_message(job, order), job.changed_at, now)
        reports.append((_standing(job.changed_at), entry))
    return reports


def _standing(due_at: datetime) -> tuple[int, float]:
    return 0, due_at.timestamp()


def _rank(row: Row[Any]) -> tuple[int, float]:
    """Where an exception stands in the order of `data.store.report.exceptions`."""
    if row.state not in report.OPEN:
        return 2, -row.at.timestamp()
    return (0 if row.state in report.STANDING else 1), row.due_at.timestamp()


def _told(
    kind: str, order: str, message: Message, at: datetime, now: datetime, number: int = 0
) -> OpenException:
    age = max(0, int((now - at).total_seconds()))
    return OpenException(kind, order, render(message).strip(), at, age, number, message)
