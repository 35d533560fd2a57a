"""What the practice scanner may scan: a packer's badge, and goods that may well be the wrong ones."""

from data.engine import Database
from data.store import lookup
from data.types import CodeKind


def practice_codes(db: Database, most: int = 40) -> tuple[list[str], list[str]]:
    """Return (badges, product barcodes) of a shop, packers before leads."""
    with db.reader.connect() as connection:
        badges = lookup.some_codes(connection, CodeKind.WORKER, most)
        goods = lookup.some_codes(connection, CodeKind.PRODUCT, most)
        workers = {ref: lookup.worker(connection, ref) for _, ref in badges}
    leads_last = sorted(badges, key=lambda badge: getattr(workers[badge[1]], "role", "") != "packer")
    return [code for code, _ in leads_last], [code for code, _ in goods]
