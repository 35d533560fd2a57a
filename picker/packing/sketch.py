"""A parcel drawn in characters, level by level from above; the front is the lower edge."""

from string import ascii_uppercase

from picker.packing.steps import level_of
from picker.packing.types import ParcelPlan

ASPECT = 2
"""A character cell is about twice as high as wide."""


def sketch(parcel: ParcelPlan, width: int) -> list[str]:
    """Lines of at most `width` characters: for each level a heading and its plan.

    The first product placed is A, the second B, and so on; "." is free. Raises ValueError if `width` is
    under 12.
    """
    if width < 12:
        raise ValueError(f"sketch width: expected 12 or more, got {width}")
    length, depth, _ = parcel.packaging.inner_mm
    columns = width - 2
    rows = max(2, columns * depth // (length * ASPECT))
    lines = list(dict.fromkeys(p.line for p in parcel.placements))
    levels = level_of(parcel.placements)
    drawn: list[str] = []
    for level in range(1, max(levels, default=0) + 1):
        grid = [["."] * columns for _ in range(rows)]
        for p, its_level in zip(parcel.placements, levels, strict=True):
            if its_level == level:
                letter = ascii_uppercase[lines.index(p.line) % 26]
                for row in _cells(p.y, p.dy, depth, rows):
                    for column in _cells(p.x, p.dx, length, columns):
                        grid[row][column] = letter
        edge = "+" + "-" * columns + "+"
        drawn += [f"level {level}", edge, *("|" + "".join(row) + "|" for row in reversed(grid)), edge]
    return drawn


def _cells(start: int, size: int, whole: int, cells: int) -> range:
    """The cells that [start, start + size) of `whole` covers; at least one."""
    first = min(start * cells // whole, cells - 1)
    return range(first, max(first + 1, (start + size) * cells // whole))
