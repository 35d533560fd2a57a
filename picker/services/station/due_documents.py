"""The documents of a sealed parcel, as content for the printer."""

from dataclasses import dataclass

from sqlalchemy import Connection

from data.engine import database_now
from data.store import lookup, orders, print_jobs
from data.store.print_jobs import NewPrintJob
from data.types import ParcelRef, WorkerId
from picker.flow import events as ev
from picker.flow import pieces
from picker.flow.work import OrderWork
from picker.locale.messages import Message
from picker.services.campaigns.inserts import card_for, wants_return_slip
from picker.services.documents import carriage, carrier_labels, contents, customs
from picker.services.documents.contents import Sealed
from picker.services.ids import uuid7
from printing.content import content_hash, dump
from printing.documents import Document
from printing.jobs import INSERT, LABEL, RETURN, SLIP

"""Kinds of documents that a sealed parcel may have printed."""


@dataclass(frozen=True, slots=True)
class Due:
    """The print jobs of a parcel, and what its packer must be told about them."""

    jobs: list[NewPrintJob]
    notice: Message | None = None


def documents_for(connection: Connection, work: OrderWork, sealed: ev.ParcelSealed, worker: WorkerId) -> Due:
    """Return the print jobs of one sealed parcel; content only, so that sealing waits for no renderer.

    Raises ParcelHeld for a parcel that its campaign or an incomplete customs declaration keeps.
    """
    order = orders.row(connection, work.order.id)
    shop = lookup.shop(connection, order.shop)
    day = database_now(connection).date().isoformat()
    parcel = Sealed(connection, shop, order, work, sealed, worker, day)
    carriage.check_parcel(parcel)
    carriers_own = carrier_labels.document(connection, work.order.id, sealed.parcel)
    documents: dict[str, Document] = {
        LABEL: (None if work.order.pick_up else carriers_own) or contents.label(parcel),
        SLIP: contents.slip(parcel),
    }
    card = card_for(parcel)
    if card.insert is not None:
        documents[INSERT] = card.insert
    papers, gaps = customs.declaration(parcel, carriers_own is not None)
    documents |= papers | carriage.marks(parcel)
    if wants_return_slip(parcel):
        documents[RETURN] = contents.return_slip(parcel)
    jobs = [
        _job(ParcelRef(work.order.id, sealed.parcel), kind, dump(document))
        for kind, document in documents.items()
    ]
    return Due(jobs, carriage.to_stick(parcel.goods) or card.notice or gaps)


def _job(
    parcel: ParcelRef, kind: str, content: dict[str, object], revision: int = 1, reason: str = ""
) -> NewPrintJob:
    return NewPrintJob(uuid7(), parcel, kind, content, content_hash(content), revision, reason)


def label_again(connection: Connection, work: OrderWork, event: ev.ReprintRequested) -> NewPrintJob:
    """Return the job that prints a document once more: the same content under the next revision, or, where that was
    the reason, with the number of parcels that there are now.
    """
    order = work.order.id
    parcel = ParcelRef(order, event.parcel)
    newest = print_jobs.newest_job(connection, parcel, event.document)
    if newest is None or not newest.content:
        raise LookupError(f"Order {order} parcel {event.parcel} has no {event.document} to print again")
    revision = print_jobs.last_revision(connection, parcel, event.document) + 1
    content = newest.content
    if event.reason == pieces.REASON:
        content = {**content, "parcels": work.pieces}
    return _job(parcel, event.document, content, revision, event.reason)
