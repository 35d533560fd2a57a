"""When an order is due, in words that are short enough to be shown whole: the same for packers and leads."""

from collections.abc import Callable
from datetime import datetime, timedelta

from data.cutoff import minutes_left

Words = Callable[..., str]
"""From a key of the labels and its parameters to a label."""

_HOURS_FROM, _DAYS_FROM = 120, 48 * 60
"""Minutes from which a time is told in whole hours, and in whole days."""


def span(words: Words, minutes: int) -> str:
    """Return a time in its largest fitting unit: 119 min, 2 h, 47 h, 2 d."""
    if minutes < _HOURS_FROM:
        return words("ui.span.minutes", count=minutes)
    if minutes < _DAYS_FROM:
        return words("ui.span.hours", count=minutes // 60)
    return words("ui.span.days", count=minutes // (24 * 60))


def left(words: Words, due_at: datetime, now: datetime) -> str:
    """Return how long there is until something is due, or how late it is."""
    minutes = minutes_left(due_at, now)
    return words("ui.left" if minutes >= 0 else "ui.late", span=span(words, abs(minutes)))


def clock(words: Words, at: datetime, now: datetime) -> str:
    """Return a moment in local time: today's by the clock, another day's with its day."""
    at, today = at.astimezone(), now.astimezone().date()
    match at.date() - today:
        case timedelta(days=0):
            return f"{at:%H:%M}"
        case timedelta(days=-1):
            return words("ui.yesterday", time=f"{at:%H:%M}")
        case timedelta(days=1):
            return words("ui.tomorrow", time=f"{at:%H:%M}")
    return words("ui.moment", at=at)
