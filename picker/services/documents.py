"""The documents of a sealed parcel: label, packing slip and insert, as content for the printer."""

import secrets
from typing import Any

from sqlalchemy import Connection, Row

from data.store import lookup, orders, parcels
from data.store.parcels import NewPrintJob
from data.types import Service
from picker.flow import events as ev
from picker.flow.work import OrderWork
from picker.inserts import CAMPAIGNS, InsertFacts, choose, coupon_code
from picker.services.ids import uuid7
from printing.content import content_hash, dump
from printing.documents import AddressBlock, Document, Insert, PackingSlip, ParcelLabel, SlipLine

LABEL, SLIP, INSERT = "label", "slip", "insert"


def documents_for(
    connection: Connection, shop_id: str, work: OrderWork, sealed: ev.ParcelSealed, worker: str
) -> list[NewPrintJob]:
    """Return the print jobs of one sealed parcel; content only, so that sealing waits for no renderer."""
    order = orders.row(connection, work.order.id)
    shop = lookup.shop(connection, order.shop or shop_id)
    packer = lookup.worker(connection, worker)
    customer = lookup.customer(connection, order.customer) if order.customer else None
    found: dict[str, Document] = {
        LABEL: _label(connection, shop, order, work, sealed),
        SLIP: _slip(shop, order, work, sealed),
        INSERT: _insert(shop, order, customer, work, sealed, packer.name if packer else ""),
    }
    return [_job(work.order.id, sealed.parcel, kind, dump(document)) for kind, document in found.items()]


def _job(
    order: str, parcel: int, kind: str, content: dict[str, object], revision: int = 1, reason: str = ""
) -> NewPrintJob:
    return NewPrintJob(uuid7(), order, parcel, kind, content, content_hash(content), revision, reason)


def label_again(connection: Connection, order: str, event: ev.ReprintRequested) -> NewPrintJob:
    """Return the job that prints a document once more: the same content under the next revision."""
    first = parcels.first_job(connection, order, event.parcel, event.document)
    if first is None:
        raise LookupError(f"Order {order} parcel {event.parcel} has no {event.document} to print again")
    revision = parcels.last_revision(connection, order, event.parcel, event.document) + 1
    return _job(order, event.parcel, event.document, first.content, revision, event.reason)


def _parcels(work: OrderWork) -> int:
    return max(1, sum(1 for parcel in work.parcels if parcel.units))


def _first_parcel(work: OrderWork) -> int:
    """The parcel that carries the order's one coupon."""
    return min((parcel.number for parcel in work.parcels if parcel.units), default=1)


def _recipient(order: Row[Any]) -> AddressBlock:
    city = f"{order.ship_zip} {order.ship_city}".strip()
    lines = (
        order.ship_name,
        order.ship_company,
        order.ship_line1,
        order.ship_line2,
        city,
        order.ship_province,
    )
    return AddressBlock(tuple(line for line in lines if line), order.ship_country)


def _label(
    connection: Connection, shop: Row[Any], order: Row[Any], work: OrderWork, sealed: ev.ParcelSealed
) -> ParcelLabel:
    service = lookup.service(connection, order.service)
    return ParcelLabel(
        order=work.order.id,
        parcel=sealed.parcel,
        parcels=_parcels(work),
        sscc=sealed.sscc,
        recipient=_recipient(order),
        sender=AddressBlock(tuple(shop.sender_lines) or (shop.name,), shop.sender_country),
        carrier=_carrier(service),
        service=service.name if service else order.service,
        weight_g=sealed.gross_g or None,
        marks=_marks(work, sealed),
        language=order.language,
    )


def _carrier(service: Service | None) -> str:
    """The carrier's name, unless the service's own name begins with it."""
    return "" if service is None or service.name.startswith(service.carrier) else service.carrier


def _marks(work: OrderWork, sealed: ev.ParcelSealed) -> tuple[str, ...]:
    goods = [work.order.products.get(work.line(line).sku) for line, _ in sealed.contents]
    fragile = any(product and product.fragility >= 2 for product in goods)
    liquid = any(product and product.liquid for product in goods)
    return (*(("fragile",) if fragile else ()), *(("this_side_up", "liquid") if liquid else ()))


def _slip(shop: Row[Any], order: Row[Any], work: OrderWork, sealed: ev.ParcelSealed) -> PackingSlip:
    inside = dict(sealed.contents)
    here = tuple(
        SlipLine(line.sku, line.name, inside[line.line], line.wanted)
        for line in work.lines
        if inside.get(line.line)
    )
    elsewhere = tuple(
        SlipLine(line.sku, line.name, line.wanted - line.short - inside.get(line.line, 0), line.wanted)
        for line in work.lines
        if line.wanted - line.short > inside.get(line.line, 0)
    )
    missing = tuple(
        SlipLine(line.sku, line.name, line.short, line.wanted) for line in work.lines if line.short
    )
    return PackingSlip(
        order=work.order.id,
        parcel=sealed.parcel,
        parcels=_parcels(work),
        shop=shop.name,
        recipient=_recipient(order),
        lines=here,
        elsewhere=elsewhere,
        missing=missing,
        language=order.language,
    )


def _insert(
    shop: Row[Any],
    order: Row[Any],
    customer: Row[Any] | None,
    work: OrderWork,
    sealed: ev.ParcelSealed,
    packer: str,
) -> Insert:
    goods = [work.order.products.get(work.line(line).sku) for line, _ in sealed.contents]
    facts = InsertFacts(
        order=work.order.id,
        parcel=sealed.parcel,
        shop_name=shop.name,
        customer_name=order.ship_name,
        language=order.language,
        orders_before=customer.orders_count if customer else 0,
        spent_cents=customer.spent_cents if customer else 0,
        consent=bool(customer and customer.marketing_consent),
        categories=frozenset(product.category for product in goods if product and product.category),
        value_cents=order.value_cents,
        packer_name=packer,
        return_url_base=shop.return_url,
    )
    coupon = coupon_code(secrets.token_bytes(5)) if sealed.parcel == _first_parcel(work) else ""
    chosen = choose(facts, CAMPAIGNS, coupon)
    return Insert(
        order=work.order.id,
        parcel=sealed.parcel,
        heading=chosen.heading,
        paragraphs=chosen.paragraphs,
        coupon=chosen.coupon,
        coupon_text=chosen.coupon_text,
        return_url=chosen.return_url,
        return_text=chosen.return_text,
        language=chosen.language,
    )
