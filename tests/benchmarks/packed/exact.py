"""Seeded goods made for their carton, in the form that `picker packing solve` reads: one carton an order."""

import random
from typing import Any

Size = tuple[int, int, int]

SLACK_MM = 10
"""Up to so much shorter than its share of the carton is each side of a unit."""

THINNEST_MM = 30
"""No piece is cut thinner."""


def equal_units(orders: int) -> list[dict[str, Any]]:
    """2 to 12 equal units in rows and layers."""
    chance = random.Random(15)
    return [_order(*_grid(chance), chance) for _ in range(orders)]


def cut_pieces(orders: int) -> list[dict[str, Any]]:
    """A carton cut into 2 to 6 pieces, straight through what is the largest piece each time."""
    chance = random.Random(16)
    return [_order(*_cut(chance), chance) for _ in range(orders)]


def _grid(chance: random.Random) -> tuple[Size, list[tuple[Size, int]]]:
    count = chance.randint(2, 12)
    columns = chance.choice([n for n in range(1, count + 1) if count % n == 0])
    rows = chance.choice([n for n in range(1, count // columns + 1) if count // columns % n == 0])
    ways = [columns, rows, count // columns // rows]
    chance.shuffle(ways)
    x, y, z = (chance.randint(max(THINNEST_MM, 100 // n), max(60, 500 // n)) for n in ways)
    return (x * ways[0], y * ways[1], z * ways[2]), [((x, y, z), count)]


def _cut(chance: random.Random) -> tuple[Size, list[tuple[Size, int]]]:
    x, y, z = (chance.randrange(100, 500, 10) for _ in range(3))
    pieces: list[Size] = [(x, y, z)]
    for _ in range(chance.randint(1, 5)):
        pieces.sort(key=lambda piece: piece[0] * piece[1] * piece[2])
        piece = pieces.pop()
        axis = chance.choice([n for n in range(3) if piece[n] >= 2 * THINNEST_MM])
        at = chance.randint(THINNEST_MM, piece[axis] - THINNEST_MM)
        pieces += [_with(piece, axis, at), _with(piece, axis, piece[axis] - at)]
    return (x, y, z), [(piece, 1) for piece in pieces]


def _with(size: Size, axis: int, side: int) -> Size:
    x, y, z = (side if n == axis else own for n, own in enumerate(size))
    return x, y, z


def _order(carton: Size, units: list[tuple[Size, int]], chance: random.Random) -> dict[str, Any]:
    """A data set of one order; all its units are shorter by the same 0 to 10 mm on every side."""
    slack = chance.randint(0, SLACK_MM)
    lines = []
    for n, (size, count) in enumerate(units):
        dims = [side - slack for side in chance.sample(size, 3)]
        lines.append({"sku": f"S{n}", "qty": count, "dims": dims, "weight": 500, "rot": "any"})
    x, y, z = carton
    box = {"id": "C", "inner": [x, y, z], "outer": [x + 8, y + 8, z + 12], "tare": 100, "max_gross": 50_000,
           "cost": 100}  # fmt: skip
    return {
        "boxes": [box],
        "pricing": {"base": 420, "per_step": 85, "step_g": 500, "dim_div": 5000},
        "min_support": 0.6,
        "orders": [{"id": "o", "items": lines}],
    }
