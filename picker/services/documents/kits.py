"""Kits on slips: what the shop sold as one stands by its name, its parts beneath it."""

from collections.abc import Sequence

from data.store.orders import StoredLine
from picker.flow.work import LineWork
from printing.documents.slips import SlipLine

Counted = tuple[StoredLine, LineWork, int]
"""A line of an order, as it is worked on, and so many units of it."""


def slip_lines(group: Sequence[Counted]) -> list[SlipLine]:
    """Return a line of an order, or the parts of a kit beneath its name, as far as there are units of them.

    A kit has a price where all of its parts are together.
    """
    row = group[0][0]
    present = [(line, count) for _, line, count in group if count > 0]
    if not present:
        return []
    if not row.kit:
        [(line, count)] = present
        return [SlipLine(line.sku, line.name, count, line.wanted, price_cents=row.price_cents or None)]
    kits = [_kits(part, count) for part, _, count in group]
    whole = None not in kits and len(set(kits)) == 1
    price = row.kit_cents or None if whole else None
    units = kits[0] if whole and kits[0] else row.kit_units
    head = SlipLine(row.kit, row.kit_name, units, row.kit_units, price_cents=price)
    return [head, *(SlipLine(line.sku, line.name, count, line.wanted, part=True) for line, count in present)]


def _kits(part: StoredLine, count: int) -> int | None:
    """How many kits so many units of a part are of; None for no whole number of them."""
    wanted = count * part.kit_units
    return wanted // part.quantity if part.quantity and wanted % part.quantity == 0 else None
