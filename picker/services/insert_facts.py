"""What campaigns may know of orders and their buyers: read is only what they ask, and nothing without consent."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from data.store import buyers
from data.store.buyers import Bought, Placed
from picker.inserts import Birthday, Campaign, Content, InsertFacts, Purchase, parse_template
from picker.inserts.facts import PERSONAL

_NUMBER = frozenset({"order", "orders", "every"})
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
    """What is known of some buyers from before; a buyer without consent is in none of these."""

    known: Mapping[str, Row[Any]] = field(default_factory=dict)
    orders: Mapping[str, Sequence[Placed]] = field(default_factory=dict)
    bought: Mapping[str, Sequence[Bought]] = field(default_factory=dict)


def facts_of(
    connection: Connection,
    shop: Row[Any],
    orders: Sequence[Row[Any]],
    boxes: Mapping[str, tuple[int, tuple[Content, ...]]],
    asks: frozenset[str],
    today: date,
) -> dict[str, InsertFacts]:
    """Return what is known of each order, by its number.

    `boxes` are each order's parcel and what lies in it, `asks` what is asked of the buyers' past.
    """
    named = {order.customer for order in orders if order.customer}
    consent = buyers.known(connection, named, ["marketing_consent"])
    agreed = {customer for customer, row in consent.items() if row.marketing_consent}
    past = _past(connection, agreed, asks) if asks else _Past()
    return {
        order.id: _facts(shop, order, boxes[order.id], order.customer in agreed, past, today)
        for order in orders
    }


def _past(connection: Connection, customers: Collection[str], asks: frozenset[str]) -> _Past:
    columns = {column for name, column in _COLUMNS.items() if name in asks}
    columns |= {"orders_count"} if asks & _NUMBER else set()
    orders: dict[str, list[Placed]] = defaultdict(list)
    for one in buyers.orders_of(connection, customers) if asks & (_NUMBER | {"spent"}) else ():
        orders[one.customer].append(one)
    bought: dict[str, list[Bought]] = defaultdict(list)
    for thing in buyers.bought(connection, customers) if asks & _HISTORY else ():
        bought[thing.customer].append(thing)
    return _Past(buyers.known(connection, customers, columns), orders, bought)


def _facts(
    shop: Row[Any],
    order: Row[Any],
    box: tuple[int, tuple[Content, ...]],
    consent: bool,
    past: _Past,
    today: date,
) -> InsertFacts:
    return InsertFacts(
        order=order.id,
        parcel=box[0],
        today=today,
        shop_name=shop.name,
        customer=order.customer or "",
        customer_name=order.ship_name,
        language=order.language,
        country=order.ship_country,
        consent=consent,
        box=box[1],
        value_cents=order.value_cents,
        currency=order.currency,
        gift=order.gift,
        channel=order.source,
        **_personal(order, past),
    )


def _personal(order: Row[Any], past: _Past) -> dict[str, Any]:
    known = past.known.get(order.customer)
    if known is None:
        return {}
    asked = known._mapping
    all_orders = past.orders.get(order.customer, ())
    earlier = [one for one in all_orders if (one.at, one.order) < (order.placed_at, order.id)]
    # What the shop's own file counts beyond the orders known here was placed before all of them.
    unknown = max(0, asked.get("orders_count", 0) - max(0, len(all_orders) - 1))
    return {
        "orders_before": unknown + len(earlier),
        "spent_cents": max(asked.get("spent_cents", 0), sum(one.cents for one in earlier)),
        "history": tuple(
            Purchase(one.sku, one.category, one.units, one.cents, one.on)
            for one in past.bought.get(order.customer, ())
            if one.order != order.id
        ),
        "tags": frozenset(tag.strip() for tag in asked.get("tags", "").split(",") if tag.strip()),
        "birthday": _birthday(asked.get("birthday", "")),
        "tier": asked.get("tier", ""),
        "points": asked.get("points", 0),
    }


def _birthday(text: str) -> Birthday | None:
    month, _, day = text.partition("-")
    return Birthday(int(month), int(day)) if month.isdecimal() and day.isdecimal() else None
