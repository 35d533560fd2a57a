"""What an empty database of a real warehouse begins with: enough to sign in, import and pack a first order."""

from collections.abc import Callable

from sqlalchemy import Connection, insert, select

from data.cutoff import WORKING_DAYS
from data.engine import database_now
from data.importers.apply_catalogue import apply_packaging, apply_workers
from data.importers.options import ImportOptions
from data.importers.records import WorkerIn
from data.seeding import seeding_chunk, usual_packaging
from data.tables import Service, Shop
from data.types import Role, ShopId, Worker, WorkerId

SHOP = ShopId("default")
LEAD_BADGE = "LEAD0001"
# GS1's own prefix for examples; parcels can't be numbered for a carrier with it.
EXAMPLE_PREFIX = "9521234"
_PACKAGINGS = 12


def seed_starter(connection: Connection, normalise: Callable[[str], str]) -> None:
    """Make the default shop, service STANDARD, a lead with badge LEAD0001 and the usual packagings.

    Does nothing in a database that has a shop. `normalise` makes the key of a code as a scan would.
    """
    if connection.execute(select(Shop.__table__.c.id)).first() is not None:
        return
    shop = {"id": SHOP, "name": "My shop", "company_prefix": EXAMPLE_PREFIX}
    connection.execute(insert(Shop.__table__).values(**shop, sender_lines=["My shop"]))
    connection.execute(
        insert(Service.__table__).values(
            code="STANDARD", carrier="Carrier", name="Standard", weekdays=WORKING_DAYS
        )
    )
    chunk = seeding_chunk(connection, normalise, database_now(connection), ImportOptions())
    apply_workers(chunk, [WorkerIn(0, Worker(WorkerId("lead"), "Shift lead", Role.LEAD), LEAD_BADGE)])
    apply_packaging(chunk, usual_packaging(_PACKAGINGS))
