"""Campaigns with every version, their pictures, and which of them lay in which parcel."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, exists, func, insert, or_, select, update

from data.tables import (
    Campaign,
    CampaignPicture,
    CampaignVersion,
    Coupon,
    InsertGiven,
    Order,
    PrintJob,
)
from data.types import OrderId, OrderState, PrintJobState, ShopId

_C, _V, _P, _G = (model.__table__ for model in (Campaign, CampaignVersion, CampaignPicture, InsertGiven))
_K, _O, _J = Coupon.__table__, Order.__table__, PrintJob.__table__
_NEVER = (PrintJobState.FAILED, PrintJobState.CANCELLED)
_JOINED = _C.join(_V, and_(_V.c.shop == _C.c.shop, _V.c.code == _C.c.code))
_NOW = (
    select(_C.c.code, _C.c.name, _C.c.active, _C.c.version, _C.c.printed)
    .add_columns(_C.c.switched_by, _C.c.switched_at)
    .add_columns(_V.c.body, _V.c.starts, _V.c.ends, _V.c.saved_at, _V.c.saved_by)
    .select_from(_JOINED)
    .where(_C.c.shop == bindparam("the_shop"), _V.c.version == _C.c.version)
    .order_by(_C.c.code)
)
_ACTIVE = _NOW.where(_C.c.active)
_ONE = _NOW.where(_C.c.code == bindparam("the_code"))
_ANY = select(exists().where(_C.c.shop == bindparam("the_shop")))
_HISTORY = (
    select(_V)
    .where(_V.c.shop == bindparam("the_shop"), _V.c.code == bindparam("the_code"))
    .order_by(_V.c.version.desc())
)
_COUNT = (
    update(_C)
    .where(_C.c.shop == bindparam("the_shop"), _C.c.code == bindparam("the_code"))
    .values(printed=_C.c.printed + 1)
)
_COUNT_WITHIN = _COUNT.where(_C.c.printed < bindparam("most"))
_OF_GIVEN: list[Any] = [_G.c.campaign, _G.c.version, _V.c.body]
_IN_PARCEL = (
    select(*_OF_GIVEN)
    .join(_V, and_(_V.c.shop == _G.c.shop, _V.c.code == _G.c.campaign, _V.c.version == _G.c.version))
    .where(
        _G.c.order_id == bindparam("the_order"),
        _G.c.parcel == bindparam("number"),
        _G.c.outcome == "given",
    )
)


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a campaign for a parcel; `outcome` is one of `data.tables.campaigns.OUTCOMES`."""

    order: OrderId
    parcel: int
    campaign: str
    version: int
    outcome: str
    customer: str | None = None
    language: str = ""
    coupon: str | None = None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A campaign as it is saved: the lead's own TOML, and its time as instants, the end exclusive."""

    shop: ShopId
    code: str
    name: str
    version: int
    body: str
    starts: datetime | None
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture of a shop's inserts (PNG or JPEG)."""

    shop: ShopId
    name: str
    file: bytes
    line_art: bool
    width_percent: int


def active(connection: Connection, shop: ShopId) -> list[Row[Any]]:
    """Return a shop's campaigns that are switched on, as they count now."""
    return list(connection.execute(_ACTIVE, {"the_shop": shop}))


def every(connection: Connection, shop: ShopId) -> list[Row[Any]]:
    """Return all of a shop's campaigns, as they count now."""
    return list(connection.execute(_NOW, {"the_shop": shop}))


def one(connection: Connection, shop: ShopId, code: str) -> Row[Any] | None:
    """Return a campaign as it counts now."""
    return connection.execute(_ONE, {"the_shop": shop, "the_code": code}).first()


def has_any(connection: Connection, shop: ShopId) -> bool:
    """Whether a shop has campaigns of its own, switched on or not."""
    return bool(connection.execute(_ANY, {"the_shop": shop}).scalar())


def history(connection: Connection, shop: ShopId, code: str) -> list[Row[Any]]:
    """Return every version of a campaign, the newest first."""
    return list(connection.execute(_HISTORY, {"the_shop": shop, "the_code": code}))


def add_version(
    connection: Connection,
    new: NewVersion,
    by: str,
    at: datetime,
) -> None:
    """Record a version that counts from now on; version 1 makes the campaign.

    The caller holds the shop (`setup.lock`): two new versions of one number raise IntegrityError.
    """
    key = {"shop": new.shop, "code": new.code}
    if new.version == 1:
        connection.execute(insert(_C), {**key, "name": new.name, "version": 1})
    else:
        mine = (_C.c.shop == new.shop, _C.c.code == new.code)
        connection.execute(update(_C).where(*mine).values(name=new.name, version=new.version))
    values = {"version": new.version, "body": new.body, "starts": new.starts, "ends": new.ends}
    connection.execute(insert(_V), {**key, **values, "saved_by": by, "saved_at": at})


