"""The shop changes, holds and cancels orders while they are packed: the packer's next scan stops."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, insert

from data.engine import Database
from data.importers.records import LineChange
from data.tables import Event, Order, OrderLine
from data.types import OrderId, WorkerId
from picker.flow import CommandName, Phase
from picker.services.office.imports import BegunOrders, release_hold
from picker.services.verify import verify
from tests.contracts.shop import (
    CODES,
    Packer,
    add_order,
    claim_of,
    details,
    open_shop,
    quantity,
    reports,
    rows,
    work_of,
)


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        add_order(opened, "1001", {"MUG": 2, "TEA": 1})
        yield opened


def tell(db: Database, what: Callable[[BegunOrders, Connection], None]) -> None:
    """What an import does in its own transaction."""
    with db.writer.begin() as connection:
        what(BegunOrders(), connection)


def state(db: Database) -> object:
    return rows(db, Order, id="1001")[0]["state"]


def test_a_cancelled_order_stops_at_the_next_scan_and_its_units_are_set_aside(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2)
    tell(db, lambda intake, connection: intake.cancelled(connection, OrderId("1001"), "refunded"))
    assert state(db) == "cancelled"
    packer.scan(CODES["TEA"])
    assert packer.at(Phase.STOPPED)
    assert packer.key == "stop.cancelled"
    assert work_of(db, "1001").line(2).picked == 0
    packer.press(CommandName.OK)
    assert packer.at(Phase.HOME)
    assert claim_of(db, "1001") is None
    assert quantity(db, "MUG", "ASIDE", "aside") == 2
    assert [detail["quantity"] for detail in details(db, "put_back")] == [2]
    packer.scan("1001")
    assert packer.key == "home.cancelled"
    assert verify(db).ok


def test_a_cancel_stops_even_at_the_label(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2).take("TEA", 1).take("MUG", 2).take("TEA", 1)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    sealed = packer.reply.state.work
    assert sealed is not None
    assert sealed.next_parcel is not None
    tell(db, lambda intake, connection: intake.cancelled(connection, OrderId("1001"), "voided"))
    packer.scan(f"00{sealed.next_parcel.sscc}")
    assert packer.at(Phase.STOPPED)
    packer.press(CommandName.OK)
    assert state(db) == "cancelled"
    assert quantity(db, "MUG", "ASIDE", "aside") == 2
    assert verify(db).ok


def test_a_cancelled_parked_order_is_put_back_without_any_station(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001").take("MUG", 1)
    packer.press(CommandName.PARK)
    packer.choose(1)
    assert state(db) == "parked"
    tell(db, lambda intake, connection: intake.cancelled(connection, OrderId("1001"), "refunded"))
    assert state(db) == "cancelled"
    assert quantity(db, "MUG", "ASIDE", "aside") == 1
    assert rows(db, OrderLine, order_id="1001", line=1)[0]["picked"] == 0
    assert len(reports(db, "put_back")) == 1
    assert verify(db).ok


def test_a_held_order_is_given_up_and_goes_on_at_another_station_when_released(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001").take("MUG", 1)
    tell(db, lambda intake, connection: intake.held(connection, OrderId("1001"), "high_risk"))
    packer.scan(CODES["MUG"])
    assert packer.key == "stop.held"
    packer.press(CommandName.OK)
    assert packer.at(Phase.HOME)
    assert (state(db), claim_of(db, "1001")) == ("held", None)
    assert len(reports(db, "hold")) == 1
    packer.scan("1001")
    assert packer.key == "home.held"
    assert release_hold(db, OrderId("1001"), WorkerId("ANNA"))
    assert not release_hold(db, OrderId("1001"), WorkerId("ANNA"))
    assert (state(db), reports(db, "hold")) == ("waiting", [])
    other = Packer(db, "PACK-2").sign_in("BORIS").claim("1001")
    assert other.reply.state.work is not None
    assert other.reply.state.work.line(1).picked == 1
    other.take("MUG", 1).take("TEA", 1).take("MUG", 2).take("TEA", 1).pack()
    assert state(db) == "closed"
    assert verify(db).ok


def test_a_hold_that_is_released_before_the_packer_saw_it_stops_nobody(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001").take("MUG", 1)
    tell(db, lambda intake, connection: intake.held(connection, OrderId("1001"), "unpaid"))
    assert release_hold(db, OrderId("1001"), WorkerId("ANNA"))
    packer.scan(CODES["MUG"])
    assert packer.key == "pick.line_done"
    assert verify(db).ok


def test_a_changed_order_stops_and_goes_on_with_the_new_quantities(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2)

    def fewer_mugs_and_a_book(intake: BegunOrders, connection: Connection) -> None:
        line = OrderLine.__table__
        connection.execute(
            line.update().where(line.c.order_id == "1001", line.c.line == 1).values(quantity=1)
        )
        more = {
            "order_id": "1001",
            "line": 3,
            "sku": "BOOK",
            "sku_text": "BOOK",
            "name": "BOOK nice",
            "quantity": 1,
        }
        connection.execute(insert(line).values(more))
        changes = [LineChange(1, "MUG", 2, 1), LineChange(3, "BOOK", 0, 1)]
        intake.changed(connection, OrderId("1001"), changes)

    tell(db, fewer_mugs_and_a_book)
    packer.scan(CODES["TEA"])
    assert packer.key == "stop.changed"
    packer.press(CommandName.OK)
    assert packer.at(Phase.TAKE_BACK)
    packer.scan(CODES["MUG"])
    assert quantity(db, "MUG", "A-01-1") == 19
    packer.take("TEA", 1).take("BOOK", 1).take("MUG", 1).take("TEA", 1).take("BOOK", 1).pack()
    assert state(db) == "closed"
    assert verify(db).ok


def test_intake_leaves_a_closed_order_alone(db: Database) -> None:
    packer = (
        Packer(db).sign_in().claim("1001").take("MUG", 2).take("TEA", 1).take("MUG", 2).take("TEA", 1).pack()
    )
    assert packer.key == "label.closed"
    events = len(rows(db, Event, stream="1001"))
    tell(db, lambda intake, connection: intake.cancelled(connection, OrderId("1001"), "refunded"))
    tell(db, lambda intake, connection: intake.held(connection, OrderId("1001"), "unpaid"))
    assert state(db) == "closed"
    assert len(rows(db, Event, stream="1001")) == events


def test_intake_numbers_its_events_without_gaps(db: Database) -> None:
    add_order(db, "1002", {"MUG": 1})
    for order, station in (("1001", "PACK-1"), ("1002", "PACK-2")):
        Packer(db, station).sign_in().claim(order)
    for order in ("1001", "1002"):
        tell(db, lambda intake, connection, order=order: intake.held(connection, order, "unpaid"))  # type: ignore[misc]
    tell(db, lambda intake, connection: intake.cancelled(connection, OrderId("1002"), "refunded"))
    assert sorted(int(str(row["seq"])) for row in rows(db, Event, station="intake")) == [1, 2, 3]
    assert verify(db).ok


@pytest.mark.parametrize("order", ["nobody's", "1001"])
def test_a_hold_that_is_none_is_not_released(db: Database, order: str) -> None:
    assert not release_hold(db, OrderId(order), WorkerId("ANNA"))
