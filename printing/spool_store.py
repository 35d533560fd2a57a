"""Rows of the spool's file: one lock, one transaction at a time, and every step logged with it."""

import contextlib
import json
import threading
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from printing import content
from printing.jobs import Change, Job, JobNotFound, JobState, NewJob, SpoolFault, Tally, WrongState
from printing.spool_file import OPEN, open_file, sqlite_driver
from printing.text import clean

WORDS_LIMIT = 300

_COLUMNS = (
    "id, seq, order_ref, parcel, document, revision, copy, printer, jobs.state AS state, "
    "jobs.detail AS detail, sha256, notes, reprint_of, reason, jobs.operator AS operator, taken_at"
)

# Jobs of one parcel stay together: its first job's place in the queue is the place of all of them,
# which also lets a reprint, for which somebody stands waiting, go before parcels taken later.
_PLACE = (
    "coalesce((SELECT min(place) FROM jobs WHERE order_ref = ? AND parcel = ?), "
    "(SELECT coalesce(max(seq), 0) + 1 FROM jobs))"
)
# Written out, because SQLite uses a partial index only for terms that it can read.
_NEXT = "WHERE printer = ? AND retry = 1 AND state IN ('queued', 'failed') ORDER BY place, seq LIMIT 1"
_NAME = "order_ref || '-' || parcel || '-' || document || CASE WHEN revision > 1 THEN '-r' || revision ELSE '' END"


