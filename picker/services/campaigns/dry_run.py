"""A rehearsal: which of the orders that wait now would get a campaign, and why the others would not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from data.engine import database_now
from data.store import campaigns, coupons, lookup, orders
from data.store.portions import portions
from data.types import OrderId, ShopId
from picker.inserts import Campaign, Content, InsertFacts, Passed, Usage, choose
from picker.services.campaigns.facts import facts_of, rule_asks
from picker.services.campaigns.inserts import box_of, readable, usage_of
from picker.services.documents.contents import Sealed

REASONS: dict[str, str] = {
    Passed.NOT_YET: "it has not begun",
    Passed.OVER: "it is over",
    Passed.NO_CONSENT: "no consent to marketing",
    Passed.RULE: "its rule means others",
    Passed.GIFT: "the order is a gift, and its rule doesn't speak of gifts",
    Passed.HAD_IT: "they had it before",
    Passed.BUDGET: "its budget is used up",
    Passed.NO_CODES: "no coupons are left",
    Passed.CONTROL: "they are in its control group",
    Passed.LESS_URGENT: "another campaign is more urgent",
}
"""Why an order doesn't get a campaign, in words."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """Of `orders` waiting orders how many would `get` the campaign, and how many not for which reason.

    `reasons` are the values of `picker.inserts.campaign.Passed`, the most frequent first.
    """

    code: str
    orders: int
    get: int
    reasons: Mapping[str, int]

    def to_json(self) -> dict[str, object]:
        """Return JSON values."""
        return {"code": self.code, "orders": self.orders, "get": self.get, "reasons": dict(self.reasons)}


def dry_run(
    connection: Connection, shop_id: ShopId, campaign: Campaign, at: datetime | None = None
) -> DryRun:
    """Rehearse the seal of every order that waits, in the order of their cut-offs and in one parcel each.

    `campaign` is taken as it is given, saved or not and as if it were switched on, beside the others that are
    on, and `at` an instant, which is now if none is given. Coupons, budgets and how often a customer had something
    count down as they would.
    """
    now = at or database_now(connection)
    rehearsal = _Rehearsal(now, *_offers(connection, shop_id, campaign))
    shop = lookup.shop(connection, shop_id)
    asks = rule_asks(rehearsal.campaigns)
    goods = any("in_box" in one.who.asks for one in rehearsal.campaigns)
    waiting = orders.all_waiting(connection, shop_id)
    reasons: Counter[str] = Counter()
    for some in portions(waiting):
        boxes = _boxes(connection, [order.id for order in some], goods)
        facts = facts_of(connection, shop, some, boxes, asks, now.date())
        customers = {order.customer for order in some if order.customer}
        got = _by_customer(campaigns.got(connection, shop_id, customers, ()))
        for order in some:
            reasons[rehearsal.outcome(facts[order.id], got.get(order.customer or "", []), campaign.code)] += 1
    get = reasons.pop("", 0)
    return DryRun(campaign.code, len(waiting), get, dict(reasons.most_common()))


def why_not(connection: Connection, shop_id: ShopId, campaign: Campaign, sealed: Sealed) -> str:
    """Return why a parcel would not get the campaign if it were sealed now, a key of `REASONS`; "" when it would."""
    now = database_now(connection)
    rehearsal = _Rehearsal(now, *_offers(connection, shop_id, campaign))
    order, shop = sealed.order, lookup.shop(connection, shop_id)
    asks, boxes = rule_asks(rehearsal.campaigns), {order.id: box_of(sealed)}
    facts = facts_of(connection, shop, [order], boxes, asks, now.date())[order.id]
    got = campaigns.got(connection, shop_id, {order.customer} if order.customer else set(), ())
    earlier = [row for row in got if row.order_id != order.id]
    return rehearsal.outcome(facts, earlier, campaign.code)


def _offers(
    connection: Connection, shop: ShopId, campaign: Campaign
) -> tuple[list[Campaign], dict[str, int], dict[str, int]]:
    """The campaigns that decide, what was printed of each, and the coupons left in each series.

    A less urgent one takes nothing from this one but coupons of the same series.
    """
    rows = {row.code: row for row in campaigns.every(connection, shop)}
    competing = readable(row for row in rows.values() if row.active and row.code != campaign.code)
    printed = {code: row.printed for code, row in rows.items()}
    left = {row.series: row.coupons for row in coupons.counts(connection, shop) if row.state == "free"}
    rivals = (
        other
        for other, _ in competing
        if other.priority >= campaign.priority or (other.series and other.series == campaign.series)
    )
    return sorted([campaign, *rivals], key=lambda one: one.code), printed, left


@dataclass(slots=True)
class _Rehearsal:
    """What would be left after the orders that were rehearsed so far."""

    now: datetime
    campaigns: list[Campaign]
    printed: dict[str, int]
    left: dict[str, int]
    had: set[tuple[str, str]] = field(default_factory=set)

    def outcome(self, facts: InsertFacts, got: list[Row[Any]], code: str) -> str:
        """Why the order would not get the campaign `code`, "" when it would."""
        choice = choose(facts, self.now, [(one, self._usage(one, facts, got)) for one in self.campaigns])
        chosen = choice.campaign
        if chosen is not None:
            self.printed[chosen.code] = self.printed.get(chosen.code, 0) + 1
            self.had.add((chosen.code, facts.customer))
            if chosen.series:
                self.left[chosen.series] -= 1
        return dict(choice.passed)[code].value if chosen is None or chosen.code != code else ""

    def _usage(self, campaign: Campaign, facts: InsertFacts, got: list[Row[Any]]) -> Usage:
        printed, codes = self.printed.get(campaign.code, 0), self.left.get(campaign.series, 0)
        just_had = facts.customer and (campaign.code, facts.customer) in self.had
        if not just_had and not got:
            return Usage(printed, codes=codes)
        usage = usage_of(campaign, printed, got)
        return replace(usage, last=self.now.date() if just_had else usage.last, codes=codes)


def _by_customer(got: list[Row[Any]]) -> dict[str, list[Row[Any]]]:
    by_customer: dict[str, list[Row[Any]]] = {}
    for row in got:
        by_customer.setdefault(row.customer, []).append(row)
    return by_customer


def _boxes(
    connection: Connection, ids: list[OrderId], goods: bool
) -> dict[OrderId, tuple[int, tuple[Content, ...]]]:
    """Each order as one parcel, with its `goods` if they are asked for."""
    boxes: dict[OrderId, tuple[int, tuple[Content, ...]]] = dict.fromkeys(ids, (1, ()))
    for row in orders.goods_of(connection, ids) if goods else ():
        content = Content(row.sku, row.name, row.category, row.units)
        boxes[row.order_id] = (1, (*boxes[row.order_id][1], content))
    return boxes
