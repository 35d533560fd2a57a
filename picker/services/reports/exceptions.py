"""Everything that waits for a person, what presses most first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from data.store import report
from data.types import ExceptionKind
from picker.services.reports.types import OpenException, ParkedOrder
from picker.services.reports.words import exception_words, job_words, parked_words

MOST = 200


def troubled_jobs(connection: Connection, stations: Sequence[str]) -> list[report.TroubledJob]:
    """Return the stations' print jobs that failed or of which nobody knows whether they printed."""
    return report.print_trouble(connection, stations) if stations else []


def parked_orders(connection: Connection, people: Mapping[str, str]) -> tuple[int, tuple[ParkedOrder, ...]]:
    """Return how many orders are parked, and the most urgent of them."""
    count, rows = report.parked(connection, MOST)
    return count, tuple(
        ParkedOrder(
            row.id,
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
) -> tuple[tuple[OpenException, ...], dict[str, int]]:
    """Return the open exceptions that press most and the number of all by kind.

    An order on hold for which the flow or an import opened an exception of its own is not told twice.
    """
    counts, rows = report.exceptions(connection, MOST)
    found = []
    for row in rows:
        words = exception_words(row.kind, row.detail)
        found.append((_rank(row), _told(row.kind, row.order_id or "", words, row.at, now, row.id)))
    on_hold, holds = report.held(connection, MOST)
    for row in holds:
        words = exception_words(ExceptionKind.HOLD, {"reason": row.hold_reason})
        found.append((_standing(row.due_at), _told(ExceptionKind.HOLD, row.id, words, row.placed_at, now)))
    for one in parked[1]:
        told = _told(ExceptionKind.PARKED, one.order, parked_words(one), one.since, now)
        found.append((_standing(one.due_at), told))
    for job in jobs:
        told = _told(ExceptionKind.PRINT, job.parcel.order, job_words(job), job.changed_at, now)
        found.append((_standing(job.changed_at), told))
    more = Counter(counts) + Counter(
        {
            ExceptionKind.HOLD.value: on_hold,
            ExceptionKind.PARKED.value: parked[0],
            ExceptionKind.PRINT.value: len(jobs),
        }
    )
    found.sort(key=lambda one: one[0])
    return tuple(exception for _, exception in found[:MOST]), dict(sorted(more.items()))


def _standing(due_at: datetime) -> tuple[int, float]:
    return 0, due_at.timestamp()


def _rank(row: Row[Any]) -> tuple[int, float]:
    """Where an exception stands in the order of `data.store.report.exceptions`."""
    if row.state not in report.OPEN:
        return 2, -row.at.timestamp()
    return (0 if row.state in report.STANDING else 1), row.due_at.timestamp()


def _told(kind: str, order: str, words: str, at: datetime, now: datetime, number: int = 0) -> OpenException:
    return OpenException(kind, order, words, at, max(0, int((now - at).total_seconds())), number)
