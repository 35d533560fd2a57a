"""What the item just scanned still owes: its lot, serial number or expiry."""

from data.types import Product
from picker.flow.events import CaptureStarted
from picker.flow.state import State


def lacking(started: CaptureStarted, product: Product | None) -> str:
    """Return which of `lot`, `serial`, `expiry` is still wanted, "" when nothing is."""
    if product is None:
        return ""
    if product.lot_wanted and not started.lot:
        return "lot"
    if product.serial_wanted and not started.serial:
        return "serial"
    return "expiry" if product.expiry_wanted and not started.expiry else ""


def owed(state: State) -> str:
    """Return which of `lot`, `serial`, `expiry` the pending item still owes."""
    if state.work is None or state.work.capture is None:
        raise AssertionError("no capture is pending")
    return lacking(state.work.capture, state.work.order.products.get(state.work.capture.sku))
