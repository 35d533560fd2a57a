"""The customs declaration of a parcel: made, or told as early as its order is claimed to be incomplete."""

from functools import reduce
from typing import Any

from sqlalchemy import Connection, Row

from data.engine import database_now
from data.store import carrier_labels, exceptions, lookup, orders
from data.types import ExceptionKind, OrderId, WorkerId
from picker.flow import events as ev
from picker.flow.work import OrderWork
from picker.locale.messages import Message, say
from picker.services.documents import contents
from picker.services.documents.contents import Sealed
from picker.services.orders.parcel_held import ParcelHeld, report_held, waived
from printing import jobs
from printing.customs import Gap, gaps
from printing.documents import Document
from printing.documents.customs import CN22, Declaration
from printing.territories import crosses_border

"""The kind of exceptions about declarations."""
_MENDED = "mended"
_OF_PARCEL = frozenset({"gross_g", "items"})
"""What only a packed parcel has."""
_TOLD, _NAME = 2, 40
"""How many goods a verdict names, and how much of their names."""


def declaration(parcel: Sealed, carriers_own: bool) -> tuple[dict[str, Document], Message | None]:
    """Return the papers of a parcel that crosses a border, by kind, and what its packer must be told.

    What is beyond a CN 22 gets a CN 23 and a commercial invoice. Raises ParcelHeld for an incomplete form that no lead
    has let go. A carrier that made the label makes its own papers.
    """
    if parcel.work.order.pick_up or not _is_due(parcel.shop, parcel.order):
        return {}, None
    form, order = contents.customs_form(parcel), parcel.work.order.id
    lacks = _lacks(form)
    if not lacks:
        _see_to(parcel.connection, order)
        if isinstance(form, CN22):
            return {jobs.CN22: form}, None
        return {jobs.CN23: form, jobs.INVOICE: contents.as_invoice(form)}, say("seal.cn23")
    if carriers_own:
        return {}, None
    detail = _detail(lacks)
    if waived(parcel.connection, order, ExceptionKind.CUSTOMS, detail):
        return {}, say("seal.without_customs")
    raise ParcelHeld(order, ExceptionKind.CUSTOMS, say("seal.no_customs", lacks=_brief(lacks)), detail)


def warn_early(connection: Connection, work: OrderWork) -> Message | None:
    """Return what the order's declaration is going to lack, for the packer who claims it.

    It is on the lead's list as well from now on. None while nothing is known to be missing, or when the carrier
    will make the form.
    """
    number = work.order.id
    sealed = any(parcel.sealed for parcel in work.parcels)
    if work.order.pick_up or work.stop or sealed or _carriers_own(connection, number):
        return None
    order = orders.row(connection, number)
    shop = lookup.shop(connection, order.shop)
    if not _is_due(shop, order):
        return None
    wanted = tuple((line.line, line.wanted - line.short) for line in work.lines if line.wanted > line.short)
    draft = ev.ParcelSealed(1, "", 0, 0, "", wanted, label_scan=False)
    day = order.placed_at.date().isoformat()
    form = contents.customs_form(Sealed(connection, shop, order, work, draft, WorkerId(""), day))
    lacks = tuple(gap for gap in _lacks(form) if gap.field not in _OF_PARCEL)
    detail = _detail(lacks)
    if not lacks or waived(connection, number, ExceptionKind.CUSTOMS, detail):
        return None
    message = say("claim.no_customs", order=number, lacks=_brief(lacks))
    report_held(connection, ParcelHeld(number, ExceptionKind.CUSTOMS, message, detail))
    return message


def _lacks(form: Declaration) -> tuple[Gap, ...]:
    """What the form lacks, the rate by which it was chosen among it."""
    if form.limit_cents is not None:
        return gaps(form)
    words = f"no rate of {form.currency} to the SDR: picker customs --sdr-rate {form.currency}=RATE"
    return (Gap("", "rate", words), *gaps(form))


def _is_due(shop: Row[Any], order: orders.StoredOrder) -> bool:
    return crosses_border(contents.sent_from(shop), contents.sent_to(order))


def _carriers_own(connection: Connection, order: OrderId) -> bool:
    """Whether the order's first label is here from its carrier, or must come before it is sealed."""
    have = carrier_labels.latest(connection, order, 1)
    return have is not None or carrier_labels.lacking(connection, order, 1) == "required"


def _see_to(connection: Connection, order: OrderId) -> None:
    """What was missing is there now: nobody needs to look into it any more."""
    mine = [
        row.id for row in exceptions.open_exceptions(connection, order) if row.kind == ExceptionKind.CUSTOMS
    ]
    exceptions.resolve(connection, mine, _MENDED, database_now(connection))


def _detail(lacks: tuple[Gap, ...]) -> dict[str, object]:
    return {"step": "seal", "why": _words(lacks)[:300]}


def _brief(lacks: tuple[Gap, ...]) -> Message:
    """What is missing, by goods, short enough for a verdict; the lead's list says what was expected."""
    fields: dict[str, list[Message]] = {}
    for gap in lacks:
        fields.setdefault(gap.item, []).append(say(f"customs.{gap.field}"))
    goods = [_of_goods(item[:_NAME], _listed(names, "also.comma")) for item, names in fields.items()]
    brief = _listed(goods[:_TOLD], "also.and")
    more = len(goods) - _TOLD
    return say("customs.more", first=brief, count=more) if more > 0 else brief


def _of_goods(item: str, lacks: Message) -> Message:
    return say("customs.of", item=item, lacks=lacks) if item else lacks


def _listed(messages: list[Message], joint: str) -> Message:
    return reduce(lambda first, second: say(joint, first=first, second=second), messages)


def _words(lacks: tuple[Gap, ...]) -> str:
    return "; ".join(map(str, lacks))
