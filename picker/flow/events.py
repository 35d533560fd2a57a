"""Everything that can happen at a station: the closed set of events of the log.

An event holds facts only, in exact types, and never a customer's name or address. `picker.flow.eventlog` is
the only way to and from the log.
"""

from dataclasses import dataclass

Counts = tuple[tuple[int, int], ...]
"""(order line, units) pairs in line order."""


Figures = tuple[int, int, int, int]
"""Length, width and height in mm and weight in g of one unit of a product; 0 is not known."""

OWN_BOX = "own:"
"""Begins, before the SKU, the packaging of a parcel that is a product's own box."""


DAMAGE, BOX = "damage", "box"
"""What is photographed: a damaged unit, or an open parcel before it is sealed."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The event's worker took the station."""


@dataclass(frozen=True, slots=True)
class SignedOut:
    """The event's worker left the station."""


@dataclass(frozen=True, slots=True)
class OrderClaimed:
    """The order is this station's from now on; `epoch` fences off every earlier owner."""

    epoch: int
    taken_from: str = ""


@dataclass(frozen=True, slots=True)
class OrderParked:
    """The order waits, as it is, for any station to go on with it."""

    reason: str


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
    """Damaged units leave the order; the missing ones are to be picked anew.

    `source` is `shelf` (not yet picked), `tote` (picked) or `parcel` (already checked).
    """

    line: int
    sku: str
    quantity: int
    source: str
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
class ParcelStarted:
    """Whatever is checked from now on goes into this parcel."""

    parcel: int


@dataclass(frozen=True, slots=True)
class PackagingChosen:
    """The packaging of a parcel; what is not in `contents` moves to the parcel `rest`.

    `packaging` and `proposed` are codes, or `OWN_BOX` with a SKU.
    """

    parcel: int
    packaging: str
    proposed: str
    reason: str
    contents: Counts
    rest: int
    expected_g: int
    fits: bool


@dataclass(frozen=True, slots=True)
class ParcelWeighed:
    """What the scale or the packer said, beside what was expected (0 = not known)."""

    parcel: int
    gross_g: int
    expected_g: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ParcelSealed:
    """The parcel is closed and its documents are queued. `gross_g` 0 = not weighed.

    With `label_scan` the parcel is finished only when its label was scanned on the box.
    """

    parcel: int
    sscc: str
    gross_g: int
    expected_g: int
    packaging: str
    contents: Counts
    label_scan: bool


@dataclass(frozen=True, slots=True)
class ReprintRequested:
    """A document of a sealed parcel is to be printed once more, for this reason; a lead may have authorised it."""

    parcel: int
    document: str
    reason: str
    authorised_by: str = ""


@dataclass(frozen=True, slots=True)
class LabelPrinted:
    """The printer has confirmed this parcel's label, and the shop takes its word for a scan on the box."""

    parcel: int


@dataclass(frozen=True, slots=True)
class LabelVerified:
    """The label on the box was scanned and is this parcel's."""

    parcel: int
    code: str


@dataclass(frozen=True, slots=True)
class OrderClosed:
    """Every parcel is labelled and proven; the order leaves the station."""

    parcels: int
    short: int


@dataclass(frozen=True, slots=True)
class Undone:
    """These events count no longer; they stay in the log."""

    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line of a changed order: units wanted before and now."""

    line: int
    sku: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """The shop changed the order while it was in work."""

    changes: tuple[LineChange, ...]


@dataclass(frozen=True, slots=True)
class OrderHeld:
    """The order must not go on until the reason is gone."""

    reason: str


@dataclass(frozen=True, slots=True)
class HoldReleased:
    """The reason of the hold is gone; `in_hand` when a station still had the order before it."""

    in_hand: bool = False


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """The order must not go out at all."""

    reason: str


@dataclass(frozen=True, slots=True)
class StopAcknowledged:
    """The packer has read the stop: `changed`, `held` or `cancelled`."""

    kind: str


Parts = tuple[tuple[str, "str | tuple[str, Parts]"], ...]
"""The parameters of a message by name; one that is a message itself is its key and its parts."""


@dataclass(frozen=True, slots=True)
class ScanRefused:
    """A scan that fitted nothing; `key` and `params` are the message it got."""

    code: str
    key: str
    params: Parts = ()


@dataclass(frozen=True, slots=True)
class BarcodeAttached:
    """The barcode `code` stands for `quantity` units of a product from now on; a lead may have authorised it."""

    line: int
    sku: str
    code: str
    quantity: int
    authorised_by: str = ""


@dataclass(frozen=True, slots=True)
class PhotoTaken:
    """A photo lies in the station's folder of photos: of a damaged unit of `line`, or of the open `parcel`.

    `subject` is `DAMAGE` or `BOX`, `file` the name of a JPEG file and `sha256` that of its bytes, in hexadecimal.
    """

    subject: str
    line: int
    parcel: int
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PhotoMissed:
    """There is no photo of this, for this reason; of an open parcel a lead has authorised that."""

    subject: str
    line: int
    parcel: int
    reason: str
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
    | ParcelSealed
    | ReprintRequested
    | LabelPrinted
    | LabelVerified
    | OrderClosed
    | Undone
    | OrderChanged
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
