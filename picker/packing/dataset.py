"""A file of packagings and orders: what the packing benchmark is written in. Units: mm, g, cents; z is up."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import ceil
from typing import Any

from data.types import PackagingKind, Rotation, Tariff
from picker.packing.types import Container, Cushioning, Item, Objective, PackingPlan, PackingPolicy

TURNS = {"any": Rotation.ANY, "flat": Rotation.UPRIGHT, "none": Rotation.FIXED}

UNLIMITED_G = 10**9


@dataclass(frozen=True, slots=True)
class Order:
    """One order: its id and what is to be packed; an item's line is its place in the list."""

    id: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything that a file of orders says."""

    orders: tuple[Order, ...]
    containers: tuple[Container, ...]
    policy: PackingPolicy


def dataset_of(data: object, objective: Objective, stable: bool = False) -> Dataset:
    """Understand a parsed file. Raises ValueError that names the place, the value and what was expected.

    Every box is taken as rigid, mailers too: they are listed once for each thickness. Goods that weigh nothing
    count as 1 g.
    """
    whole = _Part("file", data)
    policy = _policy(whole, objective, stable)
    containers = tuple(_container(part) for part in whole.parts("boxes"))
    orders = tuple(
        Order(part.text("id"), tuple(_item(line, item) for line, item in enumerate(part.parts("items"))))
        for part in whole.parts("orders")
    )
    return Dataset(orders, containers, policy)


def row_of(order: Order, plan: PackingPlan, ms: float) -> dict[str, object]:
    """One line of the answer: a parcel is {box, pl: [[line, x, y, z, dx, dy, dz], ...]}."""
    boxes = [
        {
            "box": parcel.packaging.code,
            "pl": [[p.line, p.x, p.y, p.z, p.dx, p.dy, p.dz] for p in parcel.placements],
        }
        for parcel in plan.parcels
    ]
    missing = ", ".join(f"{missing.sku}: {missing.obstacle}" for missing in plan.missing)
    return {"id": order.id, "ms": round(ms, 3), "boxes": boxes, "err": missing or None}


class _Part:
    """An object of the file and where it stands, for errors in words."""

    def __init__(self, where: str, data: object) -> None:
        if not isinstance(data, dict):
            raise ValueError(f"{where}: expected an object, got {_brief(data)}")
        self._where = where
        self._data: dict[str, Any] = data

    def _read(self, key: str, expected: str, good: Callable[[Any], bool], default: object = None) -> Any:
        value = self._data.get(key)
        value = default if value is None else value
        if value is None or not good(value):
            raise ValueError(f"{self._where}, {key!r}: expected {expected}, got {_brief(value)}")
        return value

    def whole(self, key: str, least: int = 0, default: int | None = None) -> int:
        def good(value: Any) -> bool:
            return _whole(value) and int(value) >= least

        return int(self._read(key, f"a whole number from {least}", good, default))

    def size(self, key: str, default: object = None) -> tuple[int, int, int]:
        def good(value: object) -> bool:
            return isinstance(value, list) and len(value) == 3 and all(_whole(v) and v > 0 for v in value)

        x, y, z = self._read(key, "three whole numbers of mm above 0", good, default)
        return int(x), int(y), int(z)

    def share(self, key: str) -> int:
        """Whole percent of a number from 0 to 1, rounded up."""
        value = self._read(key, "a number from 0 to 1", lambda v: _number(v) and 0 <= v <= 1, 0)
        percent: float = round(float(value) * 100, 6)
        return ceil(percent)

    def text(self, key: str, default: str | None = None) -> str:
        return str(self._read(key, "a text", lambda v: isinstance(v, str | int), default))

    def word(self, key: str, default: str, words: Collection[str]) -> str:
        return str(self._read(key, f"one of {', '.join(words)}", lambda v: v in words, default))

    def has(self, key: str) -> bool:
        return self._data.get(key) is not None

    def part(self, key: str) -> "_Part":
        return _Part(f"{self._where}, {key!r}", self._data.get(key))

    def parts(self, key: str) -> list["_Part"]:
        values = self._read(key, "a list", lambda v: isinstance(v, list))
        return [_Part(f"{self._where}, {key} {n}", data) for n, data in enumerate(values)]


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(value: Any) -> bool:
    return _number(value) and abs(value) < 10**9 and float(value).is_integer()


def _brief(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _policy(whole: _Part, objective: Objective, stable: bool) -> PackingPolicy:
    return PackingPolicy(
        tariffs=(_tariff(whole),),
        min_support_percent=whole.share("min_support"),
        cushioning=Cushioning("none", (0, 0, 0, 0), (0, 0, 0, 0)),
        objective=objective,
        stable=stable,
    )


def _tariff(whole: _Part) -> Tariff:
    """Without prices a parcel costs what its box costs."""
    if not whole.has("pricing"):
        return Tariff(base_cents=0, step_cents=0, max_weight_g=UNLIMITED_G)
    prices = whole.part("pricing")
    return Tariff(
        base_cents=prices.whole("base"),
        step_cents=prices.whole("per_step"),
        step_g=prices.whole("step_g", least=1),
        dim_divisor=prices.whole("dim_div", least=1),
        max_weight_g=UNLIMITED_G,
    )


def _container(part: _Part) -> Container:
    inner = part.size("inner")
    code = part.text("id")
    return Container(
        code=code,
        name=code,
        kind=PackagingKind.CARTON,
        inner_mm=inner,
        outer_mm=part.size("outer", list(inner)),
        tare_g=part.whole("tare", default=0),
        max_gross_g=part.whole("max_gross"),
        price_cents=part.whole("cost", default=0),
    )


def _item(line: int, part: _Part) -> Item:
    sku = part.text("sku", f"line {line}")
    return Item(
        line=line,
        sku=sku,
        name=sku,
        quantity=part.whole("qty", default=1),
        dims_mm=part.size("dims"),
        weight_g=max(1, part.whole("weight")),
        rotation=TURNS[part.word("rot", "any", TURNS)],
        max_top_g=part.whole("max_top") if part.has("max_top") else None,
    )
