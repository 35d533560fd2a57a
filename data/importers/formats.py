"""Which file is this? Told by its column names alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from data.errors import DataError
from data.importers import (
    carriers,
    customers,
    kits,
    orders,
    packaging,
    products,
    purchases,
    returned,
    shopify,
    woocommerce,
    workers,
)
from data.importers.options import ImportOptions
from data.importers.read import Sheet, map_line
from data.importers.records import (
    CustomerIn,
    KitIn,
    OrderIn,
    PackagingIn,
    ProductIn,
    PurchaseIn,
    ReturnIn,
    ServiceIn,
    WorkerIn,
)
from data.importers.report import ImportReport

Record = ProductIn | PackagingIn | WorkerIn | CustomerIn | OrderIn | ServiceIn | ReturnIn | PurchaseIn | KitIn


class ImportKind(StrEnum):
    """What a file is about."""

    PRODUCTS = "products"
    PACKAGING = "packaging"
    WORKERS = "workers"
    CUSTOMERS = "customers"
    ORDERS = "orders"
    SERVICES = "services"
    RETURNS = "returns"
    PURCHASES = "purchases"
    KITS = "kits"


@dataclass(frozen=True, slots=True)
class Format:
    """One file format: it is recognised by the column keys in `needed`, before aliases are led back."""

    name: str
    kind: ImportKind
    needed: frozenset[str]
    parse: Callable[[Sheet, ImportOptions, ImportReport], Sequence[Record]]
    aliases: Mapping[str, str] = field(default_factory=dict)

    def fits(self, sheet: Sheet) -> bool:
        """Whether the sheet has every needed column, by its own name or an alias."""
        have = set(sheet.columns) | {self.aliases[key] for key in sheet.columns if key in self.aliases}
        return self.needed <= have


FORMATS = (
    Format("Shopify orders", ImportKind.ORDERS, shopify.ORDERS_NEEDED, shopify.parse_shopify_orders),
    Format("Shopify products", ImportKind.PRODUCTS, shopify.PRODUCTS_NEEDED, shopify.parse_shopify_products),
    Format(
        "WooCommerce Advanced Order Export",
        ImportKind.ORDERS,
        woocommerce.ADVANCED_NEEDED,
        woocommerce.parse_woocommerce,
        woocommerce.ADVANCED_ALIASES,
    ),
    Format(
        "WooCommerce order export",
        ImportKind.ORDERS,
        woocommerce.KEYED_NEEDED,
        woocommerce.parse_woocommerce,
        woocommerce.KEYED_ALIASES,
    ),
    Format("returns", ImportKind.RETURNS, returned.NEEDED, returned.parse_returns, returned.ALIASES),
    Format("purchases", ImportKind.PURCHASES, purchases.NEEDED, purchases.parse_purchases, purchases.ALIASES),
    Format("kits", ImportKind.KITS, kits.NEEDED, kits.parse_kits, kits.ALIASES),
    Format("orders", ImportKind.ORDERS, orders.NEEDED, orders.parse_orders, orders.ALIASES),
    Format("packaging", ImportKind.PACKAGING, packaging.NEEDED, packaging.parse_packaging, packaging.ALIASES),
    Format("workers", ImportKind.WORKERS, workers.NEEDED, workers.parse_workers, workers.ALIASES),
    Format("products", ImportKind.PRODUCTS, products.NEEDED, products.parse_products, products.ALIASES),
    Format("customers", ImportKind.CUSTOMERS, customers.NEEDED, customers.parse_customers, customers.ALIASES),
    Format("services", ImportKind.SERVICES, carriers.NEEDED, carriers.parse_services, carriers.ALIASES),
)


_ORDER_FIELDS = {
    "order": ("order_number", "order_no", "order_id", "order", "bestell", "zamow", "number"),
    "sku": ("sku", "article", "artikel", "item_no", "product_code", "indeks"),
    "quantity": ("quantity", "qty", "menge", "ilosc", "pieces"),
}


def recognise(sheet: Sheet, kind: ImportKind | None = None) -> Format:
    """The first format that fits; raises DataError naming what is missing when none (of that kind) does."""
    known = [form for form in FORMATS if kind is None or form.kind is kind]
    for form in known:
        if form.fits(sheet):
            return form
    wanted = " or ".join(f"{', '.join(sorted(form.needed))} ({form.name})" for form in known)
    try_this = f" Name them, such as: {map_line(sheet, _ORDER_FIELDS)}" if kind is ImportKind.ORDERS else ""
    raise DataError(
        f"{sheet.file} is no file of {kind or 'any known kind'}: expected the columns {wanted}; "
        f"got {', '.join(sheet.columns.values())[:600] or 'none'}.{try_this}"
    )
