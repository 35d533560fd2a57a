"""One personal insert per parcel: which one, in whose language, with which coupon and returns code."""

from picker.inserts.choose import choose
from picker.inserts.coupon import coupon_code, is_coupon_code
from picker.inserts.texts import CAMPAIGNS
from picker.inserts.types import Audience, Campaign, CampaignText, InsertContent, InsertFacts

__all__ = [
    "CAMPAIGNS",
    "Audience",
    "Campaign",
    "CampaignText",
    "InsertContent",
    "InsertFacts",
    "choose",
    "coupon_code",
    "is_coupon_code",
]
