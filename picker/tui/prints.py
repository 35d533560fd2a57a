"""What the screens ask about the station's print jobs, and who answers them."""

from typing import TYPE_CHECKING, Protocol

from picker.locale.messages import Message, say
from picker.services.print_words import document_name

if TYPE_CHECKING:
    from data.engine import Database
    from picker.config import Settings
    from picker.services.printers.outbox import Outbox
    from printing.jobs import Job

MOST = 200
"""Jobs in the list."""


def document_of(job: "Job") -> Message:
    """Return what a job prints."""
    return document_name(job.document)


def job_name(job: "Job") -> Message:
    """Return what a job is called: its order and parcel, and what it prints."""
    code = f"{job.order}-{job.parcel}{job.name.removeprefix(f'{job.order}-{job.parcel}-{job.document}')}"
    return say("ui.jobs.name", code=code, document=document_of(job))


class PrintDecisions(Protocol):
    """The print jobs of a station; each call may take as long as a disk does."""

    @property
    def wants_lead(self) -> bool:
        """Whether a reprint needs a lead's badge."""
        ...

    def jobs(self) -> "list[Job]":
        """Return the newest jobs, the newest first."""
        ...

    def lead(self, badge: str) -> str:
        """Return the id of the lead whose badge this is, "" for anybody else."""
        ...

    def decide(self, job_id: str, action: str, reason: str, by: str) -> bool:
        """Do what a person decided, as in `picker.services.printers.jobs.act`; return whether it could be done."""
        ...


class StationPrints:
    """The print jobs of a station that is open."""

    def __init__(self, settings: "Settings", db: "Database", outbox: "Outbox") -> None:
        self._settings, self._db, self._outbox = settings, db, outbox

    @property
    def wants_lead(self) -> bool:
        """Whether a reprint needs a lead's badge."""
        return self._settings.reprint_pin

    def jobs(self) -> "list[Job]":
        """Return the newest jobs, the newest first."""
        return self._outbox.spool.newest(MOST)

    def lead(self, badge: str) -> str:
        """Return the id of the lead whose badge this is, "" for anybody else."""
        from picker.services.printers.jobs import lead_of
        from printing.jobs import SpoolError

        try:
            return lead_of(self._db, badge)
        except SpoolError:
            return ""

    def decide(self, job_id: str, action: str, reason: str, by: str) -> bool:
        """Do what a person decided; return whether it could be done."""
        from printing.jobs import SpoolError

        try:
            self._outbox.decide(job_id, action, reason, by)
        except SpoolError:
            return False
        return True
