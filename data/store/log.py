"""The event log: append-only, one version line per stream, one sequence per station."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from data.store.prepared import Prepared
from data.tables import Event
from data.types import EventKind, EventRecord, StationId, Stream, WorkerId, station_stream

_T = Event.__table__
_INSERT = Prepared(insert(_T))
_STREAM = select(_T).where(_T.c.stream == bindparam("stream")).order_by(_T.c.version)
_SINCE = select(_T).where(_T.c.at >= bindparam("since")).order_by(_T.c.at, _T.c.station, _T.c.seq)
_ALL = select(_T).order_by(_T.c.stream, _T.c.version)
_LAST_SEQ = select(func.coalesce(func.max(_T.c.seq), 0)).where(_T.c.station == bindparam("station"))
_LAST_VERSION = select(func.coalesce(func.max(_T.c.version), 0)).where(_T.c.stream == bindparam("stream"))
_SIGNED_IN = (
    select(_T.c.kind, _T.c.worker)
    .where(
        _T.c.stream == bindparam("stream"),
        _T.c.kind.in_((EventKind.SIGNED_IN.value, EventKind.SIGNED_OUT.value)),
    )
    .order_by(_T.c.version.desc())
    .limit(1)
)
_SIGN_IN = select(func.coalesce(func.max(_T.c.version), 0)).where(
    _T.c.stream == bindparam("stream"), _T.c.kind == EventKind.SIGNED_IN.value
)
_AFTER = (
    select(_T)
    .where(_T.c.stream == bindparam("stream"), _T.c.version > bindparam("after"))
    .order_by(_T.c.version)
)
_BY_ID = select(_T).where(_T.c.id == bindparam("id"))
# All that an input writes is of one instant.
_OF_INSTANT = (
    select(_T).where(_T.c.at == bindparam("at"), _T.c.station == bindparam("station")).order_by(_T.c.seq)
)
_HAS = select(_T.c.id).where(_T.c.id == bindparam("id"))


def signed_in(connection: Connection, station: StationId) -> WorkerId:
    """Return the worker signed in at a station, "" when nobody is."""
    row = connection.execute(_SIGNED_IN, {"stream": station_stream(station).name}).first()
    return WorkerId(row.worker if row is not None and row.kind == EventKind.SIGNED_IN else "")


def since_sign_in(connection: Connection, station: StationId) -> list[EventRecord]:
    """Return what a station itself has in the log since somebody last signed in there, in order."""
    stream = station_stream(station).name
    after = connection.execute(_SIGN_IN, {"stream": stream}).scalar_one()
    return [_record(row) for row in connection.execute(_AFTER, {"stream": stream, "after": after})]


def append(connection: Connection, records: Sequence[EventRecord]) -> None:
    """Append records. Raises IntegrityError when another writer took a version, a sequence number or an id."""
    for record in records:
        _INSERT.count(connection, _values(record))


def read(connection: Connection, stream: str) -> list[EventRecord]:
    """Return a stream's records in order."""
    return [_record(row) for row in connection.execute(_STREAM, {"stream": stream})]


def since(connection: Connection, moment: datetime) -> list[EventRecord]:
    """Return every record made at or after `moment`."""
    return [_record(row) for row in connection.execute(_SINCE, {"since": moment})]


def any_between(connection: Connection, since: datetime, until: datetime | None) -> bool:
    """Return whether anything happened from `since` on, and up to `until` where that is given."""
    query = select(_T.c.id).where(_T.c.at >= since).limit(1)
    return connection.execute(query if until is None else query.where(_T.c.at <= until)).first() is not None


def of_input(connection: Connection, event_id: UUID) -> list[EventRecord]:
    """Return all that the input wrote which wrote this event, in whatever streams, in order."""
    event = connection.execute(_BY_ID, {"id": event_id}).one()
    rows = connection.execute(_OF_INSTANT, {"station": event.station, "at": event.at})
    return [_record(row) for row in rows if row.payload.get("group") == event.payload.get("group")]


def every(connection: Connection) -> Iterator[EventRecord]:
    """Yield the whole log, stream by stream, each in order."""
    result = connection.execution_options(yield_per=1000).execute(_ALL)
    for row in result:
        yield _record(row)


def last_seq(connection: Connection, station: StationId) -> int:
    """Return the last sequence number of a station, 0 when it has none."""
    return int(connection.execute(_LAST_SEQ, {"station": station}).scalar_one())


def last_version(connection: Connection, stream: Stream) -> int:
    """Return the last version of a stream, 0 when it has none."""
    return int(connection.execute(_LAST_VERSION, {"stream": stream.name}).scalar_one())


def has(connection: Connection, event_id: object) -> bool:
    """Whether an event is in the log: tells a lost answer to a COMMIT from a lost COMMIT."""
    return connection.execute(_HAS, {"id": event_id}).first() is not None


def _values(record: EventRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "stream": record.stream,
        "version": record.version,
        "station": record.station,
        "seq": record.seq,
        "worker": record.worker,
        "authorised_by": record.authorised_by,
        "at": record.at,
        "kind": record.kind,
        "payload": record.payload,
        "schema": record.schema,
    }


def _record(row: Row[Any]) -> EventRecord:
    moment = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
    return EventRecord(
        row.id,
        row.stream,
        row.version,
        row.station,
        row.seq,
        row.worker,
        row.authorised_by,
        moment,
        row.kind,
        row.payload,
        row._mapping["schema"],
    )
