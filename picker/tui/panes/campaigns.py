"""What the campaign screens share: a head, a foot with what there is to say, and a sheet of lines between them."""

from collections.abc import Sequence

from picker.tui.ink import BLANK, Ink, Line, ends, fit, wrap
from picker.tui.pane import Pane


class HeadPane(Pane):
    """One line: what the screen is about, and how that stands."""

    def __init__(self, title: str) -> None:
        super().__init__("campaigns-head")
        self._title, self._state, self._ink = title, "", Ink.BAR

    def ground(self) -> Ink:
        return Ink.BAR

    def show(self, state: str, ink: Ink = Ink.BAR) -> None:
        """Show how it stands, at the right."""
        self._state, self._ink = state, ink
        self.changed()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        title: Line = ((f" {fit(self._title, width // 2)} ", Ink.ON_INFO),)
        state = fit(self._state, width // 2)
        return [ends(title, ((f" {state} ", self._ink),) if state else BLANK, width, Ink.BAR)]


class FootPane(Pane):
    """What there is to say, the newest word on top, and the keys below."""

    def __init__(self, keys: str) -> None:
        super().__init__("campaigns-foot")
        self._keys = keys
        self._word: tuple[str, Ink] = ("", Ink.PLAIN)
        self._about: list[tuple[str, Ink]] = []

    def tell(self, word: str, ink: Ink = Ink.CHECK) -> None:
        """Say something, "" for nothing any more."""
        self._word = (word, ink)
        self.changed()

    def about(self, rows: Sequence[tuple[str, Ink]], keys: str = "") -> None:
        """Show what is known, beneath what is said; `keys` replaces the keys."""
        self._about, self._keys = list(rows), keys or self._keys
        self.changed()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        keys = wrap(self._keys, width - 2, 2)
        said = [self._word, *self._about] if self._word[0] else self._about
        rows = [(row, ink) for text, ink in said for row in wrap(text, width - 2, 2)]
        room = max(0, height - len(keys))
        lines: list[Line] = [((f" {row} ", ink),) for row, ink in rows[:room]]
        return [*lines, *[BLANK] * (room - len(lines)), *(((f" {row}", Ink.DIM),) for row in keys)]


class SheetPane(Pane):
    """Lines of text that may be longer than the screen."""

    def __init__(self, name: str, ink: Ink = Ink.PLAIN) -> None:
        super().__init__(name)
        self._ink = ink
        self._lines: Sequence[Line] = ()
        self._top = 0

    def ground(self) -> Ink:
        return self._ink

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines from where the sheet stands."""
        self._lines = lines
        self.move(0)

    def move(self, rows: int) -> None:
        """Move along the sheet, up when negative."""
        self._top = max(0, min(len(self._lines) - self.size.height, self._top + rows))
        self.changed()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        return self._lines[self._top : self._top + height]
