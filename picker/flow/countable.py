"""What a typed number would count: units like the one scanned just before."""

from picker.flow.events import ScanRefused, UnitsChecked, UnitsPicked
from picker.flow.stacks import Stack, in_tote
from picker.flow.state import Phase, State
from picker.flow.trace import Trace


def last_scanned(state: State) -> UnitsPicked | UnitsChecked | None:
    """Return what the scan just before counted in this phase; None when anything else came after it.

    A typed number does not stand for a scan: the same number entered twice counts once.
    """
    if state.work is None:
        return None
    kind = UnitsPicked if state.phase is Phase.PICK else UnitsChecked
    accepted = [entry for entry in state.work.history[-20:] if not isinstance(entry.event, ScanRefused)]
    group = accepted[-1].group if accepted else ""
    scans = [entry.event for entry in accepted if entry.group == group]
    last = next((event for event in reversed(scans) if isinstance(event, kind)), None)
    return None if last is None or last.typed else last


def left_of(state: State, last: UnitsPicked | UnitsChecked) -> int:
    """Return the units like the last one that are still to be counted in this phase."""
    lines = [line for line in state.work.lines if line.sku == last.sku] if state.work else []
    if isinstance(last, UnitsPicked):
        return sum(line.waiting for line in lines)
    return min(sum(line.in_tote for line in lines), sum(stack.units for stack in alike(state, last)))


def alike(state: State, last: UnitsChecked) -> list[Stack]:
    """Return the units in the tote of the same lot, as far as that is known."""
    lines = [line for line in state.work.lines if line.sku == last.sku] if state.work else []
    stacks = in_tote(state.work, lines) if state.work else []
    return [stack for stack in stacks if stack.trace.agrees(trace_of(last))]


def trace_of(last: UnitsChecked) -> Trace:
    """Return what is known of the unit that was checked."""
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
