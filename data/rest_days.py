"""Days on which carriers rest: the public holidays of a region, by the `holidays` package, and a shop's own."""

from collections.abc import Callable, Collection
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from data.errors import DataError

if TYPE_CHECKING:
    from holidays import HolidayBase

NO_HOLIDAYS = "none"


def rest_days(region: str, country: str, closed: Collection[str]) -> Callable[[date], bool]:
    """Return whether a day is one of rest.

    `region` is a country or a part of one ("PL", "DE-BY"), "" for that of the sender's `country`, or "none"; `closed`
    are further days as ISO dates. A country without known holidays has none.
    """
    wanted = country.upper() if not region else "" if region == NO_HOLIDAYS else region
    own = frozenset(closed)

    def rests(day: date) -> bool:
        calendar = _calendar(wanted) if wanted else None
        return day.isoformat() in own or (calendar is not None and day in calendar)

    return rests


def known_region(text: str) -> str:
    """Return a region as it is stored. Raises DataError for one of which no holidays are known."""
    region = text.strip()
    if region.casefold() in ("", NO_HOLIDAYS):
        return region.casefold()
    region = region.upper()
    if _calendar(region) is None:
        raise DataError(f"Holidays: expected a region such as PL or DE-BY, or none, got {text!r}")
    return region


@cache
def _calendar(region: str) -> "HolidayBase | None":
    """The holidays of a region, which grow by the years that are asked for."""
    from holidays import country_holidays

    country, _, part = region.partition("-")
    try:
        return country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        return None
