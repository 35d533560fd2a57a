"""Every key of the station, as data: what it is called, what it does, and when it works."""

from dataclasses import dataclass

from picker.flow import Command, CommandName, State, View, commands_now


@dataclass(frozen=True, slots=True)
class Action:
    """A key of the station screen. Without a `command` the screen itself answers it.

    `name` finds its words: `key.<name>` for the footer, `help.<name>` for the menu. When a command's key works,
    the flow says.
    """

    name: str
    key: str
    command: CommandName | None = None


# F8 stays free: many scanners can be told to send it for the GS1 separator.
ACTIONS = (
    Action("help", "f1"),
    Action("ok", "f2", CommandName.OK),
    Action("undo", "f3", CommandName.UNDO),
    Action("takeout", "f4", CommandName.TAKEOUT),
    Action("short", "f5", CommandName.SHORT),
    Action("skip", "f5", CommandName.SKIP),
    Action("reprint", "f5", CommandName.REPRINT),
    Action("other", "f5", CommandName.OTHER),
    Action("attach", "f2", CommandName.ATTACH),
    Action("later", "f6", CommandName.LATER),
    Action("more", "f6", CommandName.MORE),
    Action("damage", "f7", CommandName.DAMAGE),
    Action("park", "f9", CommandName.PARK),
    Action("nextparcel", "f10", CommandName.NEXTPARCEL),
    Action("measure", "f10", CommandName.MEASURE),
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
    fitting = commands_now(state)
    asked = state.dialog is not None
    return (
        tuple(action for action in ACTIONS if (action.command in fitting if action.command else not asked))
        + extra
    )


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
