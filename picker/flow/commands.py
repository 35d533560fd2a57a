"""What may be done now: the one table of commands, from which the step, keys, footer, menu and cards follow."""

from collections.abc import Callable
from dataclasses import dataclass

from picker.choices import Attaching
from picker.flow.bare import bare_to_check, bare_to_pick
from picker.flow.facts import Camera
from picker.flow.filling import PHASES
from picker.flow.owed import owed
from picker.flow.prompts import may_skip, options
from picker.flow.repeat import repeated
from picker.flow.state import CommandName, Phase, Question, State
from picker.flow.tasks import tasks
from picker.flow.undo import undoable


@dataclass(frozen=True, slots=True)
class Rule:
    """In which phases a command is answered, and whether also while units are taken out.

    `when` says of such a state whether it would do anything; where it wouldn't, it is not offered, and whoever asks
    for it all the same is told why.
    """

    phases: frozenset[Phase]
    taking_out: bool = False
    when: Callable[[State], bool] = lambda state: True


def _several_tasks(state: State) -> bool:
    return state.work is not None and len(tasks(state.work)) > 1


def _loose(state: State) -> bool:
    return state.work is not None and any(state.work.loose(line.line) for line in state.work.lines)


def _in_open_parcel(state: State) -> bool:
    return state.work is not None and bool(state.work.open_parcel.units)


def _can_undo(state: State) -> bool:
    return state.measuring is not None or (state.work is not None and undoable(state.work) is not None)


def _attachable(state: State) -> bool:
    asked = state.pending is not None and state.pending.action is Question.ATTACH
    return asked and state.policy.attach_barcode is not Attaching.OFF


def _skippable(state: State) -> bool:
    return state.camera is not Camera.WELL if state.phase is Phase.PHOTO else may_skip(state)


def _measured(state: State) -> bool:
    """Whether what is on record can be kept."""
    measuring = state.measuring
    if measuring is None or not measuring.sku:
        return False
    if len(measuring.sides) == 3:
        return bool(measuring.before[3])
    return all(measuring.before[:3]) and not measuring.sides


def _is_bare_without_place(state: State) -> bool:
    task = bare_to_pick(state)
    return task is not None and not task.location


_OK_WHEN: dict[Phase, Callable[[State], bool]] = {
    Phase.HOME: lambda state: state.offer is not None,
    Phase.STOPPED: lambda state: True,
    Phase.PICK: _is_bare_without_place,
    Phase.CAPTURE: lambda state: (
        state.work is not None and owed(state) != "serial" and repeated(state.work) is not None
    ),
    Phase.CHECK: lambda state: bare_to_check(state) is not None,
    Phase.PACKAGING: lambda state: state.plan is not None and bool(state.plan.parcels),
    Phase.PHOTO: lambda state: True,
    Phase.PIECES: lambda state: True,
    Phase.SEAL: lambda state: True,
    Phase.MEASURE: _measured,
}

_AT_WORK = frozenset({Phase.PICK, Phase.CHECK, *PHASES})
_CAPTURE, _ENDS = frozenset({Phase.CAPTURE}), frozenset({Phase.TAKE_BACK, Phase.LABEL})
_GOODS = frozenset({Phase.PICK, Phase.CHECK})

RULES: dict[CommandName, Rule] = {
    CommandName.NEXT: Rule(frozenset({Phase.HOME}), when=lambda state: state.offer is not None),
    CommandName.OK: Rule(
        frozenset(_OK_WHEN),
        taking_out=True,
        when=lambda state: state.take_out or _OK_WHEN[state.phase](state),
    ),
    CommandName.BACK: Rule(
        frozenset(Phase),
        taking_out=True,
        when=lambda state: (
            state.pending is not None or state.take_out or state.phase in (Phase.CAPTURE, Phase.MEASURE)
        ),
    ),
    CommandName.UNDO: Rule(_AT_WORK | _CAPTURE | _ENDS | {Phase.MEASURE}, taking_out=True, when=_can_undo),
    CommandName.TAKEOUT: Rule(_AT_WORK, taking_out=True, when=_loose),
    CommandName.SHORT: Rule(frozenset({Phase.PICK})),
    CommandName.LATER: Rule(frozenset({Phase.PICK}), when=_several_tasks),
    CommandName.DAMAGE: Rule(_AT_WORK | _CAPTURE, taking_out=True),
    CommandName.PARK: Rule(_AT_WORK | _CAPTURE | _ENDS, taking_out=True),
    CommandName.NEXTPARCEL: Rule(_GOODS, when=_in_open_parcel),
    CommandName.SKIP: Rule(frozenset({Phase.PHOTO, Phase.WEIGH}), when=_skippable),
    CommandName.REPRINT: Rule(frozenset({Phase.LABEL})),
    CommandName.PRINTED: Rule(frozenset({Phase.LABEL}), when=lambda state: state.policy.close_on_printed),
    CommandName.OTHER: Rule(frozenset({Phase.PACKAGING})),
    CommandName.MORE: Rule(frozenset(PHASES)),
    CommandName.MEASURE: Rule(frozenset({Phase.HOME, Phase.PACKAGING})),
    CommandName.CHOICE: Rule(frozenset({Phase.MEASURE}), when=lambda state: bool(options(state))),
    CommandName.ATTACH: Rule(_GOODS, when=_attachable),
    CommandName.SIGNOUT: Rule(
        frozenset(Phase), when=lambda state: state.worker is not None and state.work is None
    ),
}


def fits(state: State, name: CommandName) -> bool:
    """Return whether a command belongs to the phase and mode; without an open question, which takes its answers."""
    rule = RULES[name]
    if state.take_out:
        return rule.taking_out and (state.phase in rule.phases or name is CommandName.OK)
    return state.phase in rule.phases


def commands_now(state: State) -> frozenset[CommandName]:
    """Return the commands that would do something now: what is offered, and nothing else."""
    if state.dialog is not None:
        answers = {CommandName.CHOICE} if options(state) else set()
        return frozenset({CommandName.BACK, *answers})
    if state.phase is Phase.STOPPED:
        return frozenset({CommandName.OK})
    return frozenset(name for name, rule in RULES.items() if fits(state, name) and rule.when(state))
