"""Lines of inked text and how they become what Textual paints. No other module makes segments."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from picker.flow import Severity
from picker.safe import clean

# Okabe-Ito colours on black: told apart with any colour vision (sky and vermillion 101, CIE76, simulated
# deuteranopia), contrast 9.1, 5.4 and 15.9 to 1. A word and a shape always go with them.
SKY, VERMILLION, YELLOW = "#56B4E9", "#D55E00", "#F0E442"
BLACK, WHITE, GREY, DARK = "#000000", "#FFFFFF", "#A8A8A8", "#303030"


class Ink(StrEnum):
    """The few ways a text can look."""

    PLAIN = "plain"
    DIM = "dim"
    BOLD = "bold"
    KEY = "key"
    BAR = "bar"
    OK = "ok"
    CHECK = "check"
    STOP = "stop"
    ON_OK = "on_ok"
    ON_CHECK = "on_check"
    ON_STOP = "on_stop"
    ON_INFO = "on_info"
    PAPER = "paper"


_STYLES = {
    Ink.PLAIN: Style(color=WHITE, bgcolor=BLACK),
    Ink.DIM: Style(color=GREY, bgcolor=BLACK),
    Ink.BOLD: Style(color=WHITE, bgcolor=BLACK, bold=True),
    Ink.KEY: Style(color=BLACK, bgcolor=GREY, bold=True),
    Ink.BAR: Style(color=WHITE, bgcolor=DARK),
    Ink.OK: Style(color=SKY, bgcolor=BLACK, bold=True),
    Ink.CHECK: Style(color=YELLOW, bgcolor=BLACK, bold=True),
    Ink.STOP: Style(color=VERMILLION, bgcolor=BLACK, bold=True),
    Ink.ON_OK: Style(color=BLACK, bgcolor=SKY, bold=True),
    Ink.ON_CHECK: Style(color=BLACK, bgcolor=YELLOW, bold=True),
    Ink.ON_STOP: Style(color=BLACK, bgcolor=VERMILLION, bold=True),
    Ink.ON_INFO: Style(color=WHITE, bgcolor=DARK, bold=True),
    Ink.PAPER: Style(color=BLACK, bgcolor=WHITE),
}

Span = tuple[str, Ink]
Line = Sequence[Span]

BLANK: Line = ()

SHAPES = {
    Severity.OK: "✔",
    Severity.INFO: "●",
    Severity.WARNING: "▲",
    Severity.ERROR: "✖",
    Severity.STOP: "■",
}
INKS = {
    Severity.OK: Ink.OK,
    Severity.INFO: Ink.PLAIN,
    Severity.WARNING: Ink.CHECK,
    Severity.ERROR: Ink.STOP,
    Severity.STOP: Ink.STOP,
}
BANDS = {
    Severity.OK: Ink.ON_OK,
    Severity.INFO: Ink.ON_INFO,
    Severity.WARNING: Ink.ON_CHECK,
    Severity.ERROR: Ink.ON_STOP,
    Severity.STOP: Ink.ON_STOP,
}


def to_strip(line: Line, width: int, ground: Ink = Ink.PLAIN) -> Strip:
    """Return a line as `width` cells for Textual; every text is cleaned here and nowhere later."""
    segments = [Segment(clean(text), _STYLES[ink]) for text, ink in line if text]
    return Strip(segments).adjust_cell_length(width, _STYLES[ground])


def width_of(line: Line) -> int:
    """Return the cells a line takes."""
    return sum(cell_len(clean(text)) for text, _ in line)


def fit(text: str, width: int) -> str:
    """Return `text` cut to at most `width` cells; a cut text ends in an ellipsis."""
    text = clean(text)
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` cut or filled to exactly `width` cells; `right` puts it on the right."""
    short = fit(text, width)
    space = " " * (width - cell_len(short))
    return space + short if right else short + space


@lru_cache(maxsize=256)
def wrap(text: str, width: int, most: int) -> tuple[str, ...]:
    """Return `text` in at most `most` lines of `width` cells; what is left out shows as an ellipsis."""
    if width < 1 or most < 1:
        return ()
    text = clean(text)
    folded = (
        [line.plain.rstrip() for line in Content(text).wrap(width)]
        if cell_len(text) == len(text)
        else _folded_wide(text, width)
    )
    if len(folded) > most:
        folded = [*folded[: most - 1], fit(f"{folded[most - 1]} …", width)]
    return tuple(folded)


_PIECES = re.compile("\\s+|[\u2e80-\U0003ffff][，。：；！？、）”]*|[^\\s\u2e80-\U0003ffff]+")
"""Where a text of wide characters may be folded: after each of them and the marks that close it, and at spaces."""


def _folded_wide(text: str, width: int) -> list[str]:
    rows = [""]
    for piece in _PIECES.findall(text):
        if cell_len(rows[-1]) + cell_len(piece) <= width:
            rows[-1] += piece
        else:
            rows += chop_cells(piece.strip(), width)
    return [row.strip() for row in rows if row.strip()]


def ends(left: Line, right: Line, width: int, ground: Ink = Ink.PLAIN) -> Line:
    """Return one line with `left` and, as far as it has room, `right` at its end."""
    room = width - width_of(left) - width_of(right)
    return (*left, (" " * room, ground), *right) if room > 0 else left


def beside(left: Sequence[Line], right: Sequence[Line], left_width: int, ground: Ink) -> list[Line]:
    """Return two blocks of lines side by side, the left one `left_width` cells wide."""
    rows = max(len(left), len(right))
    return [
        (
            *_filled(left[n] if n < len(left) else BLANK, left_width, ground),
            *(right[n] if n < len(right) else BLANK),
        )
        for n in range(rows)
    ]


def centred(lines: Iterable[Line], height: int) -> list[Line]:
    """Return `lines` in the middle of `height` rows, cut at the end when they are too many."""
    block = list(lines)[:height]
    above = (height - len(block)) // 2
    return [BLANK] * above + block


def _filled(line: Line, width: int, ground: Ink) -> Line:
    return (*line, (" " * max(0, width - width_of(line)), ground))
