"""Leases on orders. An epoch fences off earlier owners; only the database's clock judges a lease."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from data.tables import Claim, Order
from data.types import OrderId, OrderState, StationId, WorkerId

_C = Claim.__table__
_DELETE = delete(_C).where(_C.c.order_id == bindparam("order"))
_INSERT = insert(_C)
_RENEW = (
    update(_C)
    .where(_C.c.order_id == bindparam("order"), _C.c.epoch == bindparam("held"))
    .values(expires_at=bindparam("until"))
)
_OF_STATION = (
    select(_C.c.order_id)
    .join(Order.__table__, Order.__table__.c.id == _C.c.order_id)
    .where(_C.c.station == bindparam("station"))
    .order_by(_C.c.expires_at.desc())
    .limit(1)
)
_OF_WORKER = (
    select(_C.c.order_id)
    .join(Order.__table__, Order.__table__.c.id == _C.c.order_id)
    .where(
        _C.c.worker == bindparam("worker"),
        _C.c.station != bindparam("station"),
        _C.c.expires_at < bindparam("now"),
        Order.__table__.c.state == OrderState.IN_WORK.value,
    )
    .limit(1)
)


def take(
    connection: Connection,
    order_id: OrderId,
    station: StationId,
    worker: WorkerId,
    epoch: int,
    until: datetime,
) -> None:
    """Make the order this station's; call it with the order's row locked."""
    connection.execute(_DELETE, {"order": order_id})
    values = {
        "order_id": order_id,
        "station": station,
        "worker": worker,
        "epoch": epoch,
        "expires_at": until,
    }
    connection.execute(_INSERT, values)


def renew(connection: Connection, order_id: OrderId, epoch: int, until: datetime) -> bool:
    """Prolong a lease; False when this epoch holds it no longer."""
    return connection.execute(_RENEW, {"order": order_id, "held": epoch, "until": until}).rowcount == 1


def release(connection: Connection, order_id: OrderId) -> None:
    """Give the order back."""
    connection.execute(_DELETE, {"order": order_id})


def of_station(connection: Connection, station: StationId) -> OrderId:
    """Return the order this station holds, "" when none."""
    return OrderId(connection.execute(_OF_STATION, {"station": station}).scalar() or "")


def of_worker(connection: Connection, worker: WorkerId, station: StationId, now: datetime) -> OrderId:
    """Return an order this worker left at another, silent station, "" when none."""
    values = {"worker": worker, "station": station, "now": now}
    return OrderId(connection.execute(_OF_WORKER, values).scalar() or "")
