"""What an event means for the tables beside the log: pure, so that `verify` can add it up again."""

from dataclasses import dataclass

from data.hold_reasons import REPORTED
from data.types import ExceptionKind, OrderState, Sku, StockState
from picker.flow import events as ev


@dataclass(frozen=True, slots=True)
class StockMove:
    """Units of a product that come to a location, or, negative, leave it."""

    sku: Sku
    location: str
    state: StockState
    units: int


@dataclass(frozen=True, slots=True)
class NewBarcode:
    """A barcode, in the form in which it is looked up, that stands for so many units of a product."""

    key: str
    sku: Sku
    units: int


@dataclass(frozen=True, slots=True)
class Effects:
    """Stock moved, packaging used, a product's new figures or barcode (key, SKU, units), and what a person must
    look at (kind, detail).
    """

    stock: tuple[StockMove, ...] = ()
    packaging: tuple[tuple[str, int], ...] = ()
    figures: tuple[Sku, ev.Figures] | None = None
    barcode: NewBarcode | None = None
    report: tuple[ExceptionKind, dict[str, object]] | None = None


_NOTHING = Effects()


def effects(event: ev.Event) -> Effects:
    """Return what an event does to stock and to the lead's list. Stock without a location isn't on record."""
    match event:
        case ev.UnitsPicked():
            return Effects(_move(event.sku, event.location, StockState.AVAILABLE, -event.quantity))
        case ev.UnitsTakenOut() if event.to_shelf:
            return Effects(_move(event.sku, event.location, StockState.AVAILABLE, event.quantity))
        case ev.UnitsDamaged():
            return _damaged(event)
        case ev.UnitsSetAside():
            aside = _move(event.sku, StockState.ASIDE.name, StockState.ASIDE, event.quantity)
            return Effects(
                aside, report=(ExceptionKind.PUT_BACK, {"sku": event.sku, "quantity": event.quantity})
            )
        case ev.UnitsShort() | ev.LocationEmpty():
            return Effects(report=(ExceptionKind.SHORT, _short(event)))
        case ev.StockCorrected():
            return Effects(_move(event.sku, event.location, StockState.AVAILABLE, event.quantity))
        case ev.ParcelSealed() if not event.packaging.startswith(ev.OWN_BOX):
            return Effects(packaging=((event.packaging, -1),))
        case ev.ProductMeasured() | ev.FiguresRestored():
            return Effects(figures=(Sku(event.sku), event.after))
        case ev.BarcodeAttached():
            return Effects(barcode=NewBarcode(event.code, Sku(event.sku), event.quantity))
        case ev.OrderShelved():
            waiting: dict[str, object] = {"parcels": event.parcels, "location": event.location}
            return Effects(report=(ExceptionKind.COLLECTION, waiting))
        case ev.OrderHeld() if (
            event.reason not in REPORTED
        ):  # those are reported by the import, with their SKUs
            return Effects(report=(ExceptionKind.HOLD, {"reason": event.reason}))
    return _NOTHING


def _move(sku: str, location: str, state: StockState, quantity: int) -> tuple[StockMove, ...]:
    return (StockMove(Sku(sku), location, state, quantity),) if location else ()


def _damaged(event: ev.UnitsDamaged) -> Effects:
    away = StockState(event.disposition)
    taken = _move(event.sku, event.location, StockState.AVAILABLE, -event.quantity)
    put = _move(event.sku, away.name, away, event.quantity)
    detail: dict[str, object] = {
        "sku": event.sku,
        "quantity": event.quantity,
        "reason": event.reason,
        "severity": event.severity,
        "disposition": event.disposition,
        "location": event.location,
    }
    return Effects(
        (*(taken if event.source is ev.DamageSource.SHELF else ()), *put),
        report=(ExceptionKind.DAMAGE, detail),
    )


def _short(event: ev.UnitsShort | ev.LocationEmpty) -> dict[str, object]:
    quantity = event.quantity if isinstance(event, ev.UnitsShort) else 0
    return {"sku": event.sku, "location": event.location, "reason": event.reason, "quantity": quantity}


def state_after(state: OrderState, event: ev.Event) -> OrderState:
    """Return where an order stands after one more event of its stream."""
    match event:
        case ev.OrderCancelled():
            return OrderState.CANCELLED
        case ev.OrderHeld() if state is not OrderState.CANCELLED:
            return OrderState.HELD
        case ev.HoldReleased() if state is OrderState.HELD:
            return OrderState.IN_WORK if event.in_hand else OrderState.WAITING
        case ev.OrderClaimed():
            return OrderState.IN_WORK
        case ev.OrderParked() if state is OrderState.IN_WORK:
            return OrderState.PARKED
        case ev.OrderClosed():
            return OrderState.CLOSED
    return state


def hold_reason_after(reason: str, event: ev.Event) -> str:
    """Return why an order doesn't go on after one more event of its stream, "" when nothing is in its way."""
    match event:
        case ev.OrderHeld() | ev.OrderCancelled():
            return event.reason
        case ev.HoldReleased():
            return ""
    return reason
