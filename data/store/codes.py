"""Barcodes that packers attach to products at the bench."""

from sqlalchemy import Connection, bindparam, delete, insert

from data.tables import Code
from data.types import CodeKind

_C = Code.__table__
_DETACH = delete(_C).where(
    _C.c.code == bindparam("code"),
    _C.c.kind == CodeKind.PRODUCT.value,
    _C.c.ref == bindparam("sku"),
    _C.c.attached,
)


def attach(connection: Connection, key: str, sku: str, units: int) -> None:
    """Let a normalised code stand for `units` of a product. Raises IntegrityError when it does already."""
    values = {"code": key, "kind": CodeKind.PRODUCT.value, "ref": sku, "quantity": units, "attached": True}
    connection.execute(insert(_C), values)


def detach(connection: Connection, key: str, sku: str) -> None:
    """Let it stand for that product no longer, unless a file has brought it since."""
    connection.execute(_DETACH, {"code": key, "sku": sku})
