"""A small warehouse to try Picker in: goods, packers, carriers and a shift's orders, the same at every run."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from data.demo_buyers import BUYERS, Buyer
from data.demo_goods import demo_products
from data.engine import Database
from data.errors import DataError
from data.importers.apply_catalogue import apply_customers, apply_packaging, apply_products, apply_workers
from data.importers.apply_orders import apply_orders
from data.importers.codes import number_locations
from data.importers.options import ImportOptions
from data.importers.records import CustomerIn, LineIn, OrderIn, ProductIn, WorkerIn
from data.importers.tariffs import parse_rates
from data.seeding import seeding_chunk, usual_packaging
from data.store import policy
from data.tables import Service, Shop
from data.types import Role, ShopId, Worker, WorkerId

ORDERS = 40
_SHOP = {
    "id": "default",
    "name": "Harbour & Pine",
    "company_prefix": "9521234",
    "return_url": "https://example.com/returns",
    "sender_lines": ["Harbour & Pine", "Quay 7, Unit 3", "80-835 Gdańsk"],
    "sender_country": "PL",
}
_WORKERS = (
    (Worker(WorkerId("ewa"), "Ewa Nowak", Role.LEAD, "pl"), "BADGE1001"),
    (Worker(WorkerId("tom"), "Tom Baker", Role.PACKER, "en"), "BADGE1002"),
    (Worker(WorkerId("olga"), "Ольга Смирнова", Role.PACKER, "ru"), "BADGE1003"),
    (Worker(WorkerId("li"), "李娜", Role.PACKER, "zh"), "BADGE1004"),
)
# code, carrier, name, cut-off in minutes from now, and the tariff
_SERVICES: tuple[tuple[str, str, str, int, dict[str, object]], ...] = (
    (
        "EXPRESS",
        "Swift",
        "Swift Express",
        75,
        {
            "rates": parse_rates("500:9.90|1000:11.50|2000:13.10|5000:17.90|10000:25.90|20000:41.90"),
            "max_weight_g": 20_000,
            "side_step_tenths": 254,
            "max_girth_mm": 3_000,
            "transport": "ground",
        },
    ),
    ("STANDARD", "Parcelo", "Parcelo Standard", 170, {"transport": "ground"}),
    (
        "LOCKER",
        "Boxpoint",
        "Boxpoint Locker",
        255,
        {
            "base_cents": 360,
            "step_cents": 70,
            "step_g": 1_000,
            "dim_divisor": 6_000,
            "max_weight_g": 20_000,
            "max_sides_mm": [640, 410, 380],
            "transport": "ground",
        },
    ),
    (
        "WORLD",
        "Globe Post",
        "Globe Post International",
        340,
        {"base_cents": 1_290, "step_cents": 310, "transport": "air"},
    ),
)
# What a lead decided: the settings of `picker packing policy` that aren't as usual.
_POLICY: dict[str, object] = {
    "materials": [
        {"name": "bubble wrap", "padding_mm": [0, 5, 10, 30], "wall_mm": [0, 0, 10, 20]},
        {"name": "kraft paper", "padding_mm": [0, 10, 20, 40], "wall_mm": [0, 0, 10, 25]},
    ],
    "void_fills": [
        {"name": "kraft paper", "cents_per_litre": 2},
        {"name": "air pillows", "cents_per_litre": 1},
    ],
    "handling_cents": 60,
    "apart": [["food", "chemical"], ["liquid", "paper"]],
    "hazmat_classes": ["3"],
    "max_battery_wh": 100,
}
_NEAR = ("PL", "DE")
_NOTES = ("Please leave with the neighbour.", "It's a birthday present!", "Ring twice, the bell is quiet.")


def seed_demo(db: Database, normalise: Callable[[str], str], now: datetime, timezone: str = "UTC") -> None:
    """Fill an empty database with the demo warehouse; `now` places the orders and the carriers' cut-offs.

    Cut-offs lie one to six hours after `now` in the warehouse's `timezone`. Raises DataError when there is
    a shop.
    """
    options = ImportOptions(timezone=timezone)
    with db.writer.begin() as connection:
        if connection.execute(select(Shop.__table__.c.id)).first() is not None:
            raise DataError(f"{db.name} holds a shop already; the demo only goes into an empty database.")
        connection.execute(insert(Shop.__table__).values(**_SHOP))
        _services(connection, now, options)
        policy.add(connection, ShopId(str(_SHOP["id"])), 1, _POLICY, _WORKERS[0][0].id, now)
        chunk = seeding_chunk(connection, normalise, now, options)
        apply_packaging(chunk, usual_packaging())
        apply_workers(chunk, [WorkerIn(0, worker, badge) for worker, badge in _WORKERS])
        products = demo_products()
        apply_products(chunk, products)
        number_locations(connection)
        apply_customers(chunk, [_customer(buyer, now) for buyer in BUYERS])
        apply_orders(chunk, _orders(products, now))


def _services(connection: Connection, now: datetime, options: ImportOptions) -> None:
    for code, carrier, name, minutes, tariff in _SERVICES:
        leave = (now + timedelta(minutes=minutes)).astimezone(options.zone)
        cutoff = f"{leave.hour:02}:{leave.minute // 5 * 5:02}"
        row = {"code": code, "carrier": carrier, "name": name, "cutoff": cutoff}
        connection.execute(insert(Service.__table__).values(**row, **tariff))


def _customer(buyer: Buyer, now: datetime) -> CustomerIn:
    given: dict[str, object] = {
        "name": buyer.address.name,
        "language": buyer.language,
        "country": buyer.address.country,
        "orders_count": buyer.orders,
        "spent_cents": buyer.orders * 4_350,
        "marketing_consent": buyer.consent,
        "tags": "vip" if buyer.orders >= 10 else "",
    }
    if buyer.orders:
        given["last_order_at"] = now - timedelta(days=20 + buyer.orders)
    return CustomerIn(0, buyer.email, given)


def _orders(products: list[ProductIn], now: datetime) -> list[OrderIn]:
    chance = random.Random(952)  # noqa: S311 - the same goods in the same orders at every run, nothing secret
    orders = []
    for number in range(ORDERS):
        buyer = BUYERS[number % len(BUYERS)]
        placed_at = now - timedelta(minutes=12 + 14 * (ORDERS - number))
        orders.append(
            OrderIn(
                id=str(10_401 + number),
                line=0,
                source="demo",
                placed_at=placed_at.replace(microsecond=0),
                lines=_lines(chance, products, number, abroad=buyer.address.country not in _NEAR),
                address=buyer.address,
                service=_service(buyer, number),
                priority=1 if number % 11 == 3 else 0,
                email=buyer.email,
                currency="EUR",
                gift=number % 13 == 5,
                gift_message="Happy birthday!" if number % 13 == 5 else "",
                note=_NOTES[number // 9 % len(_NOTES)] if number % 9 == 4 else "",
                codes=(str(10_401 + number),),
            )
        )
    return orders


def _lines(
    chance: random.Random, products: list[ProductIn], number: int, *, abroad: bool
) -> tuple[LineIn, ...]:
    """1 to 12 units: every fourth order is a single unit, some take a whole case; nothing dangerous goes abroad."""
    wanted = 1 if number % 4 == 0 else chance.randint(2, 6) if number % 5 else chance.randint(7, 12)
    lines = []
    chosen = chance.sample(products, k=5)
    if abroad:
        harmless = (other for other in products if not other.given.get("hazmat") and other not in chosen)
        chosen = [next(harmless) if product.given.get("hazmat") else product for product in chosen]
    for product in chosen:
        case = max(code.quantity for code in product.barcodes)
        quantity = case if 1 < case <= wanted and chance.random() < 0.6 else min(chance.randint(1, 3), wanted)
        price = product.given["price_cents"]
        lines.append(
            LineIn(product.sku, str(product.given["name"]), quantity, price if isinstance(price, int) else 0)
        )
        wanted -= quantity
        if not wanted:
            break
    return tuple(lines)


def _service(buyer: Buyer, number: int) -> str:
    if buyer.address.country not in _NEAR:
        return "WORLD" if number % 3 else "EXPRESS"
    return ("STANDARD", "LOCKER", "EXPRESS", "STANDARD")[number % 4]
