"""A camera's picture as text: two pixels in each character, by half blocks of different shades."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# By (upper half dark?, lower half dark?) for two levels, and shades for what lies between: readable without
# colours and on every terminal.
_HALVES = {(True, True): " ", (False, True): "▀", (True, False): "▄", (False, False): "█"}
_SHADES = " ░▒▓█"
_CONTRAST = 48  # grey values between the halves of a character from which their edge is worth drawing


def to_text(frame: "NDArray[np.uint8]", columns: int, rows: int) -> list[str]:
    """`rows` lines of `columns` characters that show `frame`, grey or BGR, stretched to its full contrast.

    Raises:
        ValueError: no columns or rows, or the array is no picture.
    """
    import cv2
    import numpy as np

    from scanning.decoding import as_grey

    if columns < 1 or rows < 1:
        raise ValueError(f"Expected at least one column and one row, got {columns} x {rows}")
    small = cv2.resize(as_grey(frame), (columns, 2 * rows), interpolation=cv2.INTER_AREA).astype(np.int32)
    darkest, brightest = int(small.min()), int(small.max())
    level = (small - darkest) * 255 // max(brightest - darkest, _CONTRAST)
    return [
        "".join(_cell(upper, lower) for upper, lower in zip(level[2 * row], level[2 * row + 1], strict=True))
        for row in range(rows)
    ]


def _cell(upper: int, lower: int) -> str:
    if abs(upper - lower) >= _CONTRAST:
        middle = (upper + lower) / 2
        return _HALVES[(bool(upper < middle), bool(lower < middle))]
    return _SHADES[min(int((upper + lower) / 2 * len(_SHADES) / 256), len(_SHADES) - 1)]
