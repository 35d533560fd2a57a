"""Counting by a typed number: of many open units of one product one is scanned, how many more is typed."""

import re

from picker.flow import capture, check
from picker.flow.events import CaptureStarted, ScanRefused, UnitsChecked, UnitsPicked
from picker.flow.state import Phase, State
from picker.flow.turn import Step, Turn

_NUMBER = re.compile(r"([1-9][0-9]{0,3})\s*[xX×]?")


def on_number(turn: Turn) -> Step | None:
    """Count a typed number of the item scanned last, or say why not; None for what is no such number.

    What is a code of anything stays that code. The shop's policy switches this on.
    """
    typed = _NUMBER.fullmatch(turn.scan.text.strip()) if turn.scan else None
    counts_here = turn.state.policy.count_from and turn.state.phase in (Phase.PICK, Phase.CHECK)
    if typed is None or turn.facts.matches or not counts_here:
        return None
    units, last = int(typed[1]), last_scanned(turn.state)
    if last is None:
        return turn.say("count.scan_first")
    product, left = turn.work.order.products.get(last.sku), left_of(turn.state, last.sku)
    name = turn.work.line(last.line).name
    if product is not None and product.serial_wanted:
        return turn.say("capture.single", name=name, count=units)
    if left + last.quantity < turn.state.policy.count_from:
        return turn.say("count.too_few", name=name, least=turn.state.policy.count_from)
    if units > left:
        return turn.say("count.too_many", name=name, count=units, wanted=left)
    if isinstance(last, UnitsChecked):
        return check.count(turn, last.sku, units, last.code, typed=True)
    more = CaptureStarted(last.line, last.sku, units, last.code, last.location, last.lot, expiry=last.expiry)
    return capture.count(turn, more, typed=True)


def last_scanned(state: State) -> UnitsPicked | UnitsChecked | None:
    """Return what the scan just before counted in this phase; None when anything else came after it.

    A typed number does not stand for a scan: the same number entered twice counts once.
    """
    if state.work is None:
        return None
    kind = UnitsPicked if state.phase is Phase.PICK else UnitsChecked
    accepted = [entry for entry in state.work.history[-20:] if not isinstance(entry.event, ScanRefused)]
    group = accepted[-1].group if accepted else ""
    found = [entry.event for entry in accepted if entry.group == group]
    last = next((event for event in reversed(found) if isinstance(event, kind)), None)
    return None if last is None or last.typed else last


def left_of(state: State, sku: str) -> int:
    """Return the units of a product still to be counted in this phase."""
    lines = [line for line in state.work.lines if line.sku == sku] if state.work else []
    return sum(line.waiting if state.phase is Phase.PICK else line.in_tote for line in lines)


def countable(state: State) -> tuple[str, int]:
    """Return the name of the product of which a typed number would count, and how many at most; 0 when none."""
    last = last_scanned(state) if state.policy.count_from and not state.take_out else None
    if state.work is None or last is None:
        return "", 0
    left, product = left_of(state, last.sku), state.work.order.products.get(last.sku)
    enough = left + last.quantity >= state.policy.count_from
    serial = product is not None and product.serial_wanted
    return (state.work.line(last.line).name, left) if enough and not serial else ("", 0)
