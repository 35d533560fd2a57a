"""The catalogue as a station asks for it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from data.cutoff import weekdays_text
from data.store.prepared import Prepared
from data.tables import Code, Customer, Location, Packaging, Product, Service, Shop, Stock, Worker
from data.types import (
    CodeKind,
    CodeMatch,
    Fragility,
    PackagingKind,
    Role,
    Rotation,
    ShopId,
    StockState,
    Tariff,
    WorkerId,
)
from data.types import Packaging as PackagingFact
from data.types import Product as ProductFact
from data.types import Service as ServiceFact
from data.types import Worker as WorkerFact

_C, _P, _S = Code.__table__, Product.__table__, Stock.__table__
_MATCHES = Prepared(
    select(_C.c.kind, _C.c.ref, _C.c.quantity).where(_C.c.code == bindparam("code")).order_by(_C.c.ref)
)
_BADGE = _C.alias("badge")
_CODES_OF = (
    select(_C.c.code, _C.c.ref, _C.c.quantity)
    .where(
        _C.c.kind == bindparam("kind"),
        _C.c.ref.in_(bindparam("refs", expanding=True)),
        or_(
            _C.c.kind == CodeKind.WORKER.value,
            ~select(_BADGE.c.ref)
            .where(_BADGE.c.code == _C.c.code, _BADGE.c.kind == CodeKind.WORKER.value)
            .exists(),
        ),
    )
    .order_by(_C.c.quantity, _C.c.code)
)
_SOME_CODES = (
    select(_C.c.code, _C.c.ref)
    .where(_C.c.kind == bindparam("kind"))
    .order_by(_C.c.ref, _C.c.code)
    .limit(bindparam("most"))
)
_PRODUCTS = select(_P).where(_P.c.sku.in_(bindparam("skus", expanding=True)))
_PLACES = (
    select(_S.c.sku, _S.c.location, (_S.c.base + _S.c.moved).label("quantity"), Location.__table__.c.walk_key)
    .join(Location.__table__, Location.__table__.c.code == _S.c.location)
    .where(_S.c.sku.in_(bindparam("skus", expanding=True)), _S.c.state == StockState.AVAILABLE.value)
)
_PACKAGINGS = select(Packaging.__table__).order_by(Packaging.__table__.c.code)
_WORKER = select(Worker.__table__).where(Worker.__table__.c.id == bindparam("id"))
_SERVICES = select(Service.__table__).where(~Service.__table__.c.retired).order_by(Service.__table__.c.code)
_SERVICE = select(Service.__table__).where(Service.__table__.c.code == bindparam("code"))
_CUSTOMER = select(Customer.__table__).where(Customer.__table__.c.id == bindparam("id"))
_SHOP = select(Shop.__table__).where(Shop.__table__.c.id == bindparam("id"))

_DANGEROUS = select(_P.c.sku).where(or_(_P.c.un_number != "", _P.c.hazmat != "", _P.c.batteries > 0)).limit(1)


def any_dangerous(connection: Connection) -> bool:
    """Return whether the catalogue has dangerous goods."""
    return connection.execute(_DANGEROUS).first() is not None


def matches(connection: Connection, code: str) -> tuple[CodeMatch, ...]:
    """Return everything a normalised code can stand for."""
    rows = _MATCHES.rows(connection, {"code": code})
    return tuple(CodeMatch(CodeKind(kind), ref, quantity) for kind, ref, quantity in rows)


def codes_of(
    connection: Connection, kind: CodeKind, refs: Iterable[str]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the (code, quantity) pairs of each thing of one kind, smallest quantity first.

    A code that is also somebody's badge stands for that person alone: wherever it is scanned, it is read as the badge.
    """
    codes: dict[str, tuple[tuple[str, int], ...]] = {}
    for row in connection.execute(_CODES_OF, {"kind": kind.value, "refs": list(refs)}):
        codes[row.ref] = (*codes.get(row.ref, ()), (row.code, row.quantity))
    return codes


def some_codes(connection: Connection, kind: CodeKind, most: int) -> list[tuple[str, str]]:
    """Return up to `most` (code, what it stands for) of one kind."""
    rows = connection.execute(_SOME_CODES, {"kind": kind.value, "most": most})
    return [(row.code, row.ref) for row in rows]


def products(connection: Connection, skus: Iterable[str]) -> dict[str, ProductFact]:
    """Return the products with these SKUs; unknown ones are absent."""
    rows = connection.execute(_PRODUCTS, {"skus": list(skus)})
    return {row.sku: _product(row) for row in rows}


