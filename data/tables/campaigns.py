"""Campaigns of personalised inserts, the coupons they give away, and which of them lay in which parcel."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, LargeBinary
from sqlmodel import Field

from data.tables.base import Row, at_least, one_of, whole

OUTCOMES = ("given", "control", "broken")
"""What became of a campaign that was for a parcel: it lay in it, its buyer stands in the control group, or it
could not be filled in."""


class Campaign(Row, table=True):
    """A campaign of a shop. `version` is the one that counts; `printed` how many parcels got it.

    `switched_by` is who switched it on or off last.
    """

    __tablename__ = "campaign"

    shop: str = Field(primary_key=True, foreign_key="shop.id")
    code: str = Field(primary_key=True)
    name: str
    active: bool = False
    version: int
    printed: int = 0
    switched_by: str = ""
    switched_at: datetime | None = None

    __table_args__ = (
        at_least("version", 1),
        at_least("printed", 0),
        *whole("version", "printed"),
    )


class CampaignVersion(Row, table=True):
    """A campaign as it was saved once: the lead's own TOML, and its time as instants, the end exclusive."""

    __tablename__ = "campaign_version"

    shop: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    body: str
    starts: datetime | None = None
    ends: datetime | None = None
    saved_at: datetime
    saved_by: str

    __table_args__ = (
        ForeignKeyConstraint(["shop", "code"], ["campaign.shop", "campaign.code"]),
        at_least("version", 1),
        *whole("version"),
    )


class CampaignPicture(Row, table=True):
    """A picture of a shop's inserts (PNG or JPEG); line art is not dithered."""

    __tablename__ = "campaign_picture"

    shop: str = Field(primary_key=True, foreign_key="shop.id")
    name: str = Field(primary_key=True)
    file: bytes = Field(sa_type=LargeBinary)
    line_art: bool = False
    width_percent: int = 100
    added_at: datetime
    added_by: str

    __table_args__ = (at_least("width_percent", 1), *whole("width_percent"))


class CouponSeries(Row, table=True):
    """A series of coupons; `origin` says whether Picker made the codes or the shop did."""

    __tablename__ = "coupon_series"

    shop: str = Field(primary_key=True, foreign_key="shop.id")
    name: str = Field(primary_key=True)
    origin: str = "generated"
    made_at: datetime
    made_by: str

    __table_args__ = (one_of("origin", ("generated", "imported")),)


class Coupon(Row, table=True):
    """One code. `key` is the code without what people leave out or add when they type it."""

    __tablename__ = "coupon"

    key: str = Field(primary_key=True)
    code: str
    shop: str
    series: str
    state: str = "free"
    redeemed_at: datetime | None = None
    redeemed_cents: int | None = Field(default=None, sa_type=BigInteger)

    __table_args__ = (
        ForeignKeyConstraint(["shop", "series"], ["coupon_series.shop", "coupon_series.name"]),
        one_of("state", ("free", "given", "redeemed")),
        at_least("redeemed_cents", 0),
        *whole("redeemed_cents"),
        Index(None, "shop", "series", "state"),
    )


class InsertGiven(Row, table=True):
    """A campaign that was for a parcel, in its version of then; the code of a coupon stands in one row only."""

    __tablename__ = "insert_given"

    order_id: str = Field(primary_key=True, foreign_key="orders.id")
    parcel: int = Field(primary_key=True)
    campaign: str = Field(primary_key=True)
    shop: str
    version: int
    outcome: str
    customer: str | None = None
    language: str = ""
    coupon: str | None = Field(default=None, foreign_key="coupon.key", unique=True)
    at: datetime

    __table_args__ = (
        ForeignKeyConstraint(
            ["shop", "campaign", "version"],
            ["campaign_version.shop", "campaign_version.code", "campaign_version.version"],
        ),
        one_of("outcome", OUTCOMES),
        at_least("parcel", 1),
        *whole("parcel", "version"),
        Index(None, "shop", "campaign", "outcome"),
        Index(None, "customer"),
    )


class Purchase(Row, table=True):
    """Units that a customer bought before Picker knew of it; `cents` is what they cost together.

    `customer` is an id and needs no row: of people who never order again no address is kept.
    """

    __tablename__ = "purchase"

    customer: str = Field(primary_key=True)
    sku: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    category: str = ""
    units: int
    cents: int = Field(sa_type=BigInteger)

    __table_args__ = (at_least("units", 1), at_least("cents", 0), *whole("units", "cents"))
