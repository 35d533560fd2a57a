"""Our own order files: one row per order line; order-level cells may stand on the first row only."""

from data.importers.fields import Cells
from data.importers.grouping import OrderRows, group_orders
from data.importers.options import ImportOptions
from data.importers.read import Sheet, key_of
from data.importers.records import LineIn, OrderIn, Verdict
from data.importers.report import ImportReport
from data.importers.statuses import shop_status
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
    "payment_method": "payment",
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
    return group_orders(sheet, ("order",), "order_id", lambda rows: _order(rows, options), report)


def _order(rows: OrderRows, options: ImportOptions) -> OrderIn:
    currency = rows.priced_in(rows.word("currency", 3).upper())
    verdict, reason = _verdict(rows)
    return OrderIn(
        id=rows.number,
        line=rows.line,
        source="csv",
        placed_at=rows.moment("placed_at", options),
        lines=tuple(_line(cells) for cells in rows.rows),
        address=_address(rows),
        service=rows.brief("service", 80),
        priority=rows.spare("priority", lambda cells: cells.whole("priority", 0, PRIORITY_MOST), 0),
        email=rows.word("email").casefold(),
        language=rows.word("language", 10).casefold(),
        currency=currency,
        value_cents=rows.cents("total"),
        gift=rows.spare("gift", lambda cells: cells.flag("gift"), False)
        or bool(rows.brief("gift_message", 1000)),
        note=rows.brief("note", 2000),
        gift_message=rows.brief("gift_message", 1000),
        giver=rows.brief("giver", 100),
        payment=rows.brief("payment", 80),
        codes=(rows.number,),
        verdict=verdict,
        reason=reason,
    )


def _verdict(rows: OrderRows) -> tuple[Verdict, str]:
    word = rows.brief("status", 60)
    known = STATUSES.get(key_of(word)) or shop_status(word) if word else STATUSES["open"]
    if known is None:
        rows.head("status").remark(f"{word!r} is no known status; such orders are on hold")
    return known or (Verdict.HELD, "unknown_status")


def _line(cells: Cells) -> LineIn:
    sku = cells.vital(lambda: cells.code("sku", 100), cells.raw("sku")[:100])
    price = cells.spare(lambda: cells.cents("price"), None) or 0
    quantity, unread = cells.units("quantity", 1)
    return LineIn(sku, cells.brief("item") or sku, quantity, price, unread)


def _address(rows: OrderRows) -> Address:
    return Address(
        name=rows.place("name"),
        company=rows.place("company"),
        line1=rows.place("address1"),
        line2=rows.place("address2"),
        city=rows.place("city"),
        zip=rows.place("zip", 20),
        province=rows.place("province"),
        country=rows.country("country"),
        phone=rows.word("phone", 40),
        tax_id=rows.word("tax_id", 40),
    )
