"""The photos that events name, and what became of their files."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from data.tables import Photo
from data.types import OrderId, StationId

_P = Photo.__table__
_OF = select(_P).where(_P.c.order_id == bindparam("order")).order_by(_P.c.taken_at, _P.c.file)
_ALL = select(_P).order_by(_P.c.file)
_EXPIRED = (
    select(_P.c.file)
    .where(
        _P.c.station == bindparam("station"), _P.c.taken_at < bindparam("before"), _P.c.deleted_at.is_(None)
    )
    .order_by(_P.c.taken_at)
)
_KEPT = select(_P.c.file).where(_P.c.deleted_at.is_(None))
_DELETED = update(_P).where(_P.c.file == bindparam("name")).values(deleted_at=bindparam("at"))


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo's subject ("damage" of a line, or open "box" of a parcel), the name of its file and its SHA-256."""

    subject: str
    line: int
    parcel: int
    file: str
    sha256: str


def add(
    connection: Connection,
    order: OrderId,
    station: StationId,
    photo: NewPhoto,
    at: datetime,
) -> None:
    """Write down a photo."""
    connection.execute(insert(_P), {**asdict(photo), "order_id": order, "station": station, "taken_at": at})


def of_order(connection: Connection, order: OrderId) -> list[Row[Any]]:
    """Return an order's photos as they were taken."""
    return list(connection.execute(_OF, {"order": order}))


def every(connection: Connection) -> list[Row[Any]]:
    """Return all photos, by file."""
    return list(connection.execute(_ALL))


def expired(connection: Connection, station: StationId, before: datetime) -> list[str]:
    """Return the files of a station's photos taken before then that aren't deleted yet."""
    return list(connection.scalars(_EXPIRED, {"station": station, "before": before}))


def undeleted(connection: Connection) -> set[str]:
    """Return the files that events name and that aren't deleted."""
    return set(connection.scalars(_KEPT))


def set_deleted(connection: Connection, files: Iterable[str], at: datetime) -> None:
    """Write down that these files are gone."""
    rows = [{"name": file, "at": at} for file in files]
    if rows:
        connection.execute(_DELETED, rows)
