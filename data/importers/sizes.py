"""Sizes from files beside sizes measured at a station."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from data.importers.upsert import Chunk, Row
from data.tables import Product

BY_IMPORT = "import"
_SIZES = ("length_mm", "width_mm", "height_mm", "weight_g")


def take_sizes(chunk: Chunk, rows: Sequence[Row]) -> None:
    """Leave in product rows the sizes in which their file says something new, and write down who says so.

    As with stock, a figure equal to the last one imported changes nothing: it is older than what was measured
    since.
    """
    table = Product.__table__
    skus = [row["sku"] for row in rows if _given(row)]
    query = select(table).where(table.c.sku.in_(skus))
    known = {row["sku"]: dict(row) for row in chunk.connection.execute(query).mappings()}
    sized = []
    for row in rows:
        old = known.get(row["sku"], {})
        said = dict(zip(_SIZES, str(old.get("file_sizes") or "xxx").split("x"), strict=True))
        for name in _given(row):
            if said[name] == str(row[name]):
                if row.pop(name) != old[name]:
                    sized.append(str(row["sku"]))
            else:
                said[name] = str(row[name])
                row["file_sizes"] = "x".join(said.values())
        if any(row[name] != old.get(name) for name in _given(row)):
            row |= {"measured_by": BY_IMPORT, "measured_at": chunk.now}
    if sized:
        chunk.report.note(f"Measured since, and kept as measured: {', '.join(sorted(set(sized))[:20])}.")


def _given(row: Row) -> Iterable[str]:
    return [name for name in _SIZES if name in row]
