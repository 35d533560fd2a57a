"""The slip on a parcel that its buyer comes for: the name and the order in large letters, and the code."""

from printing.documents.labels import CollectionSlip
from printing.fonts import BOLD
from printing.media import Medium
from printing.render.picture import Picture
from printing.render.sheet import Sheet
from printing.words import parcel_of, word

TITLE_TENTHS = 50
NAME_TENTHS = 80
FACT_TENTHS = 42
CODE_HEIGHT_TENTHS = 200
CODE_X_TENTHS = 5


def render_collection_slip(slip: CollectionSlip, medium: Medium) -> Picture:
    """One page without an address: it goes no further than the shelf."""
    sheet = Sheet(medium, slip.language)
    sheet.gap(15)
    sheet.name(slip.shop, FACT_TENTHS)
    sheet.title(word(slip.language, "collection"), TITLE_TENTHS)
    sheet.rule()
    sheet.name(slip.name, NAME_TENTHS)
    sheet.title(word(slip.language, "order", order=slip.order), TITLE_TENTHS)
    sheet.text(parcel_of(slip.language, slip.parcel, slip.parcels), FACT_TENTHS)
    sheet.text(word(slip.language, "items", count=slip.items), FACT_TENTHS)
    if slip.collect:
        sheet.text(word(slip.language, "collect", amount=slip.collect), TITLE_TENTHS, BOLD)
    sheet.gap(20)
    if slip.sscc:
        sheet.code128(
            f"00{slip.sscc}" if slip.sscc.isdigit() else slip.sscc, CODE_HEIGHT_TENTHS, CODE_X_TENTHS
        )
    else:
        sheet.title(word(slip.language, "specimen"), FACT_TENTHS)
    sheet.gap(15)
    return sheet.picture()
