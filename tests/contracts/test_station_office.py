"""What the lead decides about an order, from the office, while packers work."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from data.engine import Database
from data.tables import Order
from data.types import OrderId, OrderState, WorkerId
from picker.flow import CommandName, Phase
from picker.services.office.imports import cancel_order, hold_order, release_hold
from picker.services.orders.lookups import order_number, resolve_exception
from picker.services.orders.unknown_goods import unknown_goods
from picker.services.reports.lead import lead_report, shift_start
from picker.services.verify import verify
from tests.contracts.shop import CODES, Packer, add_order, open_shop


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        add_order(opened, "1001", {"MUG": 2, "TEA": 1})
        yield opened


def state_of(db: Database, order: str) -> OrderState:
    with db.reader.connect() as connection:
        found = connection.execute(select(Order.__table__.c.state).where(Order.__table__.c.id == order))
        return OrderState(found.scalar_one())


def test_an_order_nobody_began_is_held_and_comes_back_into_the_queue(db: Database) -> None:
    assert hold_order(db, OrderId("1001"), "question", WorkerId("lead"))
    assert state_of(db, "1001") is OrderState.HELD
    assert Packer(db).sign_in().press(CommandName.NEXT).message.key == "home.none_waiting"
    assert release_hold(db, OrderId("1001"), WorkerId("lead"))
    assert state_of(db, "1001") is OrderState.WAITING
    assert Packer(db).press(CommandName.NEXT).order == "1001"
    assert verify(db).ok


def test_a_hold_released_before_the_packer_saw_it_leaves_the_order_in_hand(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001")
    packer.scan(CODES["MUG"])
    assert hold_order(db, OrderId("1001"), "question", WorkerId("lead"))
    assert release_hold(db, OrderId("1001"), WorkerId("lead"))
    assert state_of(db, "1001") is OrderState.IN_WORK
    assert packer.scan(CODES["MUG"]).message.key.startswith("pick.")
    assert verify(db).ok


def test_a_cancelled_order_stops_its_packer_and_stays_cancelled(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001")
    packer.scan(CODES["MUG"])
    assert cancel_order(db, OrderId("1001"), "cancelled_by_shop", WorkerId("lead"))
    assert packer.scan(CODES["MUG"]).message.key == "stop.cancelled"
    assert packer.press(CommandName.OK).state.phase is Phase.HOME
    assert not hold_order(db, OrderId("1001"), "question", WorkerId("lead"))
    assert not release_hold(db, OrderId("1001"), WorkerId("lead"))
    assert verify(db).ok


def test_what_was_seen_to_leaves_the_list(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001")
    packer.press(CommandName.SHORT)
    packer.choose(1)
    numbers = [found.number for found in lead_report(db, "UTC", shift_start("UTC")).exceptions]
    assert numbers
    assert all(numbers)
    assert all(resolve_exception(db, number, WorkerId("lead")) for number in numbers)
    assert not resolve_exception(db, numbers[0], WorkerId("lead"))
    assert lead_report(db, "UTC", shift_start("UTC")).exceptions == ()


def test_numbers_are_found_with_and_without_a_hash(db: Database) -> None:
    assert order_number(db, "#1001") == "1001"
    assert order_number(db, "77") == ""
    assert unknown_goods(db, OrderId("1001")) == []
