"""What happens to units, locations and products."""

from dataclasses import dataclass
from enum import StrEnum

Figures = tuple[int, int, int, int]
"""Length, width and height in mm and weight in g of one unit of a product; 0 is not known."""


class DamageSource(StrEnum):
    """Where a damaged unit was found: not yet picked, picked, or already checked."""

    SHELF = "shelf"
    TOTE = "tote"
    PARCEL = "parcel"


@dataclass(frozen=True, slots=True)
class LocationConfirmed:
    """The packer stands at this location, proven by its code."""

    location: str


@dataclass(frozen=True, slots=True)
class CaptureStarted:
    """An item was scanned that still owes its lot, serial or expiry; nothing is counted yet."""

    line: int
    sku: str
    quantity: int
    code: str
    location: str
    lot: str = ""
    serial: str = ""
    expiry: str = ""


@dataclass(frozen=True, slots=True)
class UnitsPicked:
    """Units taken from a location for this order. `expiry` is an ISO date.

    `typed` says that one unit was scanned before and the number of these typed.
    """

    line: int
    sku: str
    quantity: int
    location: str
    code: str
    lot: str = ""
    serial: str = ""
    expiry: str = ""
    typed: bool = False


@dataclass(frozen=True, slots=True)
class LocationEmpty:
    """Nothing (more) to pick at this location; other stock serves the line."""

    line: int
    sku: str
    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnitsShort:
    """Units that can't be delivered with this order."""

    line: int
    sku: str
    quantity: int
    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class TaskPostponed:
    """The pick of this line goes to the end of the walk."""

    line: int


@dataclass(frozen=True, slots=True)
class UnitsChecked:
    """Units proven right at the bench and laid into a parcel; `typed` and `expiry` as in `UnitsPicked`.

    Lot, serial number and expiry are those of the units in the packer's hand, "" where nothing tells them. In logs
    before schema 2 they are missing.
    """

    line: int
    sku: str
    quantity: int
    parcel: int
    code: str
    typed: bool = False
    lot: str = ""
    serial: str = ""
    expiry: str = ""


@dataclass(frozen=True, slots=True)
class UnitsDamaged:
    """Damaged units leave the order; the missing ones are to be picked anew."""

    line: int
    sku: str
    quantity: int
    source: DamageSource
    location: str
    parcel: int
    reason: str
    severity: str
    disposition: str
    lot: str = ""
    serial: str = ""
    expiry: str = ""


@dataclass(frozen=True, slots=True)
class UnitsTakenOut:
    """Units scanned back out: from the parcel to the tote, or from the order to the shelf."""

    line: int
    sku: str
    quantity: int
    from_parcel: int
    to_shelf: bool
    location: str
    code: str
    serial: str = ""
    lot: str = ""
    expiry: str = ""


@dataclass(frozen=True, slots=True)
class UnitsSetAside:
    """Picked units of a cancelled order, waiting beside the bench to be put back."""

    line: int
    sku: str
    quantity: int
    location: str


@dataclass(frozen=True, slots=True)
class BarcodeAttached:
    """The barcode `code` stands for `quantity` units of a product from now on; a lead may have authorised it."""

    line: int
    sku: str
    code: str
    quantity: int
    authorised_by: str = ""


@dataclass(frozen=True, slots=True)
class ProductChosen:
    """The scanned code stands for all of `among`; the packer said that this SKU is in hand."""

    sku: str
    code: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StockCorrected:
    """The figure of a location was wrong by `quantity` units (positive: more was there)."""

    sku: str
    location: str
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class ProductMeasured:
    """A product was measured at the station; the catalogue has these figures from now on."""

    sku: str
    before: Figures
    after: Figures


@dataclass(frozen=True, slots=True)
class FiguresRestored:
    """The measurement just undone counts no longer: the catalogue has the figures from before it again."""

    sku: str
    before: Figures
    after: Figures
