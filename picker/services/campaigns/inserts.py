"""The card of a parcel: its campaign chosen, filled in and recorded in the transaction that seals it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from data.engine import database_now
from data.store import buyers, campaigns, coupons, lookup
from data.store.campaigns import Given
from picker.inserts import (
    Campaign,
    CampaignError,
    Choice,
    Content,
    InsertFacts,
    RuleError,
    TemplateError,
    Usage,
    campaign_of,
    choose,
    language_for,
    parse_rule,
    words_for,
)
from picker.inserts.campaign import Passed
from picker.inserts.examples import THANKS
from picker.locale.messages import Message
from picker.services.campaigns.blocks import extra_blocks, printed_blocks
from picker.services.campaigns.facts import facts_of, rule_asks, template_asks
from picker.services.campaigns.trouble import not_made, out_of_coupons
from picker.services.documents.contents import Sealed
from printing.documents.inserts import Block, Insert

Offers = Sequence[tuple[Campaign, Usage]]


@dataclass(frozen=True, slots=True)
class Card:
    """The insert of a parcel, if it gets one, and what the packer must be told about it."""

    insert: Insert | None
    notice: Message | None = None


def live_campaign(row: Row[Any]) -> Campaign:
    """Return the campaign of a row as `data.store.campaigns.active` gives it."""
    return replace(campaign_of(row.body), version=row.version, starts=row.starts, ends=row.ends)


def readable(rows: Iterable[Row[Any]]) -> Iterator[tuple[Campaign, Row[Any]]]:
    """Yield the campaigns of rows; a newer program beside this one may write what this can't read."""
    for row in rows:
        with suppress(CampaignError):
            yield live_campaign(row), row


def box_of(sealed: Sealed) -> tuple[int, tuple[Content, ...]]:
    """Return a parcel's number and what lies in it."""
    units: dict[str, Content] = {}
    for number, count in sealed.parcel.contents:
        line = sealed.work.line(number)
        product = sealed.work.order.products.get(line.sku)
        before = units[line.sku].units if line.sku in units else 0
        category = product.category if product else ""
        units[line.sku] = Content(line.sku, line.name, category, before + count)
    return sealed.parcel.parcel, tuple(units.values())


def card_for(sealed: Sealed) -> Card:
    """Choose a parcel's insert, give its coupon away and record both.

    Raises ParcelHeld when the chosen one can't be filled in and its campaign rather keeps the parcel.
    """
    connection, shop = sealed.connection, sealed.shop
    now = database_now(connection)
    if sealed.order.customer:
        buyers.lock(connection, sealed.order.customer)
    rows = campaigns.active(connection, shop.id)
    live = [(one, row.printed) for one, row in readable(rows)]
    asks = rule_asks([campaign for campaign, _ in live])
    facts = _facts(sealed, asks, now)
    made = _Making(sealed, facts, asks, now)
    if rows:
        got = campaigns.got(connection, shop.id, {facts.customer} - {""}, {facts.order})
        offers = [(one, usage_of(one, printed, got)) for one, printed in live]
        blocks, language = made.from_offers(offers)
    elif not (sealed.order.gift or campaigns.has_any(connection, shop.id)):
        blocks, language = made.filled(campaign_of(THANKS), "")
    else:
        blocks, language = (), sealed.order.language
    blocks = (*blocks, *extra_blocks(sealed, language))
    insert = Insert(sealed.number, facts.parcel, blocks, language, shop.name) if blocks else None
    return Card(insert, made.notice)


def usage_of(campaign: Campaign, printed: int, got: Sequence[Row[Any]]) -> Usage:
    """Return a campaign's use of which `got` is what one buyer and order got; that a coupon is left is assumed."""
    mine = [row for row in got if row.campaign == campaign.code]
    return Usage(
        printed=printed,
        last=max((row.at.date() for row in mine), default=None),
        orders=frozenset(row.order_id for row in mine),
        parcels=frozenset((row.order_id, row.parcel) for row in mine),
        codes=1,
    )


def _facts(sealed: Sealed, asks: frozenset[str], now: datetime) -> InsertFacts:
    order = sealed.order
    boxes = {order.id: box_of(sealed)}
    return facts_of(sealed.connection, sealed.shop, [order], boxes, asks, now.date())[order.id]


