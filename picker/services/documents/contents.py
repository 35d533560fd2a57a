"""What each document of a parcel says, from the order, the shop and what was packed."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, Row

from data.money import decimals
from data.store import kits, lookup, orders, setup
from data.types import Product, Service, WorkerId
from picker.dangerous import danger_of
from picker.flow import events as ev
from picker.flow.work import LineWork, OrderWork
from picker.inserts.returns import return_url
from picker.services.documents.kits import slip_lines
from picker.services.documents.rates import euros_in_cents, in_cents
from printing.addresses import Postal, block, destination
from printing.customs import IOSS_MOST_EUR, MOST_SDR, beyond
from printing.descriptions import describes
from printing.documents.address import AddressBlock
from printing.documents.customs import CN22, CN23, CommercialInvoice, CustomsItem, Declaration
from printing.documents.labels import CollectionSlip, Mark, ParcelLabel
from printing.documents.slips import GiftSlip, PackingSlip, ReturnSlip, SlipLine
from printing.territories import Territory, territory, territory_of_lines
from printing.words import money


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed parcel with all that its documents speak of: rows of shop and order, the work, and the day."""

    connection: Connection
    shop: Row[Any]
    order: orders.StoredOrder
    work: OrderWork
    parcel: ev.ParcelSealed
    worker: WorkerId
    day: str

    @property
    def number(self) -> str:
        """The order's number as its buyer knows it: another shop's order may have the same."""
        return self.order.number or self.work.order.id

    @property
    def decimals(self) -> int:
        """Of the order's currency."""
        return decimals(self.order.currency)

    @property
    def parcels(self) -> int:
        """How many parcels the order has, known once this is its last; 0 before that, for what is to come may
        still be split, fall short or be damaged.
        """
        number = self.parcel.parcel
        sealed = {parcel.number for parcel in self.work.parcels if parcel.units and parcel.sealed}
        to_come = any(line.waiting or self.work.loose(line.line) for line in self.work.lines)
        return 0 if to_come or sealed != set(range(1, number + 1)) else number

    @property
    def labelled(self) -> int:
        """How many parcels its label speaks of: those confirmed, where the service wants that."""
        return self.work.pieces or self.parcels

    @property
    def goods(self) -> list[Product]:
        """The products in this parcel that the catalogue knows."""
        skus = [self.work.line(line).sku for line, _ in self.parcel.contents]
        return [product for sku in skus if (product := self.work.order.products.get(sku))]


def label(sealed: Sealed) -> ParcelLabel | CollectionSlip:
    """What is stuck on the parcel."""
    return collection_slip(sealed) if sealed.work.order.pick_up else parcel_label(sealed)


def parcel_label(sealed: Sealed) -> ParcelLabel:
    """The parcel's shipping label."""
    order = sealed.order
    service = lookup.service(sealed.connection, order.service)
    return ParcelLabel(
        order=sealed.number,
        parcel=sealed.parcel.parcel,
        parcels=sealed.labelled,
        sscc=sealed.parcel.sscc,
        recipient=_recipient(sealed),
        sender=_sender(sealed),
        carrier=_carrier(service),
        service=service.name if service else order.service,
        weight_g=sealed.parcel.gross_g or None,
        marks=_marks(sealed.goods),
        language=order.language,
        collect=_to_collect(sealed),
    )


def collection_slip(sealed: Sealed) -> CollectionSlip:
    """What stands on a parcel that its buyer comes for, in place of a label."""
    order = sealed.order
    return CollectionSlip(
        order=sealed.number,
        parcel=sealed.parcel.parcel,
        parcels=sealed.parcels,
        sscc=sealed.parcel.sscc,
        name=order.ship_name or order.ship_company,
        shop=sealed.shop.name,
        items=sum(units for _, units in sealed.parcel.contents),
        language=order.language,
        collect=_to_collect(sealed),
    )


def _to_collect(sealed: Sealed) -> str:
    """What the carrier takes at the door: once, for the last parcel, and not for what fell short."""
    if not sealed.order.collect_cents or not sealed.parcels:
        return ""
    prices = _prices(sealed)
    missing = sum(line.short * prices.get(line.line, 0) for line in sealed.work.lines)
    return money(max(0, sealed.order.collect_cents - missing), sealed.order.currency, sealed.decimals)


