"""Damage in three keys: what happened, how bad, where the unit goes; everything else is filled in."""

from dataclasses import replace

from picker.flow import photo, units
from picker.flow.events import DamageSource, UnitsChecked, UnitsDamaged, UnitsPicked
from picker.flow.fitting import damageable
from picker.flow.items import Item, lines_of, scanned_item
from picker.flow.stacks import Stack, in_parcel, in_tote
from picker.flow.state import Dialog, DialogKind, Phase
from picker.flow.tasks import task_of, tasks
from picker.flow.trace import NOTHING, Trace, common
from picker.flow.turn import Step, Turn
from picker.flow.work import LineWork
from picker.locale.messages import Message, say

DAMAGE = ("broken", "wet", "packing_torn", "scratched", "expired", "wrong_item", "other")
HOW_BAD = ("minor", "major", "danger")
DISPOSITION = ("quarantine", "scrap", "rework")


def on_damage(turn: Turn) -> Step:
    """Ask what happened to the item in hand: the present pick, or the unit scanned last.

    The question names the unit and its place; scanning another item asks about that one instead.
    """
    work = turn.work
    if work.capture is not None:
        return _ask(turn, work.line(work.capture.line), DamageSource.SHELF)
    if turn.state.phase is Phase.PICK:
        return _ask(turn, tasks(work)[0].line, DamageSource.SHELF)
    loose = [line for line in work.lines if work.loose(line.line)]
    last = [line for line in loose if line.line == turn.state.last_line]
    if last or len(loose) == 1:
        line = (last or loose)[0]
        return _ask(turn, line, _seen_last(turn, line))
    if not loose:
        return turn.say("damage.nothing")
    turn.state = replace(turn.state, dialog=Dialog(DialogKind.DAMAGE, ()))
    return turn.say("damage.item")


def on_item(turn: Turn) -> Step:
    """Take the scanned item for the damaged one."""
    item = units.by_serial(turn) or scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = lines_of(turn, item)
    given = units.given(turn, item)
    ours = [line for line in lines if not given.serial or (line.line, given.serial) in turn.work.serials]
    in_tote = next(
        (line for line in ours if line.in_tote and _fitting(turn, line, DamageSource.TOTE, given)), None
    )
    if in_tote is not None:
        return _ask(turn, in_tote, DamageSource.TOTE)
    packed = next((line for line in ours if turn.work.loose(line.line)), None)
    if packed is not None:
        return _ask(turn, packed, DamageSource.PARCEL)
    waiting = next((line for line in lines if damageable(turn.state, line)), None)
    if waiting is not None:
        return _ask(turn, waiting, DamageSource.SHELF)
    return turn.refuse("damage.none", what=turn.what())


def _last_seen(turn: Turn, line: LineWork) -> UnitsPicked | UnitsChecked | None:
    kinds = (UnitsPicked, UnitsChecked)
    events = (entry.event for entry in reversed(turn.work.history) if isinstance(entry.event, kinds))
    return next((event for event in events if event.line == line.line), None)


def _seen_last(turn: Turn, line: LineWork) -> DamageSource:
    """The unit scanned last lies where that scan put it, unless it was moved since."""
    place = DamageSource.PARCEL if isinstance(_last_seen(turn, line), UnitsChecked) else DamageSource.TOTE
    if place is DamageSource.TOTE and not line.in_tote:
        return DamageSource.PARCEL
    return DamageSource.TOTE if place is DamageSource.PARCEL and not _parcel(turn, line, NOTHING) else place


def _parcel(turn: Turn, line: LineWork, trace: Trace) -> int:
    """Return the parcel filled last that is open and holds such units of the line, or 0."""
    parcels = [parcel for parcel in turn.work.parcels if parcel.count(line.line) and not parcel.sealed]
    known = [p.number for p in parcels if any(s.trace.agrees(trace) for s in in_parcel(p, line))]
    return known[-1] if known else 0


