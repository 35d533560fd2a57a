"""A picture as lines of text: what a terminal can show of a document before it is printed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# By (ink in the upper half, ink in the lower half).
_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
_INKED_BELOW = 176
"""Grey (0 black to 255 white) from which half a cell is shown as ink: thin letters cover little of it."""


def to_text(page: "Image", columns: int) -> list[str]:
    """The page as lines of `columns` half-block characters, ink as blocks, as tall as it is in truth.

    A cell is taken to be twice as tall as it is wide. Raises `ValueError` for less than one column.
    """
    from PIL import Image

    if columns < 1:
        raise ValueError(f"preview of {columns} columns: expected at least 1")
    rows = max(1, round(page.height * columns / page.width / 2))
    small = page.convert("L").resize((columns, rows * 2), Image.Resampling.BOX)
    ink = [grey < _INKED_BELOW for grey in small.tobytes()]
    halves = [ink[y * columns : (y + 1) * columns] for y in range(rows * 2)]
    return [
        "".join(_BLOCKS[pair] for pair in zip(halves[y], halves[y + 1], strict=True))
        for y in range(0, rows * 2, 2)
    ]
