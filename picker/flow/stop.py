"""A stop: the shop cancelled, held or changed the order while it was in work."""

from dataclasses import replace

from picker.flow.events import OrderParked, StopAcknowledged, UnitsSetAside
from picker.flow.messages import Message
from picker.flow.state import CommandName
from picker.flow.turn import Step, Turn


def on_any(turn: Turn) -> Step:
    """Whatever comes first shows the stop; OK acknowledges it."""
    if turn.command is None or turn.command.name is not CommandName.OK:
        turn.state = turn.state.calm()
        return turn.say(f"stop.{turn.work.stop}", **_words(turn))
    return _ACKNOWLEDGE[turn.work.stop](turn)


def _words(turn: Turn) -> dict[str, str | Message]:
    work = turn.work
    names = {line.line: line.name for line in work.lines}
    changes = ", ".join(f"{after - before:+d} {names.get(line, '?')}" for line, before, after in work.changes)
    reason = f"reason.{work.stop_reason}" if work.stop_reason.isidentifier() else work.stop_reason
    return {"order": work.order.id, "reason": reason, "changes": changes}


def _changed(turn: Turn) -> Step:
    turn.emit(StopAcknowledged("changed"))
    turn.set(plan=None, planned=())
    return turn.say("stop.changed.done", order=turn.work.order.id)


def _held(turn: Turn) -> Step:
    turn.emit(StopAcknowledged("held"), OrderParked("hold"))
    return _leave(turn, "stop.held.done")


def _cancelled(turn: Turn) -> Step:
    picked = [line for line in turn.work.lines if line.picked]
    turn.emit(StopAcknowledged("cancelled"))
    for line in picked:
        turn.emit(UnitsSetAside(line.line, line.sku, line.picked, ""))
    return _leave(turn, "stop.cancelled.done", units=sum(line.picked for line in picked))


def _leave(turn: Turn, key: str, **params: object) -> Step:
    order = turn.work.order.id
    turn.state = replace(turn.state.calm(), work=None, plan=None)
    return turn.say(key, order=order, **params)


_ACKNOWLEDGE = {"changed": _changed, "held": _held, "cancelled": _cancelled}
