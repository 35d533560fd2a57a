"""Shopify's order and product exports, read by column name.

An order's own cells stand on its first row only, its line items on one row each; rows belong together by
`Name` (`#1001`). Rules as published for this export: cancelled orders are refused, fulfilled ones left out,
lines that need no shipping aren't packed. The product export gives names, weights and barcodes, which the
order export lacks.
"""

import re
from collections import defaultdict
from dataclasses import replace
from functools import partial

from data.hold_reasons import PARTLY_FULFILLED
from data.importers.attributes import read_attributes
from data.importers.fields import Cells
from data.importers.grouping import OrderRows, group_orders
from data.importers.options import ImportOptions
from data.importers.products import merge, parse_barcodes
from data.importers.read import Sheet
from data.importers.records import LineIn, OrderIn, ProductIn, VariantIn, Verdict
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome
from data.types import Address

ORDERS_NEEDED = frozenset({"name", "financial_status", "lineitem_quantity", "lineitem_sku"})
PRODUCTS_NEEDED = frozenset({"handle", "variant_sku"})
_PAYMENT = {
    "paid": (Verdict.READY, ""),
    "partially_refunded": (Verdict.HELD, "partially_refunded"),
    "refunded": (Verdict.CANCELLED, "refunded"),
    "voided": (Verdict.CANCELLED, "voided"),
}
_GIFT = re.compile(r"(^|[\s,])gift([\s,]|$)", re.IGNORECASE)


