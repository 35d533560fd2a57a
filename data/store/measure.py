"""Sizes and weight of a product, as measured at a station."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from data.tables import Product
from data.types import Sku, WorkerId

_P = Product.__table__
_SET = update(_P).where(_P.c.sku == bindparam("the_sku"))
Sides = tuple[int | None, int | None, int | None]


def set_sizes(
    connection: Connection,
    sku: Sku,
    sides_mm: Sides,
    weight_g: int | None,
    worker: WorkerId,
    at: datetime | None,
) -> None:
    """Record (length, width, height) in mm and the weight in g, who measured them and when.

    To take a measurement back, give what was there before it: None is not measured. Raises LookupError when no
    product has this SKU, IntegrityError when a side is below 1 mm or the weight below 0 g.
    """
    length, width, height = sides_mm
    changes = {"length_mm": length, "width_mm": width, "height_mm": height, "weight_g": weight_g}
    done = connection.execute(_SET.values(**changes, measured_by=worker, measured_at=at), {"the_sku": sku})
    if done.rowcount != 1:
        raise LookupError(f"Expected the SKU of a product to measure, got {sku!r}")
