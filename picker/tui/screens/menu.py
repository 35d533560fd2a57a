"""The menu: what every key does, in words, and the rare actions."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult

from picker.flow import Command, commands_now
from picker.tui import keymap
from picker.tui.ink import BLANK, Ink, Line, fit
from picker.tui.keymap import Action
from picker.tui.model import StationModel
from picker.tui.pane import Pane
from picker.tui.screens.base import KeyScreen


class MenuScreen(KeyScreen):
    """Opened with F1; its own keys are on top, the station's beneath."""

    def __init__(
        self, model: StationModel, give: Callable[[Command], None], act: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._model, self._give, self._act = model, give, act

    def compose(self) -> ComposeResult:
        yield _MenuPane(self._model)

    def press(self, key: str) -> None:
        """Do one of the rare actions, or go back."""
        if key in ("f1", "escape"):
            self.app.pop_screen()
            return
        for action in _there(self._model):
            if action.key == key:
                self.app.pop_screen()
                if action.command:
                    self._give(Command(action.command))
                else:
                    self._act(action.name)
                return


def own_actions(model: StationModel) -> tuple[Action, ...]:
    """Return the actions of the menu itself that would do something now."""
    fitting = commands_now(model.state) if model.state is not None else frozenset()
    return tuple(action for action in _there(model) if action.command is None or action.command in fitting)


def _there(model: StationModel) -> tuple[Action, ...]:
    parts = (
        ("paper", model.paper),
        ("scanner", model.scanner),
        ("viewfinder", model.camera),
        ("jobs", model.jobs),
    )
    absent = {name for name, there in parts if not there}
    return tuple(action for action in keymap.MENU if action.name not in absent)


class _MenuPane(Pane):
    def __init__(self, model: StationModel) -> None:
        super().__init__("menu")
        self._model = model

    def paint(self, width: int, height: int) -> Sequence[Line]:
        model = self._model
        head: list[Line] = [
            ((f" {model.words('ui.menu')}", Ink.BOLD), (f"   {model.words('ui.menu.close')}", Ink.DIM))
        ]
        own = [self._row(action, width, Ink.ON_CHECK) for action in own_actions(model)]
        practice = keymap.PRACTICE if model.practice else ()
        station = [self._row(action, width, Ink.KEY) for action in (*keymap.ACTIONS[1:], *practice)]
        station.append(((" " * 21, Ink.PLAIN), (fit(model.words("help.choice"), width - 22), Ink.DIM)))
        loose = height >= len(own) + len(station) + 4
        gap = [BLANK] if loose else []
        return [*head, *gap, *own, *gap, *station]

    def _row(self, action: Action, width: int, ink: Ink) -> Line:
        key, name = keymap.label(action.key), self._model.words(f"key.{action.name}")
        text = fit(self._model.words(f"help.{action.name}"), width - 22)
        return ((" ", Ink.PLAIN), (f" {key:<4}", ink), (f" {fit(name, 13):<14}", Ink.BOLD), (text, Ink.PLAIN))
