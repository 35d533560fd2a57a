"""Orders held because the catalogue doesn't know an article or its barcode, and how they get free by
themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, insert, select, update

from data.engine import database_now
from data.tables import Code, ExceptionReport, Order, OrderLine, Product
from data.types import CodeKind, OrderState

UNKNOWN_SKU = "unknown_sku"
MISSING_BARCODE = "missing_barcode"
_CURABLE = (UNKNOWN_SKU, MISSING_BARCODE)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Which of the SKUs asked for are known, and which of those have a barcode."""

    known: frozenset[str]
    barcoded: frozenset[str]

    def fault(self, skus: Iterable[str]) -> tuple[str, list[str]]:
        """Why an order of these SKUs can't be scanned, and the SKUs at fault; ("", []) when it can."""
        wanted = list(dict.fromkeys(skus))
        if unknown := [sku for sku in wanted if sku not in self.known]:
            return UNKNOWN_SKU, unknown
        if bare := [sku for sku in wanted if sku not in self.barcoded]:
            return MISSING_BARCODE, bare
        return "", []


def look_up(connection: Connection, skus: Iterable[str]) -> Catalogue:
    """Ask the catalogue about some SKUs."""
    wanted = set(skus)
    product, code = Product.__table__, Code.__table__
    known = connection.scalars(select(product.c.sku).where(product.c.sku.in_(wanted)))
    coded = select(code.c.ref).where(code.c.kind == CodeKind.PRODUCT.value, code.c.ref.in_(wanted))
    return Catalogue(frozenset(known), frozenset(connection.scalars(coded)))


def report_fault(
    connection: Connection, order_id: str, fault: str, skus: Sequence[str], now: datetime
) -> None:
    """Keep exactly one open exception of the order's present fault, and resolve those of a fault that is
    gone.
    """
    table = ExceptionReport.__table__
    mine = (table.c.order_id == order_id, table.c.kind.in_(_CURABLE), table.c.resolved_at.is_(None))
    connection.execute(
        update(table).where(*mine, table.c.kind != fault).values(resolved_at=now, resolved_by="import")
    )
    if not fault:
        return
    detail = {"skus": list(skus)}
    stands = connection.execute(select(table.c.id, table.c.detail).where(*mine)).first()
    if stands is None:
        connection.execute(insert(table).values(order_id=order_id, kind=fault, detail=detail, at=now))
    elif stands.detail != detail:
        connection.execute(update(table).where(table.c.id == stands.id).values(detail=detail))


def recheck_held(connection: Connection) -> list[str]:
    """Let orders go that were held for an article or barcode which is known by now; the ids of those set
    free.

    Lines whose SKU was unknown are led to the product. An order a station has begun keeps its state, for
    the flow owns that; its exception is resolved.
    """
    orders, now = Order.__table__, database_now(connection)
    reports = ExceptionReport.__table__
    open_fault = exists().where(
        reports.c.order_id == orders.c.id, reports.c.kind.in_(_CURABLE), reports.c.resolved_at.is_(None)
    )
    query = select(orders.c.id, orders.c.state, orders.c.version, orders.c.hold_reason)
    held = connection.execute(
        query.where(orders.c.intake_state == "held", open_fault).order_by(orders.c.id)
    ).all()
    freed = []
    for start in range(0, len(held), _AT_ONCE):
        part = held[start : start + _AT_ONCE]
        skus = _skus_of(connection, [row.id for row in part])
        catalogue = look_up(connection, {sku for wanted in skus.values() for sku in wanted})
        for row in part:
            fault, at_fault = catalogue.fault(skus.get(row.id, ()))
            _link_lines(connection, row.id, catalogue)
            report_fault(connection, row.id, fault, at_fault, now)
            if row.hold_reason in _CURABLE and row.state == OrderState.HELD.value and row.version == 0:
                _set_hold(connection, row.id, fault)
                freed += [] if fault else [row.id]
    return freed


def _skus_of(connection: Connection, order_ids: Sequence[str]) -> Mapping[str, list[str]]:
    lines = OrderLine.__table__
    query = select(lines.c.order_id, lines.c.sku_text).where(
        lines.c.order_id.in_(order_ids), lines.c.quantity > 0
    )
    skus: dict[str, list[str]] = {}
    for order_id, sku in connection.execute(query.order_by(lines.c.order_id, lines.c.line)):
        skus.setdefault(order_id, []).append(sku)
    return skus


def _link_lines(connection: Connection, order_id: str, catalogue: Catalogue) -> None:
    lines = OrderLine.__table__
    where = (lines.c.order_id == order_id, lines.c.sku.is_(None), lines.c.sku_text.in_(catalogue.known))
    connection.execute(update(lines).where(*where).values(sku=lines.c.sku_text))


def _set_hold(connection: Connection, order_id: str, fault: str) -> None:
    orders = Order.__table__
    state = OrderState.HELD if fault else OrderState.WAITING
    values = {"intake_state": "held" if fault else "ready", "hold_reason": fault, "state": state.value}
    connection.execute(update(orders).where(orders.c.id == order_id).values(values))
