"""What the store promises a station, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from data.engine import Database
from data.store import claims, log, orders, parcels, report, stock
from data.store.parcels import Weights
from data.types import (
    EventRecord,
    OrderId,
    OrderState,
    ParcelRef,
    Sku,
    StationId,
    StockState,
    WorkerId,
    order_stream,
)
from tests.contracts.shop import PREFIX, add_order, open_shop


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        add_order(opened, "1001", {"MUG": 2})
        yield opened


def record(version: int, seq: int, stream: str = "1001") -> EventRecord:
    now = datetime.now(UTC)
    return EventRecord(
        uuid4(), stream, version, StationId("PACK-1"), seq, WorkerId("ANNA"), None, now, "SignedIn", {}, 1
    )


def test_the_log_gives_back_what_was_appended(db: Database) -> None:
    first, second = record(1, 1), record(2, 2)
    with db.writer.begin() as connection:
        log.append(connection, [first, second])
    with db.reader.connect() as connection:
        assert log.read(connection, "1001") == [first, second]
        assert (
            log.last_seq(connection, StationId("PACK-1")),
            log.last_version(connection, order_stream(OrderId("1001"))),
        ) == (
            2,
            2,
        )
        assert (
            log.last_seq(connection, StationId("PACK-9")),
            log.last_version(connection, order_stream(OrderId("9"))),
        ) == (0, 0)
        assert log.has(connection, first.id)
        assert not log.has(connection, uuid4())


@pytest.mark.parametrize("again", [record(1, 2), record(2, 1)], ids=["version", "sequence number"])
def test_the_log_takes_a_version_and_a_number_once(db: Database, again: EventRecord) -> None:
    with db.writer.begin() as connection:
        log.append(connection, [record(1, 1)])
    with pytest.raises(IntegrityError), db.writer.begin() as connection:
        log.append(connection, [again])


def test_who_is_signed_in_is_the_last_word(db: Database) -> None:
    stream = "station:PACK-1"
    with db.writer.begin() as connection:
        assert log.signed_in(connection, StationId("PACK-1")) == ""
        log.append(connection, [record(1, 1, stream)])
        assert log.signed_in(connection, StationId("PACK-1")) == "ANNA"
        log.append(connection, [replace(record(2, 2, stream), kind="SignedOut")])
        assert log.signed_in(connection, StationId("PACK-1")) == ""


def test_only_the_first_of_two_moves_an_order_on(db: Database) -> None:
    with db.writer.begin() as connection:
        assert orders.advance(connection, OrderId("1001"), 0, 1, OrderState.IN_WORK, "", None)
        assert not orders.advance(connection, OrderId("1001"), 0, 1, OrderState.CLOSED, "", None)
        head = orders.head(connection, OrderId("1001"))
    assert head is not None
    assert (head.version, head.state, head.station) == (1, OrderState.IN_WORK, "")


def test_a_lease_is_renewed_only_by_its_own_epoch(db: Database) -> None:
    now = datetime.now(UTC)
    with db.writer.begin() as connection:
        claims.take(connection, OrderId("1001"), StationId("PACK-1"), WorkerId("ANNA"), 1, now)
        claims.take(connection, OrderId("1001"), StationId("PACK-2"), WorkerId("BORIS"), 2, now)
        assert not claims.renew(connection, OrderId("1001"), 1, now + timedelta(hours=1))
        assert claims.renew(connection, OrderId("1001"), 2, now + timedelta(hours=1))
        assert (
            claims.of_station(connection, StationId("PACK-1")),
            claims.of_station(connection, StationId("PACK-2")),
        ) == (
            "",
            "1001",
        )
        head = orders.head(connection, OrderId("1001"))
    assert head is not None
    assert (head.station, head.epoch, head.expires_at) == ("PACK-2", 2, now + timedelta(hours=1))


def test_stock_never_falls_below_zero_and_says_what_was_lacking(db: Database) -> None:
    place = (Sku("MUG"), "A-01-1", StockState.AVAILABLE)
    with db.writer.begin() as connection:
        assert stock.move(connection, *place, -18) == 0
        assert stock.move(connection, *place, -5) == 3
        assert stock.quantity(connection, *place) == 0
        assert stock.move(connection, Sku("MUG"), "NEW-PLACE", StockState.QUARANTINE, 2) == 0
        assert stock.quantity(connection, Sku("MUG"), "NEW-PLACE", StockState.QUARANTINE) == 2
        assert stock.use_packaging(connection, "BOX1", -51) == 1


def test_a_parcel_number_is_given_once(db: Database) -> None:
    at = datetime.now(UTC)
    with db.writer.begin() as connection:
        assert parcels.next_serial(connection, PREFIX) == 0
        assert parcels.next_serial(connection, PREFIX) == 0
        parcels.use_serial(connection, PREFIX)
        assert parcels.next_serial(connection, PREFIX) == 1
        parcels.add_parcel(
            connection, ParcelRef(OrderId("1001"), 1), "BOX1", "0" * 18, Weights(100, None), at
        )
        assert parcels.of_sscc(connection, "0" * 18) == ParcelRef(OrderId("1001"), 1)
        assert parcels.of_sscc(connection, "1" * 18) is None
    with pytest.raises(IntegrityError), db.writer.begin() as connection:
        parcels.add_parcel(
            connection, ParcelRef(OrderId("1001"), 2), "BOX1", "0" * 18, Weights(100, None), at
        )


def test_the_last_event_of_every_station_is_found(db: Database) -> None:
    with db.writer.begin() as connection:
        log.append(connection, [record(1, 1), record(2, 2)])
        log.append(connection, [replace(record(3, 7), station=StationId("PACK-10"))])
        log.append(connection, [replace(record(4, 1), station=StationId("Łódź"))])
        assert sorted(name for name, _ in report.last_events(connection)) == ["PACK-1", "PACK-10", "Łódź"]


def test_the_leads_questions_read_indexes_only(tmp_path: Path) -> None:
    """A full scan would not be felt here, but in a shop with a year's orders."""
    questions = []
    with open_shop(f"sqlite:///{(tmp_path / 'shop.db').as_posix()}") as db, db.reader.connect() as connection:
        event.listen(
            connection, "before_cursor_execute", lambda *given: questions.append((given[2], given[3]))
        )
        report.open_orders(connection, ["STD", "EXP"])
        report.active_minutes(connection, datetime.now(UTC))
        plans = [
            str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all())
            for text, values in tuple(questions)
        ]
    assert "COVERING INDEX ix_orders_service_state_due_at" in plans[0]
    assert "COVERING INDEX ix_event_at_kind_worker" in plans[1]
