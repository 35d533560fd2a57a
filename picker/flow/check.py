"""The check at the bench: every unit scanned once into its parcel, and those that were picked, no others."""

from dataclasses import replace

from picker.flow import dates, serials, units
from picker.flow.bare import bare_to_check
from picker.flow.events import ParcelStarted, UnitsChecked
from picker.flow.items import Item, lines_of, scanned_item, wrong_item
from picker.flow.prompts import wanted
from picker.flow.stacks import Stack, in_tote, meant, shares, told_apart
from picker.flow.state import Dialog, Question
from picker.flow.trace import NOTHING, Trace
from picker.flow.turn import Step, Turn
from picker.flow.work import LineWork
from picker.locale.messages import say

_LISTED = 5
"""So many of the lots or numbers that were picked are named in a refusal."""


def on_scan(turn: Turn) -> Step:
    """Count a scanned item into the open parcel; a serial number of the order stands for its unit."""
    asked = turn.asked.code if turn.asked and turn.asked.action is Question.SERIAL else ""
    if asked and turn.scan and not turn.facts.matches and not units.by_serial(turn):
        units.ask_serial(turn, asked)
        return _not_picked(turn, asked, Trace(serial=turn.scan.serial or turn.code))
    item = units.by_serial(turn) or serials.gone_by_text(turn) or scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = lines_of(turn, item)
    if not lines:
        return wrong_item(turn, item)
    given = units.given(turn, item)
    if refused := serials.gone(turn, item.sku, given.serial):
        return refused
    left = sum(line.in_tote for line in lines)
    if not left:
        return _none_left(turn, item, lines)
    stacks = in_tote(turn.work, lines)
    fitting = [stack for stack in stacks if stack.trace.agrees(given)]
    if not fitting:
        return _not_picked(turn, item.sku, given)
    left = min(left, sum(stack.units for stack in fitting))
    fitting = meant(fitting, item.quantity, item.product)
    if left < item.quantity or not fitting:
        return turn.refuse("scan.case_too_big", count=item.quantity, name=item.name, wanted=left)
    return dates.refusal(turn, item.sku, item.name, "") or _take(turn, item, fitting, given)


def _take(turn: Turn, item: Item, fitting: list[Stack], given: Trace) -> Step:
    """Count units of these stacks, once it is known of which."""
    traces = {stack.trace for stack in fitting}
    if item.product and item.product.serial_wanted and any(trace.serial for trace in traces):
        if item.quantity > 1:
            return turn.refuse("capture.single", name=item.name, count=item.quantity)
        if not given.serial:
            units.ask_serial(turn, item.sku)
            return turn.say("capture.serial", name=item.name)
    total = sum(stack.units for stack in fitting)
    if told_apart(traces, item.product) and item.quantity < total:
        return units.choose(turn, item, fitting[0].line, traces)
    return count(turn, item.sku, item.quantity, turn.code, fitting, given)


def on_which(turn: Turn, dialog: Dialog, answer: str) -> Step:
    """Count the units of the lot or date that was chosen."""
    chosen, sku = units.trace_of(answer), turn.work.line(dialog.line).sku
    turn.state = replace(turn.state, dialog=None)
    lines = [line for line in turn.work.lines if line.sku == sku]
    fitting = [stack for stack in in_tote(turn.work, lines) if stack.trace == chosen]
    return count(turn, sku, dialog.units, dialog.subject, fitting, chosen)


def on_ok(turn: Turn) -> Step:
    """Count one unit that bears no barcode, and so can't be scanned."""
    line = bare_to_check(turn.state)
    if line is None:
        return turn.refuse("command.not_now", command=turn.asked_for(), wanted=wanted(turn.state))
    item = Item(line.sku, line.name, 1, turn.work.order.products[line.sku])
    return _take(turn, item, in_tote(turn.work, [line]), NOTHING)


