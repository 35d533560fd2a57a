"""Badges: who is at the station."""

from dataclasses import replace

from data.types import CodeKind, Worker
from picker.flow.events import SignedIn, SignedOut
from picker.flow.state import Pending, Question
from picker.flow.turn import Step, Turn


def on_scan(turn: Turn) -> Step:
    """Nobody is signed in: only a badge will do."""
    if turn.matches(CodeKind.WORKER):
        return on_badge(turn)
    if turn.facts.matches or turn.command:
        return turn.refuse("signin.wanted", what=turn.what())
    return turn.refuse("signin.unknown", code=turn.code)


def on_badge(turn: Turn) -> Step:
    """A badge signs in; with an order in hand, another worker's badge asks to be scanned twice."""
    worker = turn.facts.workers.get(turn.matches(CodeKind.WORKER)[0].ref)
    if worker is None:
        return turn.refuse("signin.unknown", code=turn.code)
    before = turn.state.worker
    if before is None:
        return _sign_in(turn, worker, "signin.done")
    if before.id == worker.id:
        return turn.say("signin.already", worker=worker.name)
    if turn.state.work is None:
        return _sign_in(turn, worker, "signin.switched", before=before.name)
    question = Pending(Question.BADGE, worker.id)
    if turn.asked == question:
        return _sign_in(turn, worker, "signin.took_over", order=turn.work.order.name)
    turn.state = replace(turn.state, pending=question)
    return turn.say("signin.order_in_hand", order=turn.work.order.name, worker=worker.name)


def _sign_in(turn: Turn, worker: Worker, key: str, **params: object) -> Step:
    turn.state = turn.state.calm()
    turn.state = replace(turn.state, worker=worker)
    turn.emit_station(SignedIn())
    return turn.say(key, worker=worker.name, **params)


def on_signout(turn: Turn) -> Step:
    """Sign out; not while an order is in hand."""
    worker = turn.state.worker
    if worker is None:
        return turn.refuse("signin.wanted", what=turn.what())
    if turn.state.work is not None:
        return turn.refuse("signout.order_in_hand", order=turn.work.order.name)
    turn.emit_station(SignedOut())
    turn.state = turn.state.calm()
    turn.state = replace(turn.state, worker=None)
    return turn.say("signout.done", worker=worker.name)
