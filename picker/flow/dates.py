"""Expiry, best-before and sell-by dates: what is past, and what would be too old on arrival, doesn't go out."""

from calendar import monthrange
from datetime import date

from picker.flow.fitting import days_wanted
from picker.flow.turn import Step, Turn
from picker.locale.messages import Message, say


def refusal(turn: Turn, sku: str, name: str, expiry: str) -> Step | None:
    """Return why a unit must not go out: by its `expiry` (ISO, "" not known) or a date of the code just scanned.

    None when it may; it may on its last day.
    """
    last = _last_day(turn, expiry)
    if last is None:
        return None
    today = turn.facts.today
    if last < today:
        return turn.refuse("capture.expired", name=name, expiry=last.isoformat())
    wanted = days_wanted(turn.work, sku)
    left = (last - today).days
    if left < wanted:
        return turn.refuse("capture.too_old", name=name, expiry=last.isoformat(), wanted=wanted, left=left)
    return None


def word(turn: Turn, expiry: str) -> Message:
    """Return what is said of a unit that was just counted on its last day; nothing of others."""
    return say("also.last_day" if _last_day(turn, expiry) == turn.facts.today else "also.nothing")


def _last_day(turn: Turn, expiry: str) -> date | None:
    scanned = turn.scan.last_day if turn.scan else None
    days = [day for day in (scanned, date.fromisoformat(expiry) if expiry else None) if day is not None]
    return min(days, default=None)


def read_date(text: str) -> str | None:
    """Read YYMMDD or YYYYMMDD, with or without dots and dashes, as an ISO date; None for anything else.

    Day 00 is the last of the month: GS1 General Specifications, 3.4.
    """
    digits = text.replace("-", "").replace(".", "").strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) in (6, 8)):
        return None
    year, month, day = (
        int(digits[:-4]) + (2000 if len(digits) == 6 else 0),
        int(digits[-4:-2]),
        int(digits[-2:]),
    )
    try:
        return date(year, month, day or monthrange(year, month)[1]).isoformat()
    except ValueError:
        return None
