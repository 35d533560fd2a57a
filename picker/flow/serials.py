"""Serial numbers that are elsewhere: gone out with a closed order, or with another order that is in work."""

from picker.flow.facts import SerialAt
from picker.flow.turn import Step, Turn


def refusal(turn: Turn, sku: str, serial: str) -> Step | None:
    """Return the refusal of a unit that can't be here; None of one that can."""
    found = [at for at in turn.facts.serials if (at.sku, at.serial) == (sku, serial)]
    gone = next((at for at in found if at.closed_on), None)
    if gone is not None:
        return _gone(turn, gone)
    if found:
        return turn.say("capture.serial_elsewhere", serial=serial, order=found[0].order)
    return None


def gone(turn: Turn, sku: str, serial: str) -> Step | None:
    """Return the refusal of a unit that went out with a closed order; None of any other."""
    found = (at for at in turn.facts.serials if (at.sku, at.serial) == (sku, serial) and at.closed_on)
    return next((_gone(turn, at) for at in found), None)


def gone_by_text(turn: Turn) -> Step | None:
    """Return the refusal of a text that is nothing but the serial number of a unit that went out."""
    text = turn.scan.text if turn.scan and not turn.facts.matches else ""
    return next((_gone(turn, at) for at in turn.facts.serials if at.serial == text and at.closed_on), None)


def _gone(turn: Turn, at: SerialAt) -> Step:
    day = at.closed_on.isoformat() if at.closed_on else ""
    return turn.say("capture.serial_gone", serial=at.serial, order=at.order, day=day)
