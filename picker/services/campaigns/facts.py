"""What campaigns may know of orders and their buyers: read is only what they ask, and nothing without consent."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from data.money import decimals
from data.store import buyers
from data.store.buyers import Bought, Placed
from data.store.orders import OrderSummary
from data.types import OrderId
from picker.inserts import Birthday, Campaign, Content, InsertFacts, Purchase, parse_template
from picker.inserts.facts import PERSONAL

_NUMBER = frozenset({"order", "orders", "every"})
_ORDERS = _NUMBER | {"spent", "since"}
_HISTORY = frozenset({"bought", "paid", "since"})
_COLUMNS = {"spent": "spent_cents", "tag": "tags", "birthday": "birthday", "tier": "tier", "points": "points"}


def rule_asks(campaigns: Collection[Campaign]) -> frozenset[str]:
    """What the rules of campaigns ask of a buyer's past; those that aren't marketing ask nothing of it."""
    return PERSONAL & frozenset(name for one in campaigns if one.marketing for name in one.who.asks)


def template_asks(campaign: Campaign, language: str) -> frozenset[str]:
    """What a template asks of a buyer's past. Raises TemplateError when it can't be read."""
    asks = parse_template(campaign.templates[language]).asks - {"order"}
    return PERSONAL & asks if campaign.marketing else frozenset()


@dataclass(frozen=True, slots=True)
class _Past:
    """What is known from before of those buyers who agreed to marketing."""

    agreed: Mapping[str, Row[Any]]
    orders: Mapping[str, Sequence[Placed]]
    bought: Mapping[str, Sequence[Bought]]


def facts_of(
    connection: Connection,
    shop: Row[Any],
    orders: Sequence[OrderSummary],
    boxes: Mapping[OrderId, tuple[int, tuple[Content, ...]]],
    asks: frozenset[str],
    today: date,
) -> dict[str, InsertFacts]:
    """Return what is known of each order, by its number.

    `boxes` are each order's parcel and what lies in it, `asks` what is asked of the buyers' past.
    """
    past = _past(connection, {order.customer for order in orders if order.customer}, asks)
    return {order.id: _facts(shop, order, boxes[order.id], past, asks, today) for order in orders}


def _past(connection: Connection, customers: Collection[str], asks: frozenset[str]) -> _Past:
    columns = {column for name, column in _COLUMNS.items() if name in asks}
    columns |= {"orders_count"} if asks & (_NUMBER | {"since"}) else set()
    columns |= {"last_order_at"} if "since" in asks else set()
    agreed = buyers.agreeing(connection, customers, columns)
    orders: dict[str, list[Placed]] = defaultdict(list)
    for one in buyers.orders_of(connection, agreed) if asks & _ORDERS else ():
        orders[one.customer].append(one)
    bought: dict[str, list[Bought]] = defaultdict(list)
    for thing in buyers.bought(connection, agreed) if asks & _HISTORY else ():
        bought[thing.customer].append(thing)
    return _Past(agreed, orders, bought)


def _facts(
    shop: Row[Any],
    order: OrderSummary,
    box: tuple[int, tuple[Content, ...]],
    past: _Past,
    asks: frozenset[str],
    today: date,
) -> InsertFacts:
    return InsertFacts(
        order=order.id,
        number=order.number or order.id,
        parcel=box[0],
        today=today,
        shop_name=shop.name,
        customer=order.customer or "",
        customer_name=getattr(order, "ship_name", ""),
        language=order.language,
        country=order.ship_country,
        consent=order.customer in past.agreed,
        box=box[1],
        value_cents=order.value_cents,
        currency=order.currency,
        decimals=decimals(order.currency),
        spent_decimals=decimals(shop.currency),
        gift=order.gift,
        channel=order.source,
        **_personal(order, past, asks),
    )


def _personal(order: OrderSummary, past: _Past, asks: frozenset[str]) -> dict[str, Any]:
    """What is asked of the buyer's past, and nothing else."""
    customer = order.customer or ""
    known = past.agreed.get(customer)
    if known is None:
        return {}
    values: dict[str, Any] = {name: getattr(known, name) for name in ("tier", "points") if name in asks}
    if asks & _ORDERS:
        values |= _earlier(order, known, past.orders.get(customer, ()), asks)
    if asks & _HISTORY:
        bought = [one for one in past.bought.get(customer, ()) if one.order != order.id]
        values["history"] = tuple(
            Purchase(one.sku, one.category, one.units, one.cents, one.on) for one in bought
        )
        if any(not one.order for one in bought):
            values["history_whole"] = True  # the shop told what was bought before Picker came
    if "tag" in asks:
        values["tags"] = frozenset(tag.strip() for tag in known.tags.split(",") if tag.strip())
    if "birthday" in asks:
        values["birthday"] = _birthday(known.birthday)
    return values


def _earlier(
    order: OrderSummary, known: Row[Any], placed: Sequence[Placed], asks: frozenset[str]
) -> dict[str, Any]:
    """What is known of the orders before this one; what the shop's own file says may already speak of this one."""
    values: dict[str, Any] = {}
    earlier = [one for one in placed if (one.at, one.order) < (order.placed_at, order.id)]
    if asks & (_NUMBER | {"since"}):
        # What the file counts beyond the orders known here was placed before all of them.
        unknown = max(0, known.orders_count - max(0, len(placed) - 1))
        values |= {"orders_before": unknown + len(earlier)} if asks & _NUMBER else {}
        values["history_whole"] = not unknown
    if "spent" in asks:
        values["spent_cents"] = max(known.spent_cents, sum(one.cents for one in earlier))
    if "since" in asks:
        last_order = known.last_order_at
        days = [one.at for one in earlier] + (
            [last_order] if last_order and last_order < order.placed_at else []
        )
        values["last_order"] = max(days).date() if days else None
    return values


def _birthday(text: str) -> Birthday | None:
    month, _, day = text.partition("-")
    return Birthday(int(month), int(day)) if month.isdecimal() and day.isdecimal() else None
