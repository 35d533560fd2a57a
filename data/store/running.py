"""Which program runs under a station's name: one at a time, known by its instance and its sign of life."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from data.store.records import columns
from data.tables import RunningStation
from data.types import StationId


@dataclass(frozen=True, slots=True)
class Holder:
    """The program that has a station's name: on which `host`, `since` when, its last sign of life `at`."""

    instance: str
    host: str
    since: datetime
    at: datetime


_R = RunningStation.__table__
_HOLDER = select(*columns(Holder, _R))


def holder(connection: Connection, station: StationId) -> Holder | None:
    """Return who has a station's name, None when nobody has."""
    row = connection.execute(_HOLDER.where(_R.c.station == station)).first()
    return None if row is None else Holder(*row)


def take(
    connection: Connection,
    station: StationId,
    instance: str,
    host: str,
    now: datetime,
    silent_after: timedelta,
) -> Holder | None:
    """Take a station's name for an instance; returns who has it instead, None when it was taken.

    Free is a name that nobody has, that this instance had already, or whose holder has given no sign of
    life for `silent_after`. Raises IntegrityError when another takes a free name at the same moment.
    """
    claimant = holder(connection, station)
    mine = {"instance": instance, "host": host, "since": now, "at": now}
    if claimant is None:
        connection.execute(insert(_R), {"station": station, **mine})
        return None
    if claimant.instance != instance and now - claimant.at < silent_after:
        return claimant
    seen = (_R.c.station == station, _R.c.instance == claimant.instance, _R.c.at == claimant.at)
    if connection.execute(update(_R).where(*seen).values(**mine)).rowcount:
        return None
    return holder(connection, station)


def beat(connection: Connection, station: StationId, instance: str, now: datetime) -> bool:
    """Give a sign of life; False when the instance hasn't the name (any more)."""
    mine = (_R.c.station == station, _R.c.instance == instance)
    return connection.execute(update(_R).where(*mine).values(at=now)).rowcount == 1


def leave(connection: Connection, station: StationId, instance: str) -> None:
    """Give the name back, if the instance still has it."""
    connection.execute(delete(_R).where(_R.c.station == station, _R.c.instance == instance))
