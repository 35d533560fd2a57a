"""What a shift lead asks: counts over indexes, never over rows that only grow.

`since` bounds every question to the log; open orders are counted by an index that holds all they need.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    String,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    type_coerce,
)

from data.tables import Claim, Event, ExceptionReport, Order, PrintJob
from data.types import (
    EventKind,
    ExceptionKind,
    OrderId,
    OrderState,
    ParcelRef,
    PrintJobState,
    StationId,
    WorkerId,
)

_O, _E, _C, _J, _X = (
    Order.__table__,
    Event.__table__,
    Claim.__table__,
    PrintJob.__table__,
    ExceptionReport.__table__,
)
OPEN = (
    OrderState.WAITING.value,
    OrderState.IN_WORK.value,
    OrderState.PARKED.value,
    OrderState.HELD.value,
)
STANDING = (OrderState.PARKED.value, OrderState.HELD.value)
"""Open, but nobody goes on with them until a person decides to."""
_TROUBLE = (PrintJobState.UNSURE, PrintJobState.FAILED)

_NEXT_NAME = select(func.min(_E.c.station)).where(_E.c.station > bindparam("name"))
_LAST_AT = select(_E.c.at).where(_E.c.station == bindparam("name")).order_by(_E.c.seq.desc()).limit(1)


def _of(shop: str) -> tuple[ColumnElement[bool], ...]:
    """Orders of one shop; "" is all."""
    return (_O.c.shop == shop,) if shop else ()


def open_orders(connection: Connection, services: Sequence[str], shop: str = "") -> list[Row[Any]]:
    """Return (service, state, due_at, orders) of the open orders of these services, of all shops or of one."""
    columns = (_O.c.service, _O.c.state, _O.c.due_at)
    # The services are named only so that their index is used, which covers the whole question.
    where = (_O.c.service.in_(services), _O.c.state.in_(OPEN), *_of(shop))
    query = select(*columns, func.count().label("orders")).where(*where).group_by(*columns)
    return list(connection.execute(query))


def active_minutes(connection: Connection, since: datetime) -> list[tuple[WorkerId, int]]:
    """Return (worker, minute of the epoch) of every minute in which a worker did anything, in order."""
    if connection.dialect.name == "sqlite":
        minute = func.substr(type_coerce(_E.c.at, String), 1, 16)
    else:
        minute = func.to_char(func.timezone("UTC", _E.c.at), "YYYY-MM-DD HH24:MI")
    query = select(_E.c.worker, minute.label("minute")).where(_E.c.at >= since, _E.c.worker != "").distinct()
    return sorted((row[0], _minute(row[1])) for row in connection.execute(query))


@lru_cache(maxsize=2048)
def _minute(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp()) // 60


def notable(
    connection: Connection, since: datetime, kinds: Sequence[str], event_kinds: Sequence[str]
) -> list[Row[Any]]:
    """Return (stream, worker, kind, at, payload, service, shop) of the events of these kinds since then.

    `payload` is None but for the kinds in `told`, `service` and `shop` None where the stream is no order.
    """
    payload = case((_E.c.kind.in_(event_kinds), _E.c.payload), else_=None).label("payload")
    query = select(_E.c.stream, _E.c.worker, _E.c.kind, _E.c.at, payload, _O.c.service, _O.c.shop)
    joined = query.select_from(_E.outerjoin(_O, _O.c.id == _E.c.stream))
    return list(connection.execute(joined.where(_E.c.at >= since, _E.c.kind.in_(kinds))))


def last_events(connection: Connection) -> list[tuple[StationId, datetime]]:
    """Return (station, at) of the last event of every name that ever wrote into the log.

    One step of the index for each: its first name, then the first after that, and so on.
    """
    events: list[tuple[StationId, datetime]] = []
    name = connection.scalar(_NEXT_NAME, {"name": ""})
    while name is not None:
        events.append((StationId(name), connection.execute(_LAST_AT, {"name": name}).scalar_one()))
        name = connection.scalar(_NEXT_NAME, {"name": name})
    return events


def claimed(connection: Connection) -> list[Row[Any]]:
    """Return (order_id, station, worker, state) of every order in hand."""
    query = select(_C.c.order_id, _C.c.station, _C.c.worker, _O.c.state)
    return list(connection.execute(query.join(_O, _O.c.id == _C.c.order_id)))


def marks(connection: Connection, order: OrderId, kinds: Sequence[str]) -> list[Row[Any]]:
    """Return (kind, at, payload) of an order's events of these kinds, in order."""
    query = select(_E.c.kind, _E.c.at, _E.c.payload).where(_E.c.stream == order, _E.c.kind.in_(kinds))
    return list(connection.execute(query.order_by(_E.c.version)))


