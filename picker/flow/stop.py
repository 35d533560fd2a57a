"""A stop: the shop cancelled, held or changed the order while it was in work."""

from dataclasses import replace

from picker.flow.events import OrderParked, StopAcknowledged, StopKind, UnitsSetAside
from picker.flow.prompts import stopped
from picker.flow.state import CommandName, Pending, Question
from picker.flow.turn import Step, Turn
from picker.flow.work import OrderWork


def on_any(turn: Turn) -> Step:
    """Whatever comes first shows the stop; OK acknowledges it, once it was shown."""
    ok = turn.command is not None and turn.command.name is CommandName.OK
    if not ok or turn.asked != _question(turn.work):
        return show(turn)
    turn.state = turn.state.calm()
    if turn.work.stop is None:
        raise AssertionError("the order is not stopped")
    return _ACKNOWLEDGE[turn.work.stop](turn)


def show(turn: Turn) -> Step:
    """Show the stop, whatever the packer was doing."""
    turn.state = replace(turn.state.calm(), pending=_question(turn.work))
    sentence = stopped(turn.work)
    return turn.refuse(sentence.key, **dict(sentence.params))


def _question(work: OrderWork) -> Pending:
    """An OK meant for something else, or for an earlier stop, acknowledges nothing."""
    return Pending(Question.STOP, f"{work.order.id} {work.stop} {work.stop_reason} {work.changes}")


def _changed(turn: Turn) -> Step:
    turn.emit(StopAcknowledged(StopKind.CHANGED))
    turn.state = turn.state.unplanned()
    return turn.say("stop.changed.done", order=turn.work.order.name)


def _held(turn: Turn) -> Step:
    turn.emit(StopAcknowledged(StopKind.HELD), OrderParked("hold"))
    return _leave(turn, "stop.held.done")


def _cancelled(turn: Turn) -> Step:
    picked = [line for line in turn.work.lines if line.picked]
    turn.emit(StopAcknowledged(StopKind.CANCELLED))
    for line in picked:
        turn.emit(UnitsSetAside(line.line, line.sku, line.picked, ""))
    return _leave(turn, "stop.cancelled.done", units=sum(line.picked for line in picked))


def _leave(turn: Turn, key: str, **params: object) -> Step:
    order = turn.work.order.name
    turn.state = turn.state.with_order(None)
    return turn.say(key, order=order, **params)


_ACKNOWLEDGE = {StopKind.CHANGED: _changed, StopKind.HELD: _held, StopKind.CANCELLED: _cancelled}
