"""Many units: laid in blocks of equal ones rather than one by one, and as many as a packaging may carry."""

from collections.abc import Sequence

from picker.packing.geometry import Kind, Spot
from picker.packing.place import Filling, Start

BULK = 40
"""Loads of more units are laid in blocks."""


def lay_much(filling: Filling, units: Sequence[Kind], start: Start, grams: int | None = None) -> int:
    """Lay `units` in blocks until one finds no place; how many were laid.

    With `grams` as the greatest weight, what finds no place or is too heavy is left out instead.
    """
    at = laid = 0
    while at < len(units):
        kind = units[at]
        run = _run(units, at)
        may = run if grams is None else min(run, grams // kind.weight)
        spot = filling.best(kind, start) if may else None
        if spot is not None:
            block = _block(filling, spot, may) if len(units) > BULK else [spot]
            filling.put(block)
            laid += len(block)
            at += len(block)
            grams = None if grams is None else grams - kind.weight * len(block)
        elif grams is None:
            break
        else:
            at += run
    return laid


def _run(units: Sequence[Kind], at: int) -> int:
    """How many units of one kind come in a row from `at`."""
    end = at
    while end < len(units) and units[end] is units[at]:
        end += 1
    return end - at


def _block(filling: Filling, spot: Spot, most: int) -> list[Spot]:
    """Up to `most` equal units from `spot` on, in rows, layers and piles, all within one space."""
    number, x, y, z, dx, dy, dz = spot
    ends = [
        s[4:]
        for s in filling.spaces
        if s[1] <= x and s[2] <= y and s[3] <= z and s[4] >= x + dx and s[5] >= y + dy and s[6] >= z + dz
    ]
    x2, y2, z2 = max(ends, key=lambda end: (end[0] - x) * (end[1] - y) * (end[2] - z))
    columns = min(most, (x2 - x) // dx)
    rows = min(most // columns, (y2 - y) // dy)
    layers = min(most // (columns * rows), (z2 - z) // dz)
    block = [
        (number, x + i * dx, y + j * dy, z + k * dz, dx, dy, dz)
        for k in range(layers)
        for j in range(rows)
        for i in range(columns)
    ]
    return block if filling.pile.takes(block) else [spot]
