"""The one function that every screen, the line mode, the tests and a replay drive."""

from collections.abc import Callable
from dataclasses import replace

from data.types import CodeKind
from picker.flow import (
    alternatives,
    attach,
    capture,
    check,
    choose,
    counting,
    damage,
    dialogs,
    home,
    label,
    measure,
    misread,
    photo,
    pick,
    pieces,
    seal,
    serials,
    signin,
    stop,
    takeout,
    undo,
    units,
    which,
)
from picker.flow.commands import fits
from picker.flow.facts import Facts
from picker.flow.prompts import wanted
from picker.flow.settle import settle
from picker.flow.state import Command, CommandName, Dialog, DialogKind, Phase, State, command_of
from picker.flow.turn import Step, Turn
from picker.locale.messages import say
from scanning.result import Scan

_ON_SCAN: dict[Phase, Callable[[Turn], Step]] = {
    Phase.SIGNED_OUT: signin.on_scan,
    Phase.HOME: home.on_scan,
    Phase.STOPPED: stop.on_any,
    Phase.TAKE_BACK: takeout.on_scan,
    Phase.PICK: pick.on_scan,
    Phase.CAPTURE: capture.on_scan,
    Phase.CHECK: check.on_scan,
    Phase.PACKAGING: choose.on_scan,
    Phase.PHOTO: photo.on_scan,
    Phase.PIECES: pieces.on_scan,
    Phase.WEIGH: seal.on_weight,
    Phase.SEAL: seal.on_scan,
    Phase.LABEL: label.on_scan,
    Phase.MEASURE: measure.on_scan,
}


def _on_skip(turn: Turn) -> Step:
    return photo.on_skip(turn) if turn.state.phase is Phase.PHOTO else seal.on_skip(turn)


_ON_COMMAND: dict[CommandName, Callable[[Turn], Step]] = {
    CommandName.NEXT: home.on_next,
    CommandName.UNDO: undo.on_undo,
    CommandName.TAKEOUT: takeout.on_toggle,
    CommandName.SHORT: dialogs.on_short,
    CommandName.LATER: pick.on_later,
    CommandName.DAMAGE: damage.on_damage,
    CommandName.PARK: dialogs.on_park,
    CommandName.NEXTPARCEL: check.on_next_parcel,
    CommandName.SKIP: _on_skip,
    CommandName.REPRINT: dialogs.on_reprint,
    CommandName.PRINTED: label.on_printed,
    CommandName.OTHER: alternatives.on_other,
    CommandName.MORE: choose.on_more,
    CommandName.MEASURE: measure.on_start,
    CommandName.CHOICE: measure.on_choice,
    CommandName.ATTACH: attach.on_attach,
    CommandName.SIGNOUT: signin.on_signout,
}

_ON_OK: dict[Phase, Callable[[Turn], Step]] = {
    Phase.HOME: home.on_next,
    Phase.PICK: pick.on_ok,
    Phase.CAPTURE: capture.on_ok,
    Phase.CHECK: check.on_ok,
    Phase.PACKAGING: choose.on_ok,
    Phase.PHOTO: photo.on_ok,
    Phase.PIECES: pieces.on_ok,
    Phase.SEAL: seal.on_ok,
    Phase.MEASURE: measure.on_ok,
}


def step(state: State, given: Scan | Command, facts: Facts) -> Step:
    """Answer one input at a station.

    Pure: whatever it may know is in `facts`. The returned state already counts the returned
    entries; the caller commits them in one transaction and shows the message only then. An input
    that fits nothing changes nothing but the audit trail.
    """
    scan = given if isinstance(given, Scan) else None
    command = command_of(given, facts.matches)
    state = replace(state, today=facts.today, camera=facts.camera)
    turn = Turn(state, facts, state.work, scan if command is None else None, command, facts.new_id())
    answer = _answer(turn)
    return settle(turn, answer)


def _answer(turn: Turn) -> Step:
    if turn.scan is not None and turn.scan.problem is not None:
        return misread.refuse(turn, turn.scan)
    turn.asked = turn.state.pending
    more = turn.command is not None and turn.command.name is CommandName.MORE
    turn.state = replace(turn.state, pending=None, page=turn.state.page + 1 if more else 0)
    if turn.state.work is not None and not turn.facts.owned:
        return _lost(turn)
    if turn.facts.held is not None:
        return turn.turn_down(turn.facts.held)
    if turn.state.phase is Phase.STOPPED:
        return stop.on_any(turn)
    badge = turn.matches(CodeKind.WORKER)
    if badge and turn.state.phase is not Phase.SIGNED_OUT and not turn.state.dialog:
        return signin.on_badge(turn)
    serials.as_known(turn)
    if (doubted := misread.refuse_doubt(turn)) is not None:
        return doubted
    if turn.state.dialog is not None and turn.state.dialog.kind is DialogKind.WHICH:
        return _on_which(turn, turn.state.dialog)
    return _routed(turn)


def _on_which(turn: Turn, dialog: Dialog) -> Step:
    """Go on with the thing that was chosen, or with a unit of the order that says by itself which it is."""
    match = which.chosen(dialog, turn.number, turn.facts.matches)
    if match is not None:
        which.go_back(turn, dialog, match)
    elif units.names_itself(turn):
        turn.state = replace(turn.state, dialog=dialog.before)
    else:
        return dialogs.on_answer(turn)
    return _routed(turn)


def _routed(turn: Turn) -> Step:
    """Hand the input to the question or mode that is open, else to the phase."""
    if turn.state.dialog is not None:
        return dialogs.on_answer(turn)
    if turn.command is not None:
        return _on_command(turn, turn.command)
    if turn.state.take_out:
        return takeout.on_scan(turn)
    return counting.on_number(turn) or _ON_SCAN[turn.state.phase](turn)


def _lost(turn: Turn) -> Step:
    order, owner = turn.work.order.name, turn.facts.owner
    lost = (
        turn.refuse("order.lost", order=order, owner=owner)
        if owner
        else turn.refuse("order.gone", order=order)
    )
    return replace(lost, state=turn.state.with_order(None))


def _on_command(turn: Turn, command: Command) -> Step:
    if not fits(turn.state, command.name):
        return turn.refuse("command.not_now", command=turn.asked_for(), wanted=wanted(turn.state))
    if turn.state.take_out and command.name in (CommandName.OK, CommandName.BACK):
        return takeout.on_toggle(turn)
    if command.name is CommandName.BACK:
        return _on_back(turn)
    handler = _ON_OK[turn.state.phase] if command.name is CommandName.OK else _ON_COMMAND[command.name]
    return handler(turn)


def _on_back(turn: Turn) -> Step:
    if turn.state.phase is Phase.CAPTURE:
        return capture.on_back(turn)
    if turn.state.phase is Phase.MEASURE:
        return measure.on_back(turn)
    turn.state = turn.state.calm()
    return turn.done(say("dialog.back"))
