"""The scanner doctor on the screen: three codes are scanned, then it says what is wrong and how to mend it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.timer import Timer

from picker.locale.messages import render, say, word
from picker.locale.translations import Translations
from picker.tui.ink import BLANK, Ink, Line, wrap
from picker.tui.keyboard import SEPARATOR_KEY, text_of
from picker.tui.pane import Pane
from picker.tui.screens.base import KeyScreen
from scanning.characters import GS
from scanning.diagnose import arrivals
from scanning.rhythm import BURST

if TYPE_CHECKING:
    from picker.services.doctor.finding import Finding
    from picker.tui.port import ScannerCheck

CODES = 3
QUIET = 0.7
"""Seconds without a key after which a code has arrived whole, whether or not a suffix ends it."""


class ScannerScreen(KeyScreen):
    """Takes every key as it comes until the codes are there; Esc leaves."""

    def __init__(
        self, check: "ScannerCheck", leave: Callable[[], object], translations: Translations | None = None
    ) -> None:
        super().__init__()
        self._check, self._leave, self._translations = check, leave, translations
        self.received: list[str] = []
        self._arriving = ""
        self._quiet: Timer | None = None
        self._pane = _ScannerPane(self._words, self._finding)
        self._pane.ask(0)

    def compose(self) -> ComposeResult:
        yield self._pane

    def hears(self, key: str, character: str | None) -> bool:
        """Gather what the scanner types; afterwards F2 keeps a translation and F5 begins again."""
        if key == "escape" and not self._arriving:
            self._leave()
        elif len(self.received) < CODES:
            self._arriving += GS if key == SEPARATOR_KEY else text_of(key, character) or f"<{key}>"
            if self._quiet is not None:
                self._quiet.stop()
            self._quiet = self.set_timer(QUIET, self._arrived)
        elif key == "f2":
            learned = self._check.learn(self.received) or say("ui.scanner.nothing_kept")
            self._pane.tell(render(learned, self._translations))
        elif key == "f5":
            self.received.clear()
            self._pane.ask(0)
        return True

    def _arrived(self) -> None:
        """A code is there; a stray key or two is none."""
        codes = [text for text in arrivals(self._arriving) if len(text.rstrip()) >= BURST]
        self.received = [*self.received, *codes][:CODES]
        self._arriving = ""
        if len(self.received) < CODES:
            self._pane.ask(len(self.received))
        else:
            self._pane.show_findings(self._check.examine(self.received))

    def _finding(self, finding: "Finding") -> str:
        return render(finding.message, self._translations) if finding.message else finding.words

    def _words(self, key: str, **params: object) -> str:
        return word(key, self._translations, **params)


class _ScannerPane(Pane):
    def __init__(self, words: Callable[..., str], told: "Callable[[Finding], str]") -> None:
        super().__init__("scanner")
        self._words, self._told_of = words, told
        self._findings: Sequence[Finding] = ()
        self._told = ""

    def ask(self, done: int) -> None:
        """Ask for the next code."""
        self._findings = ()
        self.tell(self._words("ui.scanner.scan", number=done + 1, count=CODES))

    def tell(self, words: str) -> None:
        """Say something under the heading."""
        self._told = words
        self.changed()

    def show_findings(self, findings: "Sequence[Finding]") -> None:
        """Show what was found."""
        self._findings = findings
        self.tell(self._words("ui.scanner.found"))

    def paint(self, width: int, height: int) -> Sequence[Line]:
        words = self._words
        rows: list[Line] = [((f" {words('ui.scanner')}".ljust(width), Ink.ON_INFO),), BLANK]
        rows += [((f" {row}", Ink.BOLD),) for row in wrap(self._told, width - 2, 4)]
        rows.append(BLANK)
        for finding in self._findings:
            mark, ink = ("✔", Ink.OK) if finding.ok else ("▲", Ink.CHECK)
            first, *rest = wrap(self._told_of(finding), width - 5, 5)
            rows.append(((f" {mark} ", ink), (first, Ink.PLAIN)))
            rows += [((f"   {row}", Ink.PLAIN),) for row in rest]
        key = "ui.scanner.keys_after" if self._findings else "ui.scanner.keys"
        rows += [BLANK, ((f" {words(key)}", Ink.DIM),)]
        return rows
