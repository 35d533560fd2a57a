"""An order in hand stays its station's while it is worked on, and events carry the database's time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from data.engine import Database
from data.store import log
from data.tables import Claim
from data.types import StationId
from picker.services.station.station import Equipment, Station
from scanning.parse import parse
from tests.contracts.shop import BADGES, BENCH, CODES, add_order, change, open_shop, rows

LINES = {"MUG": 5}


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as database:
        yield database


class Clock:
    """A machine's clock that the test sets."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def _station(db: Database, clock: Clock) -> Station:
    add_order(db, "1001", LINES)
    station = Station(db, StationId("PACK-1"), BENCH, Equipment(clock=clock))
    for code in (BADGES["ANNA"], "1001"):
        station.handle(parse(code, "test"))
    return station


def _expires_in(db: Database) -> timedelta:
    (claim,) = rows(db, Claim, order_id="1001")
    expires = claim["expires_at"]
    assert isinstance(expires, datetime)
    with db.reader.connect() as connection:
        return (expires if expires.tzinfo else expires.replace(tzinfo=UTC)) - db.now(connection)


def test_a_lease_is_renewed_after_a_minute_of_work_and_not_at_every_scan(db: Database) -> None:
    clock = Clock()
    station = _station(db, clock)
    short = datetime.now(UTC) + timedelta(minutes=2)
    change(db, Claim, {"order_id": "1001"}, expires_at=short)
    station.handle(parse(CODES["MUG"], "test"))
    assert _expires_in(db) < timedelta(minutes=3)
    clock.ahead = timedelta(seconds=61)
    station.handle(parse(CODES["MUG"], "test"))
    assert _expires_in(db) > timedelta(minutes=9)


def test_a_clock_that_was_set_back_does_not_end_the_renewals(db: Database) -> None:
    clock = Clock()
    station = _station(db, clock)
    change(db, Claim, {"order_id": "1001"}, expires_at=datetime.now(UTC) + timedelta(minutes=2))
    clock.ahead = timedelta(hours=-2)
    station.handle(parse(CODES["MUG"], "test"))
    assert _expires_in(db) > timedelta(minutes=9)


def test_events_carry_the_databases_time(db: Database) -> None:
    clock = Clock()
    if db.dialect == "postgresql":
        clock.ahead = timedelta(hours=3)  # on SQLite both are this machine's clock
    _station(db, clock)
    with db.reader.connect() as connection:
        now, records = db.now(connection), log.read(connection, "1001")
    assert records
    assert all(abs(record.at - now) < timedelta(seconds=20) for record in records)
