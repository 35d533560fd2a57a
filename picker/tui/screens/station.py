"""The station's one screen, the same for every phase so that the eye need not search."""

from collections.abc import Callable, Iterable
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Container

from picker.flow import Command, Phase
from picker.tui import keymap
from picker.tui.model import StationModel
from picker.tui.pane import Pane
from picker.tui.panes.footer import FooterPane, PracticePane
from picker.tui.panes.header import Header
from picker.tui.panes.prompt import PromptPane
from picker.tui.panes.tape import TapePane
from picker.tui.panes.target import TargetPane
from picker.tui.panes.verdict import VerdictBand
from picker.tui.panes.work import WorkPane
from picker.tui.practice import Practice
from picker.tui.screens.base import KeyScreen


class StationScreen(KeyScreen):
    """Header, verdict, target, prompt, work beside tape, keys."""

    STAYS = True

    def __init__(
        self,
        model: StationModel,
        clock: Callable[[], datetime],
        give: Callable[[Command], None],
        act: Callable[[str], None],
    ) -> None:
        """`give` takes the command of a pressed key, `act` the name of an action that is the app's own."""
        super().__init__()
        self._model, self._give, self._act = model, give, act
        self._header, self._tape, self._prompt = Header(model, clock), TapePane(model), PromptPane(model)
        self._verdict, self._target, self._work = VerdictBand(model), TargetPane(model), WorkPane(model)
        self._footer, self._practice = FooterPane(model), PracticePane(model)
        self.set_class(not model.practice, "-no-practice")

    def compose(self) -> ComposeResult:
        yield self._header
        yield self._verdict
        yield self._target
        yield self._prompt
        yield Container(self._work, self._tape, id="bench")
        yield self._practice
        yield self._footer

    def equip(self, practice: Practice | None) -> None:
        """The station is open; `practice` scans in it."""
        self._practice.practice = practice

    def show_reply(self) -> None:
        """Everything may have changed; the answers of a question, and how to fill a parcel, take others' room.

        Where no pane moves, the verdict is painted by itself and the rest a frame later: the packer waits for it.
        """
        if self._rearranged():
            self._change((self._verdict, *self._beside_the_verdict))
            return
        self._change((self._verdict,))
        self.call_after_refresh(self._change, self._beside_the_verdict)

    def _rearranged(self) -> bool:
        """Give the panes the room that they take now; whether any moves."""
        view, before = self._model.view, self.classes
        self.set_class(view is not None and bool(view.options), "-asking")
        self.set_class(view is not None and view.filling is not None, "-filling")
        self.set_class(
            view is not None and view.phase in (Phase.PHOTO, Phase.PIECES, Phase.WEIGH, Phase.SEAL),
            "-closing",
        )
        return self.classes != before

    @property
    def _beside_the_verdict(self) -> tuple[Pane, ...]:
        return (
            self._target,
            self._prompt,
            self._work,
            self._tape,
            self._header,
            self._practice,
            self._footer,
        )

    def show_verdict(self) -> None:
        """Only the verdict changed."""
        self._change((self._verdict,))

    def show_submitted(self) -> None:
        """An input went to the station."""
        self._change((self._tape, self._header))

    def show_typed(self) -> None:
        """Somebody types."""
        self._change((self._prompt,))

    def show_aside(self) -> None:
        """A typed text was left aside, or is forgotten."""
        self._change((self._prompt, self._tape))

    def show_header(self) -> None:
        """The clock or the printer."""
        self._change((self._header,))

    def press(self, key: str) -> None:
        """Answer an open question, or do what the key stands for in this phase."""
        state, view = self._model.state, self._model.view
        if state is None or view is None:
            if key == "f1":
                self._act("help")
            return
        if answer := keymap.choice(view, key):
            self._give(answer)
            return
        action = keymap.pressed(state, self._model.practice, key)
        if action and action.command:
            self._give(Command(action.command))
        elif action:
            self._act(action.name)

    def _change(self, panes: Iterable[Pane]) -> None:
        for pane in panes:
            pane.changed()
