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
    found = [(row.kind, row.order_id or "", exception_words(row.kind, row.detail), row.at) for row in rows]
    on_hold, holds = report.held(connection, MOST)
    found += [
        ("hold", row.id, exception_words("hold", {"reason": row.hold_reason}), row.placed_at) for row in holds
    ]
    found += [("print", job.order_id, job_words(job), job.changed_at) for job in jobs]
    more = Counter(counts) + Counter({"hold": on_hold, "print": len(jobs)})
    found.sort(key=lambda one: one[3])
    return tuple(OpenException(*one, _age(one[3], now)) for one in found[:MOST]), dict(sorted(more.items()))


def _age(at: datetime, now: datetime) -> int:
    return max(0, int((now - at).total_seconds()))
