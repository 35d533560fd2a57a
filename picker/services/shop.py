"""A shop's database, opened where there is one."""

from sqlalchemy import text

from data.engine import Database, file_of, masked, open_database
from data.errors import DataError
from data.schema import current, upgrade
from data.store import setup
from data.types import ShopId
from picker.errors import Unknown


class NoShop(DataError):
    """There is no shop where one was expected; nothing was made."""


def open_shop(url: str) -> Database:
    """Open a shop's database, upgraded if need be. Raises NoShop where there is none, DataError in words."""
    db = existing(url)
    upgrade(db)
    return db


def existing(url: str) -> Database:
    """Open a shop's database as it is. Raises NoShop, and makes nothing, where there is none, or tables without one."""
    if not _file_is_missing(url):
        db = open_database(url)
        if current(db) is not None and _is_begun(db):
            return db
        db.dispose()
    name = masked(url)
    raise NoShop(f"There is no shop at {name}: `picker init --db {name}` makes one.")


def is_empty(url: str) -> bool:
    """Whether there is no shop yet: no file, a database without our tables, or tables that nothing was put into."""
    try:
        existing(url).dispose()
    except NoShop:
        return True
    return False


def chosen_shop(db: Database, named: str) -> ShopId:
    """Return the code of the shop that is named, or of the only one there is.

    Raises Unknown, with the shops there are, where there is none of that code, or none is named and there are several.
    """
    with db.reader.connect() as connection:
        known = {ShopId(row.id): str(row.name) for row in setup.shops(connection)}
    if not named and len(known) == 1:
        return next(iter(known))
    matching = next((code for code in known if code.casefold() == named.casefold()), None)
    if matching is None:
        choices = " or ".join(f"{code} ({name})" for code, name in known.items())
        said = f"There is no shop {named!r:.40}: expected" if named else "Which shop? Expected"
        raise Unknown(f"{said} --shop {choices}.")
    return matching


def only_shop(db: Database) -> ShopId:
    """Return the code of the shop, "" where there are several."""
    with db.reader.connect() as connection:
        known = [ShopId(row.id) for row in setup.shops(connection)]
    return known[0] if len(known) == 1 else ShopId("")


def _is_begun(db: Database) -> bool:
    """Whether there is a shop in it, whatever its schema: `init` may have been cut off before."""
    with db.reader.connect() as connection:
        return connection.scalar(text("SELECT 1 FROM shop LIMIT 1")) is not None


def _file_is_missing(url: str) -> bool:
    file = file_of(url)
    return file is not None and (not file.exists() or (file.is_file() and not file.stat().st_size))
