"""Barcodes of products: those that packers attach at the bench, and those that may be a UPC-E."""

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select

from data.tables import Code
from data.types import CodeKind, Sku

_C = Code.__table__
_DETACH = delete(_C).where(
    _C.c.code == bindparam("code"),
    _C.c.kind == CodeKind.PRODUCT.value,
    _C.c.ref == bindparam("sku"),
    _C.c.attached,
)

# Eight digits are stored as 14 when their check digit is that of a GTIN-8; a UPC-E leaves four zeros out, or more.
_LIKE_UPC_E = select(_C.c.code).where(
    _C.c.kind == CodeKind.PRODUCT.value, or_(func.length(_C.c.code) == 8, _C.c.code.like("00%0000%"))
)
_BEGINNING = (
    select(_C.c.code, _C.c.ref)
    .where(_C.c.kind == CodeKind.PRODUCT.value, _C.c.code.startswith(bindparam("front")))
    .order_by(_C.c.code, _C.c.ref)
)


def beginning(connection: Connection, front: str) -> list[tuple[str, str]]:
    """Return (normalised code, SKU) of the products' barcodes that begin so, sorted."""
    rows = connection.execute(_BEGINNING, {"front": front}).all()
    return [(row.code, row.ref) for row in rows]


def like_upc_e(connection: Connection) -> Iterator[str]:
    """Normalised codes of products, among them every UPC-E and every UPC-A that has one, and some others."""
    for row in connection.execute(_LIKE_UPC_E):
        yield row.code


def attach(connection: Connection, key: str, sku: Sku, units: int) -> None:
    """Let a normalised code stand for `units` of a product. Raises IntegrityError when it does already."""
    values = {"code": key, "kind": CodeKind.PRODUCT.value, "ref": sku, "quantity": units, "attached": True}
    connection.execute(insert(_C), values)


def detach(connection: Connection, key: str, sku: Sku) -> None:
    """Let it stand for that product no longer, unless a file has brought it since."""
    connection.execute(_DETACH, {"code": key, "sku": sku})
