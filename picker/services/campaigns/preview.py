"""What a campaign would print for any order, past or waiting, before a packer sees it."""

from dataclasses import replace

from sqlalchemy import Connection

from data.engine import database_now
from data.types import OrderId
from picker.inserts import Campaign, coupon_code, language_for
from picker.services.campaigns.blocks import extra_blocks
from picker.services.campaigns.facts import facts_of, template_asks
from picker.services.campaigns.inserts import box_of, card_blocks
from picker.services.documents.any_document import parcel_of
from printing.documents.inserts import Block, Coupon, Divider, Heading, Insert, PictureBlock, QrCode, Text

SAMPLE = coupon_code(0)
"""The code on a preview: it belongs to no series."""


def preview(
    connection: Connection, campaign: Campaign, order: OrderId, parcel: int = 1, language: str = ""
) -> Insert:
    """Return the card of a parcel as it would be printed now, with a sample code; nothing is given or recorded.

    `language` shows it to a customer of another language. Whether the campaign is for this order is not asked.
    Raises NoDocument when there is no such parcel, TemplateError when the card can't be filled in.
    """
    sealed = parcel_of(connection, order, parcel)
    today = database_now(connection).date()
    chosen = language_for(campaign, language or sealed.order.language)
    asks = template_asks(campaign, chosen)
    facts = facts_of(connection, sealed.shop, [sealed.order], {sealed.order.id: box_of(sealed)}, asks, today)
    mine = replace(facts[sealed.order.id], language=chosen)
    blocks, spoken = card_blocks(sealed, campaign, mine, SAMPLE if campaign.series else "")
    whole = (*blocks, *extra_blocks(sealed, spoken, language))
    return Insert(sealed.number, mine.parcel, whole, spoken, sealed.shop.name)


def card_words(insert: Insert) -> list[str]:
    """Return a card as lines of words, for screens without pictures."""
    return [_words(block) for block in insert.blocks]


def _words(block: Block) -> str:
    match block:
        case Heading():
            return f"# {block.text}"
        case Text():
            return block.text
        case Coupon():
            return f"[coupon {block.code}] {block.text}".rstrip()
        case QrCode():
            return f"[code {block.content}] {block.title} {block.caption}".rstrip()
        case PictureBlock():
            return f"[picture, {len(block.file)} bytes]"
        case Divider():
            return "---"
