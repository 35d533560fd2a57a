"""Whether UPC-E is read from pictures: half an EAN passes for one, so it is only where products carry it."""

from sqlalchemy.exc import DBAPIError

from data.engine import Database
from data.errors import DataError
from data.store import codes
from picker.config import Settings
from picker.services.shop import existing
from scanning.codes import has_upc_e


def upce_wanted(settings: Settings, db: Database) -> bool:
    """Return whether to look for UPC-E: as set, else whether the catalogue holds a UPC-E or a UPC-A that has one.

    While the database is away the answer is no.
    """
    if settings.camera_upce is not None:
        return settings.camera_upce
    try:
        with db.reader.connect() as connection:
            return any(has_upc_e(code) for code in codes.like_upc_e(connection))
    except (DataError, DBAPIError):
        return False


def upce_wanted_here(settings: Settings) -> bool:
    """Return the same for whoever has no database open, and needs none."""
    if settings.camera_upce is not None:
        return settings.camera_upce
    try:
        db = existing(settings.db)
    except DataError:
        return False
    try:
        return upce_wanted(settings, db)
    finally:
        db.dispose()
