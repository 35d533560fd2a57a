"""The prompt: what to do now, and what was typed so far."""

from collections.abc import Sequence

from rich.cells import cell_len

from picker.flow import Phase
from picker.tui.ink import BLANK, Ink, Line, ends, fit, width_of, wrap
from picker.tui.model import StationModel
from picker.tui.pane import Pane


class PromptPane(Pane):
    """One sentence; text typed by hand appears after it, so that a weight or lot can be read back."""

    def __init__(self, model: StationModel) -> None:
        super().__init__("prompt")
        self._model = model

    def paint(self, width: int, height: int) -> Sequence[Line]:
        model = self._model
        if model.state is None or model.view is None:
            return []
        asking = bool(model.view.options)
        unusual = asking or model.state.take_out or model.view.phase is Phase.TAKE_BACK
        key = (
            "ui.choose"
            if asking
            else "mode.take_out"
            if model.state.take_out
            else f"phase.{model.view.phase}"
        )
        mode = model.words(key)
        mode_width = cell_len(mode)
        chip = (f" {mode} ", Ink.ON_CHECK if unusual else Ink.KEY)
        typed = _typed(model, width // 3)
        room = width - mode_width - 4 - (width_of(typed) + 1 if typed else 0)
        ink = Ink.CHECK if unusual else Ink.BOLD
        first, *more = wrap(model.text(model.view.prompt), room - 3, height) or ("",)
        line = ends((chip, (f" ▶ {first}", ink)), typed, width)
        return [line, *(((" " * (mode_width + 5) + row, ink),) for row in more)]


def _typed(model: StationModel, width: int) -> Line:
    """What is being typed, else what was left aside."""
    if model.typed:
        return ((f" {_tail(model.typed, width)}▏", Ink.ON_INFO),)
    if model.aside:
        shown = f"{_tail(model.aside, width // 2)} {model.words('ui.aside')}"
        return ((f" {fit(shown, max(width, 12))} ", Ink.ON_CHECK),)
    return BLANK


def _tail(text: str, width: int) -> str:
    return text if len(text) <= width else "…" + text[1 - width :]
