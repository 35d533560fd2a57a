"""Everything that was written beside the log, as `verify` compares it: in batches and in sums."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Text, and_, cast, exists, func, or_, select

from data.tables import (
    Campaign,
    Claim,
    Code,
    Coupon,
    Event,
    InsertGiven,
    Order,
    OrderLine,
    Packaging,
    Parcel,
    PrintJob,
    Product,
    Shop,
    SsccCounter,
    Stock,
)
from data.types import CodeKind

_O, _L, _E, _P = Order.__table__, OrderLine.__table__, Event.__table__, Parcel.__table__
_C, _J = Claim.__table__, PrintJob.__table__
_G, _K, _N = InsertGiven.__table__, Coupon.__table__, Campaign.__table__
_NO_EVENT = ~exists().where(_E.c.stream == _O.c.id)
_ORDERS = select(_O.c.id, _O.c.state, _O.c.version, _O.c.hold_reason, _O.c.closed_at)
_JOBS = select(_J.c.order_id, _J.c.parcel, _J.c.document, _J.c.revision)


def order_rows(connection: Connection, ids: Sequence[str]) -> list[Row[Any]]:
    """Return id, state, version, hold_reason and closed_at of these orders."""
    return _rows(connection, _ORDERS.where(_O.c.id.in_(ids)))


def line_rows(connection: Connection, ids: Sequence[str]) -> list[Row[Any]]:
    """Return the line rows of these orders, in line order."""
    return _rows(connection, select(_L).where(_L.c.order_id.in_(ids)).order_by(_L.c.order_id, _L.c.line))


def parcel_rows(connection: Connection, ids: Sequence[str]) -> list[Row[Any]]:
    """Return the parcel rows of these orders."""
    return _rows(connection, select(_P).where(_P.c.order_id.in_(ids)))


def job_rows(connection: Connection, ids: Sequence[str]) -> list[Row[Any]]:
    """Return order_id, parcel, document and revision of these orders' print jobs."""
    return _rows(connection, _JOBS.where(_J.c.order_id.in_(ids)))


def claim_rows(connection: Connection, ids: Sequence[str]) -> list[Row[Any]]:
    """Return the claims on these orders."""
    return _rows(connection, select(_C).where(_C.c.order_id.in_(ids)))


def untouched_but_changed(connection: Connection) -> list[tuple[str, str]]:
    """Return (order, what) of projections of orders that have no event at all."""
    counts = _L.c.picked + _L.c.checked + _L.c.short + _L.c.damaged
    begun = or_(_O.c.version > 0, _O.c.state.in_(["in_work", "parked", "closed"]))
    questions: tuple[tuple[str, Select[Any]], ...] = (
        ("state or version", select(_O.c.id).where(begun, _NO_EVENT)),
        (
            "counted lines",
            select(_L.c.order_id).join(_O, _O.c.id == _L.c.order_id).where(counts > 0, _NO_EVENT),
        ),
        ("a parcel", select(_P.c.order_id).join(_O, _O.c.id == _P.c.order_id).where(_NO_EVENT)),
        ("a print job", select(_J.c.order_id).join(_O, _O.c.id == _J.c.order_id).where(_NO_EVENT)),
        ("a claim", select(_C.c.order_id).join(_O, _O.c.id == _C.c.order_id).where(_NO_EVENT)),
    )
    return [(str(order), what) for what, query in questions for order in connection.scalars(query.distinct())]


def stock_moved(connection: Connection) -> dict[tuple[str, str, str], int]:
    """Return the units moved by (SKU, location, state), without those where nothing moved."""
    table = Stock.__table__
    rows = connection.execute(
        select(table.c.sku, table.c.location, table.c.state, table.c.moved).where(table.c.moved != 0)
    )
    return {(row.sku, row.location, row.state): row.moved for row in rows}


def packaging_moved(connection: Connection) -> dict[str, int]:
    """Return the pieces moved by packaging, without those where nothing moved."""
    table = Packaging.__table__
    rows = connection.execute(select(table.c.code, table.c.moved).where(table.c.moved != 0))
    return {row.code: row.moved for row in rows}