@dataclass(frozen=True, slots=True)
class TroubledJob:
    """A print job that somebody must see to."""

    parcel: ParcelRef
    document: str
    station: StationId
    state: PrintJobState
    detail: str
    changed_at: datetime


def print_trouble(connection: Connection, stations: Sequence[str]) -> list[TroubledJob]:
    """Return the stations' print jobs that failed or of which nobody knows whether they printed, oldest first."""
    columns = (_J.c.order_id, _J.c.parcel, _J.c.document, _J.c.station, _J.c.state, _J.c.detail)
    where = (_J.c.station.in_(stations), _J.c.state.in_([state.value for state in _TROUBLE]))
    query = select(*columns, _J.c.changed_at).where(*where).order_by(_J.c.changed_at)
    return [
        TroubledJob(
            ParcelRef(row.order_id, row.parcel),
            row.document,
            row.station,
            PrintJobState(row.state),
            row.detail,
            row.changed_at,
        )
        for row in connection.execute(query)
    ]


def shops_of(connection: Connection, orders: Collection[str]) -> dict[str, str]:
    """Return the shop of each of these orders."""
    query = select(_O.c.id, _O.c.shop).where(_O.c.id.in_(orders))
    return {row.id: row.shop for row in connection.execute(query)}


def exceptions(connection: Connection, most: int, shop: str = "") -> tuple[dict[str, int], list[Row[Any]]]:
    """Return the number of open exceptions of each kind, and those of them that press most.

    Each row has the state and due_at of its order too. Orders that stand still come first and then those at
    work, by their cut-off; then what is left to do for orders that are gone, the newest first.
    """
    mine = (or_(_O.c.shop == shop, _X.c.detail["shop"].as_string() == shop),) if shop else ()
    still_open = (_X.c.resolved_at.is_(None), *mine)
    joined = _X.outerjoin(_O, _O.c.id == _X.c.order_id)
    count = select(_X.c.kind, func.count()).select_from(joined if shop else _X)
    counts = connection.execute(count.where(*still_open).group_by(_X.c.kind))
    stands, gone = _O.c.state.in_(STANDING), _O.c.state.in_(OPEN).is_not(True)
    rank = case((stands, 0), (gone, 2), else_=1)
    due = case((gone, None), else_=_O.c.due_at)
    pressing = (
        select(_X, _O.c.state, _O.c.due_at)
        .select_from(joined)
        .where(*still_open)
        .order_by(rank, due, _X.c.at.desc(), _X.c.id)
        .limit(most)
    )
    return {row[0]: row[1] for row in counts}, list(connection.execute(pressing))


def held(connection: Connection, most: int, shop: str = "") -> tuple[int, list[Row[Any]]]:
    """Return how many orders are on hold for a reason of which no exception is open.

    Rows are (id, hold_reason, placed_at, due_at); the most urgent come first.
    """
    reported = (ExceptionKind.HOLD.value, _O.c.hold_reason)
    told = exists().where(_X.c.order_id == _O.c.id, _X.c.resolved_at.is_(None), _X.c.kind.in_(reported))
    where = (_O.c.state == OrderState.HELD.value, ~told, *_of(shop))
    columns = (_O.c.id, _O.c.hold_reason, _O.c.placed_at, _O.c.due_at)
    rows = select(*columns).where(*where).order_by(_O.c.due_at, _O.c.id)
    count = connection.scalar(select(func.count()).select_from(_O).where(*where))
    return count or 0, list(connection.execute(rows.limit(most)))


def parked(connection: Connection, most: int, shop: str = "") -> tuple[int, list[Row[Any]]]:
    """Return how many orders are parked, and the most urgent of them.

    A row is (id, service, due_at, payload, worker, station, at) with the facts of the order's last parking.
    """
    last = _E.alias("last")
    newest = select(func.max(last.c.version)).where(
        last.c.stream == _O.c.id, last.c.kind == EventKind.ORDER_PARKED.value
    )
    parking = (_E.c.stream == _O.c.id) & (_E.c.version == newest.scalar_subquery())
    columns = (_O.c.id, _O.c.service, _O.c.due_at, _E.c.payload, _E.c.worker, _E.c.station, _E.c.at)
    where = (_O.c.state == OrderState.PARKED.value, *_of(shop))
    rows = select(*columns).select_from(_O.join(_E, parking)).where(*where)
    count = connection.scalar(select(func.count()).select_from(_O).where(*where))
    return count or 0, list(connection.execute(rows.order_by(_O.c.due_at, _O.c.id).limit(most)))
