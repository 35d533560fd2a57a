"""A card's blocks as the printer's room knows them, and what is printed below them for every customer."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from data.store import buyers, campaigns
from data.types import ShopId
from picker.inserts import Block as Words
from picker.inserts import BlockKind, TemplateError
from picker.inserts.names import primary, printable
from picker.services.documents.contents import Sealed, returns_page
from printing.documents.inserts import Block, Coupon, Divider, Heading, PictureBlock, QrCode, Text
from printing.words import word

MOST_NOTES = 20
"""Products with a care note or a manual on one card."""


def printed_blocks(connection: Connection, shop: ShopId, blocks: Sequence[Words]) -> Iterator[Block]:
    """Yield a campaign's blocks to print. Raises TemplateError for a picture that the shop doesn't have."""
    names = {block.target for block in blocks if block.kind is BlockKind.PICTURE}
    pictures = campaigns.pictures(connection, shop, names) if names else {}
    for block in blocks:
        match block.kind:
            case BlockKind.HEADING:
                yield Heading(block.text)
            case BlockKind.TEXT:
                yield Text(block.text)
            case BlockKind.COUPON:
                yield Coupon(block.target, block.text)
            case BlockKind.QR:
                yield QrCode(block.target, block.text)
            case BlockKind.DIVIDER:
                yield Divider()
            case BlockKind.PICTURE:
                row = pictures.get(block.target)
                if row is None:
                    raise TemplateError(f"there is no picture {block.target!r}", 1)
                yield PictureBlock(row.file, row.line_art, row.width_percent)


def extra_blocks(sealed: Sealed, language: str, customers: str = "") -> Iterator[Block]:
    """Yield what every customer gets: care notes and manuals of what is in the parcel, and the returns code, which
    who receives a gift doesn't get: the gift's slip has the way to exchange it.

    `language` is the card's. Notes are in the order's own, of which there may be no card, or in `customers`.
    """
    yield from _notes(sealed, primary(customers or sealed.order.language))
    if url := "" if sealed.order.gift else returns_page(sealed):
        yield Divider()
        yield QrCode(url, word(language, "return_announce"), word(language, "return"))
        yield Text(url, centred=True)


def _notes(sealed: Sealed, language: str) -> Iterator[Block]:
    names = {sealed.work.line(line).sku: sealed.work.line(line).name for line, _ in sealed.parcel.contents}
    notes = buyers.notes(sealed.connection, names.keys(), language)
    noted = [(sku, *words) for sku, words in notes.items() if any(words)]
    for sku, care, manual in noted[:MOST_NOTES]:
        yield Divider()
        if care:
            yield Text(f"{printable(names[sku])}: {printable(care)}")
        if manual:
            yield QrCode(manual, printable(names[sku]))