def _fitting(turn: Turn, line: LineWork, place: DamageSource, trace: Trace) -> list[Stack]:
    """The units at a place of which this may be said."""
    if place is DamageSource.TOTE:
        stacks = in_tote(turn.work, [line])
    else:
        number = _parcel(turn, line, trace)
        stacks = in_parcel(turn.work.parcel(number), line) if number else []
    return [stack for stack in stacks if stack.trace.agrees(trace)]


def _ask(turn: Turn, line: LineWork, place: DamageSource) -> Step:
    product = turn.work.order.products.get(line.sku)
    trace = _scanned(turn, line) if turn.scan else _shown(turn, line, place)
    if place is not DamageSource.SHELF:
        traces = {stack.trace for stack in _fitting(turn, line, place, trace)}
        if product and product.serial_wanted and len(traces) > 1:
            turn.state = replace(turn.state, dialog=Dialog(DialogKind.DAMAGE, ()))
            return turn.say("damage.serial", name=line.name)
        trace = trace.with_gaps_of(common(traces)) if traces else trace
    turn.state = replace(
        turn.state, dialog=Dialog(DialogKind.DAMAGE, DAMAGE, line.line, source=place, trace=trace)
    )
    asked = turn.say("damage.ask_reason", name=line.name, place=_where(turn, line, place, trace))
    return photo.begin_damage(turn, line, asked)


def _scanned(turn: Turn, line: LineWork) -> Trace:
    """What the scan says of the damaged unit."""
    product = turn.work.order.products.get(line.sku)
    return units.given(turn, Item(line.sku, line.name, 1, product))


def _shown(turn: Turn, line: LineWork, place: DamageSource) -> Trace:
    """What is known of the unit in the packer's hand, when no code of it was scanned for this."""
    capture, last = turn.work.capture, _last_seen(turn, line)
    if place is DamageSource.SHELF:
        return Trace(capture.lot, capture.serial, capture.expiry) if capture else NOTHING
    if last is None or isinstance(last, UnitsPicked) != (place is DamageSource.TOTE):
        return NOTHING
    trace = Trace(last.lot, last.serial, last.expiry)
    return trace if _fitting(turn, line, place, trace) else NOTHING


def _where(turn: Turn, line: LineWork, place: DamageSource, trace: Trace) -> Message:
    if place is DamageSource.SHELF:
        return say("also.on_shelf", location=_location(turn, line) or "?")
    return (
        say("also.in_tote")
        if place is DamageSource.TOTE
        else say("also.in_parcel", parcel=_parcel(turn, line, trace))
    )


def _location(turn: Turn, line: LineWork) -> str:
    capture = turn.work.capture
    return capture.location if capture is not None else task_of(turn.work, line).location


def on_answer(turn: Turn, dialog: Dialog, answer: str) -> Step:
    """Take one of the three answers; the third logs the damage and makes the replacement a new pick."""
    line = turn.work.line(dialog.line)
    picked = (*dialog.picked, answer)
    if len(picked) < 3:
        first = len(picked) == 1
        turn.state = replace(
            turn.state, dialog=replace(dialog, options=HOW_BAD if first else DISPOSITION, picked=picked)
        )
        return turn.say("damage.ask_severity" if first else "damage.ask_disposition", name=line.name)
    if held := photo.hold_for_damage(turn, line):
        return held
    turn.emit(_event(turn, line, dialog, picked))
    step = photo.end_damage(turn, line)
    turn.state = turn.state.calm()
    turn.state = turn.state.unplanned()
    key = "damage.done" if turn.work.line(line.line).waiting else "damage.done_only"
    return turn.say(key, name=line.name, disposition=f"reason.{answer}", photo=step)


def _event(turn: Turn, line: LineWork, dialog: Dialog, picked: tuple[str, ...]) -> UnitsDamaged:
    place, trace = dialog.source, dialog.trace
    reason, severity, disposition = picked
    location = _location(turn, line) if place is DamageSource.SHELF else ""
    parcel = _parcel(turn, line, trace) if place is DamageSource.PARCEL else 0
    where, of = (place, location, parcel), (trace.lot, trace.serial, trace.expiry)
    return UnitsDamaged(line.line, line.sku, 1, *where, reason, severity, disposition, *of)
