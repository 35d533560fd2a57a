"""Carriers' own labels: kept by parcel, the newest counts, and their barcodes prove it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, insert, select

from data.tables import CarrierLabel, Code, Order, Parcel, Service
from data.types import CodeKind, OrderId, ParcelRef

_L, _C, _O, _P, _S = (model.__table__ for model in (CarrierLabel, Code, Order, Parcel, Service))
_LATEST = (
    select(_L)
    .where(_L.c.order_id == bindparam("order"), _L.c.parcel == bindparam("number"))
    .order_by(_L.c.revision.desc())
    .limit(1)
)
_OF_ORDER = (
    select(*(column for column in _L.c if column.name != "payload"))
    .where(_L.c.order_id == bindparam("order"))
    .order_by(_L.c.parcel, _L.c.revision)
)
_THERE = exists().where(_L.c.order_id == _O.c.id, _L.c.parcel == bindparam("number"))
_LACKING = (
    select(_S.c.carrier_label)
    .join(_O, _O.c.service == _S.c.code)
    .where(_O.c.id == bindparam("order"), ~_THERE)
)
_SEALED = select(_P.c.parcel).where(_P.c.order_id == bindparam("order"), _P.c.parcel == bindparam("number"))


@dataclass(frozen=True, slots=True)
class NewCarrierLabel:
    """A label that was read and found good; `keys` are its codes as scans look them up."""

    order: OrderId
    parcel: int
    format: str
    payload: bytes
    dpi: int
    width_dots: int
    codes: tuple[str, ...]
    keys: tuple[str, ...]
    source: str


def add(connection: Connection, label: NewCarrierLabel, by: str, at: datetime) -> int:
    """Keep a label as the parcel's next revision and let its codes stand for the parcel.

    Returns the revision, 0 when the newest one is the same already.
    """
    sha256 = hashlib.sha256(label.payload).hexdigest()
    before = latest(connection, label.order, label.parcel)
    if before is not None and before.sha256 == sha256:
        return 0
    revision = before.revision + 1 if before is not None else 1
    values = {
        "order_id": label.order,
        "parcel": label.parcel,
        "revision": revision,
        "format": label.format,
        "payload": label.payload,
        "sha256": sha256,
        "dpi": label.dpi,
        "width_dots": label.width_dots,
        "codes": list(label.codes),
        "source": label.source,
        "added_at": at,
        "added_by": by,
    }
    connection.execute(insert(_L), values)
    _set_codes(connection, ParcelRef(label.order, label.parcel), label.keys)
    return revision


def remove(connection: Connection, parcel: ParcelRef) -> None:
    """Take a parcel's labels and their codes away."""
    connection.execute(delete(_L).where(_L.c.order_id == parcel.order, _L.c.parcel == parcel.number))
    _set_codes(connection, parcel, ())


def latest(connection: Connection, order: OrderId, parcel: int) -> Row[Any] | None:
    """Return the parcel's newest label."""
    return connection.execute(_LATEST, {"order": order, "number": parcel}).first()


def of_order(connection: Connection, order: OrderId) -> list[Row[Any]]:
    """Return every label of an order, without its payload."""
    return list(connection.execute(_OF_ORDER, {"order": order}))


def rules(connection: Connection) -> dict[str, str]:
    """Return what each service says of carriers' labels: one of `data.tables.carrier.LABEL_RULES`."""
    return {row.code: row.carrier_label for row in connection.execute(select(_S.c.code, _S.c.carrier_label))}


def lacking(connection: Connection, order: OrderId, parcel: int) -> str:
    """Return what the order's service says of a label that is not there: "none", "wanted", "required".

    "" when the parcel has its carrier's label.
    """
    return connection.execute(_LACKING, {"order": order, "number": parcel}).scalar() or ""


def is_sealed(connection: Connection, order: OrderId, parcel: int) -> bool:
    """Whether the parcel's documents were queued already."""
    return connection.execute(_SEALED, {"order": order, "number": parcel}).first() is not None


def _set_codes(connection: Connection, parcel: ParcelRef, keys: tuple[str, ...]) -> None:
    """An older label's codes stand for the parcel no longer."""
    kind = CodeKind.PARCEL.value
    connection.execute(delete(_C).where(_C.c.kind == kind, _C.c.ref == str(parcel)))
    if keys:
        rows = [{"code": key, "kind": kind, "ref": str(parcel), "quantity": 1} for key in keys]
        connection.execute(insert(_C), rows)
