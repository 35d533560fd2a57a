"""A pane: a fixed place on the screen whose lines are a function of what the screen knows."""

from collections.abc import Sequence

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
        self._rows: list[Strip] = []
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
        different = [
            Region(0, y, width, 1)
            for y, (old, new) in enumerate(zip(before, self._rows, strict=True))
            if old != new
        ]
        if different:
            self.refresh(*different)

    def render_line(self, y: int) -> Strip:
        """Give Textual one row."""
        if self._painted_for != self.size:
            self._paint()
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width)

    def _paint(self) -> None:
        width, height = self.size
        lines = list(self.paint(width, height))[:height]
        ground = self.ground()
        lines += [BLANK] * (height - len(lines))
        self._rows = [to_strip(line, width, ground) for line in lines]
        self._painted_for = (width, height)