def measured(connection: Connection) -> dict[str, tuple[tuple[int, ...], str, datetime | None]]:
    """Return (length, width, height in mm, weight in g), by whom and when of each product that was measured.

    0 is not known.
    """
    table = Product.__table__
    sizes = [func.coalesce(table.c[name], 0) for name in ("length_mm", "width_mm", "height_mm", "weight_g")]
    query = select(table.c.sku, *sizes, table.c.measured_by, table.c.measured_at)
    rows = connection.execute(query.where(table.c.measured_by != ""))
    return {row[0]: (tuple(row[1:5]), row[5], row[6]) for row in rows}


def attached(connection: Connection) -> dict[tuple[str, str], int]:
    """Return the units by (code, SKU) of the barcodes that were attached at a bench."""
    table = Code.__table__
    rows = connection.execute(select(table.c.code, table.c.ref, table.c.quantity).where(table.c.attached))
    return {(row.code, row.ref): row.quantity for row in rows}


def known_codes(connection: Connection, keys: Sequence[str]) -> set[tuple[str, str]]:
    """Return (code, SKU) of the products' barcodes among these."""
    table = Code.__table__
    query = select(table.c.code, table.c.ref).where(table.c.kind == CodeKind.PRODUCT, table.c.code.in_(keys))
    return {(row.code, row.ref) for row in connection.execute(query)}


def counters(connection: Connection) -> dict[str, int]:
    """Return the next serial of every company prefix in use: 0 for one that has numbered nothing yet."""
    prefixes = {str(prefix): 0 for prefix in connection.scalars(select(Shop.__table__.c.company_prefix))}
    table = SsccCounter.__table__
    rows = connection.execute(select(table.c.company_prefix, table.c.next_serial))
    return prefixes | {row.company_prefix: row.next_serial for row in rows}


def sequences(connection: Connection) -> list[tuple[str, int, int, int]]:
    """Return (station, number of events, first and last sequence number)."""
    query = select(_E.c.station, func.count(), func.min(_E.c.seq), func.max(_E.c.seq))
    rows = connection.execute(query.group_by(_E.c.station).order_by(_E.c.station))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def inserts_without(connection: Connection) -> list[tuple[str, int, str, str]]:
    """Return (order, parcel, campaign, what it lacks) of given inserts beside which something is missing."""
    mine = (_P.c.order_id == _G.c.order_id, _P.c.parcel == _G.c.parcel)
    job = (_J.c.order_id == _G.c.order_id, _J.c.parcel == _G.c.parcel, _J.c.document == "insert")
    given = select(_G.c.order_id, _G.c.parcel, _G.c.campaign).where(_G.c.outcome == "given")
    questions = (
        ("a sealed parcel", given.where(~exists().where(*mine))),
        ("a print job", given.where(~exists().where(*job))),
        ("its coupon marked as given", given.join(_K, _K.c.key == _G.c.coupon).where(_K.c.state == "free")),
        ("its coupon on the card", _other_code(given, job)),
    )
    return [(*row, what) for what, query in questions for row in connection.execute(query)]


def _other_code(given: Select[Any], job: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    """Inserts whose print job, unless it was erased, doesn't hold the code of their coupon."""
    card = cast(_J.c.content, Text)
    joined = given.join(_K, _K.c.key == _G.c.coupon).join(_J, and_(*job, _J.c.revision == 1))
    return joined.where(card != "{}", func.replace(card, _K.c.code, "") == card)


def coupons_of_nobody(connection: Connection) -> list[str]:
    """Return the codes that are marked as given or redeemed, but lay in no parcel."""
    lost = (_K.c.state != "free", ~exists().where(_G.c.coupon == _K.c.key))
    return list(connection.scalars(select(_K.c.code).where(*lost).order_by(_K.c.code)))


def inserts_miscounted(connection: Connection) -> list[Row[Any]]:
    """Return (code, printed, given) of campaigns whose counter differs from what was recorded."""
    mine = (_G.c.shop == _N.c.shop, _G.c.campaign == _N.c.code, _G.c.outcome == "given")
    given = select(func.count()).where(*mine).scalar_subquery()
    query = select(_N.c.code, _N.c.printed, given.label("given")).where(_N.c.printed != given)
    return _rows(connection, query.order_by(_N.c.code))


def _rows(connection: Connection, query: Select[Any]) -> list[Row[Any]]:
    return list(connection.execute(query))