class JobStore:
    """The jobs and changes tables; writes belong inside `writing`, which commits or takes all back."""

    def __init__(self, path: Path) -> None:
        """Open or make the file at `path`; raises `SpoolFault` when it can't be."""
        self._path = path
        self._faults = (sqlite_driver().Error, OSError)
        self._lock = threading.RLock()
        with self._in_words():
            self._connection = open_file(path)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, on disk when the block ends, undone when it raises.

        Raises `SpoolFault` when the disk doesn't take it.
        """
        with self._lock, self._in_words():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite may have undone it already, as it does when the disk is full.
                with contextlib.suppress(*self._faults):
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except self._faults as error:
            raise SpoolFault(f"the print spool {str(self._path)!r} can't be used: {error}") from error

    def job(self, job_id: str) -> Job:
        """The job; raises `JobNotFound`."""
        return _job(self._row(_COLUMNS, job_id))

    def select(self, where: dict[str, object], states: Collection[JobState] | None = None) -> list[Job]:
        """Jobs whose columns have these values, in printing order."""
        terms = [f"{column} = ?" for column in where]
        values = list(where.values())
        if states is not None:
            terms.append(f"state IN ({_marks(states)})")
            values.extend(states)
        clause = f"WHERE {' AND '.join(terms)} " if terms else ""
        rows = self._all(f"SELECT {_COLUMNS} FROM jobs {clause}ORDER BY place, seq", values)
        return [_job(row) for row in rows]

    def next(self, printer: str) -> Job | None:
        """The first job in printing order that waits for `printer`."""
        rows = self._all(f"SELECT {_COLUMNS} FROM jobs {_NEXT}", [printer])
        return _job(rows[0]) if rows else None

    def named(self, name: str) -> Job | None:
        """The newest copy of the job with this id, or with this name without its copy."""
        rows = self._all(
            f"SELECT {_COLUMNS} FROM jobs WHERE id = ? OR {_NAME} = ? ORDER BY copy DESC LIMIT 1",
            [name, name],
        )
        return _job(rows[0]) if rows else None

    def tallies(self) -> dict[str, Tally]:
        """How many jobs of each printer are still to come, and how many unsure; others are left out."""
        rows = self._all(
            "SELECT printer, sum(state != 'unsure' AND retry = 1) AS waiting, sum(state = 'unsure') AS unsure "
            f"FROM jobs WHERE {OPEN} GROUP BY printer",
            [],
        )
        return {row["printer"]: Tally(row["waiting"], row["unsure"]) for row in rows}

    def newest(self, most: int) -> list[Job]:
        """The jobs taken last, the newest first."""
        return [
            _job(row) for row in self._all(f"SELECT {_COLUMNS} FROM jobs ORDER BY seq DESC LIMIT ?", [most])
        ]

    def last_ending(self, printer: str) -> str:
        """The state in which the last job that was sent to `printer` ended there, "" for none.

        What a person or a scan settled later is not the printer's word and does not count.
        """
        rows = self._all(
            "SELECT changes.state AS step FROM changes JOIN jobs ON jobs.id = changes.job "
            "WHERE printer = ? AND changes.state IN ('printed', 'sent', 'unsure') AND changes.operator = '' "
            "ORDER BY cursor DESC LIMIT 1",
            [printer],
        )
        return str(rows[0]["step"]) if rows else ""

    def reroute(self, job: Job, printer: str, reason: str) -> Job:
        """Give a job to another printer; its bytes were made for the first one and are dropped."""
        self._connection.execute(
            "UPDATE jobs SET printer = ?, payload = NULL, sha256 = '', notes = '' WHERE id = ?",
            (printer, job.id),
        )
        self._log(job.id, job.state, reason, "")
        return self.job(job.id)

    def note_health(self, printer: str, health: str, detail: str) -> None:
        """Keep what was last known of a printer."""
        self._connection.execute(
            "INSERT OR REPLACE INTO printers (printer, health, detail, at) VALUES (?, ?, ?, ?)",
            (printer, health, clean(detail, WORDS_LIMIT), _text(datetime.now(UTC))),
        )

    def healths(self) -> dict[str, tuple[str, str, datetime]]:
        """What was last known of each printer: health, detail, and since when."""
        rows = self._all("SELECT * FROM printers", [])
        return {row["printer"]: (row["health"], row["detail"], _at(row["at"])) for row in rows}

    def changes(self, cursor: int, limit: int) -> list[Change]:
        """Steps after `cursor`, oldest first."""
        rows = self._all(
            f"SELECT {_COLUMNS}, cursor, changes.state AS step, at, changes.detail AS words, "
            "changes.operator AS person FROM changes JOIN jobs ON jobs.id = changes.job "
            "WHERE cursor > ? ORDER BY cursor LIMIT ?",
            [cursor, limit],
        )
        return [
            Change(
                row["cursor"], _job(row), JobState(row["step"]), _at(row["at"]), row["words"], row["person"]
            )
            for row in rows
        ]

    def insert(self, new: NewJob, copy: int, reprint_of: str | None = None, reason: str = "") -> Job:
        """A new queued job."""
        job_id = uuid.uuid4().hex
        row = {
            "id": job_id,
            "order_ref": new.order,
            "parcel": new.parcel,
            "document": new.document,
            "revision": new.revision,
            "copy": copy,
            "printer": new.printer,
            "state": JobState.QUEUED,
            "content": content.canonical(new.content),
            "content_hash": content.content_hash(new.content),
            "reprint_of": reprint_of,
            "reason": clean(reason, WORDS_LIMIT),
            "operator": clean(new.operator, WORDS_LIMIT),
            "taken_at": _text(datetime.now(UTC)),
        }
        self._connection.execute(
            f"INSERT INTO jobs (place, {', '.join(row)}) VALUES ({_PLACE}, {_marks(row)})",
            [new.order, new.parcel, *row.values()],
        )
        self._log(job_id, JobState.QUEUED, reason, new.operator)
        return self.job(job_id)

    def move(
        self,
        job: Job,
        state: JobState,
        allowed: Collection[JobState],
        detail: str = "",
        operator: str = "",
        retry: bool = True,
    ) -> Job:
        """Put a job into another state and log it; raises `WrongState` from any state not allowed."""
        if job.state not in allowed:
            expected = ", ".join(sorted(allowed))
            raise WrongState(
                f"job {job.name} can't become {state}: expected state {expected}, got {job.state}"
            )
        self._connection.execute(
            "UPDATE jobs SET state = ?, detail = ?, retry = ? WHERE id = ?",
            (state, clean(detail, WORDS_LIMIT), int(retry), job.id),
        )
        self._log(job.id, state, detail, operator)
        return self.job(job.id)

    def content(self, job_id: str) -> dict[str, object]:
        """The content as taken; raises `JobNotFound` when it was erased."""
        row = self._row("content", job_id)
        if row["content"] is None:
            raise JobNotFound(f"the content of job {job_id!r} was erased")
        data: dict[str, object] = json.loads(row["content"])
        return data

    def content_hash(self, job_id: str) -> str:
        """SHA-256 of the content as taken, kept even when the content was erased."""
        return str(self._row("content_hash", job_id)["content_hash"])

    def payload(self, job_id: str) -> bytes | None:
        """The frozen bytes, if any."""
        payload = self._row("payload", job_id)["payload"]
        return None if payload is None else bytes(payload)

    def freeze(self, job_id: str, printer: str, payload: bytes, sha256: str, notes: str) -> None:
        """Keep the bytes for a job of `printer`, unless there are some."""
        self._connection.execute(
            "UPDATE jobs SET payload = ?, sha256 = ?, notes = ? "
            "WHERE id = ? AND printer = ? AND payload IS NULL",
            (payload, sha256, clean(notes, WORDS_LIMIT), job_id, printer),
        )

    def erase(self, before: datetime, states: Collection[JobState]) -> int:
        """Erase content and bytes of jobs in `states` taken before that instant; returns how many."""
        cursor = self._connection.execute(
            "UPDATE jobs SET content = NULL, payload = NULL WHERE content IS NOT NULL "
            f"AND taken_at < ? AND state IN ({_marks(states)})",
            (_text(before), *states),
        )
        return int(cursor.rowcount)

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and empty it, so that erased rows are gone from both."""
        with self._lock:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _all(self, sql: str, values: list[object]) -> list[Any]:
        with self._lock, self._in_words():
            rows: list[Any] = self._connection.execute(sql, values).fetchall()
        return rows

    def _row(self, columns: str, job_id: str) -> Any:
        rows = self._all(f"SELECT {columns} FROM jobs WHERE id = ?", [job_id])
        if not rows:
            raise JobNotFound(f"no print job {job_id!r}")
        return rows[0]

    def _log(self, job_id: str, state: JobState, detail: str, operator: str) -> None:
        self._connection.execute(
            "INSERT INTO changes (job, state, at, detail, operator) VALUES (?, ?, ?, ?, ?)",
            (
                job_id,
                state,
                _text(datetime.now(UTC)),
                clean(detail, WORDS_LIMIT),
                clean(operator, WORDS_LIMIT),
            ),
        )


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _job(row: Any) -> Job:
    return Job(
        id=row["id"],
        seq=row["seq"],
        order=row["order_ref"],
        parcel=row["parcel"],
        document=row["document"],
        revision=row["revision"],
        copy=row["copy"],
        printer=row["printer"],
        state=JobState(row["state"]),
        detail=row["detail"],
        sha256=row["sha256"],
        notes=row["notes"],
        reprint_of=row["reprint_of"],
        reason=row["reason"],
        operator=row["operator"],
        taken_at=_at(row["taken_at"]),
    )


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
