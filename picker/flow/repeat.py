"""The lot and expiry of the unit before, offered for the next one of the same line."""

from dataclasses import replace

from picker.flow.events import CaptureStarted, UnitsPicked
from picker.flow.work import OrderWork
from picker.locale.messages import Message, say


def repeated(work: OrderWork) -> CaptureStarted | None:
    """Return the pending item with lot and expiry as the unit before had them; None where that says nothing.

    A serial number is never repeated, nor is the rest of a unit whose lot or expiry was another one.
    """
    started, before = work.capture, _before(work)
    if started is None or before is None:
        return None
    if started.lot not in ("", before.lot) or started.expiry not in ("", before.expiry):
        return None
    filled = replace(started, lot=before.lot, expiry=before.expiry)
    return filled if filled != started else None


def _before(work: OrderWork) -> UnitsPicked | None:
    line = work.capture.line if work.capture else 0
    picked = (entry.event for entry in reversed(work.history) if isinstance(entry.event, UnitsPicked))
    return next((event for event in picked if event.line == line), None)


def offered(work: OrderWork | None) -> Message:
    """Return what OK would repeat, for the inside of the question."""
    offer = repeated(work) if work else None
    if offer is None:
        return say("also.nothing")
    key = (
        "also.same_both"
        if offer.lot and offer.expiry
        else "also.same_lot"
        if offer.lot
        else "also.same_expiry"
    )
    return say(key, lot=offer.lot, expiry=offer.expiry)
