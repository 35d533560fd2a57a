"""What a printer says of itself, and how a sending ended."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """A printer's condition as far as it can be known; `UNKNOWN` is a printer that can't be asked."""

    READY = "ready"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    ERROR = "error"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What is known after a sending.

    `PRINTED` is confirmed by the printer; `SENT` left whole without any sign of trouble;
    `NOT_SENT` is certain; everything else is `UNSURE`.
    """

    PRINTED = "printed"
    SENT = "sent"
    NOT_SENT = "not_sent"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Result:
    """How one sending ended, the printer's health then, and a sentence for the log."""

    outcome: Outcome
    health: Health
    detail: str = ""
