"""Lot, serial and expiry: asked for when the product wants them, in one code or in several."""

from dataclasses import replace
from datetime import date
from itertools import takewhile

from data.types import Product
from picker.flow.events import CaptureStarted, ScanRefused, UnitsChecked, UnitsPicked
from picker.flow.items import Item
from picker.flow.messages import say
from picker.flow.state import State
from picker.flow.tasks import Task
from picker.flow.turn import Step, Turn
from picker.flow.undo import take_back
from picker.flow.work import Entry
from scanning.result import Scan

LONGEST = 20
"""GS1 General Specifications: lot (AI 10) and serial (AI 21) hold at most 20 characters."""


def begin(turn: Turn, item: Item, task: Task) -> Step:
    """Pick the units at once when nothing is owed, else remember them and ask."""
    product = turn.work.order.products.get(item.sku)
    if product and product.serial_wanted and item.quantity > 1:
        return turn.say("capture.single", name=item.name, count=item.quantity)
    scan = turn.scan
    if scan is None:
        raise AssertionError("an item is always scanned")
    started = CaptureStarted(task.line.line, item.sku, item.quantity, turn.code, task.location)
    return _go_on(turn, _filled(started, product, scan))


def _filled(started: CaptureStarted, product: Product | None, scan: Scan) -> CaptureStarted:
    if product is None:
        return started
    return replace(
        started,
        lot=started.lot or (scan.lot or "" if product.lot_wanted else ""),
        serial=started.serial or (scan.serial or "" if product.serial_wanted else ""),
        expiry=started.expiry or (scan.expiry.isoformat() if product.expiry_wanted and scan.expiry else ""),
    )


def _missing(started: CaptureStarted, product: Product | None) -> str:
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
    return _missing(state.work.capture, state.work.order.products.get(state.work.capture.sku))


def _go_on(turn: Turn, started: CaptureStarted) -> Step:
    product = turn.work.order.products.get(started.sku)
    line = turn.work.line(started.line)
    if started.serial and started.serial in turn.work.serials:
        return turn.say("capture.serial_twice", serial=started.serial)
    if started.expiry and date.fromisoformat(started.expiry) < turn.facts.now.date():
        return turn.say("capture.expired", name=line.name, expiry=started.expiry)
    missing = _missing(started, product)
    if missing:
        turn.emit(started)
        return turn.say(f"capture.{missing}", name=line.name)
    return _count(turn, started)


def _count(turn: Turn, done: CaptureStarted) -> Step:
    turn.emit(
        UnitsPicked(
            done.line, done.sku, done.quantity, done.location, done.code, done.lot, done.serial, done.expiry
        )
    )
    if turn.state.policy.one_scan:
        parcel = turn.work.open_parcel.number
        turn.emit(UnitsChecked(done.line, done.sku, done.quantity, parcel, done.code))
    turn.set(last_line=done.line)
    line = turn.work.line(done.line)
    if any(other.waiting for other in turn.work.lines):
        key = "pick.done" if line.waiting else "pick.line_done"
        return turn.say(key, name=line.name, done=line.picked, wanted=line.wanted)
    return turn.say("pick.packed_all" if turn.state.policy.one_scan else "pick.all_done")


def on_scan(turn: Turn) -> Step:
    """Take the next thing owed from a GS1 code or from plain text."""
    started, scan = turn.work.capture, turn.scan
    if started is None or scan is None:
        raise AssertionError("no capture is pending")
    product = turn.work.order.products.get(started.sku)
    missing = _missing(started, product)
    filled = _filled(started, product, scan)
    if filled != started and (scan.gtin is None or _same_product(turn, started)):
        return _go_on(turn, filled)
    name = turn.work.line(started.line).name
    if missing == "expiry":
        expiry = _date(scan.text)
        if expiry is None:
            return turn.say("capture.bad_expiry", code=turn.code, name=name)
        return _go_on(turn, replace(started, expiry=expiry))
    if turn.facts.matches or scan.gtin or scan.sscc or len(scan.text) > LONGEST:
        return turn.say(f"capture.bad_{missing}", code=turn.code, what=turn.what(), name=name)
    return _go_on(
        turn, replace(started, lot=scan.text) if missing == "lot" else replace(started, serial=scan.text)
    )


def _same_product(turn: Turn, started: CaptureStarted) -> bool:
    return any(match.ref == started.sku for match in turn.facts.matches)


def _date(text: str) -> str | None:
    digits = text.replace("-", "").replace(".", "").strip()
    if len(digits) == 6 and digits.isdecimal():
        digits = f"20{digits}"
    try:
        return (
            date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat() if len(digits) == 8 else None
        )
    except ValueError:
        return None


def on_back(turn: Turn) -> Step:
    """Drop the pending item; nothing of it was counted."""
    name = turn.work.line(turn.work.capture.line).name if turn.work.capture else ""
    take_back(turn, tuple(entry.id for entry in _pending(turn.work.history)))
    return turn.done(say("capture.dropped", name=name))


def _pending(history: tuple[Entry, ...]) -> list[Entry]:
    counted = [entry for entry in history if not isinstance(entry.event, ScanRefused)]
    return list(takewhile(lambda entry: isinstance(entry.event, CaptureStarted), reversed(counted)))
