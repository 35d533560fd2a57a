"""Printers and print jobs for the screens to show."""

from dataclasses import dataclass, field

from data.store.printers import PrinterWord
from picker.services.printers.workers import PrintersNow
from picker.tui.events import PrintersChanged
from printing.jobs import Job, JobState
from tests.tui.states import NOW


def printers(*healths: tuple[str, str, int], unsure: tuple[Job, ...] = ()) -> PrintersChanged:
    """What a station says of its printers: (name, health, jobs waiting)."""
    words = tuple(PrinterWord(name, health, "", waiting, 0) for name, health, waiting in healths)
    return PrintersChanged(PrintersNow(words, unsure))


def job(
    job_id: str,
    state: str,
    order: str = "ORD-1",
    document: str = "label",
    printer: str = "main",
    detail: str = "",
    notes: str = "",
) -> Job:
    """A job of a spool."""
    return Job(
        id=job_id,
        seq=1,
        order=order,
        parcel=1,
        document=document,
        revision=1,
        copy=1,
        printer=printer,
        state=JobState(state),
        detail=detail,
        sha256="",
        notes=notes,
        reprint_of=None,
        reason="",
        operator="",
        taken_at=NOW,
    )


@dataclass
class Prints:
    """A list of print jobs over given jobs, which writes decisions down."""

    kept: list[Job] = field(default_factory=list)
    wants_lead: bool = False
    refuses: bool = False
    decided: list[tuple[str, str, str, str]] = field(default_factory=list)

    def jobs(self) -> list[Job]:
        return self.kept

    def lead(self, badge: str) -> str:
        return "ewa" if badge == "LEAD0001" else ""

    def decide(self, job_id: str, action: str, reason: str, by: str) -> bool:
        self.decided.append((job_id, action, reason, by))
        return not self.refuses
