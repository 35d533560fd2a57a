"""The question after a printer broke off: only the packer can see whether the paper is there."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult

from picker.tui.events import JobFate
from picker.tui.ink import BLANK, Ink, Line, wrap
from picker.tui.model import StationModel
from picker.tui.pane import Pane
from picker.tui.screens.base import KeyScreen

_FATES = (JobFate.PRINTED, JobFate.AGAIN, JobFate.TORN)


class UnsureScreen(KeyScreen):
    """Stays until answered; scans go on to the desk meanwhile, but 1, 2 and 3 with Enter answer it."""

    STAYS = True

    def __init__(self, model: StationModel, title: str, answer: Callable[[JobFate], None]) -> None:
        super().__init__()
        self._model, self._title, self._answer = model, title, answer

    def compose(self) -> ComposeResult:
        yield _UnsurePane(self._model, self._title)

    def press(self, key: str) -> None:
        """F1 to F3 answer."""
        self.takes(key.removeprefix("f"))

    def takes(self, raw: str) -> bool:
        """A single digit that is an answer closes the question."""
        if raw not in ("1", "2", "3"):
            return False
        self.app.pop_screen()
        self._answer(_FATES[int(raw) - 1])
        return True


class _UnsurePane(Pane):
    def __init__(self, model: StationModel, title: str) -> None:
        super().__init__("unsure")
        self._model, self._title = model, title

    def paint(self, width: int, height: int) -> Sequence[Line]:
        words = self._model.words
        rows: list[Line] = [((f" ▲ {words('ui.unsure')}".ljust(width), Ink.ON_CHECK),), BLANK]
        rows += [((f" {row}", Ink.BOLD),) for row in wrap(self._title, width - 2, 3)]
        rows += [((f" {row}", Ink.DIM),) for row in wrap(words("ui.unsure.why"), width - 2, 2)]
        loose = height >= 12 + len(rows)
        for number, fate in enumerate(_FATES, 1):
            rows += [BLANK] if loose or number == 1 else []
            folded = wrap(words(f"ui.unsure.{fate.value}"), width - 12, 2)
            rows.append(
                ((f"  {number} ", Ink.ON_CHECK), (f" {folded[0]}", Ink.BOLD), (f"  F{number}", Ink.DIM))
            )
            rows += [(("     " + row, Ink.BOLD),) for row in folded[1:]]
        return rows
