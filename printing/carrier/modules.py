"""How wide one module of the barcodes on a page is, from the bars themselves."""

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

LINES = 80
MIDDLE = 127.5
LEAST_RUNS = 24
"""Bars and spaces in a row that make a barcode: Code 128 of two characters has 25."""
WIDEST_MODULES = 4.6
MOST_ERROR = 0.12


def module_widths(image: "Image", most: int = 3) -> list[float]:
    """The commonest module widths in pixels of a grey picture, of bars that stand or lie.

    Looks along lines through the picture for stretches of bars and spaces that are all whole multiples
    of one width, up to four of it.
    """
    import numpy as np

    grey = np.asarray(image).astype(np.int16)
    counts: Counter[float] = Counter()
    for way in (grey, grey.T):
        for line in way[:: max(1, len(way) // LINES)]:
            for stretch in _stretches(np.diff(_edges(line))):
                width = _module(stretch)
                if width:
                    # Equal to 2 % is the same barcode on another line.
                    same = next((known for known in counts if abs(known - width) < known / 50), width)
                    counts[same] += 1
    return [width for width, _ in counts.most_common(most)]


def _edges(line: "NDArray[np.int16]") -> "NDArray[np.float64]":
    """Where black begins and ends, between two pixels as far as their grey says: a module is measured over
    a whole barcode, and the error of a pixel at its end would put its last bars beside their dots.
    """
    import numpy as np

    at = np.flatnonzero(np.diff(line < MIDDLE))
    return at.astype(np.float64) + (line[at] - MIDDLE) / (line[at] - line[at + 1])


def _stretches(runs: "NDArray[np.float64]") -> "list[NDArray[np.float64]]":
    """Parts of a line between quiet zones that have enough bars."""
    import numpy as np

    if len(runs) < LEAST_RUNS:
        return []
    quiet = np.flatnonzero(runs > WIDEST_MODULES * 1.5 * np.percentile(runs, 30))
    parts = np.split(runs, quiet)
    return [part[1:] if number else part for number, part in enumerate(parts) if len(part) > LEAST_RUNS]


def _module(runs: "NDArray[np.float64]") -> float:
    """The width of which all runs are multiples, 0 when there is none."""
    import numpy as np

    width = float(np.percentile(runs, 20))
    for _ in range(4):
        counts = np.maximum(1, np.round(runs / width))
        width = float(runs.sum() / counts.sum())
    error = float(np.abs(runs / width - counts).mean())
    return width if error < MOST_ERROR and counts.max() <= WIDEST_MODULES else 0.0
