"""Serial numbers that are elsewhere: gone out with a closed order, or with another order that is in work."""

from dataclasses import replace

from picker.flow.facts import SerialAt
from picker.flow.turn import Step, Turn


def as_known(turn: Turn) -> None:
    """Read a text that nothing is known by as the serial number that it would be in letters of the other case.

    Caps Lock turns them round and hands type small ones, an input method widens them; a number out of a GS1 code is
    what it is.
    """
    scan = turn.scan
    if scan is None or turn.state.work is None or turn.facts.matches or scan.ours or scan.gtin or scan.serial:
        return
    work, text = turn.state.work, scan.folded or scan.text
    of = {work.capture.sku} if work.capture else {line.sku for line in work.lines}
    here = {serial for number, serial in work.serials if work.line(number).sku in of}
    known = here | {at.serial for at in turn.facts.serials if at.sku in of}
    alike = {serial for serial in known if serial.casefold() == text.casefold()}
    meant = {text} & alike or alike
    if scan.text not in alike and len(meant) == 1:
        turn.scan = replace(scan, text=meant.pop(), folded="", doubt=None, detail="")


def refusal(turn: Turn, sku: str, serial: str) -> Step | None:
    """Return the refusal of a unit that can't be here; None of one that can."""
    packed = [at for at in turn.facts.serials if (at.sku, at.serial) == (sku, serial)]
    gone = next((at for at in packed if at.closed_on), None)
    if gone is not None:
        return _gone(turn, gone)
    if packed:
        return turn.refuse(
            "capture.serial_elsewhere", serial=serial, order=turn.facts.called(packed[0].order)
        )
    return None


def gone(turn: Turn, sku: str, serial: str) -> Step | None:
    """Return the refusal of a unit that went out with a closed order; None of any other."""
    closed = (at for at in turn.facts.serials if (at.sku, at.serial) == (sku, serial) and at.closed_on)
    return next((_gone(turn, at) for at in closed), None)


def gone_by_text(turn: Turn) -> Step | None:
    """Return the refusal of a text that is nothing but the serial number of a unit that went out."""
    text = turn.scan.text if turn.scan and not turn.facts.matches else ""
    return next((_gone(turn, at) for at in turn.facts.serials if at.serial == text and at.closed_on), None)


def _gone(turn: Turn, at: SerialAt) -> Step:
    day = at.closed_on.isoformat() if at.closed_on else ""
    return turn.refuse("capture.serial_gone", serial=at.serial, order=turn.facts.called(at.order), day=day)
