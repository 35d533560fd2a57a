"""Which campaign a parcel gets, and its words in the customer's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from picker.amounts import amount
from picker.inserts.campaign import Campaign, Group, Once, Passed, Usage
from picker.inserts.facts import InsertFacts
from picker.inserts.names import first_name, primary, printable, shop_name
from picker.inserts.template import Block, parse_template

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Choice:
    """The campaign a parcel gets, if any, and why it doesn't get the others: (campaign's code, reason).

    Those passed over for `Passed.CONTROL` would have been printed; the customer stands in their control group.
    """

    campaign: Campaign | None
    passed: tuple[tuple[str, Passed], ...]


def choose(facts: InsertFacts, now: datetime, offers: Sequence[tuple[Campaign, Usage]]) -> Choice:
    """The campaign for this parcel: of those that are for it the one of highest priority, then named first.

    `now` is a UTC instant. A customer in a campaign's control group gets what comes next instead.
    """
    passed: list[tuple[str, Passed]] = []
    chosen: Campaign | None = None
    for campaign, usage in sorted(offers, key=lambda offer: -offer[0].priority):
        why = _against(campaign, usage, facts, now)
        if why is None and chosen is not None:
            why = Passed.LESS_URGENT
        if why is None and group_of(campaign, facts) is Group.CONTROL:
            why = Passed.CONTROL
        if why is None:
            chosen = campaign
        else:
            passed.append((campaign.code, why))
    return Choice(chosen, tuple(passed))


def group_of(campaign: Campaign, facts: InsertFacts) -> Group:
    """The group a customer stands in: always the same for one campaign, spread evenly over customers."""
    who = facts.customer or facts.order
    digest = sha256(f"{campaign.code}\0{who}".encode("utf-8", "replace")).digest()
    share = int.from_bytes(digest[:4], "big") * 100 >> 32
    return Group.CONTROL if share < campaign.control_percent else Group.TEST


def words_for(campaign: Campaign, facts: InsertFacts, coupon: str) -> tuple[str, tuple[Block, ...]]:
    """(language, blocks) of a campaign for this parcel. Raises TemplateError if a placeholder can't be filled."""
    language = language_for(campaign, facts.language)
    return language, parse_template(campaign.templates[language]).fill(values(facts, coupon))


def language_for(campaign: Campaign, tag: str) -> str:
    """The customer's language, else English, else whatever the campaign was first written in."""
    known = (one for one in (primary(tag), FALLBACK) if one in campaign.templates)
    return next(known, next(iter(campaign.templates)))


def values(facts: InsertFacts, coupon: str) -> dict[str, str | int]:
    """What a template's placeholders stand for."""
    return {
        "customer": first_name(facts.customer_name),
        "packer": first_name(facts.packer_name),
        "shop": shop_name(facts.shop_name),
        "order": printable(facts.number or facts.order),
        "parcel": facts.parcel,
        "products": ", ".join(printable(content.name) for content in facts.box),
        "country": facts.country.upper(),
        "orders": facts.orders_before + 1,
        "points": facts.points,
        "tier": printable(facts.tier),
        "value": f"{amount(facts.value_cents, facts.decimals)} {facts.currency}",
        "coupon": coupon,
    }


def _against(campaign: Campaign, usage: Usage, facts: InsertFacts, now: datetime) -> Passed | None:
    """The first reason that keeps this parcel from the campaign, but for its priority and control group."""
    if campaign.starts is not None and now < campaign.starts:
        return Passed.NOT_YET
    if campaign.ends is not None and now >= campaign.ends:
        return Passed.OVER
    if campaign.marketing and not facts.consent:
        return Passed.NO_CONSENT
    if not campaign.who.holds(facts if campaign.marketing else facts.impersonal()):
        return Passed.RULE
    if facts.gift and "gift" not in campaign.who.asks:
        return Passed.GIFT
    if _had_it(campaign, usage, facts):
        return Passed.HAD_IT
    if campaign.budget is not None and usage.printed >= campaign.budget:
        return Passed.BUDGET
    return Passed.NO_CODES if campaign.series and not usage.codes else None


def _had_it(campaign: Campaign, usage: Usage, facts: InsertFacts) -> bool:
    match campaign.once:
        case Once.CUSTOMER:
            return usage.last is not None
        case Once.DAYS:
            return usage.last is not None and facts.today - usage.last < timedelta(days=campaign.days)
        case Once.ORDER:
            return facts.order in usage.orders
        case Once.PARCEL:
            return (facts.order, facts.parcel) in usage.parcels