def places(connection: Connection, skus: Iterable[str]) -> dict[str, tuple[tuple[str, int, int], ...]]:
    """Return (location, walk key, units on record) of each SKU's available stock."""
    by_sku: dict[str, tuple[tuple[str, int, int], ...]] = {}
    for row in connection.execute(_PLACES, {"skus": list(skus)}):
        by_sku[row.sku] = (*by_sku.get(row.sku, ()), (row.location, row.walk_key, row.quantity))
    return by_sku


def packagings(connection: Connection) -> tuple[PackagingFact, ...]:
    """Return every packaging with its stock and its codes."""
    rows = connection.execute(_PACKAGINGS).all()
    codes = codes_of(connection, CodeKind.PACKAGING, [row.code for row in rows])
    return tuple(_packaging(row, tuple(code for code, _ in codes.get(row.code, ()))) for row in rows)


def worker(connection: Connection, worker_id: WorkerId) -> WorkerFact | None:
    """Return an active worker."""
    row = connection.execute(_WORKER, {"id": worker_id}).first()
    if row is None or not row.active:
        return None
    return WorkerFact(row.id, row.name, Role(row.role), row.language)


def leads(connection: Connection) -> list[WorkerId]:
    """Return the ids of the active workers who may decide for the shop, sorted."""
    table = Worker.__table__
    wanted = (table.c.active, table.c.role.in_((Role.LEAD.value, Role.ADMIN.value)))
    return list(connection.scalars(select(table.c.id).where(*wanted).order_by(table.c.id)))


def services(connection: Connection) -> tuple[ServiceFact, ...]:
    """Return every carrier service but those that were retired."""
    return tuple(_service(row) for row in connection.execute(_SERVICES))


def service(connection: Connection, code: str) -> ServiceFact | None:
    """Return a carrier service."""
    row = connection.execute(_SERVICE, {"code": code}).first()
    return _service(row) if row else None


def shop(connection: Connection, shop_id: ShopId) -> Row[Any]:
    """Return a shop's row; NoResultFound when there is none."""
    return connection.execute(_SHOP, {"id": shop_id}).one()


def customer(connection: Connection, customer_id: str) -> Row[Any] | None:
    """Return a customer's row."""
    return connection.execute(_CUSTOMER, {"id": customer_id}).first()


def _product(row: Row[Any]) -> ProductFact:
    return ProductFact(
        row.sku,
        row.name,
        row.length_mm,
        row.width_mm,
        row.height_mm,
        row.weight_g,
        Rotation(row.rotation),
        Fragility(row.fragility),
        row.max_top_g,
        row.mailer_ok,
        row.liquid,
        row.lot_wanted,
        row.serial_wanted,
        row.expiry_wanted,
        row.category,
        row.location,
        row.price_cents,
        row.own_box,
        row.ships_alone,
        row.goods_group,
        row.hazmat,
        row.batteries,
        row.battery_wh,
        row.nests_mm,
        row.hs_code,
        row.origin,
        row.battery_g,
        row.lot_pattern,
        row.serial_pattern,
        row.min_days_left,
        row.un_number,
        row.no_barcode,
    )


def _packaging(row: Row[Any], codes: tuple[str, ...]) -> PackagingFact:
    return PackagingFact(
        row.code,
        row.name,
        PackagingKind(row.kind),
        (row.inner_x_mm, row.inner_y_mm, row.inner_z_mm),
        (row.outer_x_mm, row.outer_y_mm, row.outer_z_mm),
        row.tare_g,
        row.max_gross_g,
        row.price_cents,
        row.base + row.moved,
        row.ect,
        row.walls,
        None if row.services is None else frozenset(row.services.split("|")),
        codes,
        None if row.shops is None else frozenset(row.shops.split("|")),
    )


def _service(row: Row[Any]) -> ServiceFact:
    sides = row.max_sides_mm
    return ServiceFact(
        row.code,
        row.carrier,
        row.name,
        row.cutoff,
        Tariff(
            row.code,
            row.base_cents,
            row.step_cents,
            row.step_g,
            tuple((most_g, cents) for most_g, cents in row.rates),
            row.dim_divisor,
            row.side_step_tenths,
            row.max_weight_g,
            (sides[0], sides[1], sides[2]) if sides else None,
            row.max_girth_mm,
        ),
        weekdays_text(row.weekdays),
        row.pieces,
        row.transport,
    )