def switch(connection: Connection, shop: ShopId, code: str, by: str, at: datetime, *, on: bool) -> bool:
    """Switch a campaign on or off; False when there is none."""
    mine = (_C.c.shop == shop, _C.c.code == code)
    values = {"active": on, "switched_by": by, "switched_at": at}
    return connection.execute(update(_C).where(*mine).values(values)).rowcount == 1


def count(connection: Connection, shop: ShopId, code: str, budget: int | None) -> bool:
    """Count one more parcel of a campaign; False when its budget is used up.

    The campaign's row stays locked until the transaction ends, so that no two stations take the last one.
    """
    values = {"the_shop": shop, "the_code": code}
    if budget is None:
        connection.execute(_COUNT, values)
        return True
    return connection.execute(_COUNT_WITHIN, {**values, "most": budget}).rowcount == 1


def record(connection: Connection, shop: ShopId, given: Given, at: datetime) -> None:
    """Write what became of a campaign for a parcel."""
    values = {
        "order_id": given.order,
        "parcel": given.parcel,
        "campaign": given.campaign,
        "shop": shop,
        "version": given.version,
        "outcome": given.outcome,
        "customer": given.customer,
        "language": given.language,
        "coupon": given.coupon,
        "at": at,
    }
    connection.execute(insert(_G), values)


def got(
    connection: Connection, shop: ShopId, customers: Collection[str], orders: Collection[str]
) -> list[Row[Any]]:
    """Return (campaign, customer, order_id, parcel, at) of what these customers or orders got or, in a control
    group, would have got. What lay in the parcel of a cancelled order nobody got.
    """
    columns = (_G.c.campaign, _G.c.customer, _G.c.order_id, _G.c.parcel, _G.c.at)
    whose = or_(_G.c.order_id.in_(orders), _G.c.customer.in_(customers))
    sent = (_O.c.id == _G.c.order_id, _O.c.state != OrderState.CANCELLED.value)
    query = select(*columns).join(_O, and_(*sent))
    return list(connection.execute(query.where(_G.c.shop == shop, _G.c.outcome != "broken", whose)))


def in_parcel(connection: Connection, order: OrderId, parcel: int) -> Row[Any] | None:
    """Return the (campaign, version, body) that lies in a parcel."""
    return connection.execute(_IN_PARCEL, {"the_order": order, "number": parcel}).first()


def of_order(connection: Connection, order: OrderId) -> list[Row[Any]]:
    """Return what became of every campaign for an order's parcels, each with the `code` of its coupon or None."""
    query = select(_G, _K.c.code).select_from(_G.outerjoin(_K, _K.c.key == _G.c.coupon))
    return list(connection.execute(query.where(_G.c.order_id == order).order_by(_G.c.parcel, _G.c.campaign)))


def outcomes(connection: Connection, shop: ShopId) -> list[Row[Any]]:
    """Return (campaign, outcome, parcels, customers) of a shop's campaigns."""
    counts = (func.count().label("parcels"), func.count(_G.c.customer.distinct()).label("customers"))
    columns = (_G.c.campaign, _G.c.outcome)
    return list(connection.execute(select(*columns, *counts).where(_G.c.shop == shop).group_by(*columns)))


def unprinted(connection: Connection, shop: ShopId) -> dict[str, int]:
    """Return by campaign how many parcels went without the card they were given, because it never came on paper."""
    job = (_J.c.order_id == _G.c.order_id, _J.c.parcel == _G.c.parcel, _J.c.document == "insert")
    printed = exists().where(*job, _J.c.state.not_in([state.value for state in _NEVER]))
    query = select(_G.c.campaign, func.count()).where(_G.c.shop == shop, _G.c.outcome == "given", ~printed)
    return {row[0]: int(row[1]) for row in connection.execute(query.group_by(_G.c.campaign))}


def put_picture(connection: Connection, new: NewPicture, by: str, at: datetime) -> None:
    """Keep the picture in place of an older one of that name."""
    connection.execute(delete(_P).where(_P.c.shop == new.shop, _P.c.name == new.name))
    connection.execute(insert(_P), {**asdict(new), "added_by": by, "added_at": at})


def pictures(connection: Connection, shop: ShopId, names: Collection[str]) -> dict[str, Row[Any]]:
    """Return those of a shop's pictures that there are."""
    query = select(_P).where(_P.c.shop == shop, _P.c.name.in_(names))
    return {row.name: row for row in connection.execute(query)}


def picture_list(connection: Connection, shop: ShopId) -> list[Row[Any]]:
    """Return every picture of a shop with its size in bytes, but without its file."""
    columns = (_P.c.name, _P.c.line_art, _P.c.width_percent, func.length(_P.c.file).label("size"))
    return list(connection.execute(select(*columns).where(_P.c.shop == shop).order_by(_P.c.name)))
