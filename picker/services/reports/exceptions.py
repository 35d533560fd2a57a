"""Everything that waits for a person, oldest first."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from data.store import report
from picker.services.reports.types import OpenException
from picker.services.reports.words import exception_words, job_words
from printing.jobs import JobState

MOST = 200
_TROUBLE = (JobState.UNSURE.value, JobState.FAILED.value)


def troubled_jobs(connection: Connection, stations: Sequence[str]) -> list[Row[Any]]:
    """Return the stations' print jobs that failed or of which nobody knows whether they printed."""
    return report.print_trouble(connection, stations, _TROUBLE) if stations else []


def open_exceptions(
    connection: Connection, jobs: Sequence[Row[Any]], now: datetime
) -> tuple[tuple[OpenException, ...], dict[str, int]]:
    """Return the oldest open exceptions and the number of all by kind.

    An order on hold for which the flow or an import opened an exception of its own is not told twice.
    """
    counts, rows = report.exceptions(connection, MOST)
    found = [_opened(row.kind, row.order_id or "", row.detail, row.at, row.id) for row in rows]
    on_hold, holds = report.held(connection, MOST)
    found += [_opened("hold", row.id, {"reason": row.hold_reason}, row.placed_at, 0) for row in holds]
    found += [("print", job.order_id, job_words(job), job.changed_at, 0) for job in jobs]
    more = Counter(counts) + Counter({"hold": on_hold, "print": len(jobs)})
    found.sort(key=lambda one: one[3])
    oldest = tuple(
        OpenException(kind, order, words, at, _age(at, now), number)
        for kind, order, words, at, number in found[:MOST]
    )
    return oldest, dict(sorted(more.items()))


def _opened(
    kind: str, order: str, detail: dict[str, Any], at: datetime, number: int
) -> tuple[str, str, str, datetime, int]:
    return kind, order, exception_words(kind, detail), at, number


def _age(at: datetime, now: datetime) -> int:
    return max(0, int((now - at).total_seconds()))
