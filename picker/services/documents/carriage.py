"""Whether an order's service may carry its goods: told before anything is picked, and again at each seal."""

from collections.abc import Iterable

from sqlalchemy import Connection

from data.store import lookup, orders
from data.types import ExceptionKind, OrderId, Product
from picker.dangerous import DangerMark, Refusal, Why, battery_numbers, mark_of, refusal
from picker.flow.work import OrderWork
from picker.locale.messages import Message, render, say
from picker.services.documents.contents import Sealed
from picker.services.orders.parcel_held import ParcelHeld
from printing.documents.labels import DangerMark as DangerPaper
from printing.jobs import BATTERY, LIMITED


def check_claim(connection: Connection, work: OrderWork) -> None:
    """Raises ParcelHeld, which holds the order, where its service may not carry all that is to be sent."""
    wanted = [line.sku for line in work.lines if line.wanted > line.short]
    goods = [product for sku in wanted if (product := work.order.products.get(sku))]
    found = _refused(connection, work.order.id, goods)
    if found is not None:
        service, refused = found
        told = say(
            "claim.not_carried",
            order=orders.row(connection, work.order.id).number or work.order.id,
            service=service,
            **_about(refused),
        )
        reason = f"{refused.name}: {render(_why(refused))} ({service})"
        if refused.why is Why.HOW_UNKNOWN:
            reason += f": picker service {service} --by ground"
        raise ParcelHeld(work.order.id, ExceptionKind.HOLD, told, None, hold=reason)


def check_parcel(sealed: Sealed) -> None:
    """Raises ParcelHeld where the order's service may not carry what lies in this parcel."""
    found = _refused(sealed.connection, sealed.work.order.id, sealed.goods)
    if found is not None:
        service, refused = found
        told = say("seal.not_carried", service=service, **_about(refused))
        raise ParcelHeld(sealed.work.order.id, ExceptionKind.HOLD, told, None)


def to_stick(goods: Iterable[Product]) -> Message | None:
    """Which marks the packer sticks on a parcel with these goods."""
    goods = list(goods)
    numbers = " + ".join(f"UN {number}" for number in battery_numbers(goods))
    limited = any(mark_of(product) is DangerMark.LIMITED for product in goods)
    if numbers and limited:
        return say("seal.marks", un=numbers)
    if numbers:
        return say("seal.mark_battery", un=numbers)
    return say("seal.mark_limited") if limited else None


def marks(sealed: Sealed) -> dict[str, DangerPaper]:
    """Return the papers of the marks that this parcel must bear, by kind."""
    order, parcel = sealed.number, sealed.parcel.parcel
    found: dict[str, DangerPaper] = {}
    packer = lookup.worker(sealed.connection, sealed.worker)
    language = packer.language if packer else "en"
    numbers = battery_numbers(sealed.goods)
    if numbers:
        found[BATTERY] = DangerPaper(order, parcel, BATTERY, numbers, language)
    if any(mark_of(product) is DangerMark.LIMITED for product in sealed.goods):
        found[LIMITED] = DangerPaper(order, parcel, LIMITED, language=language)
    return found


def _refused(
    connection: Connection, order_id: OrderId, goods: Iterable[Product]
) -> tuple[str, Refusal] | None:
    dangerous = [product for product in goods if mark_of(product) is not None]
    if not dangerous:
        return None
    code = orders.row(connection, order_id).service
    service = lookup.service(connection, code)
    transport = service.transport if service else ""
    found = next((refused for product in dangerous if (refused := refusal(product, transport))), None)
    return None if found is None else (code, found)


def _about(refused: Refusal) -> dict[str, Message | str | int]:
    return {"item": refused.name[:40], "why": _why(refused)}


def _why(refused: Refusal) -> Message:
    return say(f"danger.{refused.why.value}", danger=refused.danger, most=refused.most)
