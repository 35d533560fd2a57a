"""A sheet of the lead's screen to scroll through: everything there is to see, or the keys and the figures."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.events import Resize

from picker.tui.ink import BLANK, Ink, Line, wrap
from picker.tui.panes.campaigns import HeadPane, SheetPane
from picker.tui.panes.lead import LeadModel
from picker.tui.panes.lead_sections import Reader
from picker.tui.screens.base import KeyScreen
from picker.tui.screens.campaigns_base import step_of

_FAR = 1_000_000
"""Rows beyond either end of any sheet."""


class LeadSheet(KeyScreen):
    """Its lines are found anew, for the width there is, with every report; Esc goes back."""

    def __init__(self, title: str, find: Callable[[int], Sequence[Line]], said: Reader) -> None:
        super().__init__()
        self._find, self._said = find, said
        self._head, self._sheet = HeadPane(said(title)), SheetPane("lead-sheet")

    def compose(self) -> ComposeResult:
        yield from (self._head, self._sheet)

    def on_mount(self) -> None:
        """Say how to move."""
        self._head.show(self._said("ui.lead.sheet_keys"))

    def on_resize(self, event: Resize) -> None:
        """Find the lines for this width, the first time too."""
        self.call_after_refresh(self.show)

    def show(self) -> None:
        """Show what there is now, from where the sheet stands."""
        self._sheet.show(self._find(self.app.size.width))

    def press(self, key: str) -> None:
        """Move, or go back."""
        if key == "escape":
            self.app.pop_screen()
        elif step := {"home": -_FAR, "end": _FAR}.get(key) or step_of(key):
            self._sheet.move(step)


def help_lines(model: LeadModel, width: int) -> list[Line]:
    """Return what every key does and what every figure means."""
    from picker.services.reports.types import DEFINITIONS

    keys = ["f1", *(["f2"] if model.campaigns else []), "f3", "escape", "q"]
    names = {"escape": "Esc"}
    lines: list[Line] = [
        ((f" {names.get(key, key.upper()):<5}", Ink.CHECK), (model.said(f"ui.lead.help.{key}"), Ink.PLAIN))
        for key in keys
    ]
    lines.append(BLANK)
    for figure, meaning in DEFINITIONS.items():
        lines += [((f" {figure.replace('_', ' ')}", Ink.BOLD),)]
        lines += [((f"   {row}", Ink.PLAIN),) for row in wrap(meaning, width - 4, 9)]
    return lines