@dataclass(slots=True)
class _Making:
    """One parcel's card in the making."""

    sealed: Sealed
    facts: InsertFacts
    asked: frozenset[str]
    now: datetime
    notice: Message | None = None

    def from_offers(self, offers: Offers) -> tuple[tuple[Block, ...], str]:
        """(blocks, language) of the first campaign that has still something to give."""
        while True:
            choice = choose(self.facts, self.now, offers)
            if choice.campaign is None:
                self._record_control(choice, offers)
                return (), self.sealed.order.language
            spent = self._try(choice.campaign)
            if isinstance(spent, Usage):
                offers = [
                    (one, spent if one.code == choice.campaign.code else usage) for one, usage in offers
                ]
                continue
            self._record_control(choice, offers)
            return spent

    def _try(self, campaign: Campaign) -> "tuple[tuple[Block, ...], str] | Usage":
        """The campaign filled in and recorded; or its use, when it has nothing left to give."""
        connection, shop = self.sealed.connection, self.sealed.shop.id
        coupon = coupons.free(connection, shop, campaign.series) if campaign.series else None
        order, parcel = self.sealed.order.id, self.facts.parcel
        if campaign.series and coupon is None:
            self.notice = out_of_coupons(connection, order, parcel, campaign, self.now)
            self._record(campaign, "broken")
            return Usage(codes=0)
        key, code = coupon or (None, "")
        try:
            blocks, language = self.filled(campaign, code)
        except TemplateError as error:
            self.notice = not_made(connection, order, parcel, campaign, str(error), self.now)
            self._record(campaign, "broken")
            return (), self.sealed.order.language
        if not campaigns.count(connection, shop, campaign.code, campaign.budget):
            return Usage(printed=campaign.budget or 0, codes=1)
        if key is not None:
            coupons.give(connection, key)
        self._record(campaign, "given", language, key)
        return blocks, language

    def filled(self, campaign: Campaign, code: str) -> tuple[tuple[Block, ...], str]:
        """(blocks, language) of a campaign. Raises TemplateError."""
        facts = self.facts
        asks = template_asks(campaign, language_for(campaign, facts.language))
        if not asks <= self.asked:
            facts = _facts(self.sealed, asks, self.now)
        return card_blocks(self.sealed, campaign, facts, code)

    def _record(self, campaign: Campaign, outcome: str, language: str = "", key: str | None = None) -> None:
        facts = self.facts
        given = Given(
            self.sealed.order.id,
            facts.parcel,
            campaign.code,
            campaign.version,
            outcome,
            facts.customer or None,
            language,
            key,
        )
        campaigns.record(self.sealed.connection, self.sealed.shop.id, given, self.now)

    def _record_control(self, choice: Choice, offers: Offers) -> None:
        """Only who would have got a card shows what happens without it: nobody does when no coupon is left."""
        control = {code for code, why in choice.passed if why is Passed.CONTROL}
        connection, shop = self.sealed.connection, self.sealed.shop.id
        for campaign, _ in offers:
            if campaign.code in control and (
                not campaign.series or coupons.left(connection, shop, campaign.series)
            ):
                self._record(campaign, "control")


def card_blocks(
    sealed: Sealed, campaign: Campaign, facts: InsertFacts, code: str
) -> tuple[tuple[Block, ...], str]:
    """Return (blocks, language) of a campaign's card. Raises TemplateError when it can't be filled in."""
    connection, shop = sealed.connection, sealed.shop
    packer = lookup.worker(connection, sealed.worker) if shop.name_packer else None
    facts = replace(facts, packer_name=packer.name if packer else "")
    language, blocks = words_for(campaign, facts, code)
    return tuple(printed_blocks(connection, shop.id, blocks)), language


def wants_return_slip(sealed: Sealed) -> bool:
    """Whether the shop's rule for return slips means this parcel; one that can't be read means none.

    Who receives a gift has nothing to return: the money is the buyer's.
    """
    text = sealed.shop.return_slip
    if not text or sealed.order.gift:
        return False
    try:
        rule = parse_rule(text)
    except RuleError:
        return False
    order = sealed.order
    facts = facts_of(
        sealed.connection, sealed.shop, [order], {order.id: box_of(sealed)}, frozenset(), date.min
    )
    return rule.holds(facts[order.id].impersonal())
