"""Damage in three keys: what happened, how bad, where the unit goes; everything else is filled in."""

from dataclasses import replace

from picker.flow import photo
from picker.flow.events import UnitsChecked, UnitsDamaged, UnitsPicked
from picker.flow.fitting import damageable
from picker.flow.items import lines_of, scanned_item
from picker.flow.messages import Message, say
from picker.flow.state import Dialog, Phase
from picker.flow.tasks import task_of, tasks
from picker.flow.turn import Step, Turn
from picker.flow.work import LineWork

SHELF, TOTE, PARCEL = "shelf", "tote", "parcel"
"""Where the damaged unit was found."""
DAMAGE = ("broken", "wet", "packing_torn", "scratched", "expired", "wrong_item", "other")
HOW_BAD = ("minor", "major", "danger")
DISPOSITION = ("quarantine", "scrap", "rework")


def on_damage(turn: Turn) -> Step:
    """Ask what happened to the item in hand: the present pick, or the unit scanned last.

    The question names the unit and its place; scanning another item asks about that one instead.
    """
    work = turn.work
    if work.capture is not None:
        return _ask(turn, work.line(work.capture.line), SHELF)
    if turn.state.phase is Phase.PICK:
        return _ask(turn, tasks(work)[0].line, SHELF)
    loose = [line for line in work.lines if work.loose(line.line)]
    last = [line for line in loose if line.line == turn.state.last_line]
    if last or len(loose) == 1:
        line = (last or loose)[0]
        return _ask(turn, line, _seen_last(turn, line))
    if not loose:
        return turn.say("damage.nothing")
    turn.set(dialog=Dialog("damage", ()))
    return turn.say("damage.item")


def on_item(turn: Turn) -> Step:
    """Take the scanned item for the damaged one."""
    item = scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = lines_of(turn, item)
    in_tote = next((line for line in lines if line.in_tote), None)
    if in_tote is not None:
        return _ask(turn, in_tote, TOTE)
    packed = next((line for line in lines if turn.work.loose(line.line)), None)
    if packed is not None:
        return _ask(turn, packed, PARCEL)
    waiting = next((line for line in lines if damageable(turn.state, line)), None)
    if waiting is not None:
        return _ask(turn, waiting, SHELF)
    return turn.say("damage.none", what=turn.what())


def _seen_last(turn: Turn, line: LineWork) -> str:
    """The unit scanned last lies where that scan put it, unless it was moved since."""
    kinds = (UnitsPicked, UnitsChecked)
    events = [entry.event for entry in reversed(turn.work.history) if isinstance(entry.event, kinds)]
    last = next((event for event in events if event.line == line.line), None)
    place = PARCEL if isinstance(last, UnitsChecked) else TOTE
    if place == TOTE and not line.in_tote:
        return PARCEL
    return TOTE if place == PARCEL and not _parcel(turn, line) else place


def _parcel(turn: Turn, line: LineWork) -> int:
    """Return the parcel filled last that holds units of the line and is open, or 0."""
    numbers = [p.number for p in turn.work.parcels if p.count(line.line) and not p.sealed]
    return numbers[-1] if numbers else 0


def _ask(turn: Turn, line: LineWork, place: str) -> Step:
    lot = turn.scan.lot or "" if turn.scan else ""
    turn.set(dialog=Dialog("damage", DAMAGE, line=line.line, subject=f"{place}/{lot}"))
    asked = turn.say("damage.ask_reason", name=line.name, place=_where(turn, line, place))
    return photo.begin_damage(turn, line, asked)


def _where(turn: Turn, line: LineWork, place: str) -> Message:
    if place == SHELF:
        return say("also.on_shelf", location=_location(turn, line) or "?")
    return say("also.in_tote") if place == TOTE else say("also.in_parcel", parcel=_parcel(turn, line))


def _location(turn: Turn, line: LineWork) -> str:
    capture = turn.work.capture
    return capture.location if capture is not None else task_of(turn.work, line).location


def on_answer(turn: Turn, dialog: Dialog, answer: str) -> Step:
    """Take one of the three answers; the third logs the damage and makes the replacement a new pick."""
    line = turn.work.line(dialog.line)
    picked = (*dialog.picked, answer)
    if len(picked) < 3:
        first = len(picked) == 1
        turn.set(dialog=replace(dialog, options=HOW_BAD if first else DISPOSITION, picked=picked))
        return turn.say("damage.ask_severity" if first else "damage.ask_disposition", name=line.name)
    if held := photo.hold_for_damage(turn, line):
        return held
    turn.emit(_event(turn, line, dialog.subject, picked))
    told = photo.end_damage(turn, line)
    turn.state = turn.state.calm()
    turn.set(plan=None, planned=(), last_line=0)
    key = "damage.done" if turn.work.line(line.line).waiting else "damage.done_only"
    return turn.say(key, name=line.name, disposition=f"reason.{answer}", photo=told)


def _event(turn: Turn, line: LineWork, subject: str, picked: tuple[str, ...]) -> UnitsDamaged:
    place, _, scanned = subject.partition("/")
    reason, severity, disposition = picked
    location = _location(turn, line) if place == SHELF else ""
    parcel = _parcel(turn, line) if place == PARCEL else 0
    lot = scanned or _lot(turn, line, place)
    return UnitsDamaged(line.line, line.sku, 1, place, location, parcel, reason, severity, disposition, lot)


def _lot(turn: Turn, line: LineWork, place: str) -> str:
    """The lot of the damaged unit, where only one can be meant."""
    if place == SHELF:
        return turn.work.capture.lot if turn.work.capture else ""
    history = [entry.event for entry in turn.work.history]
    lots = {event.lot for event in history if isinstance(event, UnitsPicked) and event.line == line.line}
    return lots.pop() if len(lots) == 1 else ""
