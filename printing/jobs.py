"""Print jobs: their states, what may be asked of them, and how they go wrong."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LABEL, SLIP, INSERT, RETURN = "label", "slip", "insert", "return"
CUSTOMS = CN22, CN23, INVOICE = ("cn22", "cn23", "invoice")
MARKS = BATTERY, LIMITED = ("battery", "limited")
PRINTED = (LABEL, SLIP, INSERT, *CUSTOMS, *MARKS, RETURN)
"""The documents of a parcel, as their print jobs name them."""


class JobState(StrEnum):
    """Where a job stands.

    `FAILED` means that no byte left. `SENT` went out whole to a printer that can't confirm; `UNSURE`
    may be on paper, in part, whole or not at all, and only a person can tell.
    """

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    CANCELLED = "cancelled"
    VERIFIED = "verified"


WAITING = frozenset({JobState.QUEUED, JobState.FAILED})
"""States before the first byte: the job is still the queue's, and may be cancelled."""

ON_PAPER = frozenset({JobState.PRINTED, JobState.SENT, JobState.VERIFIED})
"""States after which another copy is a reprint that needs a reason."""


class Answer(StrEnum):
    """What a person saw at the printer when asked about an unsure job."""

    YES = "yes"
    PRINT_AGAIN = "print_again"
    TORN = "torn"


class SpoolError(Exception):
    """Something asked of the spool that it refuses; the message says why."""


class JobNotFound(SpoolError):
    """No such job in this spool."""


class WrongState(SpoolError):
    """The job's state does not allow what was asked."""


class KeyConflict(SpoolError):
    """The same order, parcel, document and revision came with other content or another printer."""


class SpoolFault(SpoolError):
    """The spool's file can't be read or written now, as when the disk is full; the message says why."""


@dataclass(frozen=True, slots=True)
class NewJob:
    """A document to be printed once.

    `document` names its place within the parcel ("label", "slip", "insert-spring"); together with
    order, parcel and `revision` it is the key that makes taking a job idempotent. `content` is what
    `printing.content.dump` made; `printer` is the station's own name of a printer.
    """

    order: str
    parcel: int
    document: str
    content: dict[str, object]
    printer: str
    revision: int = 1
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job of the spool as it stands now. `sha256` is empty until its bytes are frozen.

    `notes` says what the document could not show as meant: characters without a glyph, text that was
    shortened, codes left out.
    """

    id: str
    seq: int
    order: str
    parcel: int
    document: str
    revision: int
    copy: int
    printer: str
    state: JobState
    detail: str
    sha256: str
    notes: str
    reprint_of: str | None
    reason: str
    operator: str
    taken_at: datetime

    @property
    def name(self) -> str:
        """A readable name: order-parcel-document, with revision and copy when they are not the first."""
        revision = f"-r{self.revision}" if self.revision > 1 else ""
        copy = f"-copy{self.copy}" if self.copy > 1 else ""
        return f"{self.order}-{self.parcel}-{self.document}{revision}{copy}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many jobs of a printer are still to come, and how many are unsure."""

    waiting: int = 0
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One step in a job's life, in the order the spool made them; `cursor` only grows."""

    cursor: int
    job: Job
    state: JobState
    at: datetime
    detail: str
    operator: str
