"""The lead's campaigns: which there are, which of them are printed, and what became of them."""

import asyncio
from collections.abc import Callable, Sequence

from textual import work
from textual.app import ComposeResult

from picker.inserts.names import code_of
from picker.locale.messages import word
from picker.services.campaigns.campaigns import CampaignLine, CampaignState, Version
from picker.services.campaigns.managing import ManagedCampaigns
from picker.tui.ink import BLANK, Ink, Line, ends, fit, pad, width_of
from picker.tui.pane import Pane
from picker.tui.screens.campaigns_base import CampaignScreen, step_of
from picker.tui.screens.campaigns_edit import EditScreen
from picker.tui.screens.campaigns_history import HistoryScreen
from picker.tui.screens.campaigns_reading import ReadingScreen, rehearsal_lines, result_lines

EVERY = 2.0
"""Seconds between two readings of the list, so that what stations print meanwhile is seen."""
LONGEST_NAME = 80
_SAME = {"space": "f2", "enter": "f4"}


class CampaignsScreen(CampaignScreen):
    """The most urgent campaign first. Switching asks for the same key again; any other key forgets it."""

    def __init__(self, campaigns: ManagedCampaigns) -> None:
        super().__init__(word("ui.lead.campaigns"), word("ui.lead.campaigns.keys"))
        self._campaigns = campaigns
        self._list = _ListPane()
        self._asked = ""
        self._typed: str | None = None

    def compose(self) -> ComposeResult:
        yield from (self.head, self._list, self.foot)

    def on_mount(self) -> None:
        """Read the list now and again."""
        self.set_interval(EVERY, self._load)

    def on_screen_resume(self) -> None:
        """Show what another screen has changed."""
        self._load()

    def hears(self, key: str, character: str | None) -> bool:
        """Take what is typed as a new campaign's name while it is asked for."""
        if self._typed is None or (key.startswith("f") and key[1:].isdecimal()):
            return False
        if key == "escape":
            self._typed = None
            self.foot.tell("")
        elif key == "enter":
            self.takes(self._typed)
        else:
            typed = self._typed[:-1] if key == "backspace" else self._typed + (character or "")
            self._ask_name(typed[:LONGEST_NAME])
        return True

    def takes(self, raw: str) -> bool:
        """Take a pasted name while it is asked for."""
        if self._typed is not None:
            self._typed = None
            self.foot.tell("")
            if raw.strip():
                self._begin(raw.strip()[:LONGEST_NAME])
        return True

    def _ask_name(self, typed: str) -> None:
        self._typed = typed
        self.foot.tell(f"{word('ui.lead.campaigns.which_name')} {typed}▏", Ink.ON_CHECK)

    def press(self, key: str) -> None:
        """Choose, switch, open what belongs to the chosen one, or go back."""
        key = _SAME.get(key, key)
        line = self._list.chosen
        asked, self._asked, self._typed = self._asked, "", None
        self.foot.tell("")
        if key == "escape" and not asked:
            self.app.pop_screen()
        elif key == "f10":
            title = word("ui.lead.campaigns.results")
            self.app.push_screen(ReadingScreen(title, lambda: result_lines(self._campaigns.results())))
        elif key == "f7":
            self._ask_name("")
        elif step := step_of(key):
            self._list.choose(step)
            self._show_about()
        elif line is not None and key == "f2":
            self._ask_or_switch(line, asked)
        elif line is not None:
            self._open(key, line.code)

    def _ask_or_switch(self, line: CampaignLine, asked: str) -> None:
        if asked == line.code:
            self._switch(line)
            return
        self._asked = line.code
        self.foot.tell(
            word(f"ui.lead.campaigns.ask_{'off' if line.active else 'on'}", code=line.code), Ink.ON_CHECK
        )

    def _open(self, key: str, code: str) -> None:
        if key == "f4":
            self._edit(code)
        elif key == "f5":
            self._rehearse(code)
        elif key == "f9":
            self.app.push_screen(HistoryScreen(self._campaigns, code))

    def _rehearse(self, code: str) -> None:
        def find() -> Sequence[Line]:
            return rehearsal_lines(self._campaigns.rehearse(self._campaigns.versions(code)[0].text))

        self.app.push_screen(ReadingScreen(word("ui.lead.campaigns.dry_run", code=code), find))

    def _edit(self, code: str) -> None:
        self._open_editor(code, lambda: self._campaigns.versions(code)[0])

    def _begin(self, name: str) -> None:
        self._open_editor(code_of(name), lambda: self._campaigns.begin(name))

    @work(exclusive=True, group="open", exit_on_error=False)
    async def _open_editor(self, code: str, find: Callable[[], Version]) -> None:
        with self.telling():
            version = await asyncio.to_thread(find)
            order = await asyncio.to_thread(self._campaigns.newest_order)
            self.app.push_screen(EditScreen(self._campaigns, code, version, order))

    @work(exclusive=True, group="switch", exit_on_error=False)
    async def _switch(self, line: CampaignLine) -> None:
        with self.telling():
            await asyncio.to_thread(self._campaigns.switch, line.code, not line.active)
            done = f"ui.lead.campaigns.done_{'off' if line.active else 'on'}"
            self.foot.tell(word(done, code=line.code), Ink.OK)
            self._load()

    @work(exclusive=True, group="load", exit_on_error=False)
    async def _load(self) -> None:
        if self.is_current:
            with self.telling():
                self._list.show(await asyncio.to_thread(self._campaigns.lines))
                self._show_about()

    def _show_about(self) -> None:
        line = self._list.chosen
        if line is None:
            self.foot.about([])
            return
        about = word(
            "ui.lead.campaigns.about",
            name=line.name,
            who=line.who or word("ui.lead.campaigns.everybody"),
            version=line.version,
            time=f"{line.saved_at.astimezone():%Y-%m-%d %H:%M}",
            by=line.saved_by,
        )
        self.foot.about([(about, Ink.PLAIN)])


