"""Opening a shop's database: made, upgraded and filled with the least it needs, or refused in words."""

from pathlib import Path

from data.engine import Database, open_database
from data.schema import current, upgrade
from data.starter import seed_starter
from scanning.codes import lookup_key


def open_shop(url: str) -> Database:
    """Open the database, made at the first time. Raises DataError or SchemaError in words."""
    db = open_database(url)
    new = current(db) is None
    upgrade(db)
    if new:
        with db.writer.begin() as connection:
            seed_starter(connection, lookup_key)
    return db


def is_empty(url: str) -> bool:
    """Whether there is no shop yet: no file, or a database without our tables."""
    if "://" not in url and not Path(url).expanduser().exists():
        return True
    db = open_database(url)
    try:
        return current(db) is None
    finally:
        db.dispose()
