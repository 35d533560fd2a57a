"""What campaigns brought: printed and redeemed, and what customers ordered afterwards with and without them."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from data.money import decimals
from data.store import campaigns, coupons, lookup
from data.store.buyers import orders_after
from data.types import ShopId


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group of a campaign. `orders_after` and `cents_after` are of its customers after they got it, or in the
    control group would have got it, as far as their orders came to Picker.
    """

    parcels: int = 0
    customers: int = 0
    orders_after: int = 0
    cents_after: int = 0

    @property
    def cents_per_customer(self) -> int | None:
        """What a customer of the group ordered afterwards, in cents; None in an empty group."""
        return self.cents_after // self.customers if self.customers else None


@dataclass(frozen=True, slots=True)
class CampaignResult:
    """What a campaign brought. `broken` counts parcels that went without because it couldn't be filled in or had no
    coupon left, `unprinted` those of the test group whose card never came on paper.
    """

    code: str
    name: str
    redeemed: int
    redeemed_cents: int
    broken: int
    unprinted: int
    test: GroupResult
    control: GroupResult
    decimals: int = 2
    """Of the shop's currency, in whose minor unit the amounts are."""

    def to_json(self) -> dict[str, object]:
        """Return JSON values."""
        groups = {"test": self.test, "control": self.control}
        per_customer = {
            name: {**asdict(group), "cents_per_customer": group.cents_per_customer}
            for name, group in groups.items()
        }
        return {**asdict(self), **per_customer}


def campaign_report(connection: Connection, shop: ShopId) -> list[CampaignResult]:
    """Return the results of a shop's campaigns, by code. All amounts are taken as of one currency."""
    counts = {(row.campaign, row.outcome): row for row in campaigns.outcomes(connection, shop)}
    after = orders_after(connection, shop)
    redeemed = coupons.redeemed_by_campaign(connection, shop)
    unprinted = campaigns.unprinted(connection, shop)

    def group(code: str, outcome: str) -> GroupResult:
        row = counts.get((code, outcome))
        if row is None:
            return GroupResult()
        return GroupResult(row.parcels, row.customers, *after.get((code, outcome), (0, 0)))

    places = decimals(lookup.shop(connection, shop).currency)
    results = []
    for row in campaigns.every(connection, shop):
        broken = group(row.code, "broken").parcels
        sold = redeemed.get(row.code, (0, 0))
        test, control = group(row.code, "given"), group(row.code, "control")
        missed = unprinted.get(row.code, 0)
        results.append(CampaignResult(row.code, row.name, *sold, broken, missed, test, control, places))
    return results
