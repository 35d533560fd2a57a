"""Campaigns read ahead of a station's first seal, which otherwise waits for it: some 5 ms for each text."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from data.engine import Database
from data.store import campaigns, setup
from picker.errors import Mistake
from picker.inserts import campaign_of, parse_template
from picker.inserts.examples import THANKS


@contextmanager
def warming(db: Database) -> Iterator[None]:
    """Read the shops' campaigns in a thread of its own."""
    thread = threading.Thread(target=_warm, args=(db,), name="campaigns", daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join(5)


def _warm(db: Database) -> None:
    try:
        with db.reader.connect() as connection:
            known = [row.id for row in setup.shops(connection)]
            bodies = [row.body for shop in known for row in campaigns.active(connection, shop)]
        for body in bodies or [THANKS]:
            for template in campaign_of(body).templates.values():
                parse_template(template)
    except (SQLAlchemyError, Mistake):
        return  # the seal meets the same, and tells
