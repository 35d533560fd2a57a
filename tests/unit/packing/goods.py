"""Goods and packagings for the packing tests."""

from data.types import PackagingKind
from picker.packing.types import Container, Item, PackingPolicy

POLICY = PackingPolicy()


def item(line: int = 0, dims: tuple[int, int, int] | None = (100, 80, 40), **more: object) -> Item:
    facts: dict[str, object] = {"sku": f"SKU{line}", "name": f"Thing {line}", "quantity": 1, "weight_g": 300}
    return Item(line=line, dims_mm=dims, **(facts | more))  # type: ignore[arg-type]


def carton(code: str, inner: tuple[int, int, int], **more: object) -> Container:
    x, y, z = inner
    facts: dict[str, object] = {
        "name": code.title(),
        "kind": PackagingKind.CARTON,
        "outer_mm": (x + 8, y + 8, z + 12),
        "tare_g": 100,
        "max_gross_g": 20_000,
        "price_cents": 50,
    }
    return Container(code=code, inner_mm=inner, **(facts | more))  # type: ignore[arg-type]


def mailer(code: str, inner: tuple[int, int, int], **more: object) -> Container:
    return carton(code, inner, kind=PackagingKind.PADDED_MAILER, tare_g=20, price_cents=15, **more)


SMALL = carton("S", (200, 150, 100), price_cents=38)
MIDDLE = carton("M", (305, 215, 150), price_cents=62)
LARGE = carton("L", (400, 300, 300), price_cents=118)
CARTONS = (SMALL, MIDDLE, LARGE)
