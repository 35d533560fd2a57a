"""What happens to an order as a whole: by the shop, the office, or its station."""

from dataclasses import dataclass
from enum import StrEnum


class StopKind(StrEnum):
    """Why the order in hand must not go on as it is."""

    CHANGED = "changed"
    HELD = "held"
    CANCELLED = "cancelled"


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
class OrderClosed:
    """Every parcel is labelled and proven; the order leaves the station."""

    parcels: int
    short: int


@dataclass(frozen=True, slots=True)
class ShelfChosen:
    """The parcels of an order that is picked up are put there."""

    location: str


@dataclass(frozen=True, slots=True)
class OrderShelved:
    """All parcels of an order wait for its buyer to come, on the shelf of this location ("" where none was scanned)."""

    parcels: int
    location: str


@dataclass(frozen=True, slots=True)
class OrderHandedOut:
    """The buyer has the parcels."""


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
    """The shop changed the order while it was in work, or a lead did, who says why."""

    changes: tuple[LineChange, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OrderCorrected:
    """A lead corrected where the order goes or how; `what` names the parts and holds nothing of them."""

    what: tuple[str, ...]


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
    """The packer has read the stop."""

    kind: StopKind
