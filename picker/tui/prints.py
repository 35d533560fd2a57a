"""What the screens ask about the station's print jobs, and who answers them."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from data.engine import Database
    from picker.config import Settings
    from picker.services.printers.outbox import Outbox
    from printing.jobs import Job

MOST = 200
"""Jobs in the list."""


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

    def decide(self, job_id: str, action: str, reason: str, by: str) -> str:
        """Do what a person decided, as in `picker.services.printers.jobs.act`; return why not, "" when it is done."""
        ...


class StationPrints:
    """The print jobs of this station, once it is open."""

    def __init__(self) -> None:
        self.outbox: Outbox | None = None
        self._settings: Settings | None = None
        self._db: Database | None = None

    def open(self, settings: "Settings", db: "Database") -> None:
        """The station is open."""
        self._settings, self._db = settings, db

    @property
    def wants_lead(self) -> bool:
        """Whether a reprint needs a lead's badge."""
        return self._settings is not None and self._settings.reprint_pin

    def jobs(self) -> "list[Job]":
        """Return the newest jobs, the newest first."""
        return self.outbox.spool.newest(MOST) if self.outbox is not None else []

    def lead(self, badge: str) -> str:
        """Return the id of the lead whose badge this is, "" for anybody else."""
        from picker.services.printers.jobs import lead_of
        from printing.jobs import SpoolError

        try:
            return lead_of(self._db, badge) if self._db is not None else ""
        except SpoolError:
            return ""

    def decide(self, job_id: str, action: str, reason: str, by: str) -> str:
        """Do what a person decided; return why not, "" when it is done."""
        from printing.jobs import SpoolError

        if self.outbox is None:
            return "the station is not open"
        try:
            self.outbox.decide(job_id, action, reason, by)
        except SpoolError as error:
            return str(error)
        return ""
