"""Labels that the carriers themselves made."""

from datetime import datetime

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field

from data.tables.base import Row, at_least, one_of, whole

LABEL_RULES = ("none", "wanted", "required")
"""Whether a service's parcels carry the carrier's own label: never asked for, if it is there, or always."""
PIECES_RULES = ("none", "required")
"""Whether each label of a service must say how many parcels there are in all."""


class CarrierLabel(Row, table=True):
    """A carrier's own label of one parcel, as it will be printed; the highest revision counts.

    `payload` is ZPL, or a PNG of the dots for paper of `dpi` and `width_dots`; `codes` are what its
    barcodes hold. Its names and addresses are personal data.
    """

    __tablename__ = "carrier_label"

    order_id: str = Field(primary_key=True, foreign_key="orders.id")
    parcel: int = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    format: str
    payload: bytes = Field(sa_type=LargeBinary)
    sha256: str
    dpi: int
    width_dots: int
    codes: list[str] = Field(default_factory=list, sa_type=JSON)
    source: str
    added_at: datetime
    added_by: str

    __table_args__ = (
        one_of("format", ("zpl", "png")),
        *(at_least(name, 1) for name in ("parcel", "revision", "dpi", "width_dots")),
        *whole("parcel", "revision", "dpi", "width_dots"),
    )
