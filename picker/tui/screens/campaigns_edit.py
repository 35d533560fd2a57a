"""A campaign's text beside the card that it prints, both alive while the lead types."""

import asyncio
from collections.abc import Callable

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Key, Paste
from textual.timer import Timer

from picker.inserts import CampaignError
from picker.locale.messages import word
from picker.services.campaigns.campaigns import Version
from picker.services.campaigns.managing import Look, ManagedCampaigns, NewerVersion, Shown
from picker.tui.editor import Editor
from picker.tui.ink import Ink
from picker.tui.panes.campaigns_card import CardPane
from picker.tui.screens.campaigns_base import CampaignScreen, step_of
from picker.tui.screens.campaigns_reading import ReadingScreen, rehearsal_lines, term_lines

AFTER = 0.3
"""Seconds without a key after which the text is read."""
MOST_COLUMNS = 100
LONGEST_ORDER = 60
_KEYS = frozenset({"escape", "ctrl+up", "ctrl+down", *(f"f{number}" for number in range(1, 13))})

_AFTER_TEXT = frozenset({"escape", "f2", "f5", "f9"})
_TYPED = {"order": "ui.lead.campaigns.which_order", "coupons": "ui.lead.campaigns.how_many"}
"""Questions that are answered by typing."""


class EditScreen(CampaignScreen):
    """Every key but the F keys and Esc goes to the text; F3 shows the card as paper, on the whole screen."""

    def __init__(self, campaigns: ManagedCampaigns, code: str, version: Version, order: str) -> None:
        super().__init__(word("ui.lead.campaigns.edit", code=code), word("ui.lead.campaigns.edit_keys"))
        self._campaigns, self._code, self._version = campaigns, code, version.number
        self._area = Editor(version.text, "campaigns-text")
        self._saved = self._area.text if version.number else ""
        self._card = CardPane()
        self._order, self._language = order, ""
        self._seen = Look()
        self._fault = -1
        self._asks = ""
        self._typed = ""
        self._paper = False
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield self.head
        with Horizontal(id="campaigns-editor"):
            yield self._area
            yield self._card
        yield self.foot

    def on_mount(self) -> None:
        """Begin in the text."""
        self.set_focus(self._area)
        self._look()

    def on_resize(self) -> None:
        """Fold the card to the new width."""
        self._look()

    def on_text_area_changed(self) -> None:
        """Read the text once the typing stops."""
        if self._asks not in _TYPED:
            self._asks = ""
            self.foot.tell("")
        self._show_state()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(AFTER, self._look)

    def edits(self, event: Key | Paste) -> bool:
        """Whether a key or a paste belongs to the text."""
        reads = self._paper or self._asks in _TYPED
        return not reads and (isinstance(event, Paste) or event.key not in _KEYS)

    def hears(self, key: str, character: str | None) -> bool:
        """Take what is typed as the answer to what is asked."""
        if self._asks not in _TYPED or key in _KEYS:
            return False
        if key == "enter":
            self._take(self._typed)
        else:
            shorter = self._typed[:-1]
            self._typed = shorter if key == "backspace" else (self._typed + (character or ""))[:LONGEST_ORDER]
            self._show_question()
        return True

    def takes(self, raw: str) -> bool:
        """Take what is pasted as the answer to what is asked."""
        if self._asks in _TYPED:
            self._take(raw)
        return True

    def press(self, key: str) -> None:
        """Do what an F key says; what takes the text waits for every letter that was typed before it."""
        if key in _AFTER_TEXT:
            self._area.call_later(self._do, key)
        else:
            self._do(key)

    def _do(self, key: str) -> None:
        asked, self._asks = self._asks, ""
        if asked:
            self.foot.tell("")
        acts: dict[str, Callable[[], object]] = {
            "f1": self._explain,
            "f2": self._save,
            "f3": self._turn,
            "f5": self._rehearse,
            "f6": lambda: self._ask("order"),
            "f7": self._next_language,
            "f8": self._next_fault,
            "f9": lambda: self._ask("coupons"),
        }
        if key == "escape":
            self._leave(asked)
        elif key in acts:
            acts[key]()
        elif step := step_of(key.removeprefix("ctrl+")):
            self._card.move(step)

    def _leave(self, asked: str) -> None:
        if asked in _TYPED:
            return
        if self._paper:
            self._turn()
        elif self._area.text == self._saved or asked == "leave":
            self.app.pop_screen()
        else:
            self._asks = "leave"
            self.foot.tell(word("ui.lead.campaigns.leave"), Ink.ON_CHECK)

    def _turn(self) -> None:
        self._paper = not self._paper
        self.set_class(self._paper, "-paper")
        self._card.clear()
        self.call_after_refresh(self._look)

    def _ask(self, question: str) -> None:
        self._asks, self._typed = question, ""
        self._show_question()

    def _show_question(self) -> None:
        self.foot.tell(f"{word(_TYPED[self._asks])} {self._typed}▏", Ink.ON_CHECK)

    def _take(self, answer: str) -> None:
        asked, self._asks = self._asks, ""
        self.foot.tell("")
        answer = answer.strip()[:LONGEST_ORDER]
        if asked == "order":
            self._order = answer or self._order
            self._look()
        elif answer:
            self._add_coupons(answer)

    @work(exclusive=True, group="coupons", exit_on_error=False)
    async def _add_coupons(self, count: str) -> None:
        if not count.isdecimal():
            self.foot.tell(word("ui.lead.campaigns.no_number", got=count), Ink.STOP)
            return
        with self.telling():
            series = await asyncio.to_thread(self._campaigns.add_coupons, self._area.text, int(count))
            self.foot.tell(word("ui.lead.campaigns.added", count=int(count), series=series), Ink.OK)
            self._look()

    def _next_language(self) -> None:
        choices = ("", *self._seen.languages)
        place = choices.index(self._language) if self._language in choices else 0
        self._language = choices[(place + 1) % len(choices)]
        self._look()

    def _next_fault(self) -> None:
        faults = self._seen.faults
        if not faults:
            self.foot.tell(word("ui.lead.campaigns.no_fault"), Ink.OK)
            return
        self._fault = (self._fault + 1) % len(faults)
        fault = faults[self._fault]
        line = max(0, min(self._area.document.line_count, fault.line) - 1)
        column = min(max(0, fault.column - 1), len(self._area.document.get_line(line)))
        self._area.move_cursor((line, column), center=True)
        self._show_state()

    @property
    def _shown(self) -> Shown:
        columns = min(self.size.width - 2, MOST_COLUMNS) if self._paper else 0
        return Shown(self._order, self._language, columns)

    @work(exclusive=True, group="look", exit_on_error=False)
    async def _look(self) -> None:
        text, shown = self._area.text, self._shown
        with self.telling():
            self._see(await asyncio.to_thread(self._campaigns.look, self._code, text, shown))

    def _see(self, look: Look) -> None:
        """A text with faults keeps the languages and the card of the last one without."""
        if look.faults:
            self._seen = Look(look.faults, languages=look.languages or self._seen.languages)
            self._card.show_old()
        else:
            self._seen = look
            self._card.show_card(self._order, look, paper=self._paper)
        self._fault = -1
        self._show_state()

    def _show_state(self) -> None:
        changed = self._area.text != self._saved
        state = word("ui.lead.campaigns.changed") if changed else ""
        version = word("ui.lead.campaigns.version", version=self._version)
        self.head.show(f"{version}  {state}".rstrip(), Ink.ON_CHECK if changed else Ink.BAR)
        key = "ui.lead.campaigns.paper_keys" if self._paper else "ui.lead.campaigns.edit_keys"
        faults = self._seen.faults[max(0, self._fault) :]
        self.foot.about([(str(fault), Ink.STOP) for fault in faults], word(key))

    @work(exclusive=True, group="save", exit_on_error=False)
    async def _save(self) -> None:
        text = self._area.text
        if text == self._saved:
            self.foot.tell(word("ui.lead.campaigns.nothing_new"))
            return
        with self.telling():
            try:
                number = await asyncio.to_thread(
                    self._campaigns.save, self._code, text, self._version, self._shown
                )
            except CampaignError as error:
                self._see(Look(error.faults))
                self.foot.tell(word("ui.lead.campaigns.not_saved"), Ink.ON_CHECK)
            except NewerVersion as error:
                self._version = error.version.number
                newer = word(
                    "ui.lead.campaigns.newer", by=error.version.saved_by, version=error.version.number
                )
                self.foot.tell(newer, Ink.ON_CHECK)
            else:
                self._saved, self._version = text, number
                self.foot.tell(word("ui.lead.campaigns.saved", version=number), Ink.OK)
                self._show_state()

    def _explain(self) -> None:
        self.app.push_screen(ReadingScreen(word("ui.lead.campaigns.terms"), term_lines))

    def _rehearse(self) -> None:
        text = self._area.text
        title = word("ui.lead.campaigns.dry_run", code=self._code)
        self.app.push_screen(ReadingScreen(title, lambda: rehearsal_lines(self._campaigns.rehearse(text))))
