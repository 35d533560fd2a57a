"""Our own order files: one row per order line; order-level cells may stand on the first row only."""

from data.importers.fields import Cells
from data.importers.grouping import OrderRows, group_orders
from data.importers.options import ImportOptions
from data.importers.places import country_code
from data.importers.read import Sheet
from data.importers.records import LineIn, OrderIn, Verdict
from data.importers.report import ImportReport
from data.types import Address

ALIASES = {
    "order_number": "order",
    "order_no": "order",
    "date": "placed_at",
    "order_date": "placed_at",
    "qty": "quantity",
    "item_name": "item",
    "postcode": "zip",
    "line1": "address1",
    "line2": "address2",
    "shipping_method": "service",
    "gift_note": "gift_message",
    "gift_from": "giver",
}
NEEDED = frozenset({"order", "sku", "quantity"})
STATUSES = {
    "open": (Verdict.READY, ""),
    "paid": (Verdict.READY, ""),
    "ready": (Verdict.READY, ""),
    "unpaid": (Verdict.HELD, "unpaid"),
    "held": (Verdict.HELD, "held_by_shop"),
    "on_hold": (Verdict.HELD, "held_by_shop"),
    "cancelled": (Verdict.CANCELLED, "cancelled_by_shop"),
    "canceled": (Verdict.CANCELLED, "cancelled_by_shop"),
    "shipped": (Verdict.LEFT_OUT, "fulfilled"),
}
PRIORITY_MOST = 1000


def parse_orders(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[OrderIn]:
    """The file's orders in its order; an order with a bad row is left out as a whole."""
    return group_orders(sheet, ("order",), lambda rows: _order(rows, options), report)


def _order(rows: OrderRows, options: ImportOptions) -> OrderIn:
    verdict, reason = STATUSES[rows.head("status").choice("status", frozenset(STATUSES)) or "open"]
    return OrderIn(
        id=rows.number,
        line=rows.line,
        source="csv",
        placed_at=rows.moment("placed_at", options),
        lines=tuple(_line(cells) for cells in rows.rows),
        address=_address(rows),
        service=rows.text("service", 80),
        priority=rows.head("priority").whole("priority", 0, PRIORITY_MOST) or 0,
        email=rows.text("email").casefold(),
        language=rows.text("language", 10).casefold(),
        currency=rows.text("currency", 3).upper(),
        value_cents=rows.cents("total"),
        gift=rows.head("gift").flag("gift") or bool(rows.text("gift_message", 1000)),
        note=rows.text("note", 2000),
        gift_message=rows.text("gift_message", 1000),
        giver=rows.text("giver", 100),
        codes=(rows.number,),
        verdict=verdict,
        reason=reason,
    )


def _line(cells: Cells) -> LineIn:
    quantity = cells.whole("quantity", 1, 100_000)
    if quantity is None:
        raise cells.error("quantity", "a whole number from 1 to 100000")
    sku = cells.code("sku", 100)
    return LineIn(sku, cells.text("item") or sku, quantity, cells.cents("price") or 0)


def _address(rows: OrderRows) -> Address:
    return Address(
        name=rows.text("name"),
        company=rows.text("company"),
        line1=rows.text("address1"),
        line2=rows.text("address2"),
        city=rows.text("city"),
        zip=rows.text("zip", 20),
        province=rows.text("province"),
        country=country_code(rows.text("country", 60)),
        phone=rows.text("phone", 40),
    )
