"""A parcel drawn in characters, level by level from above; the front is the lower edge."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.types import PackagingKind
from picker.packing.steps import level_of, level_word
from picker.packing.types import ParcelPlan, Placement

ASPECT = 2
"""A character cell is about twice as high as wide."""

LEAST_WIDTH = 12
LEAST_ROWS = 2
"""Columns and rows under which nothing can be recognised."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One level of a parcel: what the steps call it, its number of how many, and its picture with a frame."""

    name: str
    number: int
    of: int
    rows: tuple[str, ...]


def sketches(parcel: ParcelPlan, width: int, height: int | None = None) -> list[Layer]:
    """Every level from the bottom, each at most `width` columns and `height` rows; to be paged through.

    A product has the letter of its filling step; "." is free. Sides are true to each other as far as characters
    allow. A tube is drawn lying. Raises ValueError if `width` is under 12 or `height` under 4.
    """
    if width < LEAST_WIDTH:
        raise ValueError(f"sketch width: expected {LEAST_WIDTH} or more, got {width}")
    if height is not None and height < LEAST_ROWS + 2:
        raise ValueError(f"sketch height: expected {LEAST_ROWS + 2} or more, got {height}")
    placements, (length, depth) = _seen_from_above(parcel)
    columns, rows = _cells(length, depth, width - 2, None if height is None else height - 2)
    letters = {step.line: step.letter for step in parcel.steps}
    levels = level_of(placements)
    top = max(levels, default=0)
    layers = []
    for level in range(1, top + 1):
        grid = [["."] * columns for _ in range(rows)]
        for p, its_level in zip(placements, levels, strict=True):
            if its_level == level:
                for row in _covered(p.y, p.dy, depth, rows):
                    for column in _covered(p.x, p.dx, length, columns):
                        grid[row][column] = letters.get(p.line, "?")
        edge = "+" + "-" * columns + "+"
        drawn = (edge, *("|" + "".join(row) + "|" for row in reversed(grid)), edge)
        layers.append(Layer(level_word(level), level, top, drawn))
    return layers


def sketch(parcel: ParcelPlan, width: int, height: int | None = None) -> list[str]:
    """The levels under each other, each with its name above it, in at most `width` columns and `height` rows.

    Where `height` is not enough for all they become lower; those that still find no room are left out and
    counted in the last row. Raises ValueError if `width` is under 12 or `height` under 6.
    """
    layers = sketches(parcel, width)
    if height is not None and sum(len(layer.rows) + 1 for layer in layers) > height:
        if height < LEAST_ROWS + 4:
            raise ValueError(f"sketch height: expected {LEAST_ROWS + 4} or more, got {height}")
        each = max(LEAST_ROWS + 2, height // len(layers) - 1)
        shown = len(layers) if (each + 1) * len(layers) <= height else (height - 1) // (each + 1)
        layers = sketches(parcel, width, each)
        left = len(layers) - shown
        return _drawn(layers[:shown]) + ([f"+ {left}"] if left else [])
    return _drawn(layers)


def _drawn(layers: Sequence[Layer]) -> list[str]:
    return [row for layer in layers for row in (layer.name, *layer.rows)]


def _seen_from_above(parcel: ParcelPlan) -> tuple[list[Placement], tuple[int, int]]:
    """The placements, and the (x, y) sides of what they lie in; a tube is laid down along x."""
    x, y, z = parcel.packaging.inner_mm
    if parcel.packaging.kind is PackagingKind.TUBE and z > max(x, y):
        lying = [replace(p, x=p.z, dx=p.dz, z=p.x, dz=p.dx) for p in parcel.placements]
        return lying, (z, y)
    return list(parcel.placements), (x, y)


def _cells(length: int, depth: int, columns: int, rows: int | None) -> tuple[int, int]:
    """(columns, rows) at most as given; fewer columns where the rows don't reach for the true shape."""
    wanted = max(LEAST_ROWS, columns * depth // (length * ASPECT))
    if rows is None or wanted <= rows:
        return columns, wanted
    return max(LEAST_WIDTH - 2, min(columns, rows * ASPECT * length // depth)), rows


def _covered(start: int, size: int, whole: int, cells: int) -> range:
    """The cells that [start, start + size) of `whole` covers; at least one."""
    first = min(start * cells // whole, cells - 1)
    return range(first, max(first + 1, (start + size) * cells // whole))
