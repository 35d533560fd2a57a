"""A pane: a fixed place on the screen whose lines are a function of what the screen knows."""

from collections.abc import Sequence

from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from picker.tui.ink import BLANK, Ink, Line, to_strip


class Pane(Widget, can_focus=False):
    """Paints lines of its own making; a change never moves another pane, so it never costs a layout."""

    ALLOW_SELECT = False

    def __init__(self, name: str) -> None:
        """`name` is its id for the style sheet."""
        super().__init__(id=name)
        self._inked: list[Line] = []
        self._rows: list[Strip] = []
        self._look: object = None
        self._painted_for = (-1, -1)

    def paint(self, width: int, height: int) -> Sequence[Line]:
        """Return the lines to show, top first; too few are filled up and too many cut."""
        raise NotImplementedError

    def ground(self) -> Ink:
        """Return the ink of the cells that no line covers."""
        return Ink.PLAIN

    def changed(self) -> None:
        """Paint anew and show the rows that differ."""
        before = self._rows if self._painted_for == self.size else []
        if not before:
            # A hidden pane has no size; what it was painted with before is old when it is shown again.
            self._painted_for = (-1, -1)
            self.refresh()
            return
        self._paint()
        width = self.size.width
        rows = enumerate(zip(before, self._rows, strict=True))
        different = [y for y, (old, new) in rows if old is not new and old != new]
        if different:
            self.refresh(*(Region(0, first, width, count) for first, count in _runs(different)))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give Textual rows. Its own way lays border, padding, tint and opacity over them, of which a pane has none."""
        if self._painted_for != self.size:
            self._paint()
        rows = self._rows[crop.y : crop.bottom]
        if crop.column_span == (0, self.size.width):
            return rows
        return [row.crop(*crop.column_span) for row in rows]

    def _paint(self) -> None:
        """Make the rows; one whose line is as it was stays the same strip."""
        width, height = self.size
        lines = list(self.paint(width, height))[:height]
        lines += [BLANK] * (height - len(lines))
        # Every ink is in true colour already: what would make it so has nothing to do.
        filters = [each for each in self.get_line_filters() if not isinstance(each, ANSIToTruecolor)]
        look = (self.ground(), *filters)
        kept = zip(self._inked, self._rows, strict=True) if self._look == (width, look) else ()
        before = dict(enumerate(kept))
        rows = []
        for y, line in enumerate(lines):
            old = before.get(y)
            rows.append(old[1] if old and old[0] == line else self._strip(line, width, filters))
        self._inked, self._rows, self._look, self._painted_for = lines, rows, (width, look), (width, height)

    def _strip(self, line: Line, width: int, filters: Sequence[LineFilter]) -> Strip:
        strip = to_strip(line, width, self.ground())
        for each in filters:
            strip = strip.apply_filter(each, self.background_colors[1])
        return strip


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rising numbers of rows as (first, count) of those that follow each other."""
    runs: list[tuple[int, int]] = []
    for y in rows:
        if runs and sum(runs[-1]) == y:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((y, 1))
    return runs
