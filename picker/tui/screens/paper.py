"""The paper screen: what the printer put out last."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from textual import work
from textual.app import ComposeResult

from picker.tui.ink import BLANK, Ink, Line, ends, fit
from picker.tui.model import StationModel
from picker.tui.pane import Pane
from picker.tui.paper import Faults, PaperSource, half_blocks
from picker.tui.screens.base import KeyScreen

MOST = 20
"""Papers that can be paged through."""


class PaperScreen(KeyScreen):
    """Newest first; left and right page, up and down move along a long paper."""

    def __init__(self, model: StationModel, source: PaperSource) -> None:
        super().__init__()
        self._source = source
        self._pane = _PaperPane(model, practice=source.faults is not None)
        if source.faults is not None:
            self._pane.show_fault(source.faults.now)
        self._papers: list[tuple[str, Path]] = []
        self._place = 0

    def compose(self) -> ComposeResult:
        yield self._pane

    def on_mount(self) -> None:
        """Look the papers up."""
        self._load()

    def on_resize(self) -> None:
        """Draw to the new width."""
        self._load()

    def press(self, key: str) -> None:
        """Page, move, or go back."""
        if key in ("escape", "f1", "f3"):
            self.app.pop_screen()
        elif key in ("f5", "f6") and self._source.faults is not None:
            self._break(self._source.faults, mend=key == "f6")
        elif key in ("left", "right"):
            self._place = max(0, min(len(self._papers) - 1, self._place + (1 if key == "right" else -1)))
            self._load()
        elif key in ("up", "down", "pageup", "pagedown"):
            step = 1 if key in ("up", "down") else max(1, self.size.height - 4)
            self._pane.move(step if key in ("down", "pagedown") else -step)

    @work(exclusive=True, group="faults", exit_on_error=False)
    async def _break(self, faults: Faults, *, mend: bool) -> None:
        await asyncio.to_thread(faults.mend if mend else faults.cause_next)
        self._pane.show_fault(faults.now)

    @work(exclusive=True, exit_on_error=False)
    async def _load(self) -> None:
        """Read and shrink off the screen's thread: a long receipt takes a while."""
        try:
            self._papers = self._papers or await asyncio.to_thread(self._source.latest, MOST)
            if not self._papers:
                self._pane.show_nothing()
                return
            title, png = self._papers[self._place]
            rows = await asyncio.to_thread(half_blocks, png, max(10, self.size.width - 4))
            self._pane.show(f"{self._place + 1}/{len(self._papers)} {title}", png.name, rows)
        except (OSError, ValueError) as error:
            self._pane.show_problem(str(error))


class _PaperPane(Pane):
    def __init__(self, model: StationModel, *, practice: bool) -> None:
        super().__init__("paper")
        self._model, self._practice = model, practice
        self._fault = ""
        self._title, self._file, self._top = "", "", 0
        self._paper: list[str] = []
        self._words = "…"

    def show(self, title: str, file: str, rows: list[str]) -> None:
        self._title, self._file, self._paper, self._top, self._words = title, file, rows, 0, ""
        self.changed()

    def show_fault(self, fault: str) -> None:
        self._fault = fault
        self.changed()

    def show_nothing(self) -> None:
        self._words = self._model.words("ui.paper.none")
        self.changed()

    def show_problem(self, why: str) -> None:
        self._paper, self._words = [], self._model.words("ui.paper.bad", why=why)
        self.changed()

    def move(self, rows: int) -> None:
        self._top = max(0, min(len(self._paper) - self.size.height + 3, self._top + rows))
        self.changed()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        words = self._model.words
        title: Line = (
            (f" {words('ui.paper')} ", Ink.ON_INFO),
            (f" {fit(self._title, width - 30)}", Ink.BOLD),
        )
        head = ends(title, ((fit(self._file, 40), Ink.DIM), (" ", Ink.PLAIN)), width)
        foot: list[Line] = [((fit(f" {words('ui.paper.keys')}", width), Ink.DIM),)]
        if self._practice:
            foot.insert(0, self._breaking(width))
        room = height - 1 - len(foot)
        if self._words:
            return [head, BLANK, ((f" {self._words}", Ink.BOLD),), *[BLANK] * (room - 2), *foot]
        shown: list[Line] = [
            (("  ", Ink.PLAIN), (row, Ink.PAPER)) for row in self._paper[self._top : self._top + room]
        ]
        return [head, *shown, *[BLANK] * (room - len(shown)), *foot]

    def _breaking(self, width: int) -> Line:
        words = self._model.words
        now = words(f"ui.fault.{self._fault}") if self._fault else words("ui.fault.none")
        return (
            (f" {words('ui.practice')} ", Ink.ON_CHECK if self._fault else Ink.ON_INFO),
            (fit(f" {words('ui.fault.keys', now=now)}", width - 12), Ink.BOLD if self._fault else Ink.DIM),
        )
