"""How to fill the parcel in front: words and the picture beside them, paged where the screen is small."""

from collections.abc import Sequence

from picker.flow import Message, Phase, Severity, View
from picker.flow.filling import level
from picker.packing import Layer, sketches
from picker.packing.types import ParcelPlan
from picker.tui import keymap
from picker.tui.ink import BLANK, Ink, Line, beside, ends, wrap
from picker.tui.model import StationModel

_PICTURE = 24
"""Columns of the picture; it has more where the words have enough."""
_GAP = 2
_WORDS = 24
"""Columns under which words beside a picture can't be read; the picture then has pages of its own."""
_READABLE = 7
"""Rows from which a layer is readable enough for all of them to share a page."""
_LOWEST = 4
"""Rows under which a layer can't be drawn."""


def filling(model: StationModel, view: View, width: int, height: int) -> list[Line]:
    """Return the page of the filling that the packer asked for; the last row says when there is more."""
    pages = _pages(model, view, width, height)
    if len(pages) > 1:
        pages = _pages(model, view, width, height - 1)
    page = view.page % max(1, len(pages))
    shown = list(pages[page][:height]) if pages else []
    if len(pages) < 2:
        return shown
    more = keymap.label(next(action.key for action in keymap.ACTIONS if action.name == "more"))
    count = model.words("ui.page", page=page + 1, pages=len(pages), more=more)
    return [*shown, *[BLANK] * (height - 1 - len(shown)), ends(BLANK, ((count, Ink.CHECK),), width)]


def _pages(model: StationModel, view: View, width: int, height: int) -> list[list[Line]]:
    if height < 1:
        return []
    drawn_width = max(_PICTURE, min(40, width - 64))
    if width < _WORDS + drawn_width + _GAP:
        words = _cut(_words(model, view, width), height)
        return [*words, *_pictures(model, view.filling, min(width, drawn_width), height)]
    pictures = _pictures(model, view.filling, drawn_width, height)
    if not pictures:
        return _cut(_words(model, view, width), height)
    words = _cut(_words(model, view, width - drawn_width - _GAP), height)
    count = max(len(words), len(pictures))
    # Whichever runs out first stays in sight while the other goes on.
    return [
        beside(_at(pictures, page), _at(words, page), drawn_width + _GAP, Ink.PLAIN) for page in range(count)
    ]


def _at(pages: Sequence[list[Line]], page: int) -> list[Line]:
    return pages[min(page, len(pages) - 1)] if pages else []


def _cut(rows: list[Line], height: int) -> list[list[Line]]:
    return [rows[start : start + height] for start in range(0, len(rows), height)]


def _words(model: StationModel, view: View, width: int) -> list[Line]:
    """Care first; then before the packaging is taken what it is, and after that how to fill it."""
    facts = [row for fact in view.facts for row in _told(model, fact, width)]
    steps = _steps(model, view, width)
    rest = [*facts, *steps] if view.phase is Phase.PACKAGING else [*steps, *facts]
    return [row for caution in view.cautions for row in _told(model, caution, width)] + rest


def _told(model: StationModel, message: Message, width: int) -> list[Line]:
    ink = Ink.CHECK if message.severity is Severity.WARNING else Ink.PLAIN
    return [((row, ink),) for row in wrap(model.text(message), width, 3)]


def _steps(model: StationModel, view: View, width: int) -> list[Line]:
    rows: list[Line] = [((model.words("ui.steps"), Ink.DIM),)] if view.steps else []
    for number, step in enumerate(view.steps, 1):
        folded = wrap(model.text(step), width - 3, 4)
        rows += [
            ((f"{number:>2} " if n == 0 else "   ", Ink.DIM), (row, Ink.BOLD)) for n, row in enumerate(folded)
        ]
    return rows


def _pictures(model: StationModel, parcel: ParcelPlan | None, width: int, height: int) -> list[list[Line]]:
    """The layers, bottom first, as many on a page as it holds."""
    if parcel is None or parcel.packaging.own_of or height < _LOWEST + 1 or width < _PICTURE:
        return []
    pages: list[list[Line]] = []
    each = height // max(step.layer for step in parcel.steps) - 1
    for layer in sketches(parcel, width, each if each >= _READABLE else height - 1):
        drawn = _drawn(model, layer)
        if pages and len(pages[-1]) + len(drawn) <= height:
            pages[-1] += drawn
        else:
            pages.append(drawn)
    return pages


def _drawn(model: StationModel, layer: Layer) -> list[Line]:
    name = model.text(level(layer.number))
    name = f"{name} {layer.number}/{layer.of}" if layer.of > 1 else name
    return [((name, Ink.DIM),), *(((row, Ink.OK),) for row in layer.rows)]
