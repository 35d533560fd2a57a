"""What the starter and the demo share: a chunk of import work, and the usual packagings."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from data.importers.options import ImportOptions
from data.importers.records import LineChange, PackagingIn
from data.importers.report import ImportReport
from data.importers.upsert import Chunk
from data.types import OrderId

_Z = 10
_WALL = 6

# code, name, kind, inner x, y, z in mm, tare in g, most gross in g, price in cents, stock
_USUAL = (
    ("CTN1", "Carton XS 150x110x60", "carton", (150, 110, 60), 45, 2_000, 28, 320),
    ("CTN2", "Carton S 200x150x100", "carton", (200, 150, 100), 85, 5_000, 39, 280),
    ("CTN3", "Carton M 300x200x150", "carton", (300, 200, 150), 180, 10_000, 62, 240),
    ("CTN4", "Carton L 400x300x200", "carton", (400, 300, 200), 340, 20_000, 98, 160),
    ("CTN5", "Carton XL 600x400x300", "carton", (600, 400, 300), 720, 30_000, 189, 60),
    ("CTN6", "Flat carton 350x250x60", "carton", (350, 250, 60), 140, 5_000, 55, 150),
    ("CTN7", "Cube 250x250x250", "carton", (250, 250, 250), 290, 15_000, 88, 90),
    ("CTN8", "Long carton 800x120x120", "carton", (800, 120, 120), 330, 8_000, 115, 40),
    ("CTN9", "Double wall 400x300x300", "carton", (400, 300, 300), 610, 30_000, 175, 50),
    ("CTN10", "Tall double wall 400x400x500", "carton", (400, 400, 500), 1_150, 25_000, 245, 40),
    ("MLR1", "Padded mailer A5", "padded_mailer", (180, 265, 25), 18, 1_000, 19, 400),
    ("MLR2", "Padded mailer A4", "padded_mailer", (270, 360, 40), 32, 2_000, 31, 350),
    ("BAG1", "Poly mailer S", "poly_mailer", (250, 350, 40), 14, 2_000, 9, 500),
    ("BAG2", "Poly mailer L", "poly_mailer", (400, 500, 70), 26, 4_000, 15, 300),
    ("TUBE1", "Tube 430 mm", "tube", (430, 60, 60), 130, 3_000, 74, 45),
    ("TUBE2", "Tube 750 mm", "tube", (750, 80, 80), 240, 4_000, 109, 25),
    ("BTL1", "Bottle carton 150x150x400", "carton", (150, 150, 400), 230, 8_000, 84, 60),
    ("BTL2", "Bottle carton 260x200x400", "carton", (260, 200, 400), 330, 12_000, 119, 60),
    ("CTN11", "Double wall 340x260x400", "carton", (340, 260, 400), 560, 20_000, 165, 50),
    ("CTN12", "Carton 130x90x80", "carton", (130, 90, 80), 39, 5_000, 27, 200),
    ("CTN13", "Carton 180x160x150", "carton", (180, 160, 150), 105, 5_000, 44, 150),
    ("CTN14", "Long carton 340x110x110", "carton", (340, 110, 110), 115, 5_000, 46, 120),
    ("CTN15", "Long carton 700x100x70", "carton", (700, 100, 70), 166, 8_000, 58, 60),
    ("CTN16", "Flat carton 400x300x70", "carton", (400, 300, 70), 220, 10_000, 70, 90),
    ("CTN17", "Bottle carton 260x140x280", "carton", (260, 140, 280), 196, 12_000, 65, 90),
    ("CTN18", "Carton 300x250x200", "carton", (300, 250, 200), 244, 15_000, 77, 90),
    ("CTN19", "Carton 340x280x220", "carton", (340, 280, 220), 306, 15_000, 92, 90),
    ("CTN20", "Carton 500x350x250", "carton", (500, 350, 250), 512, 20_000, 142, 50),
    ("CTN21", "Carton 450x400x350", "carton", (450, 400, 350), 630, 20_000, 171, 40),
    ("CTN22", "Carton 340x200x330", "carton", (340, 200, 330), 325, 15_000, 98, 60),
    ("BTL3", "Bottle carton 130x110x400", "carton", (130, 110, 400), 145, 6_000, 53, 90),
    ("BTL4", "Bottle carton 230x130x350", "carton", (230, 130, 350), 205, 8_000, 68, 60),
)


class NothingBegun:
    """The `StartedOrders` of a database in which no station has begun anything yet."""

    def changed(self, connection: Connection, order_id: OrderId, what: list[LineChange]) -> None:
        """Never right here."""
        raise AssertionError(f"Order {order_id} was begun before the database was seeded.")

    def cancelled(self, connection: Connection, order_id: OrderId, reason: str) -> None:
        """Never right here."""
        raise AssertionError(f"Order {order_id} was begun before the database was seeded.")

    def held(self, connection: Connection, order_id: OrderId, reason: str) -> None:
        """Never right here."""
        raise AssertionError(f"Order {order_id} was begun before the database was seeded.")


def _none_is_own(_code: str) -> bool:
    """Seeds hold no barcode that reads as a code of the house."""
    return False


def seeding_chunk(
    connection: Connection, normalise: Callable[[str], str], now: datetime, options: ImportOptions
) -> Chunk:
    """The setting in which records are written by the importers' own hands."""
    return Chunk(connection, options, ImportReport("", "seed"), normalise, _none_is_own, NothingBegun(), now)


def usual_packaging(most: int | None = None) -> list[PackagingIn]:
    """The packagings a warehouse commonly keeps, with stock; the barcode of each is its code."""
    return [_packaging(*row) for row in _USUAL[:most]]


def _packaging(
    code: str, name: str, kind: str, inner: tuple[int, int, int], tare: int, most: int, price: int, stock: int
) -> PackagingIn:
    x, y, z = inner
    soft = kind.endswith("mailer")
    outer = inner if soft else (x + _WALL, y + _WALL, z + _Z)
    given: dict[str, object] = {
        "name": name,
        "kind": kind,
        **{f"inner_{axis}_mm": side for axis, side in zip("xyz", inner, strict=True)},
        **{f"outer_{axis}_mm": side for axis, side in zip("xyz", outer, strict=True)},
        "tare_g": tare,
        "max_gross_g": most,
        "price_cents": price,
    }
    return PackagingIn(0, code, given, (code,), stock)