def slip(sealed: Sealed) -> PackingSlip | GiftSlip:
    """The slip of a parcel: a gift's has no prices."""
    return gift_slip(sealed) if sealed.order.gift else packing_slip(sealed)


def packing_slip(sealed: Sealed) -> PackingSlip:
    """What lies here, in the order's other parcels, and what isn't sent at all, with prices."""
    here, elsewhere, missing = _lines(sealed)
    return PackingSlip(
        order=sealed.number,
        parcel=sealed.parcel.parcel,
        parcels=sealed.parcels,
        shop=sealed.shop.name,
        recipient=_recipient(sealed),
        lines=here,
        elsewhere=elsewhere,
        missing=missing,
        language=sealed.order.language,
        currency=sealed.order.currency,
        decimals=sealed.decimals,
    )


def gift_slip(sealed: Sealed) -> GiftSlip:
    """The same without prices, with the giver's words to who receives it; the order's note is for who packs it."""
    here, elsewhere, _ = _lines(sealed)
    return GiftSlip(
        order=sealed.number,
        parcel=sealed.parcel.parcel,
        parcels=sealed.parcels,
        shop=sealed.shop.name,
        recipient=_recipient(sealed),
        lines=here,
        message=sealed.order.gift_message,
        giver=sealed.order.giver,
        exchange=returns_page(sealed),
        elsewhere=elsewhere,
        language=sealed.order.language,
    )


def customs_form(sealed: Sealed) -> CN22 | CN23:
    """The declaration of what lies in this parcel; `printing.customs.gaps` says what it lacks."""
    form = cn22(sealed)
    return as_cn23(form) if beyond(form) else form


def cn22(sealed: Sealed) -> CN22:
    """What customs are told of a parcel, on the smaller form."""
    prices, listed = _prices(sealed), _listed(sealed)
    lines = ((sealed.work.line(number), quantity) for number, quantity in sealed.parcel.contents)
    items = tuple(_customs_item(sealed, line, quantity, prices, listed=listed) for line, quantity in lines)
    shop, order = sealed.shop, sealed.order
    form = CN22(
        order=sealed.number,
        parcel=sealed.parcel.parcel,
        sender=_sender(sealed),
        recipient=_recipient(sealed),
        items=items,
        currency=order.currency,
        decimals=sealed.decimals,
        gross_g=sealed.parcel.gross_g or sealed.parcel.expected_g or None,
        date=sealed.day,
        nature="sale",  # a merchant's parcel is one, whoever receives it
        language=order.language,
        phone=order.ship_phone,
        importer=order.ship_tax_id,
        exporter=shop.eori,
        limit_cents=in_cents(shop.sdr_rates, order.currency, MOST_SDR),
    )
    return replace(form, ioss=_ioss(sealed, form.value_cents))


def cn23(sealed: Sealed) -> CN23:
    """What customs are told of a parcel, on the larger form."""
    return as_cn23(cn22(sealed))


def invoice(sealed: Sealed) -> CommercialInvoice:
    """The commercial invoice of a parcel."""
    return as_invoice(cn22(sealed))


def as_cn23(form: Declaration) -> CN23:
    """The same on the larger form."""
    return CN23(**_fields(form))


def as_invoice(form: Declaration) -> CommercialInvoice:
    """The same as an invoice."""
    return CommercialInvoice(**_fields(form))


def _fields(form: Declaration) -> dict[str, Any]:
    return {field.name: getattr(form, field.name) for field in fields(form)}


def _listed(sealed: Sealed) -> bool:
    """Whether the catalogue's prices, which all shops share, are in the order's currency without a doubt."""
    return {shop.currency for shop in setup.shops(sealed.connection)} == {sealed.order.currency}


def _customs_item(
    sealed: Sealed, line: LineWork, quantity: int, prices: dict[int, int], *, listed: bool
) -> CustomsItem:
    product = sealed.work.order.products.get(line.sku) or Product(line.sku, line.name)
    return CustomsItem(
        description=line.name if describes(line.name, line.sku) else product.name,
        quantity=quantity,
        net_g=product.weight_g,
        value_cents=prices.get(line.line) or (product.price_cents if listed else 0) or None,
        hs_code=product.hs_code,
        origin=product.origin,
        sku=line.sku,
        danger=danger_of(product),
    )


