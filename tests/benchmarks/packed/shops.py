"""Seeded orders like those of real shops, in the form that `picker packing solve` reads."""

import random
from typing import Any

INNER = (
    (150, 100, 70), (200, 150, 100), (230, 160, 60), (250, 200, 150), (305, 220, 80), (305, 215, 150),
    (305, 305, 150), (350, 250, 120), (380, 280, 200), (400, 300, 100), (400, 300, 300), (450, 350, 160),
    (460, 310, 310), (500, 400, 300), (600, 200, 200), (610, 410, 310), (600, 400, 400), (700, 500, 450),
)  # fmt: skip
MAILERS = ((215, 165, (10, 18, 28), 14), (265, 215, (12, 22, 34), 19), (360, 265, (15, 29, 44), 27))

GOODS = {
    "small": (5, (30, 30, 20), (150, 110, 50), 0.6),
    "book": (4, (140, 110, 8), (290, 220, 40), 0.8),
    "bottle": (3, (50, 50, 120), (95, 95, 300), 1.0),
    "soft": (3, (180, 150, 10), (350, 280, 60), 0.25),
    "home": (4, (100, 90, 60), (300, 260, 200), 0.35),
    "toy": (1, (250, 150, 100), (420, 280, 260), 0.16),
    "long": (1, (300, 30, 30), (600, 80, 70), 0.5),
}
"""Share, least and greatest sides in mm, and g per ml."""

BOXES = (("A", (230, 300, 240), 15_000), ("B", (364, 374, 40), 3_000), ("C", (229, 305, 520), 10_000),
         ("D", (220, 260, 15), 500))  # fmt: skip
"""The four boxes of BoxPacker's own test orders."""


def mail_order(orders: int, *, careful: bool) -> dict[str, Any]:
    """A shop of 300 products and orders of 1 to 12 units; `careful` adds upright and fragile goods."""
    chance = random.Random(20 + careful)
    shelf = [_product(chance, f"P{n:03}", careful) for n in range(300)]
    counts = [1] * 31 + [2] * 19 + [3] * 15 + [4] * 10 + [5] * 7 + [6] * 5 + [7, 8, 9, 10, 11, 12] * 2
    return {
        "boxes": [*map(_carton, INNER), *_mailers()],
        "pricing": {"base": 420, "per_step": 85, "step_g": 500, "dim_div": 5000},
        "min_support": 0.6 if careful else 0,
        "orders": [
            {"id": f"o{n}", "items": _lines(chance, shelf, chance.choice(counts))} for n in range(orders)
        ],
    }


def box_orders(orders: int, *, flat: bool) -> dict[str, Any]:
    """Orders of up to 75 units (one in ten over 20) for four boxes, as in BoxPacker's tests."""
    chance = random.Random(4)
    boxes = [
        {"id": name, "inner": list(inner), "outer": list(inner), "tare": 0, "max_gross": most, "cost": 0}
        for name, inner, most in BOXES
    ]
    return {
        "boxes": boxes,
        "pricing": None,
        "min_support": 0,
        "orders": [{"id": f"p{n}", "items": _box_lines(chance, flat)} for n in range(orders)],
    }


def _product(chance: random.Random, sku: str, careful: bool) -> dict[str, Any]:
    share = [share for share, *_ in GOODS.values()]
    name = chance.choices(list(GOODS), share)[0]
    _, low, high, dense = GOODS[name]
    dims = [chance.randint(a, b) for a, b in zip(low, high, strict=True)]
    weight = max(20, round(dims[0] * dims[1] * dims[2] / 1000 * dense * chance.uniform(0.7, 1.3)))
    product = {"sku": sku, "dims": dims, "weight": weight, "rot": "any"}
    if careful and name == "bottle":
        product["rot"] = "flat"
    if careful and name == "home" and chance.random() < 0.5:
        product["max_top"] = chance.choice([0, 2 * weight])
    return product


def _lines(chance: random.Random, shelf: list[dict[str, Any]], units: int) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    while units:
        quantity = min(units, chance.choice([1, 1, 1, 2, 3]))
        lines.append({**chance.choice(shelf), "qty": quantity})
        units -= quantity
    return lines


def _box_lines(chance: random.Random, flat: bool) -> list[dict[str, Any]]:
    units = chance.randint(1, 15) if chance.random() < 0.8 else chance.choice([20, 25, 30, 45, 60, 75])
    room = 229 * 305 * 520 * chance.choice([0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.8, 1.2]) / units
    lines: list[dict[str, Any]] = []
    while units:
        quantity = min(units, chance.choice([1, 1, 2, 3, 5]))
        side = (room * chance.uniform(0.3, 1.7)) ** (1 / 3)
        dims = [min(215, max(4, round(side * chance.uniform(0.5, 1.5)))) for _ in range(3)]
        dims[2] = min(dims[2], 215) if max(dims) > 14 else 14
        weight = max(5, round(dims[0] * dims[1] * dims[2] / 1000 * chance.uniform(0.05, 0.3)))
        lines.append(
            {"sku": f"S{len(lines)}", "qty": quantity, "dims": dims, "weight": weight,
             "rot": "flat" if flat else "any"}
        )  # fmt: skip
        units -= quantity
    return lines


def _carton(inner: tuple[int, int, int]) -> dict[str, Any]:
    x, y, z = inner
    board = 2 * (x * y + y * z + x * z) / 1e6
    tare = round(700 * board)
    most = tare + min(30_000, round(5_000 + x * y * z / 4_000))
    cost = round(20 + 180 * board)
    return {"id": f"C{x}x{y}x{z}", "inner": list(inner), "outer": [x + 8, y + 8, z + 12], "tare": tare,
            "max_gross": most, "cost": cost}  # fmt: skip


def _mailers() -> list[dict[str, Any]]:
    """Each mailer once for every thickness it is filled to: it then holds (L - t) x (W - t) x t."""
    return [
        {"id": f"M{x}t{t}", "inner": [x - t, y - t, t], "outer": [x - t + 6, y - t + 6, t + 6], "tare": cost,
         "max_gross": 40 * cost, "cost": cost}
        for x, y, thicknesses, cost in MAILERS
        for t in thicknesses
    ]  # fmt: skip
