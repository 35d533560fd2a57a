"""The shift lead's app: the figures of the shift, read anew every second beside the screen."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work
from textual.app import App, ComposeResult
from textual.events import Event, Key, Paste

from picker.locale import ENGLISH
from picker.locale.translations import translations
from picker.tui.ink import Line
from picker.tui.key_app import KeyApp
from picker.tui.panes.lead import LeadBand, LeadHead, LeadModel, LeadTables, everything
from picker.tui.panes.lead_sections import Reader
from picker.tui.screens.base import KeyScreen
from picker.tui.screens.campaigns import CampaignsScreen
from picker.tui.screens.campaigns_edit import EditScreen
from picker.tui.screens.lead_sheet import LeadSheet, help_lines

if TYPE_CHECKING:
    from picker.services.campaigns.managing import ManagedCampaigns
    from picker.services.reports.types import LeadReport

EVERY = 0.9
"""Seconds between two readings: a printer in trouble is seen within three of its trouble."""


class LeadApp(KeyApp):
    """Shows reports until Q is pressed; a report that fails leaves the last one and says so."""

    def __init__(
        self,
        read_report: "Callable[[], LeadReport]",
        campaigns: "ManagedCampaigns | None" = None,
        language: str = ENGLISH,
    ) -> None:
        """`read_report` is called in a thread, one call at a time; `campaigns` adds their screen;
        `language` is the reader's.
        """
        super().__init__()
        self._read = read_report
        self._campaigns = campaigns
        self.model = LeadModel(campaigns=campaigns is not None, said=Reader(translations(language)))
        self._lead_screen = _LeadScreen(self.model)

    def get_default_screen(self) -> "_LeadScreen":
        """Return the screen that is always there."""
        return self._lead_screen

    def on_mount(self) -> None:
        """Read at once, then again and again."""
        self._keep_reading()

    async def on_event(self, event: Event) -> None:
        """Leave to Textual what is typed into a text: its bindings are the text's own."""
        if isinstance(event, (Key, Paste)) and not event.is_forwarded and self._edits(event):
            await App.on_event(self, event)
        else:
            await super().on_event(event)

    def _edits(self, event: Key | Paste) -> bool:
        return isinstance(self.screen, EditScreen) and self.screen.edits(event)

    def strike(self, event: Key | Paste) -> None:
        """Leave on Q, open the other screens by their keys; another screen takes its own."""
        top = self.screen
        if top is self._lead_screen:
            self._press(event)
        elif isinstance(top, KeyScreen) and isinstance(event, Paste):
            top.takes(event.text)
        elif (
            isinstance(top, KeyScreen)
            and isinstance(event, Key)
            and not top.hears(event.key, event.character)
        ):
            top.press(event.key)

    def _press(self, event: Key | Paste) -> None:
        match event.key if isinstance(event, Key) else "":
            case "q" | "Q":
                self.exit()
            case "f1":
                self.push_screen(
                    LeadSheet("ui.lead.help", lambda width: help_lines(self.model, width), self.model.said)
                )
            case "f2" if self._campaigns is not None:
                self.push_screen(CampaignsScreen(self._campaigns))
            case "f3":
                self.push_screen(LeadSheet("ui.lead.list", self._everything, self.model.said))

    def _everything(self, width: int) -> list[Line]:
        return everything(self.model.report, width, self.model.said) if self.model.report else []

    @work(exit_on_error=False)
    async def _keep_reading(self) -> None:
        while True:
            try:
                self.model.report = await asyncio.to_thread(self._read)
                self.model.trouble = ""
            except Exception as error:  # noqa: BLE001 - the screen outlives a database that is away
                self.model.trouble = str(error).partition("\n")[0] or type(error).__name__
            self._lead_screen.show()
            if isinstance(self.screen, LeadSheet):
                self.screen.show()
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
