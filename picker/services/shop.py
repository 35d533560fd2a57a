"""A shop's database: opened where there is one, made and filled with the least it needs only where that is asked."""

from sqlalchemy import Connection

from data.engine import Database, database_now, file_of, masked, open_database
from data.errors import DataError
from data.schema import current, upgrade
from data.starter import SHOP, seed_starter
from data.store.campaigns import has_any
from scanning.codes import lookup_key

_ACTIVE = ("thanks",)
"""Of the examples; the others give away coupons, or lead to pages, that the shop must have first."""


class NoShop(DataError):
    """There is no shop where one was expected; nothing was made."""


def open_shop(url: str) -> Database:
    """Open a shop's database, upgraded if need be. Raises NoShop where there is none, DataError in words."""
    db = existing(url)
    upgrade(db)
    return db


def existing(url: str) -> Database:
    """Open a shop's database as it is. Raises NoShop, and makes nothing, where there is none."""
    if not _file_is_missing(url):
        db = open_database(url)
        if current(db) is not None:
            return db
        db.dispose()
    name = masked(url)
    raise NoShop(f"There is no shop at {name}: `picker init --db {name}` makes one.")


def make_shop(url: str) -> Database:
    """Open a shop's database, made and filled with the least it needs when there is none."""
    db = open_database(url)
    new = current(db) is None
    upgrade(db)
    if new:
        with db.writer.begin() as connection:
            seed_starter(connection, lookup_key)
            _begin_campaigns(connection)
    return db


def is_empty(url: str) -> bool:
    """Whether there is no shop yet: no file, or a database without our tables."""
    try:
        existing(url).dispose()
    except NoShop:
        return True
    return False


def _file_is_missing(url: str) -> bool:
    file = file_of(url)
    return file is not None and (not file.exists() or (file.is_file() and not file.stat().st_size))


def _begin_campaigns(connection: Connection) -> None:
    from picker.services.campaigns.campaigns import add_examples

    if not has_any(connection, SHOP):
        add_examples(connection, SHOP, database_now(connection), _ACTIVE)