def parse_shopify_orders(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[OrderIn]:
    """The export's orders; lines that aren't packed are named in the report."""
    return group_orders(sheet, ("name",), "id", lambda rows: _order(rows, options, report), report)


def _order(rows: OrderRows, options: ImportOptions, report: ImportReport) -> OrderIn:
    currency = rows.priced_in(rows.word("currency", 3).upper())
    lines = tuple(line for cells in rows.rows if (line := _line(cells, rows.number, report)) is not None)
    sent = [cells for cells in rows.rows if _fulfilled(cells)]
    verdict, reason = (
        _verdict(rows) if lines else (Verdict.LEFT_OUT, "fulfilled" if sent else "nothing_to_ship")
    )
    said = read_attributes(rows.head("note_attributes").raw("note_attributes"))
    partly = tuple(_name(cells) for cells in rows.rows if _fulfilled(cells, "partial"))
    if partly and verdict is Verdict.READY:
        verdict, reason = Verdict.HELD, PARTLY_FULFILLED
    return OrderIn(
        id=rows.number,
        line=rows.line,
        source="shopify",
        placed_at=rows.moment("created_at", options),
        lines=lines,
        address=_address(rows),
        service=rows.brief("shipping_method", 80),
        email=rows.word("email").casefold(),
        currency=currency,
        value_cents=rows.cents("total"),
        gift=_GIFT.search(rows.head("tags").raw("tags")) is not None or bool(said.message),
        note="; ".join(part for part in (rows.brief("notes", 2000), *said.further) if part),
        payment=rows.brief("payment_method", 80),
        gift_message=said.message,
        giver=said.giver,
        marketing_consent=_consent(rows.head("accepts_marketing")),
        codes=(rows.number, f"#{rows.number}"),
        verdict=verdict,
        reason=reason,
        partly=partly,
    )


def _fulfilled(cells: Cells, how: str = "fulfilled") -> bool:
    return cells.brief("lineitem_fulfillment_status").casefold() == how


def _name(cells: Cells) -> str:
    return cells.brief("lineitem_name") or cells.brief("lineitem_sku")


def _consent(cells: Cells) -> bool | None:
    return cells.spare(lambda: cells.flag("accepts_marketing"), None)


def _verdict(rows: OrderRows) -> tuple[Verdict, str]:
    if rows.brief("cancelled_at"):
        return Verdict.CANCELLED, "cancelled_by_shop"
    payment = _PAYMENT.get(rows.brief("financial_status").casefold(), (Verdict.HELD, "unpaid"))
    if payment[0] is Verdict.CANCELLED:
        return payment
    if rows.brief("fulfillment_status").casefold() == "fulfilled":
        return Verdict.LEFT_OUT, "fulfilled"
    if payment[0] is Verdict.READY and rows.brief("risk_level").casefold() == "high":
        return Verdict.HELD, "high_risk"
    return payment


def _line(cells: Cells, number: str, report: ImportReport) -> LineIn | None:
    sku = cells.vital(lambda: cells.code("lineitem_sku", 100), cells.raw("lineitem_sku")[:100])
    name = cells.brief("lineitem_name")
    if not cells.raw("lineitem_quantity") and not name and not sku:
        return None
    if cells.spare(lambda: cells.flag("lineitem_requires_shipping"), None) is False:
        report.note(f"Order {number}: {name or sku} needs no shipping and is not packed (line {cells.line}).")
        report.leave("left.no_shipping", f"{number}: {name or sku}")
        return None
    if _fulfilled(cells):
        report.note(
            f"Order {number}: {name or sku} is fulfilled already and is not packed (line {cells.line})."
        )
        report.leave("left.sent_already", f"{number}: {name or sku}")
        return None
    quantity, unread = cells.units("lineitem_quantity")
    price = cells.spare(lambda: cells.cents("lineitem_price"), None) or 0
    return LineIn(sku, name or sku, quantity, price, unread) if quantity or cells.unclear else None


def _address(rows: OrderRows) -> Address:
    side = "shipping" if rows.brief("shipping_name") or rows.brief("shipping_address1") else "billing"
    return Address(
        name=rows.place(f"{side}_name"),
        company=rows.place(f"{side}_company"),
        line1=rows.place(f"{side}_address1") or rows.place(f"{side}_street"),
        line2=rows.place(f"{side}_address2"),
        city=rows.place(f"{side}_city"),
        zip=rows.place(f"{side}_zip", 20),
        province=rows.place(f"{side}_province"),
        country=rows.country(f"{side}_country"),
        phone=rows.word(f"{side}_phone", 40) or rows.word("phone", 40),
    )


_OF_A_VARIANT = ("variant_price", "variant_grams", "variant_barcode", "option1_value")
"""Cells that only a row with a variant has; the others hold further pictures."""


def parse_shopify_products(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[ProductIn]:
    """The export's variants that have a SKU; the title stands on the first row of each handle only."""
    by_handle: dict[tuple[str, VariantIn], ProductIn] = {}
    rivals: dict[str, dict[tuple[str, str], VariantIn]] = defaultdict(dict)
    titles: dict[str, str] = {}
    for row in sheet.rows:
        cells = Cells(sheet, row)
        products = understood(partial(_products, cells, titles, report), [cells], report)
        for product in products if products is not None else _refused(cells, titles, report):
            if product.variant is None:
                continue
            key = (product.variant.handle, product.variant.variant)
            rivals[product.sku].setdefault(key, product.variant)
            place = (product.sku, rivals[product.sku][key])
            if products is not None:
                by_handle[place] = merge(by_handle[place], product, report) if place in by_handle else product
    return [replace(one, rivals=tuple(rivals[one.sku].values())) for one in by_handle.values()]


def _products(cells: Cells, titles: dict[str, str], report: ImportReport) -> list[ProductIn]:
    """The variant on a row, none where it has no SKU; `titles` by handle are kept from row to row."""
    cells.intact()
    title = cells.text("title") or titles.get(cells.text("handle"), "")
    titles[cells.text("handle")] = title
    product = _product(cells, title, report)
    return [product] if product else []


def _refused(cells: Cells, titles: dict[str, str], report: ImportReport) -> list[ProductIn]:
    """What can still be told of a refused row: that its SKU has this variant too."""
    report.count(Outcome.LEFT_OUT)
    sku = cells.raw("variant_sku")
    _, variant = _variant(cells, titles.get(cells.raw("handle"), ""))
    return [ProductIn(sku, cells.line, variant=variant)] if sku else []


def _variant(cells: Cells, title: str) -> tuple[str, VariantIn]:
    """The variant's name, and what tells it from others: its own id where the file has one, else its options."""
    options = [" ".join(cells.raw(f"option{number}_value").split()) for number in (1, 2, 3)]
    named = " / ".join(option for option in options if option and option != "Default Title")
    name = " - ".join(part for part in (title, named) if part)
    return name, VariantIn(cells.raw("handle"), cells.raw("variant_id") or named, name)


def _product(cells: Cells, title: str, report: ImportReport) -> ProductIn | None:
    sku = cells.code("variant_sku", 100)
    if cells.flag("variant_requires_shipping") is False:
        return None
    name, variant = _variant(cells, title)
    if not sku:
        if any(cells.text(key) for key in _OF_A_VARIANT):
            report.note(f"Line {cells.line}: {name or cells.text('handle')} has no SKU and was left out.")
            report.leave("left.no_sku", name or cells.text("handle"))
            report.count(Outcome.LEFT_OUT)
        return None
    read: dict[str, object] = {
        "name": (name or sku)[:200],
        "weight_g": cells.rounded("variant_grams", 0, 2_000_000) or None,
        "price_cents": cells.cents("variant_price"),
        "category": cells.text("type") or None,
    }
    given = {name: value for name, value in read.items() if value is not None}
    barcodes = parse_barcodes(cells, report, "variant_barcode")
    variant = replace(variant, name=name or sku, barcode=barcodes[0].code if barcodes else "")
    return ProductIn(sku, cells.line, given, barcodes, variant=variant)
