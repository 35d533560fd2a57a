"""By what time the house is kept: the database's clock, and only while the log bears it out."""

from datetime import datetime, timedelta

from data.engine import Database
from data.store import log

_RECENT, _SETTLED = timedelta(days=14), timedelta(days=1)
_AHEAD = timedelta(minutes=10)


def housekeeping_time(db: Database) -> datetime | None:
    """Return the database's time in UTC, by which old things may be thrown away; None while it can't be trusted.

    A clock that jumped would throw away everything at once. It is trusted when the log holds work from a day to two
    weeks before it and none from after it: so a clock that is set wrong isn't believed at its first event, and after
    long holidays nothing is thrown away in the first day. Raises DataError or DBAPIError when the database is away.
    """
    with db.reader.connect() as connection:
        now = db.now(connection)
        settled = log.any_between(connection, now - _RECENT, now - _SETTLED)
        later = log.any_between(connection, now + _AHEAD, None)
    return now if settled and not later else None
