"""Counting by a typed number: of many open units of one product one is scanned, how many more is typed."""

import re

from picker.flow import capture, check, units
from picker.flow.events import CaptureStarted, ScanRefused, UnitsChecked, UnitsPicked
from picker.flow.stacks import Stack, in_tote
from picker.flow.state import SERIAL, Phase, State
from picker.flow.trace import Trace
from picker.flow.turn import Step, Turn

_NUMBER = re.compile(r"([1-9][0-9]{0,3})\s*[xX×]?")


def on_number(turn: Turn) -> Step | None:
    """Count a typed number of the item scanned last, or say why not; None for what is no such number.

    What is a code of anything stays that code. The shop's policy switches this on.
    """
    typed = _NUMBER.fullmatch(turn.scan.text.strip()) if turn.scan else None
    counts_here = turn.state.policy.count_from and turn.state.phase in (Phase.PICK, Phase.CHECK)
    if typed is None or turn.facts.matches or not counts_here or units.by_serial(turn):
        return None
    if turn.asked is not None and turn.asked.action == SERIAL:
        return None
    number, last = int(typed[1]), last_scanned(turn.state)
    if last is None:
        return turn.say("count.scan_first")
    product, left = turn.work.order.products.get(last.sku), left_of(turn.state, last)
    name = turn.work.line(last.line).name
    if product is not None and product.serial_wanted:
        return turn.say("capture.single", name=name, count=number)
    if left + last.quantity < turn.state.policy.count_from:
        return turn.say("count.too_few", name=name, least=turn.state.policy.count_from)
    if number > left:
        return turn.say("count.too_many", name=name, count=number, wanted=left)
    if isinstance(last, UnitsChecked):
        return check.count(
            turn, last.sku, number, last.code, _alike(turn.state, last), _trace(last), typed=True
        )
    lot = last.lot if product and product.lot_wanted else ""
    expiry = last.expiry if product and product.expiry_wanted else ""
    more = CaptureStarted(last.line, last.sku, number, last.code, last.location, lot, expiry=expiry)
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


def left_of(state: State, last: UnitsPicked | UnitsChecked) -> int:
    """Return the units like the last one that are still to be counted in this phase."""
    lines = [line for line in state.work.lines if line.sku == last.sku] if state.work else []
    if isinstance(last, UnitsPicked):
        return sum(line.waiting for line in lines)
    return min(sum(line.in_tote for line in lines), sum(stack.units for stack in _alike(state, last)))


def _alike(state: State, last: UnitsChecked) -> list[Stack]:
    """The units in the tote of the same lot, as far as that is known."""
    lines = [line for line in state.work.lines if line.sku == last.sku] if state.work else []
    found = in_tote(state.work, lines) if state.work else []
    return [stack for stack in found if stack.trace.agrees(_trace(last))]


def _trace(last: UnitsChecked) -> Trace:
    return Trace(last.lot, last.serial, last.expiry)


def countable(state: State) -> tuple[str, int]:
    """Return the name of the product of which a typed number would count, and how many at most; 0 when none."""
    last = last_scanned(state) if state.policy.count_from and not state.take_out else None
    if state.work is None or last is None:
        return "", 0
    left, product = left_of(state, last), state.work.order.products.get(last.sku)
    enough = left + last.quantity >= state.policy.count_from
    serial = product is not None and product.serial_wanted
    return (state.work.line(last.line).name, left) if enough and not serial else ("", 0)
