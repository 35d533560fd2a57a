"""When a carrier comes: the wall-clock cut-off of a service, on the days it collects, as an instant."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY_DAY, WORKING_DAYS = "1234567", "12345"
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_REST = 60
"""Days; who never collects within these is taken to collect at the next cut-off after all."""


@dataclass(frozen=True, slots=True)
class Collection:
    """When a carrier collects: at `cutoff` ("HH:MM" wall time), on `weekdays` (digits, 1 is Monday), and on no day
    on which it `rests`.
    """

    cutoff: str
    weekdays: str = EVERY_DAY
    rests: Callable[[date], bool] = lambda day: False

    def collects(self, day: date) -> bool:
        """Whether the carrier comes on a day."""
        return str(day.isoweekday()) in self.weekdays and not self.rests(day)


def next_cutoff(after: datetime, collection: Collection, zone: ZoneInfo) -> datetime:
    """The first cut-off, in wall time of `zone`, at or after an aware instant, in UTC.

    Wall time is combined with each day's own offset, so the hour doesn't shift when the clocks change. Raises
    ValueError when the cut-off isn't a time of day.
    """
    first = after.astimezone(zone).date()
    at = time.fromisoformat(collection.cutoff)
    for ahead in range(_LONGEST_REST):
        day = first + timedelta(days=ahead)
        moment = datetime.combine(day, at, zone).astimezone(UTC)
        if moment >= after and collection.collects(day):
            return moment
    return next_cutoff(after, Collection(collection.cutoff), zone)


def minutes_left(due_at: datetime, now: datetime) -> int:
    """Whole minutes until an order is due, negative from the moment its cut-off is past: it is late then."""
    return int((due_at - now).total_seconds() // 60)


def read_weekdays(text: str) -> str | None:
    """The digits of weekdays such as "mon-fri", "mon,wed,sat" or "daily"; None for anything else."""
    text = re.sub(r"\s+", "", text.casefold())
    if text == "daily":
        return EVERY_DAY
    days: set[int] = set()
    for part in text.split(","):
        ends = [_NAMES.index(end[:3]) + 1 if end[:3] in _NAMES else 0 for end in part.split("-")]
        if not all(ends) or len(ends) > 2:
            return None
        first, last = ends[0], ends[-1]
        days |= set(range(first, last + 1)) if first <= last else {*range(first, 8), *range(1, last + 1)}
    return "".join(map(str, sorted(days)))


def weekdays_text(weekdays: str) -> str:
    """Weekdays as a person writes them: "mon-fri", "mon,wed,sat", "daily"."""
    if weekdays == EVERY_DAY:
        return "daily"
    names = [_NAMES[int(digit) - 1] for digit in weekdays]
    in_a_row = len(weekdays) > 2 and weekdays in EVERY_DAY
    return f"{names[0]}-{names[-1]}" if in_a_row else ",".join(names)
