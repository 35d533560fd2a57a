"""Any document of an order, or of a thing of the house, whether it was printed or not."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from data.engine import Database
from data.store import lookup, orders, print_jobs
from data.types import CodeKind, OrderId, ParcelRef, WorkerId
from picker.errors import Unknown
from picker.flow import events as ev
from picker.flow.work import OrderWork, ParcelWork
from picker.services.documents import carrier_labels, contents
from picker.services.documents.contents import Sealed
from picker.services.orders.load import load_work
from picker.services.orders.lookups import order_number
from printing.content import load
from printing.documents import Document
from printing.documents.signs import Badge, LocationLabel, ProductLabel, ToteTag
from scanning.codes import OwnKind, own_code

_OF_PARCEL: dict[str, Callable[[Sealed], Document]] = {
    "label": contents.label,
    "slip": contents.slip,
    "gift": contents.gift_slip,
    "cn22": contents.cn22,
    "cn23": contents.cn23,
    "invoice": contents.invoice,
    "return": contents.return_slip,
}
_INSERT = "insert"
OF_THINGS = ("product", "location", "badge", "tote")
KINDS = (*_OF_PARCEL, _INSERT, *OF_THINGS)


class NoDocument(Unknown):
    """Why there is no such document, in words."""


def document(db: Database, kind: str, of: str, parcel: int) -> Document:
    """Return a document of one of `KINDS`: of an order's parcel, a SKU, a location, a worker or a tote.

    What was printed is returned as it was; of a parcel not sealed yet what it would say now, its label as a
    specimen. Raises NoDocument in words.
    """
    if kind in OF_THINGS:
        with db.reader.connect() as connection:
            return _of_thing(connection, kind, of)
    number = order_number(db, of)
    if not number:
        raise NoDocument(f"There is no order {of!r}")
    with db.reader.connect() as connection:
        printed = print_jobs.newest_job(connection, ParcelRef(number, parcel), kind)
        if printed is not None and printed.content:
            return load(dict(printed.content))
        if printed is not None:
            raise NoDocument(f"The {kind} of parcel {parcel} of {number} was erased with its buyer's data")
        if kind == _INSERT:
            raise NoDocument(
                f"Parcel {parcel} of {number} has no insert (yet): picker campaign preview shows what it could be"
            )
        if kind == "label":
            foreign = carrier_labels.document(connection, number, parcel)
            if foreign is not None:
                return foreign
        return _OF_PARCEL[kind](parcel_of(connection, number, parcel))


def parcel_of(connection: Connection, number: OrderId, parcel: int) -> Sealed:
    """Return a parcel of an order as it was sealed, or as it would be now. Raises NoDocument when there is none."""
    order = orders.row(connection, number)
    work = load_work(connection, number)
    sealed, day = _seal_of(work, parcel), order.placed_at
    event = sealed or _draft(work, parcel)
    return Sealed(
        connection, lookup.shop(connection, order.shop), order, work, event, WorkerId(""), _day(day)
    )


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _seal_of(work: OrderWork, parcel: int) -> ev.ParcelSealed | None:
    events = (entry.event for entry in reversed(work.history))
    return next((e for e in events if isinstance(e, ev.ParcelSealed) and e.parcel == parcel), None)


def _draft(work: OrderWork, number: int) -> ev.ParcelSealed:
    """The parcel as it stands; the first one of an order not begun holds everything."""
    known = {parcel.number: parcel for parcel in work.parcels}
    parcel = known.get(number)
    if parcel is None or (not parcel.units and number > 1):
        raise NoDocument(f"Order {work.order.id} has no parcel {number}")
    everything = tuple((line.line, line.wanted - line.short) for line in work.lines)
    units = parcel.units or tuple((line, count) for line, count in everything if count > 0)
    return _as_sealed(parcel, units)


def _as_sealed(parcel: ParcelWork, units: ev.Counts) -> ev.ParcelSealed:
    return ev.ParcelSealed(
        parcel.number, "", parcel.gross_g, parcel.expected_g, parcel.packaging, units, label_scan=False
    )


def _of_thing(connection: Connection, kind: str, of: str) -> Document:
    if kind == "tote":
        try:
            return ToteTag(own_code(OwnKind.TOTE, of), of)
        except ValueError:
            raise NoDocument(f"{of!r} is no tote: expected 1 to 32 letters and digits") from None
    if kind == "product":
        product = lookup.products(connection, [of]).get(of)
        code = _code(connection, CodeKind.PRODUCT, of) if product else ""
        if product is None:
            raise NoDocument(f"There is no product {of!r}")
        return ProductLabel(code or of, of, product.name)
    if kind == "badge":
        worker = lookup.worker(connection, WorkerId(of))
        code = _code(connection, CodeKind.WORKER, of)
        if worker is None or not code:
            raise NoDocument(f"There is no active worker {of!r} with a badge")
        return Badge(code, worker.name, worker.role.value)
    code = _code(connection, CodeKind.LOCATION, of)
    if not code:
        raise NoDocument(f"There is no location {of!r}")
    return LocationLabel(code, of)


def _code(connection: Connection, kind: CodeKind, ref: str) -> str:
    """The code that counts a single unit, if the thing has any."""
    codes = lookup.codes_of(connection, kind, [ref]).get(ref, ())
    return codes[0][0] if codes and codes[0][1] == 1 else ""
