"""Coupons: kept by series, given to one parcel each, and redeemed in the shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select, update

from data.store.portions import portions
from data.tables import Coupon, CouponSeries, InsertGiven
from data.types import ShopId

_C, _S, _G = Coupon.__table__, CouponSeries.__table__, InsertGiven.__table__
# Another station's transaction may hold the first free one: it is passed over, not waited for.
_FREE = (
    select(_C.c.key, _C.c.code)
    .where(_C.c.shop == bindparam("the_shop"), _C.c.series == bindparam("name"), _C.c.state == "free")
    .limit(1)
    .with_for_update(skip_locked=True)
)
_GIVE = update(_C).where(_C.c.key == bindparam("the_key"), _C.c.state == "free").values(state="given")
_REDEEM = (
    update(_C)
    .where(_C.c.shop == bindparam("the_shop"), _C.c.key == bindparam("the_key"))
    .values(state="redeemed", redeemed_at=bindparam("at"), redeemed_cents=bindparam("cents"))
)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A code that came back: its key, when, and what the order was worth, if that is known."""

    key: str
    at: datetime
    cents: int | None = None


def free(connection: Connection, shop: ShopId, series: str) -> tuple[str, str] | None:
    """Return (key, code) of a coupon to give, locked until the transaction ends; None when none is left."""
    row = connection.execute(_FREE, {"the_shop": shop, "name": series}).first()
    return (row.key, row.code) if row else None


def left(connection: Connection, shop: ShopId, series: str) -> bool:
    """Return whether a series has a coupon that was not given yet."""
    mine = (_C.c.shop == shop, _C.c.series == series, _C.c.state == "free")
    return connection.execute(select(exists().where(*mine))).scalar_one()


def give(connection: Connection, key: str) -> None:
    """Mark a coupon that `free` found as given. Raises LookupError when it is not free."""
    if connection.execute(_GIVE, {"the_key": key}).rowcount != 1:
        raise LookupError(f"coupon {key!r}: expected a free one")


def add_series(connection: Connection, shop: ShopId, name: str, origin: str, by: str, at: datetime) -> None:
    """Make a series, unless there is one of that name."""
    if name not in series_names(connection, shop):
        connection.execute(
            insert(_S), {"shop": shop, "name": name, "origin": origin, "made_by": by, "made_at": at}
        )


def series_names(connection: Connection, shop: ShopId) -> set[str]:
    """Return the names of a shop's series."""
    return set(connection.scalars(select(_S.c.name).where(_S.c.shop == shop)))


def add(connection: Connection, shop: ShopId, series: str, codes: Sequence[tuple[str, str]]) -> set[str]:
    """Add (key, code) to a series; returns the keys that were there already, in any series of any shop."""
    taken: set[str] = set()
    for some in portions(codes):
        known = set(connection.scalars(select(_C.c.key).where(_C.c.key.in_([key for key, _ in some]))))
        taken |= known
        rows = [
            {"key": key, "code": code, "shop": shop, "series": series}
            for key, code in some
            if key not in known
        ]
        if rows:
            connection.execute(insert(_C), rows)
    return taken


def counts(connection: Connection, shop: ShopId) -> list[Row[Any]]:
    """Return (series, state, coupons) of every series."""
    columns = (_C.c.series, _C.c.state)
    query = select(*columns, func.count().label("coupons")).where(_C.c.shop == shop).group_by(*columns)
    return list(connection.execute(query.order_by(*columns)))


def listing(connection: Connection, shop: ShopId, series: str | None = None) -> list[Row[Any]]:
    """Return every coupon with the parcel and campaign it was given to, by series and code."""
    given = (_G.c.order_id, _G.c.parcel, _G.c.campaign, _G.c.version, _G.c.at.label("given_at"))
    columns = (_C.c.series, _C.c.code, _C.c.state, *given, _C.c.redeemed_at, _C.c.redeemed_cents)
    query = select(*columns).select_from(_C.outerjoin(_G, _G.c.coupon == _C.c.key)).where(_C.c.shop == shop)
    if series is not None:
        query = query.where(_C.c.series == series)
    return list(connection.execute(query.order_by(_C.c.series, _C.c.code)))


def state(connection: Connection, shop: ShopId, key: str) -> str:
    """Return a coupon's state, "" when the shop has no such code."""
    query = select(_C.c.state).where(_C.c.shop == shop, _C.c.key == key)
    return connection.execute(query).scalar() or ""


def redeem(connection: Connection, shop: ShopId, redeemed: Redeemed) -> None:
    """Record that a coupon was redeemed."""
    values = {"the_shop": shop, "the_key": redeemed.key, "at": redeemed.at, "cents": redeemed.cents}
    connection.execute(_REDEEM, values)


def redeemed_by_campaign(connection: Connection, shop: ShopId) -> dict[str, tuple[int, int]]:
    """Return by campaign how many of its coupons were redeemed and the cents of those orders, as far as known."""
    cents = func.coalesce(func.sum(_C.c.redeemed_cents), 0)
    query = (
        select(_G.c.campaign, func.count(), cents)
        .join(_C, _C.c.key == _G.c.coupon)
        .where(_G.c.shop == shop, _C.c.state == "redeemed")
        .group_by(_G.c.campaign)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(query)}
