"""The tables: a catalogue, what intake brought, the event log, and the projections written beside it.

Table models don't validate (SQLModel's own choice), so every rule that must hold stands here as a named
CHECK. States are text with a CHECK, money is cents, instants are UTC. Hot paths use `Model.__table__` with
SQLAlchemy Core.
"""

from sqlalchemy import ColumnDefault

from data.tables.base import Row
from data.tables.campaigns import (
    Campaign,
    CampaignPicture,
    CampaignVersion,
    Coupon,
    CouponSeries,
    InsertGiven,
    Purchase,
)
from data.tables.carrier import CarrierLabel
from data.tables.catalogue import (
    Code,
    KitPart,
    Location,
    Packaging,
    PackingPolicy,
    Product,
    ProductNote,
    Service,
    Shop,
    Stock,
    Variant,
    Worker,
)
from data.tables.intake import (
    Customer,
    CustomerReturn,
    ExceptionReport,
    ImportRun,
    LineRule,
    Order,
    OrderLine,
    ReturnedSerial,
)
from data.tables.work import (
    Claim,
    Event,
    OrderSerial,
    Parcel,
    Photo,
    PrintJob,
    RunningStation,
    SsccCounter,
    StationPrinter,
)

__all__ = [
    "Campaign",
    "CampaignPicture",
    "CampaignVersion",
    "CarrierLabel",
    "Claim",
    "Code",
    "Coupon",
    "CouponSeries",
    "Customer",
    "CustomerReturn",
    "Event",
    "ExceptionReport",
    "ImportRun",
    "InsertGiven",
    "KitPart",
    "LineRule",
    "Location",
    "Order",
    "OrderLine",
    "OrderSerial",
    "Packaging",
    "PackingPolicy",
    "Parcel",
    "Photo",
    "PrintJob",
    "Product",
    "ProductNote",
    "Purchase",
    "ReturnedSerial",
    "Row",
    "RunningStation",
    "Service",
    "Shop",
    "SsccCounter",
    "StationPrinter",
    "Stock",
    "Variant",
    "Worker",
]


def _give_defaults_to_core() -> None:
    """Make `insert(Model.__table__)` fill in the models' defaults, which SQLModel gives to instances only."""
    for model in Row.__subclasses__():
        for name, field in model.model_fields.items():
            column = model.__table__.c.get(name)
            if column is None or column.default is not None:
                continue
            default = field.default_factory or field.default
            if default is list or isinstance(default, str | int):
                column.default = ColumnDefault(default)


_give_defaults_to_core()
