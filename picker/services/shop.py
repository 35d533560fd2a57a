"""Opening a shop's database: made, upgraded and filled with the least it needs, or refused in words."""

from pathlib import Path

from sqlalchemy import Connection

from data.engine import Database, database_now, open_database
from data.schema import current, upgrade
from data.starter import SHOP, seed_starter
from data.store.campaigns import has_any
from scanning.codes import lookup_key

_ACTIVE = ("thanks",)
"""Of the examples; the others give away coupons, or lead to pages, that the shop must have first."""


def open_shop(url: str) -> Database:
    """Open the database, made at the first time. Raises DataError or SchemaError in words."""
    db = open_database(url)
    new = current(db) is None
    upgrade(db)
    if new:
        with db.writer.begin() as connection:
            seed_starter(connection, lookup_key)
            _begin_campaigns(connection)
    return db


def _begin_campaigns(connection: Connection) -> None:
    from picker.services.campaigns import add_examples

    if not has_any(connection, SHOP):
        add_examples(connection, SHOP, database_now(connection), _ACTIVE)


def is_empty(url: str) -> bool:
    """Whether there is no shop yet: no file, or a database without our tables."""
    if "://" not in url and not Path(url).expanduser().exists():
        return True
    db = open_database(url)
    try:
        return current(db) is None
    finally:
        db.dispose()
