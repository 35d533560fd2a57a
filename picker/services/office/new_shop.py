"""A shop's database made, and filled with the least it needs, where that is asked."""

from sqlalchemy import Connection

from data.engine import Database, database_now, open_database
from data.schema import upgrade
from data.starter import SHOP, seed_starter
from data.store import setup
from data.store.campaigns import has_any
from data.types import ShopId
from picker.services.campaigns.campaigns import add_examples
from scanning.codes import lookup_key

_ACTIVE = ("thanks",)
"""Of the examples; the others give away coupons, or lead to pages, that the shop must have first."""


def make_shop(url: str) -> Database:
    """Open a shop's database, made and filled with the least it needs when there is none.

    What was cut off on the way is finished: the tables first, then all else in one transaction.
    """
    db = open_database(url)
    upgrade(db)
    with db.writer.begin() as connection:
        if not setup.shops(connection):
            seed_starter(connection, lookup_key)
            _begin_campaigns(connection)
    return db


def add_shop(connection: Connection, code: ShopId) -> None:
    """Make a further shop, with the campaigns to begin with. It has the number range of the first until it is given
    its own: they share the serials, so that no number is given twice.
    """
    first = setup.shops(connection)[0]
    setup.add_shop(connection, code, first.company_prefix)
    _begin_campaigns(connection, code)


def _begin_campaigns(connection: Connection, shop: ShopId = SHOP) -> None:
    if not has_any(connection, shop):
        add_examples(connection, shop, database_now(connection), _ACTIVE)
