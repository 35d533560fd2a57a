"""What the practice scanner may scan: a packer's badge, and goods that may well be the wrong ones."""

from data.engine import Database
from data.store import lookup
from data.types import CodeKind, WorkerId


def practice_codes(db: Database, language: str, most: int = 40) -> tuple[list[str], list[str]]:
    """Return (badges, product barcodes) of a shop, packers who speak `language` first and leads last."""
    with db.reader.connect() as connection:
        badges = lookup.some_codes(connection, CodeKind.WORKER, most)
        goods = lookup.some_codes(connection, CodeKind.PRODUCT, most)
        workers = {ref: lookup.worker(connection, WorkerId(ref)) for _, ref in badges}

    def place(badge: tuple[str, str]) -> tuple[bool, bool]:
        worker = workers[badge[1]]
        return getattr(worker, "role", "") != "packer", getattr(worker, "language", "") != language

    return [code for code, _ in sorted(badges, key=place)], [code for code, _ in goods]
