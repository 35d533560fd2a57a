"""Personalised inserts: which campaign a parcel gets, in whose language, with which coupon."""

from picker.inserts.campaign import Broken, Campaign, Group, Once, Passed, Usage
from picker.inserts.coupon import coupon_code, is_coupon_code
from picker.inserts.document import (
    CampaignError,
    Fault,
    Shelf,
    campaign_of,
    fault_in_template,
    read_campaign,
    series_of,
)
from picker.inserts.facts import Birthday, Content, InsertFacts, Purchase
from picker.inserts.rules import RuleError, parse_rule
from picker.inserts.selection import Choice, choose, group_of, language_for, words_for
from picker.inserts.template import Block, BlockKind, TemplateError, parse_template

__all__ = [
    "Birthday",
    "Block",
    "BlockKind",
    "Broken",
    "Campaign",
    "CampaignError",
    "Choice",
    "Content",
    "Fault",
    "Group",
    "InsertFacts",
    "Once",
    "Passed",
    "Purchase",
    "RuleError",
    "Shelf",
    "TemplateError",
    "Usage",
    "campaign_of",
    "choose",
    "coupon_code",
    "fault_in_template",
    "group_of",
    "is_coupon_code",
    "language_for",
    "parse_rule",
    "parse_template",
    "read_campaign",
    "series_of",
    "words_for",
]
