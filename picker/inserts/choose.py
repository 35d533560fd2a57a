"""One insert per parcel, chosen by rule and put into the customer's language."""

from collections.abc import Sequence

from picker.inserts.names import filled, first_name, primary, shop_name
from picker.inserts.returns import return_url
from picker.inserts.texts import COMMON, FALLBACK, THANKS
from picker.inserts.types import Audience, Campaign, CampaignText, InsertContent, InsertFacts


def choose(facts: InsertFacts, campaigns: Sequence[Campaign], coupon: str = "") -> InsertContent:
    """The content of this parcel's insert; `coupon` is a unique code that may be given away with it.

    Customers without consent to marketing, and those no campaign is for, get a plain thank-you without a coupon.
    A coupon is in the answer only when the chosen campaign has one to give; otherwise the code stays unused.
    Raises ValueError for a returns address that is not http(s).
    """
    fitting = [campaign for campaign in campaigns if facts.consent and _is_for(campaign, facts, coupon)]
    campaign = max(fitting, key=lambda one: one.priority, default=THANKS)
    text = _text(campaign, primary(facts.language))
    names = {
        "customer": first_name(facts.customer_name),
        "packer": first_name(facts.packer_name),
        "shop": shop_name(facts.shop_name),
    }
    common = COMMON.get(text.language, COMMON[FALLBACK])
    sentences = (common.greeting if names["customer"] else common.nameless_greeting, *text.paragraphs)
    paragraphs = (filled(sentence, names) for sentence in (*sentences, common.packed_by))
    url = return_url(facts.return_url_base, facts.order, facts.parcel)
    return InsertContent(
        campaign=campaign.code,
        heading=filled(text.heading, names) or names["shop"],
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
        coupon=coupon if campaign.with_coupon else "",
        coupon_text=(filled(text.coupon_text, names) or "") if campaign.with_coupon else "",
        return_url=url,
        return_text=common.returns if url else "",
        language=text.language,
    )


def _is_for(campaign: Campaign, facts: InsertFacts, coupon: str) -> bool:
    """Whether every condition of `campaign` holds."""
    first = facts.orders_before == 0
    if campaign.audience is not Audience.ANYONE and first != (campaign.audience is Audience.FIRST_ORDER):
        return False
    return (
        (not campaign.languages or primary(facts.language) in campaign.languages)
        and (not campaign.categories or not campaign.categories.isdisjoint(facts.categories))
        and facts.value_cents >= campaign.min_value_cents
        and facts.spent_cents >= campaign.min_spent_cents
        and (bool(coupon) or not campaign.with_coupon)
    )


def _text(campaign: Campaign, language: str) -> CampaignText:
    """The campaign's words in `language`, else in English, else in whatever it was first written in."""
    by_language = {text.language: text for text in reversed(campaign.texts)}
    found = by_language.get(language) or by_language.get(FALLBACK)
    return found or campaign.texts[0]
