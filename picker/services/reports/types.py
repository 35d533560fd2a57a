"""The lead's report as plain facts, and the definition of every figure in it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from data.types import StationId, WorkerId
from picker.locale.messages import Message

DEFINITIONS = {
    "cutoff": "the carrier's next cut-off; waiting, in work, parked and held count the open orders due by it",
    "late": "orders of the service, not on hold, whose own cut-off is past; late_since is the first of these",
    "later": "open orders of the service that are due after this cut-off",
    "closed": "orders closed since the shift began",
    "pace_per_hour": "orders closed in the last 60 minutes (or since the shift began, if that is shorter), "
    "of all services, for stations pack whatever is due first",
    "ahead": "orders of all services that are not on hold and due by this cut-off: they are packed first",
    "finish": "now + ahead / pace: when the last of them is packed; unknown while nothing was closed",
    "missed": "orders of this service that are late, and those that will not be packed by the cut-off at this "
    "pace; unknown while nothing was closed and none is late",
    "parked": "orders put aside by a packer, each with the reason, who did it, where and when; they are not "
    "offered to anybody: whoever scans one goes on with it",
    "exceptions": "what waits for a person: first orders that stand still and then those at work, by their "
    "cut-off, then what is left to do for orders that are gone, the newest first",
    "units": "units in parcels that the worker sealed",
    "lines": "order lines in parcels that the worker sealed; a line in two parcels counts twice",
    "orders": "orders that the worker closed",
    "hours": "minutes from the worker's first to last action, pauses of more than 15 minutes left out",
    "per_hour": "units, lines or orders / hours; unknown below 5 minutes of work",
    "first_pass_percent": "orders closed without a refused scan, an undo, a unit taken out again or a weight "
    "given twice, of 100 closed; damage found is no fault of the packer and does not count",
    "refused_scans": "scans answered with a refusal, as part of an order or between orders",
    "printers": "as their stations told last, twice a minute and at each change; for_s is how long the health "
    "is so, silent_s how long the station has said nothing",
    "age": "seconds since it was reported",
}
"""What each figure means, by its name in the report."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """One carrier service and its next cut-off. Unknown figures are None."""

    service: str
    carrier: str
    name: str
    at: datetime
    waiting: int
    in_work: int
    parked: int
    held: int
    later: int
    closed: int
    ahead: int
    finish: datetime | None
    missed: int | None
    late: int = 0
    late_since: datetime | None = None

    @property
    def due(self) -> int:
        """Orders that can still be packed for this cut-off."""
        return self.waiting + self.in_work + self.parked


@dataclass(frozen=True, slots=True)
class StationNow:
    """One station: who is there, what is in hand since when, and what blocks it ("" for nothing).

    `blocked` is in English; `blocked_message` is the same for the language of whoever reads it.
    """

    station: StationId
    worker: WorkerId
    worker_name: str
    order: str
    since: datetime | None
    last_at: datetime
    idle_s: int
    blocked: str
    blocked_message: Message | None = None


@dataclass(frozen=True, slots=True)
class PrinterReport:
    """A station's printer: its health in words, for how long, and its jobs to come and unsure.

    `silent_s` is how long its station has said nothing, 0 while it does; what is told is as old as that.
    """

    station: StationId
    printer: str
    health: str
    words: str
    waiting: int
    unsure: int
    since: datetime
    for_s: int
    silent_s: int
    well: bool

    @property
    def summary(self) -> str:
        """How the printer is, what waits for it, and for how long, in words."""
        parts = [self.words if self.well else f"{self.words}, for {span(self.for_s)}"]
        parts += [f"{self.waiting} to print"] if self.waiting else []
        parts += [f"{self.unsure} unsure"] if self.unsure else []
        if self.silent_s:
            return f"NO WORD FROM THE STATION for {span(self.silent_s)}; before that: {', '.join(parts)}"
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Output:
    """What a worker, or with an empty `worker` everybody, got done since the shift began."""

    worker: WorkerId
    name: str
    hours: float
    units: int
    lines: int
    orders: int
    units_per_hour: float | None
    lines_per_hour: float | None
    orders_per_hour: float | None
    first_pass_percent: int | None
    refused_scans: int


@dataclass(frozen=True, slots=True)
class ParkedOrder:
    """An order that a packer put aside: why, who, where and when. `reason` is the reason's key."""

    order: str
    service: str
    due_at: datetime
    reason: str
    worker: WorkerId
    worker_name: str
    station: StationId
    since: datetime


@dataclass(frozen=True, slots=True)
class OpenException:
    """Something a person must look at; `kind` is short, damage, hold, parked, print, ... and `order` may be empty.

    `number` is what `picker resolve` takes; 0 for what resolves itself (an order released, a job printed).
    `words` are in English; `message` is the same for the language of whoever reads it.
    """

    kind: str
    order: str
    words: str
    at: datetime
    age_s: int
    number: int = 0
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class LeadReport:
    """The shift as it stands at `at` (UTC). `exceptions` press most; `exception_counts` count all."""

    at: datetime
    since: datetime
    pace_per_hour: float | None
    cutoffs: tuple[CutOff, ...]
    stations: tuple[StationNow, ...]
    workers: tuple[Output, ...]
    total: Output
    exceptions: tuple[OpenException, ...]
    exception_counts: dict[str, int]
    printers: tuple[PrinterReport, ...] = ()
    parked: tuple[ParkedOrder, ...] = ()

    def to_json(self) -> str:
        """Return the report and its definitions as one JSON object; instants in ISO 8601."""
        return json.dumps({**asdict(self), "definitions": DEFINITIONS}, default=datetime.isoformat)


def span(seconds: int) -> str:
    """Return a time as people say it of a trouble: in its largest unit of which there are two at least."""
    for unit, length in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