def _not_picked(turn: Turn, sku: str, given: Trace) -> Step:
    """Refuse a unit that is none of those left: it went out before, is packed already, or was never picked."""
    if refused := serials.gone(turn, sku, given.serial):
        return refused
    lines = [line for line in turn.work.lines if line.sku == sku]
    name = lines[0].name
    left = {stack.trace for stack in in_tote(turn.work, lines)}
    if any(trace.agrees(given) for line in lines for trace, _ in line.traced):
        return turn.refuse("check.packed", name=name, unit=units.words(given), left=_listed(left))
    picked, field = _unlike({trace for line in lines for trace, _ in line.traced}, given)
    scanned = turn.scan.last_day if turn.scan else None
    passed = scanned is not None and scanned < turn.facts.today
    return turn.refuse(
        f"check.other_{field}",
        name=name,
        value=getattr(given, field),
        picked=_values(picked, field),
        passed=say("also.passed", expiry=scanned) if passed else say("also.nothing"),
    )


def _unlike(picked: set[Trace], given: Trace) -> tuple[set[Trace], str]:
    """Return in what a unit differs from those picked, and from which: a serial number names one, then a lot some."""
    for field in ("serial", "lot", "expiry"):
        alike = {trace for trace in picked if _same(trace, given, field)}
        if not alike:
            return picked, field
        picked = alike
    raise AssertionError("such a unit was picked")


def _same(trace: Trace, given: Trace, field: str) -> bool:
    mine, other = getattr(trace, field), getattr(given, field)
    return not mine or not other or mine == other


def _values(traces: set[Trace], field: str) -> str:
    values = sorted({getattr(trace, field) for trace in traces} - {""})
    return ", ".join(values[:_LISTED]) + ("…" if len(values) > _LISTED else "")


def _listed(traces: set[Trace]) -> str:
    """The units left by their serial numbers, else by their lots, else by their dates."""
    return next(filter(None, (_values(traces, field) for field in ("serial", "lot", "expiry"))), "")


def _none_left(turn: Turn, item: Item, lines: list[LineWork]) -> Step:
    """None of it is in the tote: it is packed already, still to be fetched, or was noted as short."""
    if any(line.waiting for line in lines):
        return turn.refuse("check.not_picked", name=item.name, wanted=wanted(turn.state))
    if any(line.short for line in lines):
        return turn.refuse("check.was_short", name=item.name)
    return turn.refuse("check.too_many", name=item.name, count=sum(line.checked for line in lines))


def count(
    turn: Turn, sku: str, quantity: int, code: str, fitting: list[Stack], said: Trace, *, typed: bool = False
) -> Step:
    """Count units of these stacks into the open parcel, unless they are too old to go out.

    `said` is what the code tells of them; `typed` says that not each was scanned but their number was typed.
    """
    parcel = turn.work.open_parcel.number
    taken = shares(fitting, quantity, lambda number: turn.work.line(number).in_tote, said)
    name = turn.work.line(taken[-1].line).name
    for stack in taken:
        if refused := dates.refusal(turn, sku, name, stack.trace.expiry):
            return refused
    for stack in taken:
        of = stack.trace
        turn.emit(
            UnitsChecked(stack.line, sku, stack.units, parcel, code, typed, of.lot, of.serial, of.expiry)
        )
    turn.state = replace(turn.state, last_line=taken[-1].line)
    line, word = turn.work.line(taken[-1].line), dates.word(turn, taken[-1].trace.expiry)
    if any(other.in_tote for other in turn.work.lines):
        return turn.say("check.done", name=line.name, done=line.checked, wanted=line.wanted, word=word)
    waiting = any(other.waiting for other in turn.work.lines)
    return turn.say("check.fetch" if waiting else "check.all_done", word=word)


def on_next_parcel(turn: Turn) -> Step:
    """Close the parcel in front of the packer: what is scanned from now on goes into another."""
    parcel = turn.work.open_parcel
    if not parcel.units:
        return turn.say("parcel.empty", parcel=parcel.number)
    turn.emit(ParcelStarted(parcel.number + 1))
    return turn.say("parcel.started", parcel=parcel.number + 1)
