"""Rebuilding an order in hand from its rows and its events."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from data.pick_up import is_pick_up
from data.store import log, lookup, names, orders, serials
from data.types import CodeKind, EventRecord, OrderId, OrderState, Product, ShopId
from picker.flow.eventlog import decode
from picker.flow.fold import fold
from picker.flow.order import OrderFacts, OrderLine, Place
from picker.flow.work import Entry, OrderWork
from picker.services.orders.matching import means
from scanning.parse import parse


def load_work(connection: Connection, order_id: OrderId) -> OrderWork:
    """Return an order with all its events folded in; NoResultFound when there is no such order."""
    facts = load_facts(connection, order_id)
    records = log.read(connection, order_id)
    return fold(facts, entries(records), records[-1].version if records else 0)


def load_facts(connection: Connection, order_id: OrderId) -> OrderFacts:
    """Return an order and what the catalogue says of its lines."""
    row = orders.row(connection, order_id)
    service = lookup.service(connection, row.service)
    rows = orders.lines(connection, order_id)
    skus = sorted({row.sku or row.sku_text for row in rows})
    known = lookup.codes_of(connection, CodeKind.PRODUCT, skus)
    products = lookup.products(connection, skus)
    lines = tuple(_line(row, products) for row in rows)
    numbered = any(product.serial_wanted for product in products.values())
    return OrderFacts(
        id=row.id,
        pick_up=is_pick_up(row.service) or (service is not None and is_pick_up(service.name)),
        shop=row.shop,
        called=names.called(connection, [row.id])[row.id],
        state=OrderState(row.state),
        lines=lines,
        products=products,
        places=load_places(connection, skus),
        codes={sku: _codes(connection, sku, known.get(sku, ())) for sku in skus},
        service=row.service,
        tariff=service.tariff if service else None,
        pieces=service is not None and service.pieces == "required",
        due_at=row.due_at,
        priority=row.priority,
        hold_reason=row.hold_reason,
        note=row.note,
        gift=row.gift,
        value_cents=row.value_cents,
        tags=_tags(connection, row.customer),
        min_days_left=_days_left(connection, row.shop, row.ship_country),
        gone=serials.gone_out(connection, order_id) if numbered else frozenset(),
    )


def _line(row: orders.StoredLine, products: Mapping[str, Product]) -> OrderLine:
    """A line as the shop names it; where its file named nothing but the SKU, as the catalogue does."""
    sku = row.sku or row.sku_text
    product = products.get(sku)
    name = product.name if product is not None and row.name in ("", row.sku_text) else row.name
    return OrderLine(row.line, sku, name, row.quantity)


def _codes(
    connection: Connection, sku: str, known: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, int], ...]:
    """The codes of a product that a scan finds it by; its SKU, to be typed, where no single unit has one."""
    scans = {code: parse(code, "") for code, _ in known}
    read = {code for code, scan in scans.items() if code in (scan.key, *scan.other_keys) and not scan.ours}
    codes = tuple((code, n) for code, n in known if code in read)
    if all(n > 1 for _, n in codes) and means(connection, sku, CodeKind.PRODUCT, sku):
        return (*codes, (sku, 1))
    return codes


def _days_left(connection: Connection, shop: ShopId, country: str) -> int:
    row = lookup.shop(connection, shop)
    return max(int(row.min_days_left), int(row.min_days_left_in.get(country.upper(), 0)))


def _tags(connection: Connection, customer: str | None) -> frozenset[str]:
    row = lookup.customer(connection, customer) if customer else None
    return frozenset(tag.strip().casefold() for tag in (row.tags if row else "").split(",") if tag.strip())


def load_places(connection: Connection, skus: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    """Return where each SKU lies now."""
    by_sku = lookup.places(connection, skus)
    return {sku: tuple(Place(*place) for place in places) for sku, places in by_sku.items()}


def entries(records: Iterable[EventRecord]) -> list[Entry]:
    """Return log records as the flow's entries; the input's id is kept in the payload."""
    return [entry(record) for record in records]


def entry(record: EventRecord) -> Entry:
    """Return one log record as an entry of the flow."""
    payload = {name: value for name, value in record.payload.items() if name != "group"}
    group = str(record.payload.get("group", record.id))
    return Entry(str(record.id), group, decode(record.kind, payload, record.schema))
