"""Undo: the last input is taken back, again and again, down to the last seal. Nothing is deleted."""

from picker.flow import events as ev
from picker.flow import measure
from picker.flow.fold import fold
from picker.flow.turn import Step, Turn
from picker.flow.work import Entry, OrderWork
from picker.locale.messages import Message, say

_UNDOABLE: tuple[type[ev.Event], ...] = (
    ev.LocationConfirmed,
    ev.CaptureStarted,
    ev.UnitsPicked,
    ev.LocationEmpty,
    ev.UnitsShort,
    ev.TaskPostponed,
    ev.UnitsChecked,
    ev.UnitsDamaged,
    ev.UnitsTakenOut,
    ev.BarcodeAttached,
    ev.ParcelStarted,
    ev.PackagingChosen,
    ev.PhotoTaken,
    ev.PhotoMissed,
    ev.PiecesConfirmed,
    ev.ProductMeasured,
)
_BARRIERS: tuple[type[ev.Event], ...] = (ev.ParcelSealed, ev.LabelPrinted, ev.LabelVerified)


def on_undo(turn: Turn) -> Step:
    """Take back the last input that changed the order."""
    if turn.state.measuring is not None:
        return measure.on_undo(turn)
    last = undoable(turn.work)
    if last is not None:
        return _undo(turn, last)
    sealed = any(isinstance(entry.event, _BARRIERS) for entry in turn.work.history)
    return turn.refuse("undo.sealed") if sealed else turn.say("undo.none")


def undoable(work: OrderWork) -> Entry | None:
    """Return the last event that can be taken back, None when nothing was done since the last seal."""
    done = (ev.ReprintRequested, ev.ParcelSealed)
    printed = {entry.group for entry in work.history if isinstance(entry.event, done)}
    for entry in reversed(work.history):
        if isinstance(entry.event, _BARRIERS):
            return None
        if isinstance(entry.event, ev.PiecesConfirmed) and entry.group in printed:
            continue  # what its labels say stands on paper
        if isinstance(entry.event, _UNDOABLE):
            return entry
    return None


def _undo(turn: Turn, last: Entry) -> Step:
    if any(part.work is not None and _is_past(part.work, part.entries) for part in turn.facts.beside):
        return turn.refuse("undo.sealed")
    group = [entry for entry in turn.work.history if entry.group == last.group]
    take_back(turn, tuple(entry.id for entry in group))
    for part in turn.facts.beside:
        ids = tuple(entry.id for entry in part.entries)
        if part.work is None:
            turn.emit_station(ev.Undone(ids))
        else:
            take_back(turn, ids, of=part.work)
    turn.state = turn.state.unplanned()
    if isinstance(last.event, ev.ProductMeasured):
        return turn.say("undo.done", what=measure.restore(turn, last.event))
    what = _what(turn.work, [entry.event for entry in group if isinstance(entry.event, _UNDOABLE)])
    return turn.say("undo.done", what=what)


def _is_past(work: OrderWork, entries: tuple[Entry, ...]) -> bool:
    """Whether an order has gone on beyond these entries of its own: then they stay."""
    last = undoable(work)
    return last is None or last.group != entries[0].group


def take_back(turn: Turn, ids: tuple[str, ...], of: OrderWork | None = None) -> None:
    """Emit the compensating event and rebuild the work without the events it names."""
    turn.emit(ev.Undone(ids), of=of)
    work = turn.work if of is None else turn.latest(of)
    turn.put(fold(work.order, work.history, work.version))


def _what(work: OrderWork, events: list[ev.Event]) -> Message:
    """Name what was undone by its first event; one scan may have counted units for several lines."""
    first = events[0]
    number = getattr(first, "line", 0)
    name = work.line(number).name if number else ""
    if work.capture is not None:
        return say("undone.captured", name=work.line(work.capture.line).name)
    units = sum(getattr(event, "quantity", 0) for event in events if type(event) is type(first))
    place = getattr(first, "location", "")
    return say(f"undone.{type(first).__name__}", name=name, quantity=units, place=place)
