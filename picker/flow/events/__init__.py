"""Everything that can happen at a station: the closed set of events of the log.

An event holds facts only, in exact types, and never a customer's name or address. `picker.flow.eventlog` is
the only way to and from the log.
"""

from picker.flow.events.goods import (
    BarcodeAttached,
    CaptureStarted,
    DamageSource,
    Figures,
    FiguresRestored,
    LocationConfirmed,
    LocationEmpty,
    ProductChosen,
    ProductMeasured,
    StockCorrected,
    TaskPostponed,
    UnitsChecked,
    UnitsDamaged,
    UnitsPicked,
    UnitsSetAside,
    UnitsShort,
    UnitsTakenOut,
)
from picker.flow.events.orders import (
    HoldReleased,
    LineChange,
    OrderCancelled,
    OrderChanged,
    OrderClaimed,
    OrderClosed,
    OrderCorrected,
    OrderHandedOut,
    OrderHeld,
    OrderParked,
    OrderShelved,
    ShelfChosen,
    StopAcknowledged,
    StopKind,
    Undone,
)
from picker.flow.events.parcels import (
    OWN_BOX,
    Counts,
    LabelPrinted,
    LabelVerified,
    PackagingChosen,
    ParcelSealed,
    ParcelStarted,
    ParcelWeighed,
    PhotoMissed,
    PhotoSubject,
    PhotoTaken,
    PiecesConfirmed,
    ReprintRequested,
)
from picker.flow.events.stations import Parts, ScanRefused, SignedIn, SignedOut

__all__ = [
    "OWN_BOX",
    "BarcodeAttached",
    "CaptureStarted",
    "Counts",
    "DamageSource",
    "Event",
    "Figures",
    "FiguresRestored",
    "HoldReleased",
    "LabelPrinted",
    "LabelVerified",
    "LineChange",
    "LocationConfirmed",
    "LocationEmpty",
    "OrderCancelled",
    "OrderChanged",
    "OrderClaimed",
    "OrderClosed",
    "OrderCorrected",
    "OrderHandedOut",
    "OrderHeld",
    "OrderParked",
    "OrderShelved",
    "PackagingChosen",
    "ParcelSealed",
    "ParcelStarted",
    "ParcelWeighed",
    "Parts",
    "PhotoMissed",
    "PhotoSubject",
    "PhotoTaken",
    "PiecesConfirmed",
    "ProductChosen",
    "ProductMeasured",
    "ReprintRequested",
    "ScanRefused",
    "ShelfChosen",
    "SignedIn",
    "SignedOut",
    "StockCorrected",
    "StopAcknowledged",
    "StopKind",
    "TaskPostponed",
    "Undone",
    "UnitsChecked",
    "UnitsDamaged",
    "UnitsPicked",
    "UnitsSetAside",
    "UnitsShort",
    "UnitsTakenOut",
]

Event = (
    SignedIn
    | SignedOut
    | OrderClaimed
    | OrderParked
    | LocationConfirmed
    | CaptureStarted
    | UnitsPicked
    | LocationEmpty
    | UnitsShort
    | TaskPostponed
    | UnitsChecked
    | UnitsDamaged
    | UnitsTakenOut
    | UnitsSetAside
    | ParcelStarted
    | PackagingChosen
    | ParcelWeighed
    | PiecesConfirmed
    | ParcelSealed
    | ReprintRequested
    | LabelPrinted
    | LabelVerified
    | OrderClosed
    | ShelfChosen
    | OrderShelved
    | OrderHandedOut
    | Undone
    | OrderChanged
    | OrderCorrected
    | OrderHeld
    | HoldReleased
    | OrderCancelled
    | StopAcknowledged
    | ScanRefused
    | BarcodeAttached
    | ProductChosen
    | PhotoTaken
    | PhotoMissed
    | StockCorrected
    | ProductMeasured
    | FiguresRestored
)