def _ioss(sealed: Sealed, value_cents: int) -> str | None:
    """The number in the EU's Import One-Stop Shop: for what comes in from outside, worth up to 150 EUR."""
    if sent_from(sealed.shop).in_union or not sent_to(sealed.order).in_union:
        return ""
    most = euros_in_cents(sealed.shop.sdr_rates, sealed.order.currency, IOSS_MOST_EUR)
    if most is None or value_cents > most:
        return ""
    said = str(sealed.shop.ioss)
    return {"": None, "none": ""}.get(said, said)


def sent_from(shop: Row[Any]) -> Territory:
    """Where the shop's parcels begin, for customs."""
    return territory_of_lines(shop.sender_country, shop.sender_lines)


def sent_to(order: orders.StoredOrder) -> Territory:
    """Where an order goes, for customs."""
    return territory(order.ship_country, order.ship_zip, f"{order.ship_city} {order.ship_province}")


def returns_page(sealed: Sealed) -> str:
    """Where this parcel's goods are announced for their way back, "" where the shop has no such page.

    Who receives a gift is shown where it is exchanged, never the page on which its buyer is paid back.
    """
    shop, order = sealed.shop, sealed.order
    page = shop.exchange_url if order.gift else shop.return_url
    return return_url(page, sealed.number, sealed.parcel.parcel)


def return_slip(sealed: Sealed) -> ReturnSlip:
    """How the customer sends goods of this parcel back."""
    here, _, _ = _lines(sealed)
    shop = sealed.shop
    return ReturnSlip(
        order=sealed.number,
        parcel=sealed.parcel.parcel,
        shop=shop.name,
        return_to=_sender(sealed),
        code=sealed.work.order.id,
        lines=here,
        url=returns_page(sealed),
        policy=tuple(shop.return_policy),
        days=shop.return_days,
        language=sealed.order.language,
    )


def _recipient(sealed: Sealed) -> AddressBlock:
    order = sealed.order
    street = tuple(line for line in (order.ship_line1, order.ship_line2) if line)
    address = Postal(
        name=order.ship_name,
        company=order.ship_company,
        street=street,
        city=order.ship_city,
        zip=order.ship_zip,
        province=order.ship_province,
        country=order.ship_country,
    )
    return block(address, sealed.shop.sender_country)


def _sender(sealed: Sealed) -> AddressBlock:
    """The shop's own lines; abroad they end with its country."""
    shop, to = sealed.shop, sealed.order.ship_country
    lines = tuple(shop.sender_lines) or (shop.name,)
    if shop.sender_country and to and to.upper() != shop.sender_country.upper():
        lines = (*lines, destination(shop.sender_country.upper(), shop.sender_country))
    return AddressBlock(lines, shop.sender_country)


def _carrier(service: Service | None) -> str:
    """The carrier's name, unless the service's own name begins with it."""
    return "" if service is None or service.name.startswith(service.carrier) else service.carrier


def _marks(goods: list[Product]) -> tuple[str, ...]:
    liquid = any(product.liquid for product in goods)
    wanted = {
        Mark.FRAGILE: any(product.fragility >= 2 for product in goods),
        Mark.THIS_SIDE_UP: liquid,
        Mark.LIQUID: liquid,
    }
    return tuple(mark.value for mark, needed in wanted.items() if needed)


def _lines(sealed: Sealed) -> tuple[tuple[SlipLine, ...], tuple[SlipLine, ...], tuple[SlipLine, ...]]:
    """What lies here, elsewhere, and nowhere."""
    inside = dict(sealed.parcel.contents)
    groups = kits.grouped(orders.lines(sealed.connection, sealed.work.order.id))
    work = {line.line: line for line in sealed.work.lines}

    def lines(count: Callable[[LineWork], int]) -> tuple[SlipLine, ...]:
        counted = (
            [(row, work[row.line], max(0, count(work[row.line]))) for row in group] for group in groups
        )
        return tuple(line for group in counted for line in slip_lines(group))

    return (
        lines(lambda line: inside.get(line.line, 0)),
        lines(lambda line: line.wanted - line.short - inside.get(line.line, 0)),
        lines(lambda line: line.short),
    )


def _prices(sealed: Sealed) -> dict[int, int]:
    """The price of one unit by line, where the order says one."""
    rows = orders.lines(sealed.connection, sealed.work.order.id)
    return {row.line: row.price_cents for row in rows if row.price_cents}
