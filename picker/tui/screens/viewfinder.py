"""The viewfinder: what the camera sees, drawn with half blocks, while scans and keys work as ever."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult

from picker.tui.ink import BLANK, Ink, Line, fit
from picker.tui.model import StationModel
from picker.tui.pane import Pane
from picker.tui.panes.prompt import PromptPane
from picker.tui.panes.verdict import VerdictBand
from picker.tui.screens.base import KeyScreen

if TYPE_CHECKING:
    from picker.tui.port import CameraPicture

PAUSE = 0.1
"""Seconds between two pictures, at least: more would cost an old PC more than they show."""


class ViewfinderScreen(KeyScreen):
    """The verdict above, the picture beneath; Esc closes it, other keys are the station's."""

    STAYS = True

    def __init__(self, model: StationModel, camera: "CameraPicture", press: Callable[[str], None]) -> None:
        """`press` takes the keys that aren't this screen's own."""
        super().__init__()
        self._camera, self._press = camera, press
        self._verdict, self._prompt, self._picture = VerdictBand(model), PromptPane(model), _Picture(model)

    def compose(self) -> ComposeResult:
        yield self._verdict
        yield self._prompt
        yield self._picture

    def on_mount(self) -> None:
        """Begin to look."""
        self._watch()

    def press(self, key: str) -> None:
        """Close it, or do what the station does."""
        if key in ("escape", "f1"):
            self.app.pop_screen()
        else:
            self._press(key)

    def show_reply(self) -> None:
        """Show the new verdict."""
        self._verdict.changed()
        self._prompt.changed()

    @work(exclusive=True, exit_on_error=False)
    async def _watch(self) -> None:
        """Draw the newest picture, off the screen's thread, until the screen is closed."""
        while True:
            rows = await asyncio.to_thread(self._drawn, self._picture.size.width, self._picture.size.height)
            self._picture.show(rows)
            await asyncio.sleep(PAUSE)

    def _drawn(self, width: int, height: int) -> list[str]:
        from scanning.viewfinder import to_text

        frame = self._camera.snapshot()
        room = height - 2
        if frame is None or width < 1 or room < 1:
            return []
        # A character is one pixel wide and two high.
        columns = max(1, min(width, 2 * room * frame.shape[1] // frame.shape[0]))
        rows = max(1, min(room, columns * frame.shape[0] // frame.shape[1] // 2))
        return to_text(frame, columns, rows)


class _Picture(Pane):
    def __init__(self, model: StationModel) -> None:
        super().__init__("viewfinder")
        self._model = model
        self._drawn: list[str] = []

    def show(self, rows: list[str]) -> None:
        self._drawn = rows
        self.changed()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        words = self._model.words
        head: Line = ((fit(f" {words('ui.viewfinder')} ", width), Ink.ON_INFO),)
        foot: Line = ((fit(f" {words('ui.viewfinder.keys')}", width), Ink.DIM),)
        shown: list[Line] = [((row, Ink.PLAIN),) for row in self._drawn]
        if not shown:
            shown = [((f" {words('ui.viewfinder.none')}", Ink.BOLD),)]
        return [head, *shown, *[BLANK] * (height - 2 - len(shown)), foot]
