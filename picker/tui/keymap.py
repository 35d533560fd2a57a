"""Every key of the station, as data: what it is called, what it does, and when it works."""

from dataclasses import dataclass

from picker.flow import Command, CommandName, Phase, State, View
from picker.flow.accepts import accepts
from picker.flow.attach import CASE, UNKNOWN
from picker.flow.filling import PHASES


@dataclass(frozen=True, slots=True)
class Action:
    """A key of the station screen. Without a `command` the screen itself answers it.

    `name` finds its words: `key.<name>` for the footer, `help.<name>` for the menu. Without `phases`
    it always works.
    """

    name: str
    key: str
    command: CommandName | None = None
    phases: frozenset[Phase] = frozenset()


_WORK = frozenset({Phase.PICK, Phase.CHECK, *PHASES})
_CAPTURE = frozenset({Phase.CAPTURE})
_MEASURE = frozenset({Phase.MEASURE})
_DECISIONS = frozenset({Phase.HOME, Phase.STOPPED, Phase.PACKAGING, Phase.PHOTO, Phase.SEAL, Phase.MEASURE})
_ENDS = frozenset({Phase.TAKE_BACK, Phase.LABEL})

# F8 stays free: many scanners can be told to send it for the GS1 separator.
ACTIONS = (
    Action("help", "f1"),
    Action("ok", "f2", CommandName.OK, _DECISIONS | _CAPTURE),
    Action("undo", "f3", CommandName.UNDO, _WORK | _CAPTURE | _ENDS | _MEASURE),
    Action("takeout", "f4", CommandName.TAKEOUT, _WORK),
    Action("short", "f5", CommandName.SHORT, frozenset({Phase.PICK})),
    Action("skip", "f5", CommandName.SKIP, frozenset({Phase.PHOTO, Phase.WEIGH})),
    Action("reprint", "f5", CommandName.REPRINT, frozenset({Phase.LABEL})),
    Action("other", "f5", CommandName.OTHER, frozenset({Phase.PACKAGING})),
    Action("attach", "f2", CommandName.ATTACH, frozenset({Phase.PICK, Phase.CHECK})),
    Action("later", "f6", CommandName.LATER, frozenset({Phase.PICK})),
    Action("more", "f6", CommandName.MORE, frozenset(PHASES)),
    Action("damage", "f7", CommandName.DAMAGE, _WORK | _CAPTURE),
    Action("park", "f9", CommandName.PARK, _WORK | _CAPTURE | _ENDS),
    Action("nextparcel", "f10", CommandName.NEXTPARCEL, frozenset({Phase.PICK, Phase.CHECK})),
    Action("measure", "f10", CommandName.MEASURE, frozenset({Phase.HOME, Phase.PACKAGING})),
    Action("back", "escape", CommandName.BACK),
)
PRACTICE = (Action("scan", "f11"), Action("wrong", "f12"))
MENU = (
    Action("paper", "f3"),
    Action("jobs", "f6"),
    Action("viewfinder", "f4"),
    Action("scanner", "f7"),
    Action("signout", "f5", CommandName.SIGNOUT),
    Action("leave", "f10"),
)


def now(state: State, practice: bool) -> tuple[Action, ...]:
    """Return the actions whose keys work in a state; in a question only its answers and BACK do."""
    extra = PRACTICE if practice else ()
    if state.dialog is not None:
        return tuple(action for action in ACTIONS if action.name == "back") + extra
    fit = [action for action in ACTIONS if not action.phases or state.phase in action.phases]
    hidden = {"back"} if not _something_open(state) else set()
    hidden |= {"attach"} if state.pending is None or state.pending.action not in (UNKNOWN, CASE) else set()
    hidden |= {"ok"} if state.phase is Phase.CAPTURE and not _ok_repeats(state) else set()
    return tuple(action for action in fit if action.name not in hidden) + extra


def _ok_repeats(state: State) -> bool:
    return any("OK" in accept.codes for accept in accepts(state))


def pressed(state: State, practice: bool, key: str) -> Action | None:
    """Return what a key means in a state, else what it means elsewhere: the flow then says that it doesn't fit now."""
    fitting = (action for action in now(state, practice) if action.key == key)
    elsewhere = (action for action in ACTIONS if action.key == key)
    return next(fitting, None) or next(elsewhere, None)


def choice(view: View, key: str) -> Command | None:
    """Return the answer that F1 to F9 stand for while a question with options is open."""
    number = int(key[1:]) if key[:1] == "f" and key[1:].isdigit() else 0
    return Command(CommandName.CHOICE, number) if 1 <= number <= len(view.options) else None


def label(key: str) -> str:
    """Return how a key is written on the keyboard."""
    return "Esc" if key == "escape" else key.upper()


def _something_open(state: State) -> bool:
    return state.pending is not None or state.take_out or state.phase in (Phase.CAPTURE, Phase.MEASURE)