class _ListPane(Pane):
    def __init__(self) -> None:
        super().__init__("campaigns-list")
        self._lines: Sequence[CampaignLine] | None = None
        self._code = ""

    @property
    def chosen(self) -> CampaignLine | None:
        """The chosen campaign; one that is added or moved by its priority doesn't change it."""
        lines = self._lines or ()
        return next((line for line in lines if line.code == self._code), lines[0] if lines else None)

    def show(self, lines: Sequence[CampaignLine]) -> None:
        self._lines = lines
        self.changed()

    def choose(self, rows: int) -> None:
        lines, chosen = self._lines or (), self.chosen
        if chosen is not None:
            self._code = lines[max(0, min(len(lines) - 1, lines.index(chosen) + rows))].code
            self.changed()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        lines, chosen = self._lines, self.chosen
        if lines is None or chosen is None:
            return [((f" {'…' if lines is None else word('ui.lead.campaigns.none')}", Ink.BOLD),)]
        self._code = chosen.code
        room = height - 2
        top = max(0, min(lines.index(chosen) - room // 2, len(lines) - room))
        columns: Line = ((word("ui.lead.campaigns.columns"), Ink.DIM),)
        rows = [_row(line, width, chosen=line is chosen) for line in lines[top : top + room]]
        return [ends(BLANK, columns, width), *rows]


def _row(line: CampaignLine, width: int, *, chosen: bool) -> Line:
    shape, ink = ("✔", Ink.OK) if line.state is CampaignState.ON else ("▲", Ink.CHECK)
    if not line.active:
        shape, ink = "●", Ink.DIM
    start: Line = (
        ("▶ " if chosen else "  ", Ink.CHECK),
        (pad(line.code, min(20, width // 3)), Ink.BOLD),
        (f" {shape} {pad(line.state.value.upper(), 15)} ", ink),
    )
    counts = f"{line.priority:>8} {line.printed:>7} {line.redeemed:>8}"
    who = line.who or word("ui.lead.campaigns.everybody")
    room = width - width_of(start) - len(counts) - 1
    return ends((*start, (fit(who, room), Ink.DIM)), ((counts, Ink.PLAIN),), width)
