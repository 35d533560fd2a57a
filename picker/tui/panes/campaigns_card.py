"""The card that a campaign prints."""

from collections.abc import Sequence

from picker.locale.messages import word
from picker.services.campaigns.managing import Look
from picker.tui.ink import BLANK, Ink, Line, wrap
from picker.tui.panes.campaigns import SheetPane

_MOST_ROWS = 20
"""Rows that one line of a card is folded into."""


class CardPane(SheetPane):
    """For whom the card is, then its words, or its paper in half blocks."""

    def __init__(self) -> None:
        super().__init__("campaigns-card")
        self._card: Sequence[Line] = ()

    def show_card(self, order: str, look: Look, *, paper: bool) -> None:
        """Show a card, or in words why there is none."""
        width = self.size.width
        notes: list[Line] = [
            ((f" {row}", Ink.CHECK),) for note in look.notes for row in wrap(note, width - 2, 2)
        ]
        if look.trouble:
            self._card = [((f" {row}", Ink.STOP),) for row in wrap(look.trouble, width - 2, 4)]
        elif paper:
            self._card = [*notes, *(((" ", Ink.PLAIN), (row, Ink.PAPER)) for row in look.rows)]
        else:
            self._card = [BLANK, *_words(look.rows, width)]
        shown = word("ui.lead.campaigns.shown", order=order or "–", language=look.language or "–")
        self.show([((f" {shown}", Ink.CHECK),), *self._card])

    def show_old(self) -> None:
        """Say that the text has a fault, and that the card is that of before."""
        self.show([((f" {word('ui.lead.campaigns.before')}", Ink.STOP),), *self._card])

    def clear(self) -> None:
        """Forget the card: it is to be drawn in another way."""
        self._card = ()
        self.show(())


def _words(rows: Sequence[str], width: int) -> list[Line]:
    lines: list[Line] = []
    for row in rows:
        ink = Ink.BOLD if row.startswith("# ") else Ink.PLAIN
        for line in row.splitlines():
            lines += [((f" {part}", ink),) for part in wrap(line, width - 2, _MOST_ROWS)]
        lines.append(BLANK)
    return lines
