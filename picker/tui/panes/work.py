"""The work: the answers to an open question, else how to fill the parcel, else the order's lines."""

from collections.abc import Sequence

from picker.flow import Severity, View
from picker.flow.view import Row
from picker.tui.ink import BLANK, INKS, SHAPES, Ink, Line, beside, ends, fit, pad, width_of, wrap
from picker.tui.model import StationModel
from picker.tui.pane import Pane
from picker.tui.panes.filling import filling


class WorkPane(Pane):
    """The left half of the bench; options of a question always win, because nothing else works then."""

    def __init__(self, model: StationModel) -> None:
        super().__init__("work")
        self._model = model

    def paint(self, width: int, height: int) -> Sequence[Line]:
        view = self._model.view
        if view is None:
            return []
        inner = width - 3
        if view.options:
            rows = self._options(view, inner, height)
        else:
            rows = self._notes(view, inner, max(1, height - 1 if view.hint else height // 3))
            left = height - len(rows)
            if view.filling:
                rows += filling(self._model, view, inner, left)
            else:
                rows += self._parked(view, inner, left) or self._lines(view, inner, left)
        return [((" ", Ink.PLAIN), *row) for row in rows]

    def _options(self, view: View, width: int, height: int) -> list[Line]:
        chips: list[Line] = []
        for number, option in enumerate(view.options, 1):
            text = self._model.text(option)
            chips.append(((f" {number} ", Ink.ON_CHECK), (f" {text}", Ink.BOLD), (f"  F{number}", Ink.DIM)))
        if len(chips) * 2 <= height:
            return [row for chip in chips for row in (chip, BLANK)]
        if len(chips) <= height:
            return chips
        rows = (len(chips) + 1) // 2
        half = width // 2
        short = [((chip[0]), (fit(chip[1][0], half - 4), Ink.BOLD)) for chip in chips]
        return beside(short[:rows], short[rows:], half, Ink.PLAIN)

    def _notes(self, view: View, width: int, most: int) -> list[Line]:
        model = self._model
        texts = [model.text(view.hint)] if view.hint else []
        if view.note:
            texts.append(model.text(view.note))
        rows = [row for text in texts for row in wrap(text, width, 4)]
        return [((row, Ink.CHECK),) for row in rows[:most]]

    def _parked(self, view: View, width: int, height: int) -> list[Line]:
        rows: list[Line] = [
            ((fit(self._model.text(order), width - 6), Ink.PLAIN),) for order in view.parked[:height]
        ]
        hidden = self._model.state.parked.count - len(rows) if self._model.state else 0
        if rows and hidden > 0:
            rows[-1] = ends(rows[-1], ((f" +{hidden}", Ink.DIM),), width)
        return rows

    def _lines(self, view: View, width: int, height: int) -> list[Line]:
        if not view.rows or height < 1:
            return []
        model = self._model
        head: list[Line] = []
        if height > 3:
            left: Line = ((model.words("ui.lines"), Ink.DIM),)
            head = [ends(left, ((model.words("ui.of", done=view.done, total=view.total), Ink.BOLD),), width)]
        first, last = _window(view.rows, height - len(head))
        rows = [self._row(row, width) for row in view.rows[first:last]]
        if first or last < len(view.rows):
            hidden = len(view.rows) - (last - first)
            rows[-1] = ends(rows[-1], ((f" +{hidden}", Ink.DIM),), width)
        return [*head, *rows]

    def _row(self, row: Row, width: int) -> Line:
        closed = row.done >= row.wanted
        shape = Severity.WARNING if row.short else Severity.OK
        mark = "▶" if row.current else SHAPES[shape] if closed else " "
        ink = Ink.BOLD if row.current else Ink.DIM if closed else Ink.PLAIN
        counts = f"{row.done:>3}/{row.wanted:<3}"
        start: Line = ((f"{mark} ", Ink.CHECK if row.current else INKS[shape]), (counts, ink))
        place = (
            (f" {pad(row.location, 11)}", ink) if width >= 44 and row.location and not closed else ("", ink)
        )
        short: Line = (
            ((f" {self._model.words('ui.short', count=row.short)}", Ink.CHECK),) if row.short else BLANK
        )
        room = width - width_of(start) - width_of([place]) - width_of(short) - 5
        return (*start, place, (f" {fit(row.name, room)}", ink), *short)


def _window(rows: tuple[Row, ...], height: int) -> tuple[int, int]:
    """The part of the rows that fits, with the one in work in it."""
    height = max(1, height)
    here = next((n for n, row in enumerate(rows) if row.current), None)
    if here is None:
        here = next((n for n, row in enumerate(rows) if row.done < row.wanted), 0)
    first = max(0, min(here - height // 2, len(rows) - height))
    return first, min(len(rows), first + height)
