"""Kits: which products a SKU is made of, and which lines of an order stand for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, delete, insert, or_, select

from data.store.orders import StoredLine
from data.tables import Code, KitPart, Product
from data.types import CodeKind

_K, _P, _C = KitPart.__table__, Product.__table__, Code.__table__

Parts = Mapping[str, int]
"""SKU of a part -> its units in one kit."""


def parts_of(connection: Connection, skus: Collection[str]) -> dict[str, Parts]:
    """Return the kits among these SKUs with their parts, in the order of their SKUs."""
    if not skus:
        return {}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in connection.execute(select(_K).where(_K.c.kit.in_(skus)).order_by(_K.c.kit, _K.c.part)):
        found[row.kit][row.part] = row.quantity
    return dict(found)


def split(connection: Connection, skus: Collection[str]) -> dict[str, Parts]:
    """Return those kits among these SKUs that are fetched by their parts.

    One that is in the catalogue with a barcode of its own, or needs none, is packed beforehand and goes as it is.
    """
    kits = parts_of(connection, skus)
    if not kits:
        return {}
    coded = select(_C.c.ref).where(_C.c.kind == CodeKind.PRODUCT.value, _C.c.ref.in_(kits))
    bare = select(_P.c.sku).where(_P.c.sku.in_(kits), _P.c.no_barcode)
    whole = set(connection.scalars(coded.union(bare)))
    return {kit: parts for kit, parts in kits.items() if kit not in whole}


def neighbours(connection: Connection, skus: Collection[str]) -> list[tuple[str, str]]:
    """Return (kit, part) of every kit that one of these SKUs is, or is a part of."""
    query = select(_K.c.kit, _K.c.part).where(or_(_K.c.kit.in_(skus), _K.c.part.in_(skus)))
    return [(row.kit, row.part) for row in connection.execute(query)]


def set_parts(connection: Connection, kit: str, parts: Parts) -> None:
    """Have a kit made of these parts and no others."""
    connection.execute(delete(_K).where(_K.c.kit == kit))
    rows = [{"kit": kit, "part": part, "quantity": quantity} for part, quantity in parts.items()]
    connection.execute(insert(_K), rows)


def grouped(lines: Iterable[StoredLine]) -> list[list[StoredLine]]:
    """Return an order's lines with those of one kit together; a part that comes again begins another kit."""
    groups: list[list[StoredLine]] = []
    for line in lines:
        last = groups[-1] if groups else []
        same = bool(last) and bool(line.kit) and last[0].kit == line.kit
        if same and all(other.sku_text != line.sku_text for other in last):
            last.append(line)
        else:
            groups.append([line])
    return groups
