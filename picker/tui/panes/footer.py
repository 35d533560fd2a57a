"""The footer: the keys that work now, and for practice what they scan."""

from collections.abc import Sequence

from picker.tui import keymap
from picker.tui.ink import BLANK, Ink, Line, Span, fit, width_of
from picker.tui.model import StationModel
from picker.tui.pane import Pane
from picker.tui.practice import Practice


class FooterPane(Pane):
    """Keys in the order of the keyboard; what does not fit is in the menu."""

    def __init__(self, model: StationModel) -> None:
        super().__init__("footer")
        self._model = model

    def paint(self, width: int, height: int) -> Sequence[Line]:
        if self._model.state is None:
            return []
        rows: list[list[Span]] = [[]]
        for action in keymap.now(self._model.state, practice=False):
            chip = [
                (f" {keymap.label(action.key)} ", Ink.KEY),
                (f" {self._model.words(f'key.{action.name}')}  ", Ink.PLAIN),
            ]
            if width_of(rows[-1]) + width_of(chip) > width + 1:
                rows.append([])
            rows[-1] += chip
        return rows[:height]


class PracticePane(Pane):
    """The practice scanner: what F11 and F12 would scan now."""

    def __init__(self, model: StationModel) -> None:
        super().__init__("practice")
        self._model = model
        self.practice: Practice | None = None
        """What it scans; None until the station is open."""

    def paint(self, width: int, height: int) -> Sequence[Line]:
        model, practice = self._model, self.practice
        if practice is None or model.view is None:
            return [BLANK]
        right = model.words("ui.practice.right", what=practice.right(model.view).what)
        wrong = f"  {model.words('ui.practice.wrong')}"
        line: list[Span] = [(f" {model.words('ui.practice')} ", Ink.ON_OK), (" F11 ", Ink.OK)]
        tail: list[Span] = (
            [("  F12 ", Ink.STOP), (wrong.strip(), Ink.PLAIN)] if practice.wrong(model.view) else []
        )
        room = width - width_of(line) - width_of(tail)
        return [[*line, (fit(right, room), Ink.PLAIN), *tail]]
