"""The report on packing: gathered from the shop's database, reckoned by the pure rooms."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count

from sqlalchemy import Connection

from data.engine import Database
from data.store import lookup, packed, returns
from data.store.packed import Packed
from data.store.portions import portions
from data.types import OrderId, Packaging, PackagingKind, Product, ShopId, Tariff
from picker.flow.packaging import container, item, priced
from picker.packing.advice import Advice, Shipment, advise, steps
from picker.packing.types import PackingPolicy
from picker.services.packing import policies
from picker.services.packing.report.overrides import PackagingUse, ProductUse, by_packaging, by_product

LEAST_PARCELS = 50
"""Parcels from which "never the best choice" says more of a packaging than of chance."""


@dataclass(frozen=True, slots=True)
class PackingReport:
    """How the orders sealed last were packed, and how they could have been.

    `empty_percent` is the empty share of the parcels as sent, over those `measured`: goods of known sizes in
    cartons and tubes; `too_empty` of them exceed the policy's `max_empty_percent`. The advice names what was
    never the best choice only where there are `LEAST_PARCELS` parcels to tell by.
    """

    orders: int
    parcels: int
    measured: int
    empty_percent: int
    too_empty: int
    max_empty_percent: int
    products: tuple[ProductUse, ...]
    packagings: tuple[PackagingUse, ...]
    advice: Advice

    def to_json(self) -> dict[str, object]:
        """Return it as JSON values."""
        fields = asdict(replace(self, advice=replace(self.advice, savings=())))
        fields["advice"]["savings"] = [
            {
                "inner_mm": list(saving.carton.inner_mm),
                "price_cents": saving.carton.price_cents,
                "saved_cents": saving.saved_cents,
                "shipments": saving.shipments,
            }
            for saving in self.advice.savings
        ]
        return fields


def packing_report(
    db: Database,
    shop: ShopId,
    most: int,
    tick: Callable[[int, int], None] = lambda done, total: None,
    least_parcels: int = LEAST_PARCELS,
) -> PackingReport:
    """Return the report on the orders sealed last, at most so many, by the policy of `shop`.

    `tick` is told plans made, of how many at most. Below `least_parcels` nothing is called never the best choice.
    """
    with db.reader.connect() as connection:
        policy = policies.current(connection, shop).document.policy()
        parcels = packed.latest(connection, most)
        products = _products(connection, parcels)
        packagings = tuple(one for one in lookup.packagings(connection) if one.packs_for(shop))
        tariffs = {service.code: service.tariff for service in lookup.services(connection)}
        damaged = returns.damaged(connection, parcels)
    shipments = _shipments(parcels, products, tariffs, policy)
    advice = advise(shipments, [container(one) for one in packagings], _counter(tick, steps(len(shipments))))
    if len(parcels) < least_parcels:
        advice = replace(advice, never_best=())
    shares = _empty_shares(parcels, products, {one.code: one for one in packagings})
    room = sum(inner for inner, _ in shares)
    return PackingReport(
        orders=len(shipments),
        parcels=len(parcels),
        measured=len(shares),
        empty_percent=100 * sum(empty for _, empty in shares) // room if room else 0,
        too_empty=sum(100 * empty > policy.max_empty_percent * inner for inner, empty in shares),
        max_empty_percent=policy.max_empty_percent,
        products=by_product(parcels, damaged.by_sku),
        packagings=by_packaging(parcels, damaged.by_packaging),
        advice=advice,
    )


def _counter(tick: Callable[[int, int], None], total: int) -> Callable[[], None]:
    done = count(1)
    return lambda: tick(next(done), total)


def _products(connection: Connection, parcels: Sequence[Packed]) -> dict[str, Product]:
    skus = sorted({sku for parcel in parcels for sku, _ in parcel.contents})
    return {sku: one for some in portions(skus) for sku, one in lookup.products(connection, some).items()}


def _shipments(
    parcels: Sequence[Packed],
    products: Mapping[str, Product],
    tariffs: Mapping[str, Tariff],
    policy: PackingPolicy,
) -> list[Shipment]:
    """Each order's goods together again, however they were divided."""
    contents: dict[OrderId, Counter[str]] = {}
    for parcel in parcels:
        contents.setdefault(parcel.order, Counter()).update(dict(parcel.contents))
    services = {parcel.order: parcel.service for parcel in parcels}
    return [
        Shipment(
            tuple(item(n, sku, sku, goods[sku], products.get(sku)) for n, sku in enumerate(sorted(goods))),
            priced(policy, tariffs[services[order]]) if services[order] in tariffs else policy,
        )
        for order, goods in contents.items()
    ]


def _empty_shares(
    parcels: Sequence[Packed], products: Mapping[str, Product], packagings: Mapping[str, Packaging]
) -> list[tuple[int, int]]:
    """(inner volume, empty part of it) in mm3 of each parcel for which both are known; a mailer has no empty part."""
    shares = []
    for parcel in parcels:
        box = packagings.get(parcel.packaging)
        volumes = [_volume(products.get(sku)) * units for sku, units in parcel.contents]
        if box is not None and box.kind in (PackagingKind.CARTON, PackagingKind.TUBE) and all(volumes):
            x, y, z = box.inner_mm
            shares.append((x * y * z, max(0, x * y * z - sum(volumes))))
    return shares


def _volume(product: Product | None) -> int:
    if product is None:
        return 0
    return (product.length_mm or 0) * (product.width_mm or 0) * (product.height_mm or 0)
