"""The shift lead's app: the figures of the shift, read anew every second beside the screen."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.events import Key, Paste

from picker.tui.app import KeyApp
from picker.tui.panes.lead import LeadBand, LeadHead, LeadModel, LeadTables
from picker.tui.screens.base import KeyScreen

if TYPE_CHECKING:
    from picker.services.reports import LeadReport

EVERY = 0.9
"""Seconds between two readings: a printer in trouble is seen within three of its trouble."""


class LeadApp(KeyApp):
    """Shows reports until Q or Esc is pressed; a report that fails leaves the last one and says so."""

    def __init__(self, read_report: "Callable[[], LeadReport]") -> None:
        """`read_report` is called in a thread, one call at a time."""
        super().__init__()
        self._read = read_report
        self.model = LeadModel()
        self._lead_screen = _LeadScreen(self.model)

    def get_default_screen(self) -> "_LeadScreen":
        """Return the one screen."""
        return self._lead_screen

    def on_mount(self) -> None:
        """Read at once, then again and again."""
        self._keep_reading()

    def strike(self, event: Key | Paste) -> None:
        """Leave on Q or Esc; everything else does nothing."""
        if isinstance(event, Key) and event.key in ("q", "Q", "escape"):
            self.exit()

    @work(exit_on_error=False)
    async def _keep_reading(self) -> None:
        while True:
            try:
                self.model.report = await asyncio.to_thread(self._read)
                self.model.trouble = ""
            except Exception as error:  # noqa: BLE001 - the screen outlives a database that is away
                self.model.trouble = str(error).partition("\n")[0] or type(error).__name__
            self._lead_screen.show()
            await asyncio.sleep(EVERY)


class _LeadScreen(KeyScreen):
    def __init__(self, model: LeadModel) -> None:
        super().__init__()
        self._panes = (LeadHead(model), LeadBand(model), LeadTables(model))

    def compose(self) -> ComposeResult:
        yield from self._panes

    def show(self) -> None:
        for pane in self._panes:
            pane.changed()
