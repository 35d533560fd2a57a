"""WooCommerce order files. WooCommerce has no exporter of its own; three plug-ins' dialects are told apart
by header.

`Advanced Order Export` writes titles ("Order Number", "Item #"); `Customer/Order/Coupon Export` and `Import
Export Suite` write keys (`order_number`, `shipping_first_name`), with one row per line item (`item_sku`) or
with whole line items packed in cells (`line_items`, `line_item_1`, ...):
`name:Mug|sku:MUG|quantity:2|total:20.00`, apart by `;`. What was refunded isn't packed.
"""

import re

from data.importers.fields import Cells, FieldError, parse_cents
from data.importers.grouping import OrderRows, group_orders
from data.importers.options import ImportOptions
from data.importers.places import country_code
from data.importers.read import Sheet
from data.importers.records import LineIn, OrderIn, Verdict
from data.importers.report import ImportReport
from data.types import Address

ADVANCED_NEEDED = frozenset({"order_number", "order_status", "first_name_shipping"})
KEYED_NEEDED = frozenset({"order_number", "status", "shipping_first_name"})
# Titles of Advanced Order Export led to the keys of the other two.
ADVANCED_ALIASES = {
    "order_status": "status",
    "customer_note": "customer_note",
    "sku": "item_sku",
    "name": "item_name",
    "quantity": "item_quantity",
    "item_cost": "item_price",
    "shipping_method_title": "shipping_method",
    "order_total_amount": "order_total",
    **{
        f"{title}_{side}": f"{side}_{key}"
        for side in ("billing", "shipping")
        for title, key in (
            ("first_name", "first_name"),
            ("last_name", "last_name"),
            ("company", "company"),
            ("address_1_2", "address_1"),
            ("city", "city"),
            ("state_code", "state"),
            ("postcode", "postcode"),
            ("country_code", "country"),
            ("email", "email"),
            ("phone", "phone"),
        )
    },
}
KEYED_ALIASES = {"date": "order_date", "currency": "order_currency"}
_STATUSES = {
    "processing": (Verdict.READY, ""),
    "pending": (Verdict.HELD, "unpaid"),
    "pending_payment": (Verdict.HELD, "unpaid"),
    "on_hold": (Verdict.HELD, "unpaid"),
    "completed": (Verdict.LEFT_OUT, "fulfilled"),
    "checkout_draft": (Verdict.LEFT_OUT, "draft"),
    "cancelled": (Verdict.CANCELLED, "cancelled_by_shop"),
    "refunded": (Verdict.CANCELLED, "refunded"),
    "failed": (Verdict.CANCELLED, "payment_failed"),
    "trash": (Verdict.CANCELLED, "cancelled_by_shop"),
}
_PRICED_METHOD = re.compile(r"\s*:\s*[^\w\s]?\s*\d+[.,]\d{2}\s*\S{0,3}$")


def parse_woocommerce(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[OrderIn]:
    """The file's orders, in whichever of the three dialects."""
    return group_orders(sheet, ("order_number", "order_id"), lambda rows: _order(rows, options), report)


def _order(rows: OrderRows, options: ImportOptions) -> OrderIn:
    lines = tuple(line for line in _lines(rows) if line.quantity > 0)
    verdict, reason = _verdict(rows) if lines else (Verdict.LEFT_OUT, "nothing_to_ship")
    return OrderIn(
        id=rows.number,
        line=rows.line,
        source="woocommerce",
        placed_at=rows.moment("order_date", options, month_first=True),
        lines=lines,
        address=_address(rows),
        service=_PRICED_METHOD.sub("", rows.text("shipping_method", 80)),
        email=(rows.text("billing_email") or rows.text("customer_email")).casefold(),
        currency=rows.text("order_currency", 3).upper(),
        value_cents=rows.cents("order_total"),
        note=rows.text("customer_note", 2000),
        codes=(rows.number, f"#{rows.number}"),
        verdict=verdict,
        reason=reason,
    )


def _verdict(rows: OrderRows) -> tuple[Verdict, str]:
    status = re.sub(r"[\s-]+", "_", rows.text("status").casefold()).removeprefix("wc_")
    return _STATUSES.get(status, (Verdict.HELD, "unknown_status"))


def _lines(rows: OrderRows) -> list[LineIn]:
    if any(cells.raw("item_quantity") for cells in rows.rows):
        return [_line(cells) for cells in rows.rows if cells.raw("item_quantity")]
    return [line for cells in rows.rows for line in _packed(cells)]


def _line(cells: Cells) -> LineIn:
    ordered = cells.whole("item_quantity", 0, 100_000) or 0
    left = cells.whole("quantity_refund", 0, 100_000)
    refunded = abs(_signed(cells, "item_refunded_qty"))
    sku = cells.code("item_sku", 100)
    variation = cells.text("product_variation")
    name = " - ".join(part for part in (cells.text("item_name") or sku, variation) if part)
    return LineIn(
        sku, name, max(ordered - refunded if left is None else left, 0), cells.cents("item_price") or 0
    )


def _signed(cells: Cells, key: str) -> int:
    value = cells.raw(key) or "0"
    if re.fullmatch(r"-?[0-9]{1,6}", value) is None:
        raise cells.error(key, "a whole number")
    return int(value)


def _packed(cells: Cells) -> list[LineIn]:
    """Line items packed in `line_items`, or one each in `line_item_1`, `line_item_2`, ..."""
    numbered = [key for key in cells.columns() if re.fullmatch(r"line_item_\d+", key)]
    return [
        _packed_line(cells, key, packed)
        for key in ("line_items", *numbered)
        for packed in re.split(r"(?<!\\);", cells.raw(key))
        if packed.strip()
    ]


def _packed_line(cells: Cells, key: str, packed: str) -> LineIn:
    parts = [part.partition(":") for part in re.split(r"(?<!\\)\|", packed)]
    values = {name.strip(): value.replace("\\", "").strip() for name, _, value in parts}
    ordered, refunded = values.get("quantity", ""), values.get("refunded_qty", "0") or "0"
    if re.fullmatch(r"[0-9]{1,6}", ordered) is None or re.fullmatch(r"-?[0-9]{1,6}", refunded) is None:
        raise FieldError(cells.line, key, packed[:80], "a line item such as name:Mug|sku:MUG|quantity:2")
    quantity = max(int(ordered) - abs(int(refunded)), 0)
    total = parse_cents(values.get("total", "")) or 0
    name = values.get("name") or values.get("sku", "")
    return LineIn(values.get("sku", "")[:100], name[:200], quantity, total // max(int(ordered), 1))


def _address(rows: OrderRows) -> Address:
    side = "shipping" if rows.text("shipping_address_1") or rows.text("shipping_last_name") else "billing"
    first, last = rows.text(f"{side}_first_name"), rows.text(f"{side}_last_name")
    return Address(
        name=f"{first} {last}".strip(),
        company=rows.text(f"{side}_company"),
        line1=rows.text(f"{side}_address_1"),
        line2=rows.text(f"{side}_address_2"),
        city=rows.text(f"{side}_city"),
        zip=rows.text(f"{side}_postcode", 20),
        province=rows.text(f"{side}_state"),
        country=country_code(rows.text(f"{side}_country", 60)),
        phone=rows.text("shipping_phone", 40) or rows.text("billing_phone", 40),
    )
