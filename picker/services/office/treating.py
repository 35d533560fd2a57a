"""A shop says once what lines of its orders are that no import knows; orders on hold are looked at anew."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from data.engine import Database, database_now
from data.importers.holds import recheck_held
from data.store import line_rules, lookup
from data.store.line_rules import Rule
from data.tables import Code, Order, OrderLine, Product
from data.types import CodeKind, LineTreatment, OrderId, OrderState, WorkerId
from picker.errors import Mistake
from picker.services.office.corrections import drop_line
from picker.services.office.imports import release_cured

_O, _L = Order.__table__, OrderLine.__table__
_NOTHING = {"length_mm": 1, "width_mm": 1, "height_mm": 1, "weight_g": 1}
"""What is packed without a scan takes no room worth speaking of until a file or a packer measures it."""


def treat(
    db: Database,
    shop: str,
    pattern: str,
    treatment: LineTreatment,
    by: WorkerId,
    sku: str = "",
    barcode: str = "",
    *,
    confirmed: bool = False,
) -> list[str]:
    """Have lines whose SKU or name fits `pattern` treated so, in files to come and in the orders on hold.

    As a product they are `sku`, which is made where it isn't known; it needs a barcode then, or is `confirmed` by OK
    and bears none. Returns the orders that go on. Raises Mistake where `sku` can't be meant.
    """
    before = _held(db, shop)
    with db.writer.begin() as connection:
        now = database_now(connection)
        if treatment is LineTreatment.PRODUCT:
            _make_product(connection, pattern, sku, barcode, confirmed=confirmed)
        rule = Rule(pattern, treatment, sku, now, by)
        line_rules.add(connection, shop, rule)
        lines = [row for row in _lines(connection, shop) if rule.fits(row.sku_text, row.name)]
        if treatment is LineTreatment.PRODUCT:
            for row in lines:
                mine = (_L.c.order_id == row.order_id, _L.c.line == row.line)
                connection.execute(update(_L).where(*mine).values(sku_text=sku, sku=sku))
            recheck_held(connection)
    if treatment is LineTreatment.NEVER_PACKED:
        for row in lines:
            _drop(db, row.order_id, row.line, by)
    release_cured(db)
    return sorted(before - _held(db, shop))


def _drop(db: Database, order: OrderId, line: int, by: WorkerId) -> None:
    try:
        drop_line(db, order, str(line), 0, "never packed", by)
    except Mistake:
        return  # nothing else is in it: a person cancels it, or it is closed meanwhile


def _held(db: Database, shop: str) -> set[str]:
    with db.reader.connect() as connection:
        mine = (_O.c.shop == shop, _O.c.state == OrderState.HELD.value)
        return set(connection.scalars(select(_O.c.id).where(*mine)))


def _lines(connection: Connection, shop: str) -> Sequence[Row[Any]]:
    columns: list[Any] = [_L.c.order_id, _L.c.line, _L.c.sku_text, _L.c.name]
    query = select(*columns).join(_O, _O.c.id == _L.c.order_id)
    held = (_O.c.shop == shop, _O.c.state == OrderState.HELD.value, _L.c.quantity > 0, _L.c.sku.is_(None))
    return connection.execute(query.where(*held).order_by(_L.c.order_id, _L.c.line)).all()


def _make_product(connection: Connection, name: str, sku: str, barcode: str, *, confirmed: bool) -> None:
    from scanning.codes import is_like_own_code, lookup_key

    if not sku:
        raise Mistake("--as product: say which, with --sku")
    table, known = Product.__table__, sku in lookup.products(connection, [sku])
    if confirmed and known:
        connection.execute(update(table).where(table.c.sku == sku).values(no_barcode=True))
    if known:
        return
    if not confirmed and (not barcode or is_like_own_code(barcode)):
        raise Mistake(f"Product {sku} isn't known yet: say what is scanned for it, with --barcode")
    called = name.replace("*", "").strip() or sku
    values = {**_NOTHING, "no_barcode": True} if confirmed else {}
    connection.execute(insert(table).values(sku=sku, name=called, **values))
    if barcode:
        code = {"code": lookup_key(barcode), "kind": CodeKind.PRODUCT.value, "ref": sku}
        connection.execute(insert(Code.__table__).values(**code))
