"""What a printer says of itself, and how a sending ended."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """A printer's condition as far as it can be known.

    `BUSY` takes a connection and answers nothing, as a printer does that serves another computer, or
    one that is stuck; `WRONG_DEVICE` answers what no printer of its language would; `SPOOL` is no fault of
    the printer: its jobs can't be kept, so none is sent; `LIST` is none either: the station's list of printers can't
    be read, and it goes on by the list before; `UNFIT` is ready with another head or other labels than it is set up
    for; `UNKNOWN` can't be asked.
    """

    READY = "ready"
    UNFIT = "unfit"
    PAPER_OUT = "paper_out"
    RIBBON_OUT = "ribbon_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    HOT = "hot"
    PAUSED = "paused"
    OFFLINE = "offline"
    BUSY = "busy"
    WRONG_DEVICE = "wrong_device"
    ERROR = "error"
    SPOOL = "spool"
    LIST = "list"
    UNKNOWN = "unknown"


HEALTH_WORDS: dict[Health, str] = {
    Health.READY: "ready",
    Health.UNFIT: "ready, but not as it is set up: test it",
    Health.PAPER_OUT: "paper is out",
    Health.RIBBON_OUT: "ribbon is out",
    Health.COVER_OPEN: "cover is open",
    Health.CUTTER: "cutter is jammed",
    Health.HOT: "print head is too hot, it goes on when it has cooled down",
    Health.PAUSED: "paused at its own button",
    Health.OFFLINE: "offline: switched off, unplugged or set offline",
    Health.BUSY: "does not answer: busy with another computer, stuck, or out of paper or open",
    Health.WRONG_DEVICE: "something else answers at this address, or it speaks another language",
    Health.ERROR: "reports an error",
    Health.SPOOL: "gets no jobs: this station's disk is full, read-only or damaged",
    Health.LIST: "can't be read: the printers go on as they were; mend or remove the file",
    Health.UNKNOWN: "can't be asked",
}
"""Each condition as a person would say it of a printer."""


WELL = frozenset({Health.READY, Health.UNFIT, Health.UNKNOWN})
"""Conditions in which it may print, as far as is known."""

MENDABLE = frozenset(
    {
        Health.PAPER_OUT,
        Health.RIBBON_OUT,
        Health.COVER_OPEN,
        Health.CUTTER,
        Health.HOT,
        Health.PAUSED,
        Health.OFFLINE,
        Health.ERROR,
    }
)
"""What a printer says of itself when it stops within a job, and after which it goes on by itself."""


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
    """How one sending ended, the printer's health then, and a sentence for the log.

    `refused` says that something is there at its address and takes no connection now: many printers do
    that while they serve another computer.
    """

    outcome: Outcome
    health: Health
    detail: str = ""
    refused: bool = False
