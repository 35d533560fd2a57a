"""WooCommerce order files. WooCommerce has no exporter of its own; three plug-ins' dialects are told apart
by header.

`Advanced Order Export` writes titles ("Order Number", "Item #"); `Customer/Order/Coupon Export` and `Import
Export Suite` write keys (`order_number`, `shipping_first_name`), with one row per line item (`item_sku`) or
with whole line items packed in cells (`line_items`, `line_item_1`, ...):
`name:Mug|sku:MUG|quantity:2|total:20.00`, apart by `;`. What was refunded isn't packed.
"""

import re

from data.errors import DataError
from data.importers.fields import Cells, parse_cents
from data.importers.grouping import OrderRows, group_orders
from data.importers.options import ImportOptions
from data.importers.read import Sheet, map_line
from data.importers.records import LineIn, OrderIn, Verdict
from data.importers.report import ImportReport
from data.importers.statuses import shop_status
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
_META = (
    "item_meta",
    "meta",
    "item_metadata",
    "product_meta",
    "order_item_meta",
    "item_options",
    "product_options",
)
_ITEMS = re.compile(r"item_quantity|line_items|line_item_\d+")
_FIELDS = {
    "item_sku": ("sku",),
    "item_quantity": ("quantity", "qty"),
    "item_name": ("item_name", "product_name"),
}
_PRICED_METHOD = re.compile(r"\s*:\s*[^\w\s]?\s*\d+[.,]\d{2}\s*\S{0,3}$")


def parse_woocommerce(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[OrderIn]:
    """The file's orders, in whichever of the three dialects. Raises DataError where no columns of items are known."""
    if not any(_ITEMS.fullmatch(key) for key in sheet.columns):
        raise DataError(
            f"{sheet.file} has no columns of items that are known: expected item_sku and item_quantity, or line_items; "
            f"got {', '.join(sheet.columns.values())[:600]}. Name them, such as: {map_line(sheet, _FIELDS)}"
        )
    return group_orders(
        sheet, ("order_number", "order_id"), "order_id", lambda rows: _order(rows, options), report
    )


def _order(rows: OrderRows, options: ImportOptions) -> OrderIn:
    currency = rows.priced_in(rows.word("order_currency", 3).upper())
    lines = tuple(line for line in _lines(rows) if line is not None)
    verdict, reason = _verdict(rows) if lines else (Verdict.LEFT_OUT, "nothing_to_ship")
    return OrderIn(
        id=rows.number,
        line=rows.line,
        source="woocommerce",
        placed_at=rows.moment("order_date", options),
        lines=lines,
        address=_address(rows),
        service=_PRICED_METHOD.sub("", rows.brief("shipping_method", 80)),
        email=(rows.word("billing_email") or rows.word("customer_email")).casefold(),
        currency=currency,
        value_cents=rows.cents("order_total"),
        note=rows.brief("customer_note", 2000),
        payment=rows.brief("payment_method_title", 80) or rows.brief("payment_method", 80),
        codes=(rows.number, f"#{rows.number}"),
        verdict=verdict,
        reason=reason,
    )


def _verdict(rows: OrderRows) -> tuple[Verdict, str]:
    word = rows.brief("status", 60)
    known = shop_status(word)
    if known is None:
        rows.head("status").remark(f"{word!r} is no known status; such orders are on hold")
    return known or (Verdict.HELD, "unknown_status")


def _lines(rows: OrderRows) -> list[LineIn | None]:
    if any(cells.raw("item_quantity") for cells in rows.rows):
        return [_line(cells) for cells in rows.rows if cells.raw("item_quantity")]
    return [line for cells in rows.rows for line in _packed(cells)]


def _line(cells: Cells) -> LineIn | None:
    left, unread = cells.counted(lambda: _left(cells))
    sku = cells.vital(lambda: cells.code("item_sku", 100), cells.raw("item_sku")[:100])
    parts = (cells.brief("item_name") or sku, cells.brief("product_variation"), _meta(cells))
    name = " - ".join(part for part in parts if part)[:200]
    price = cells.spare(lambda: cells.cents("item_price"), None) or 0
    return LineIn(sku, name, left, price, unread) if left or cells.unclear else None


def _left(cells: Cells) -> int:
    """The units that are still wanted; raises FieldError where a cell of them can't be read."""
    if cells.raw("quantity_refund"):
        return cells.unit_count("quantity_refund")
    return max(cells.unit_count("item_quantity") - abs(_signed(cells, "item_refunded_qty")), 0)


def _meta(cells: Cells) -> str:
    """What the buyer chose or had written on the item (colour, engraving), where the export has a column of it."""
    return ", ".join(words for key in _META if (words := cells.brief(key)))


def _signed(cells: Cells, key: str) -> int:
    value = cells.raw(key) or "0"
    match = re.fullmatch(r"(-?[0-9]{1,6})(?:[.,]0+)?", value)
    if match is None:
        raise cells.error(key, "a whole number")
    return int(match[1])


def _packed(cells: Cells) -> list[LineIn | None]:
    """Line items packed in `line_items`, or one each in `line_item_1`, `line_item_2`, ..."""
    numbered = [key for key in cells.columns() if re.fullmatch(r"line_item_\d+", key)]
    return [
        _packed_line(cells, key, packed)
        for key in ("line_items", *numbered)
        for packed in re.split(r"(?<!\\);", cells.raw(key))
        if packed.strip()
    ]


def _packed_line(cells: Cells, key: str, packed: str) -> LineIn | None:
    parts = [part.partition(":") for part in re.split(r"(?<!\\)\|", packed)]
    values = {name.strip(): value.replace("\\", "").strip() for name, _, value in parts}
    ordered, unread = cells.counted(lambda: _packed_units(cells, key, values.get("quantity", "")))
    refunded, odd = cells.counted(lambda: _packed_units(cells, key, values.get("refunded_qty") or "0"))
    total = parse_cents(values.get("total", ""), cells.currency) or 0
    sku = values.get("sku", "")
    name = " - ".join(part for part in (values.get("name") or sku, values.get("meta", "")) if part)
    unread = unread or odd
    quantity = 0 if unread else max(ordered - refunded, 0)
    if not quantity and not cells.unclear:
        return None
    return LineIn(sku[:100], name[:200], quantity, total // max(ordered, 1), unread)


def _packed_units(cells: Cells, key: str, text: str) -> int:
    match = re.fullmatch(r"-?([0-9]{1,6})(?:[.,]0+)?", text)
    if match is None:
        raise cells.error(key, "line items such as name:Mug|sku:MUG|quantity:2")
    return int(match[1])


def _address(rows: OrderRows) -> Address:
    side = "shipping" if rows.brief("shipping_address_1") or rows.brief("shipping_last_name") else "billing"
    first, last = rows.place(f"{side}_first_name", 100), rows.place(f"{side}_last_name", 100)
    return Address(
        name=f"{first} {last}".strip(),
        company=rows.place(f"{side}_company"),
        line1=rows.place(f"{side}_address_1"),
        line2=rows.place(f"{side}_address_2"),
        city=rows.place(f"{side}_city"),
        zip=rows.place(f"{side}_postcode", 20),
        province=rows.place(f"{side}_state"),
        country=rows.country(f"{side}_country"),
        phone=rows.word("shipping_phone", 40) or rows.word("billing_phone", 40),
    )
