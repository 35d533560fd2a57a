"""How the printers of all stations are: told by each station, read by the lead's screen."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, delete, insert, select, update

from data.tables import StationPrinter
from data.types import StationId

_P = StationPrinter.__table__


@dataclass(frozen=True, slots=True)
class PrinterWord:
    """What a station says of one of its printers: how it is, and how many jobs wait or are unsure."""

    printer: str
    health: str
    detail: str
    waiting: int
    unsure: int


def tell(connection: Connection, station: StationId, words: Sequence[PrinterWord], now: datetime) -> None:
    """Write a station's word of all its printers; those it no longer names are gone."""
    forget(connection, station, keep=[word.printer for word in words])
    for word in words:
        told_now = {**asdict(word), "at": now}
        its_own = (_P.c.station == station, _P.c.printer == word.printer)
        since = case((_P.c.health == word.health, _P.c.since), else_=now)
        if not connection.execute(update(_P).where(*its_own).values(**told_now, since=since)).rowcount:
            connection.execute(insert(_P), {**told_now, "station": station, "since": now})


def forget(connection: Connection, station: StationId, keep: Collection[str] = ()) -> None:
    """Take a station's printers away, but for those to keep: it is closed, or they were removed."""
    connection.execute(delete(_P).where(_P.c.station == station, _P.c.printer.not_in(list(keep))))


def reported(connection: Connection, since: datetime) -> list[Row[Any]]:
    """Return every station's printers that were heard of since an instant, by station and printer."""
    query = select(_P).where(_P.c.at >= since).order_by(_P.c.station, _P.c.printer)
    return list(connection.execute(query))
