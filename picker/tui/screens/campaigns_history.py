"""The versions of a campaign: when each was saved, by whom, what it says; an earlier one can be put back."""

import asyncio
from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult

from picker.locale.messages import word
from picker.services.campaigns.campaigns import Version
from picker.services.campaigns.managing import ManagedCampaigns
from picker.tui.ink import Ink, Line, fit, width_of
from picker.tui.pane import Pane
from picker.tui.panes.campaigns import SheetPane
from picker.tui.screens.campaigns_base import CampaignScreen, step_of


class HistoryScreen(CampaignScreen):
    """The newest first; beneath them the text of the chosen one."""

    def __init__(self, campaigns: ManagedCampaigns, code: str) -> None:
        title = word("ui.lead.campaigns.versions", code=code)
        super().__init__(title, word("ui.lead.campaigns.versions_keys"))
        self._campaigns, self._code = campaigns, code
        self._versions = _VersionsPane()
        self._text = SheetPane("campaigns-body")

    def compose(self) -> ComposeResult:
        yield from (self.head, self._versions, self._text, self.foot)

    def on_mount(self) -> None:
        """Read them."""
        self._load()

    def press(self, key: str) -> None:
        """Choose, read, put back, or go back."""
        if key == "escape":
            self.app.pop_screen()
        elif key in ("up", "down"):
            self._versions.choose(step_of(key))
            self._show_text()
        elif step := step_of(key):
            self._text.move(step)
        elif key == "enter" and self._versions.chosen is not None:
            self._put_back(self._versions.chosen)

    def _show_text(self) -> None:
        chosen = self._versions.chosen
        lines = chosen.text.splitlines() if chosen else []
        self._text.show(
            [((f" {number:>4} ", Ink.DIM), (line, Ink.PLAIN)) for number, line in enumerate(lines, 1)]
        )

    @work(exclusive=True, group="load", exit_on_error=False)
    async def _load(self) -> None:
        with self.telling():
            self._versions.show(await asyncio.to_thread(self._campaigns.versions, self._code))
            self._show_text()

    @work(exclusive=True, group="save", exit_on_error=False)
    async def _put_back(self, version: Version) -> None:
        if self._versions.is_newest(version):
            self.foot.tell(word("ui.lead.campaigns.is_newest", version=version.number))
            return
        with self.telling():
            number = await asyncio.to_thread(self._campaigns.restore, self._code, version.number)
            self.foot.tell(word("ui.lead.campaigns.restored", version=number, old=version.number), Ink.OK)
            self._load()


class _VersionsPane(Pane):
    def __init__(self) -> None:
        super().__init__("campaigns-versions")
        self._versions: Sequence[Version] = ()
        self._place = 0

    @property
    def chosen(self) -> Version | None:
        return self._versions[self._place] if self._versions else None

    def is_newest(self, version: Version) -> bool:
        return version == self._versions[0]

    def show(self, versions: Sequence[Version]) -> None:
        self._versions, self._place = versions, 0
        self.changed()

    def choose(self, rows: int) -> None:
        self._place = max(0, min(len(self._versions) - 1, self._place + rows))
        self.changed()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        top = max(0, min(self._place - height // 2, len(self._versions) - height))
        rows = enumerate(self._versions[top : top + height], top)
        return [self._row(place, version, width) for place, version in rows]

    def _row(self, place: int, version: Version, width: int) -> Line:
        chosen = place == self._place
        start: Line = (
            ("▶ " if chosen else "  ", Ink.CHECK),
            (f"{version.number:>4}  {version.saved_at.astimezone():%Y-%m-%d %H:%M}  ", Ink.PLAIN),
        )
        if place == 0:
            start = (*start, (f"{word('ui.lead.campaigns.newest')}  ", Ink.OK))
        by = fit(version.saved_by, width - width_of(start))
        return (*start, (by, Ink.BOLD if chosen else Ink.PLAIN))
