"""Any document as a black and white picture, dot for dot as it will be on paper."""

from printing.documents import Document
from printing.documents.customs import CN22, CN23, CommercialInvoice
from printing.documents.inserts import Insert
from printing.documents.labels import CarrierLabel, CollectionSlip, DangerMark, ParcelLabel
from printing.documents.signs import Badge, CardSheet, LocationLabel, ProductLabel, ToteTag
from printing.documents.slips import GiftSlip, PackingSlip, ReturnSlip
from printing.media import Medium
from printing.render.picture import Picture


def render(document: Document, medium: Medium, copy: int = 1) -> Picture:
    """The document on that medium.

    A `copy` above 1 is marked on slips and inserts; a label never says so, since a carrier must not care, nor does
    a customs declaration.
    What could not be shown as meant is in the picture's notes; nothing hostile in a field raises. Raises
    `printing.customs.CustomsIncomplete` for a customs declaration that lacks what customs ask for, and
    `printing.carrier.CarrierLabelError` for a carrier's label on other paper than it was accepted for.
    """
    from printing.carrier.document import render_carrier_label
    from printing.render import cards, collection, customs, danger, insert, label, returns, signs, slip

    match document:
        case ParcelLabel():
            return label.render_label(document, medium)
        case CollectionSlip():
            return collection.render_collection_slip(document, medium)
        case CarrierLabel():
            return render_carrier_label(document, medium)
        case PackingSlip():
            return slip.render_slip(document, medium, copy)
        case GiftSlip():
            return slip.render_gift_slip(document, medium, copy)
        case CN22() | CN23() | CommercialInvoice():
            return customs.render_customs(document, medium)
        case DangerMark():
            return danger.render_danger_mark(document, medium)
        case ReturnSlip():
            return returns.render_return_slip(document, medium, copy)
        case Insert():
            return insert.render_insert(document, medium, copy)
        case CardSheet():
            return cards.render_cards(document, medium)
        case ToteTag() | LocationLabel() | ProductLabel() | Badge():
            return signs.render_sign(document, medium)
