"""When a carrier comes: the wall-clock cut-off of a service as an instant."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_cutoff(after: datetime, cutoff: str, zone: ZoneInfo) -> datetime:
    """The first cut-off ("HH:MM" wall time in `zone`) at or after an aware instant, in UTC.

    Wall time is combined with each day's own offset, so the hour doesn't shift when the clocks change. Raises
    ValueError when `cutoff` isn't a time of day.
    """
    day = after.astimezone(zone).date()
    at = time.fromisoformat(cutoff)
    today = datetime.combine(day, at, zone).astimezone(UTC)
    if today >= after:
        return today
    return datetime.combine(day + timedelta(days=1), at, zone).astimezone(UTC)


def minutes_left(due_at: datetime, now: datetime) -> int:
    """Whole minutes until an order is due, negative from the moment its cut-off is past: it is late then."""
    return int((due_at - now).total_seconds() // 60)
