"""The tape: every input in order, with its number and its verdict; nothing that was scanned goes unseen."""

from collections.abc import Sequence

from picker.tui.ink import INKS, SHAPES, Ink, Line, pad, wrap
from picker.tui.model import StationModel, TapeEntry
from picker.tui.pane import Pane

_MOST = 3
"""Rows of a verdict."""


class TapePane(Pane):
    """Newest on top, close to the verdict; "…" until an input is committed."""

    def __init__(self, model: StationModel) -> None:
        super().__init__("tape")
        self._model = model

    def paint(self, width: int, height: int) -> Sequence[Line]:
        tape = self._model.tape
        newest = [tape[-place] for place in range(1, min(len(tape), height - 1) + 1)]
        rows = [row for entry in newest for row in _entry(entry, width)]
        return [((self._model.words("ui.tape"), Ink.DIM),), *rows[: height - 1]]


def _entry(entry: TapeEntry, width: int) -> list[Line]:
    """The input and its verdict beside it, in as many rows as the verdict takes."""
    shape, ink = (SHAPES[entry.severity], INKS[entry.severity]) if entry.severity else ("…", Ink.CHECK)
    code_width = min(20, width - 7)
    start: Line = (
        (f"{entry.number or '':>4} ", Ink.DIM),
        (f"{shape} ", ink),
        (pad(entry.code, code_width), ink),
    )
    room = width - code_width - 8
    if room <= 8:
        return [start]
    first, *more = wrap(entry.text, room, _MOST) or ("",)
    under: list[Line] = [((" " * (width - room) + row, Ink.DIM),) for row in more]
    return [(*start, (f" {first}", Ink.DIM)), *under]
