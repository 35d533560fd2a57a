"""The documents of a sealed parcel, as content for the printer."""

from dataclasses import dataclass

from sqlalchemy import Connection

from data.engine import database_now
from data.store import lookup, orders, parcels
from data.store.parcels import NewPrintJob
from picker.flow import events as ev
from picker.flow.messages import Message, say
from picker.flow.work import OrderWork
from picker.services import carrier_labels, contents
from picker.services.contents import Sealed
from picker.services.ids import uuid7
from picker.services.inserts import card_for, wants_return_slip
from printing.content import content_hash, dump
from printing.customs import beyond, crosses_border, gaps
from printing.documents import Document

LABEL, SLIP, INSERT, CUSTOMS, RETURN = "label", "slip", "insert", "cn22", "return"


@dataclass(frozen=True, slots=True)
class Due:
    """The print jobs of a parcel, and what its packer must be told about them."""

    jobs: list[NewPrintJob]
    notice: Message | None = None


class CustomsBlocked(Exception):
    """A parcel that must not be sealed with an incomplete customs declaration; `message` names every gap."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def documents_for(
    connection: Connection, shop_id: str, work: OrderWork, sealed: ev.ParcelSealed, worker: str
) -> Due:
    """Return the print jobs of one sealed parcel; content only, so that sealing waits for no renderer.

    Raises InsertBlocked for a parcel that its campaign keeps, CustomsBlocked for one whose declaration is
    incomplete. A carrier that made the label has its own; so has a parcel too heavy for a CN 22.
    """
    order = orders.row(connection, work.order.id)
    shop = lookup.shop(connection, order.shop or shop_id)
    day = database_now(connection).date().isoformat()
    parcel = Sealed(connection, shop, order, work, sealed, worker, day)
    carriers_own = carrier_labels.document(connection, work.order.id, sealed.parcel)
    found: dict[str, Document] = {
        LABEL: carriers_own or contents.label(parcel),
        SLIP: contents.gift_slip(parcel) if order.gift else contents.packing_slip(parcel),
    }
    card = card_for(parcel)
    if card.insert is not None:
        found[INSERT] = card.insert
    notice = card.notice
    if crosses_border(shop.sender_country, order.ship_country):
        form = contents.customs_form(parcel)
        lacks = gaps(form)
        if not lacks:
            found[CUSTOMS] = form
        elif carriers_own is None and not beyond(form):
            raise CustomsBlocked(say("seal.no_customs", lacks="; ".join(map(str, lacks))))
        elif carriers_own is None:
            notice = notice or say("seal.cn23", gross=form.gross_g or 0)
    if wants_return_slip(parcel):
        found[RETURN] = contents.return_slip(parcel)
    jobs = [_job(work.order.id, sealed.parcel, kind, dump(document)) for kind, document in found.items()]
    return Due(jobs, notice)


def _job(
    order: str, parcel: int, kind: str, content: dict[str, object], revision: int = 1, reason: str = ""
) -> NewPrintJob:
    return NewPrintJob(uuid7(), order, parcel, kind, content, content_hash(content), revision, reason)


def label_again(connection: Connection, order: str, event: ev.ReprintRequested) -> NewPrintJob:
    """Return the job that prints a document once more: the same content under the next revision."""
    first = parcels.first_job(connection, order, event.parcel, event.document)
    if first is None or not first.content:
        raise LookupError(f"Order {order} parcel {event.parcel} has no {event.document} to print again")
    revision = parcels.last_revision(connection, order, event.parcel, event.document) + 1
    return _job(order, event.parcel, event.document, first.content, revision, event.reason)
