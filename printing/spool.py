"""The station's spool: takes print jobs, keeps them through crashes, never forgets what was printed."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from printing import content
from printing.jobs import (
    ON_PAPER,
    WAITING,
    Answer,
    Change,
    Job,
    JobNotFound,
    JobState,
    KeyConflict,
    NewJob,
    SpoolError,
    Tally,
    WrongState,
)
from printing.spool_store import JobStore

LABEL = "label"
UNSETTLED = WAITING | {JobState.SENDING, JobState.UNSURE}


class Spool:
    """One SQLite file of jobs (WAL, synchronous=FULL), safe to use from several threads.

    A job's bytes are frozen on disk before the first of them leaves, and `SENDING` is committed
    before that too; whatever is found in that state later is unsure and left to a person.
    """

    def __init__(self, path: Path) -> None:
        """Open the spool at `path`, made with its directory when new."""
        self.path = path
        self._store = JobStore(path)

    def close(self) -> None:
        """Close the file; the spool can't be used afterwards."""
        self._store.close()

    def take(self, new: NewJob) -> Job:
        """Take a job over; a job already taken by the same key is given back as it stands.

        A new revision stands for those before it: what still waits of them, or is unsure, is not printed as well.

        Raises `KeyConflict` when that key came with other content (its printer may be another one by
        now), `ContentError` when the content is no document, `SpoolError` for a key that can't be kept.
        """
        content.load(new.content)
        for name in ("order", "document", "printer"):
            _require(getattr(new, name), name)
        key = {
            "order_ref": new.order,
            "parcel": new.parcel,
            "document": new.document,
            "revision": new.revision,
            "copy": 1,
        }
        with self._store.writing():
            taken = self._store.select(key)
            if not taken:
                job = self._store.insert(new, copy=1)
                self._supersede(job)
                return job
            if self._store.content_hash(taken[0].id) != content.content_hash(new.content):
                raise KeyConflict(f"job {taken[0].name} was taken before, now it came with other content")
            return taken[0]

    def job(self, job_id: str) -> Job:
        """The job as it stands; raises `JobNotFound`."""
        return self._store.job(job_id)

    def jobs(
        self,
        order: str | None = None,
        parcel: int | None = None,
        printer: str | None = None,
        states: Collection[JobState] | None = None,
    ) -> list[Job]:
        """The jobs that fit every filter given, in printing order."""
        filters: dict[str, object] = {"order_ref": order, "parcel": parcel, "printer": printer}
        return self._store.select({name: v for name, v in filters.items() if v is not None}, states)

    def changes_since(self, cursor: int = 0, limit: int = 500) -> list[Change]:
        """Every step after `cursor`, oldest first; the last one's cursor is the next argument."""
        return self._store.changes(cursor, limit)

    def resolve(self, job_id: str, answer: Answer, operator: str) -> Job:
        """Settle an unsure job by what a person saw; returns the job that counts from now on.

        `YES` makes it printed. `PRINT_AGAIN` (nothing came out) and `TORN` (a piece came out) end it
        and queue a new copy that names it. Raises `WrongState` unless the job is unsure.
        """
        with self._store.writing():
            job = self._store.job(job_id)
            if answer is Answer.YES:
                return self._store.move(job, JobState.PRINTED, {JobState.UNSURE}, "seen on paper", operator)
            self._store.move(job, JobState.CANCELLED, {JobState.UNSURE}, f"answer: {answer}", operator)
            return self._copy(job, str(answer), operator)

    def reprint(self, job_id: str, reason: str, operator: str) -> Job:
        """Queue another copy of a job that is on paper or was cancelled; `reason` is required.

        Raises `SpoolError` without a reason, and `WrongState` while this job or another copy of it is
        waiting, on its way or unsure.
        """
        if not reason.strip():
            raise SpoolError("a reprint needs a reason, got none")
        with self._store.writing():
            job = self._store.job(job_id)
            open_copies = [copy for copy in self._copies(job) if copy.state in UNSETTLED]
            if open_copies:
                raise WrongState(f"{open_copies[0].name} is still {open_copies[0].state}: settle it first")
            return self._copy(job, reason.strip(), operator)

    def cancel(self, job_id: str, reason: str, operator: str) -> Job:
        """Take a job back of which nothing has left; raises `WrongState` otherwise."""
        with self._store.writing():
            return self._store.move(self._store.job(job_id), JobState.CANCELLED, WAITING, reason, operator)

    def verify(self, order: str, parcel: int, operator: str = "", revision: int | None = None) -> Job:
        """Record that a parcel's label was scanned on its box, which proves that it is on paper; with a `revision`
        none newer than that.

        Raises `JobNotFound` when the parcel has no label, `WrongState` when its label never left.
        """
        with self._store.writing():
            labels = [job for job in self.jobs(order, parcel) if job.document == LABEL]
            live = [
                job
                for job in labels
                if job.state is not JobState.CANCELLED and (revision is None or job.revision <= revision)
            ]
            if not live:
                raise JobNotFound(f"no label of order {order!r} parcel {parcel}")
            label = max(live, key=lambda job: (job.revision, job.copy))
            if label.state is JobState.VERIFIED:
                return label
            # A quick packer scans the label while the printer is still confirming it.
            allowed = ON_PAPER | {JobState.SENDING, JobState.UNSURE}
            return self._store.move(label, JobState.VERIFIED, allowed, "scanned on the box", operator)

    def forget(self, before: datetime) -> int:
        """Erase content and bytes of finished jobs taken before that instant; returns how many.

        Keys, states and the log stay; a forgotten job can't be printed again.
        """
        with self._store.writing():
            erased = self._store.erase(before, ON_PAPER | {JobState.CANCELLED})
        self._store.checkpoint()
        return erased

    def give_up(self, job_id: str, operator: str) -> Job:
        """A person says that a job being sent will not come; raises `WrongState` when it is not being sent."""
        with self._store.writing():
            job = self._store.job(job_id)
            # Without an operator of its own the step counts as the printer's: it may keep a part of the job.
            words = f"{operator} says that it will not come"
            return self._store.move(job, JobState.UNSURE, {JobState.SENDING}, words)

    def tallies(self) -> dict[str, Tally]:
        """How many jobs of each printer are still to come, and how many unsure."""
        return self._store.tallies()

    def newest(self, most: int) -> list[Job]:
        """The jobs taken last, the newest first."""
        return self._store.newest(most)

    def hold(self, job_id: str, why: str) -> bool:
        """Note why a job being sent doesn't go on; returns whether it is still being sent."""
        return self.finish(job_id, JobState.SENDING, why).state is JobState.SENDING

    def recover(self, printer: str) -> list[Job]:
        """Make every job of `printer` found in sending unsure; only the printer's owner may ask."""
        with self._store.writing():
            return [
                self._store.move(
                    job,
                    JobState.UNSURE,
                    {JobState.SENDING},
                    "the program ended while it was being sent",
                )
                for job in self.jobs(printer=printer, states={JobState.SENDING})
            ]

    def next_job(self, printer: str) -> Job | None:
        """The next job to send to `printer`, or `None`."""
        return self._store.next(printer)

    def named(self, name: str) -> Job:
        """The job with this id or this name, its newest copy; raises `JobNotFound`."""
        job = self._store.named(name)
        if job is None:
            raise JobNotFound(f"no print job {name!r}")
        return job

    def follows(self, job: Job) -> bool:
        """Whether another document of the same parcel waits for the same printer."""
        key = {"printer": job.printer, "order_ref": job.order, "parcel": job.parcel, "retry": 1}
        return any(other.id != job.id for other in self._store.select(key, WAITING))

    def broke_off(self, printer: str) -> bool:
        """Whether the last job sent to `printer` may have left a part of itself in it."""
        return self._store.last_ending(printer) == JobState.UNSURE

    def reroute(self, printer: str, fallback: str) -> list[Job]:
        """Give `fallback` what waits for `printer`, parcel by parcel; returns the jobs given.

        A parcel of which anything has left for `printer` waits there: its papers stay together.
        """
        with self._store.writing():
            waiting = self._store.select({"printer": printer, "retry": 1}, WAITING)
            parcels = {(job.order, job.parcel) for job in waiting}
            free = {parcel for parcel in parcels if not self._begun(printer, *parcel)}
            reason = f"given to {fallback}, because {printer} can't print"
            return [
                self._store.reroute(job, fallback, reason)
                for job in waiting
                if (job.order, job.parcel) in free
            ]

    def hand_over(self, job_id: str, printer: str) -> Job:
        """Give one job to another printer, before its first byte; raises `WrongState` after it."""
        with self._store.writing():
            job = self._store.job(job_id)
            if job.state not in WAITING:
                raise WrongState(f"job {job.name} can't change its printer: it is {job.state}")
            return self._store.reroute(job, printer, f"given to {printer}, because {job.printer} is gone")

    def note_health(self, printer: str, health: str, detail: str) -> None:
        """Keep what is known of a printer for programs beside the one that prints."""
        with self._store.writing():
            self._store.note_health(printer, health, detail)

    def healths(self) -> dict[str, tuple[str, str, datetime]]:
        """What was last known of each printer: health, detail, and since when."""
        return self._store.healths()

    def content(self, job_id: str) -> dict[str, object]:
        """The job's content as taken; raises `JobNotFound` when it was forgotten."""
        return self._store.content(job_id)

    def payload(self, job_id: str) -> bytes | None:
        """The job's frozen bytes, or `None` while there are none."""
        return self._store.payload(job_id)

    def freeze(self, job_id: str, printer: str, payload: bytes, sha256: str, notes: str) -> Job:
        """Keep the bytes made for `printer`, once; returns the job, which may be another printer's by now.

        Bytes frozen before stay as they are, and another printer's job is left alone.
        """
        with self._store.writing():
            self._store.freeze(job_id, printer, payload, sha256, notes)
            return self._store.job(job_id)

    def start_sending(self, job_id: str, printer: str) -> None:
        """Commit that the first byte is about to leave; raises `WrongState` when it may not any more."""
        with self._store.writing():
            job = self._store.job(job_id)
            if job.printer != printer:
                raise WrongState(f"job {job.name} was given to {job.printer}")
            self._store.move(job, JobState.SENDING, WAITING)

    def finish(self, job_id: str, state: JobState, detail: str, retry: bool = True, printer: str = "") -> Job:
        """Record how the sending of a job ended; what a person settled meanwhile is left alone.

        So is a job that `printer` names no longer. `retry=False` keeps a failed job from being tried again
        by itself.
        """
        with self._store.writing():
            job = self._store.job(job_id)
            overtaken = job.state not in WAITING | {JobState.SENDING} or printer not in ("", job.printer)
            # A printer that is off all night must not fill the log with the same sentence.
            if overtaken or (retry and (job.state, job.detail) == (state, detail)):
                return job
            return self._store.move(job, state, {job.state}, detail, retry=retry)

    def _supersede(self, job: Job) -> None:
        key = {"order_ref": job.order, "parcel": job.parcel, "document": job.document}
        for other in self._store.select(key, WAITING | {JobState.UNSURE}):
            if other.revision < job.revision:
                why = f"printed again as {job.name}"
                self._store.move(other, JobState.CANCELLED, {other.state}, why, job.operator)

    def _begun(self, printer: str, order: str, parcel: int) -> bool:
        """Whether any paper of a parcel has left for `printer`, or may have."""
        key = {"printer": printer, "order_ref": order, "parcel": parcel}
        return bool(self._store.select(key, set(JobState) - WAITING - {JobState.CANCELLED}))

    def _copies(self, job: Job) -> list[Job]:
        key = {"document": job.document, "revision": job.revision}
        return self._store.select({"order_ref": job.order, "parcel": job.parcel, **key})

    def _copy(self, job: Job, reason: str, operator: str) -> Job:
        again = NewJob(
            order=job.order,
            parcel=job.parcel,
            document=job.document,
            content=self._store.content(job.id),
            printer=job.printer,
            revision=job.revision,
            operator=operator,
        )
        last = max(copy.copy for copy in self._copies(job))
        return self._store.insert(again, copy=last + 1, reprint_of=job.id, reason=reason)


def _require(value: str, name: str) -> None:
    if not value or not value.isprintable():
        raise SpoolError(f"a print job needs a printable {name}, got {value!r}")
