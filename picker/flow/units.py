"""Which units of the order a scan means: by lot, serial number and expiry, as far as they are known."""

from dataclasses import replace

from data.types import CodeKind
from picker.flow.dates import read_date
from picker.flow.items import Item
from picker.flow.state import Dialog, DialogKind, Pending, Phase, Question
from picker.flow.trace import FIELDS, NOTHING, Trace
from picker.flow.turn import Step, Turn
from picker.locale.messages import Message, say

_APART = "\x1d"
"""Between the parts of an option; no scan that is understood holds it."""


def by_serial(turn: Turn) -> Item | None:
    """A serial number of this order stands for its unit, unless it is also the code of one of its products.

    One that units of two products have is the one of those just scanned, or of the only one still to be checked.
    """
    scan = turn.scan
    if scan is None:
        return None
    ours = {line.sku for line in turn.work.lines}
    if any(match.ref in ours for match in turn.matches(CodeKind.PRODUCT)):
        return None
    asked = turn.asked.code if turn.asked and turn.asked.action is Question.SERIAL else ""
    numbers = [number for number, serial in turn.work.serials if serial in (scan.text, scan.serial)]
    by_sku = {turn.work.line(number).sku: number for number in numbers}
    if len(by_sku) > 1:
        by_sku = {
            sku: n for sku, n in by_sku.items() if sku == asked or (not asked and turn.work.line(n).in_tote)
        }
    if len(by_sku) != 1:
        return None
    line = turn.work.line(next(iter(by_sku.values())))
    return Item(line.sku, line.name, 1, turn.work.order.products.get(line.sku))


def names_itself(turn: Turn) -> bool:
    """Whether this is the serial number of a unit of the order, where such a number stands for its unit."""
    stands = turn.state.phase in (Phase.CHECK, Phase.TAKE_BACK) or turn.state.take_out
    return turn.state.work is not None and stands and by_serial(turn) is not None


def given(turn: Turn, item: Item) -> Trace:
    """Return what the scan says of the unit. The serial number of a case, or one nobody wants to know, says nothing."""
    scan = turn.scan
    if scan is None:
        return NOTHING
    serial = ""
    if item.quantity == 1 and item.product and item.product.serial_wanted:
        known = {serial for line, serial in turn.work.serials if turn.work.line(line).sku == item.sku}
        named = scan.text in known and all(match.ref != item.sku for match in turn.matches(CodeKind.PRODUCT))
        serial = scan.serial or (scan.text if named else "")
    return Trace(scan.lot or "", serial, scan.expiry.isoformat() if scan.expiry else "")


def ask_serial(turn: Turn, sku: str) -> None:
    """Have the next scan read as a serial number of this product."""
    turn.state = replace(turn.state, pending=Pending(Question.SERIAL, sku))


def option_of(trace: Trace) -> str:
    """Return a trace as the option of a question."""
    return _APART.join((trace.lot, trace.serial, trace.expiry))


def trace_of(option: str) -> Trace:
    """Return the trace of an option."""
    return Trace(*option.split(_APART))


def words(trace: Trace) -> Message:
    """Return a trace in words."""
    known = [name for name in FIELDS if getattr(trace, name)]
    if not known:
        return say("also.nothing")
    first, *further = (say(f"unit.{name}", value=getattr(trace, name)) for name in known)
    for other in further:
        first = say("unit.both", first=first, second=other)
    return first


def choose(turn: Turn, item: Item, line: int, traces: set[Trace]) -> Step:
    """Ask which of several lots or dates is in the packer's hand."""
    listed = sorted(traces - {NOTHING})[:9]
    options = tuple(option_of(trace) for trace in listed)
    listed_words = tuple(words(trace) for trace in listed)
    turn.state = replace(
        turn.state,
        dialog=Dialog(DialogKind.UNIT, options, line, turn.code, units=item.quantity, words=listed_words),
    )
    return turn.say("check.which", name=item.name)


def chosen_by_text(turn: Turn, dialog: Dialog) -> str:
    """Return the option whose lot or date was scanned or typed instead of its number; "" when that is not one."""
    scan = turn.scan
    if scan is None:
        return ""
    said = {scan.text, scan.lot, scan.expiry.isoformat() if scan.expiry else read_date(scan.text)} - {
        None,
        "",
    }
    chosen = [option for option in dialog.options if said & set(option.split(_APART))]
    return chosen[0] if len(chosen) == 1 else ""
