"""Two stations want the same order, a lease runs out, an answer is lost: nobody counts twice, one owns."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from data.engine import Database, open_database
from data.tables import Claim, Event, Order
from data.types import OrderId
from picker.flow import CommandName
from picker.services.station.station import Reply
from picker.services.verify import verify
from tests.contracts.shop import CODES, Packer, add_order, change, claim_of, open_shop, rows, work_of


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


@pytest.fixture
def other(db: Database, db_url: str) -> Iterator[Database]:
    """The same database, as another machine opens it."""
    opened = open_database(db_url)
    yield opened
    opened.dispose()


def together(*acts: Callable[[], Reply]) -> list[Reply]:
    """Do things at the same moment, each in a thread of its own."""
    barrier = threading.Barrier(len(acts))

    def act(what: Callable[[], Reply]) -> Reply:
        barrier.wait()
        return what()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def test_two_stations_that_take_the_next_order_never_share_one(db: Database, other: Database) -> None:
    orders = {f"O{number:02}" for number in range(24)}
    for order in orders:
        add_order(db, order, {"MUG": 1})

    def take_all(packer: Packer) -> list[OrderId]:
        taken = []
        while (reply := packer.press(CommandName.NEXT)).state.work is not None:
            taken.append(reply.state.work.order.id)
            packer.press(CommandName.PARK)
            packer.choose(1)
        return taken

    packers = [Packer(db).sign_in(), Packer(other, "PACK-2").sign_in("BORIS")]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(take_all, packers)
    assert not set(first) & set(second)
    assert set(first) | set(second) == orders
    assert len(rows(db, Event, kind="OrderClaimed")) == len(orders)
    assert verify(db).ok


def test_two_stations_that_scan_one_sheet_get_one_owner(db: Database, other: Database) -> None:
    one, two = Packer(db).sign_in(), Packer(other, "PACK-2").sign_in("BORIS")
    for number in range(8):
        order = f"O{number}"
        add_order(db, order, {"MUG": 1})
        replies = together(lambda order=order: one.scan(order), lambda order=order: two.scan(order))  # type: ignore[misc]
        assert sorted(reply.message.key for reply in replies) == ["home.busy", "home.claimed"]
        winner = one if replies[0].message.key == "home.claimed" else two
        assert claim_of(db, order) == (winner.station.state.station, 1)
        winner.press(CommandName.PARK)
        winner.choose(1)
    assert verify(db).ok


def take_over(packer: Packer, order: str) -> Reply:
    packer.scan(order)
    assert packer.key == "home.take_over"
    return packer.scan(order)


def test_the_former_owner_counts_nothing_after_a_take_over(db: Database, other: Database) -> None:
    add_order(db, "1001", {"MUG": 3})
    first = Packer(db).sign_in().claim("1001").take("MUG", 1)
    second = Packer(other, "PACK-2").sign_in("BORIS")
    second.scan("1001")
    assert second.key == "home.busy"
    change(db, Claim, {"order_id": "1001"}, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    take_over(second, "1001")
    assert second.key == "home.taken_over"
    first.scan(CODES["MUG"])
    assert first.key == "order.lost"
    assert first.reply.state.work is None
    assert work_of(db, "1001").line(1).picked == 1
    assert claim_of(db, "1001") == ("PACK-2", 2)
    second.take("MUG", 2).take("MUG", 3).pack()
    assert rows(db, Order, id="1001")[0]["state"] == "closed"
    assert verify(db).ok


def test_a_scan_that_waits_for_a_take_over_is_refused_after_it(db: Database, other: Database) -> None:
    """The owner's transaction begins before the other's commit; what it read then must not count."""
    add_order(db, "1001", {"MUG": 3})
    first = Packer(db).sign_in().claim("1001").take("MUG", 1)
    second = Packer(other, "PACK-2").sign_in("BORIS")
    change(db, Claim, {"order_id": "1001"}, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    second.scan("1001")
    at_commit, go_on = threading.Event(), threading.Event()

    @event.listens_for(other.writer, "commit")
    def pause(connection: Connection) -> None:
        at_commit.set()
        assert go_on.wait(10)

    with ThreadPoolExecutor(2) as pool:
        taking = pool.submit(second.scan, "1001")
        assert at_commit.wait(10)
        scanning = pool.submit(first.scan, CODES["MUG"])
        time.sleep(0.3)
        assert not scanning.done()
        go_on.set()
        assert taking.result(10).message.key == "home.taken_over"
        assert scanning.result(10).message.key == "order.lost"
    assert work_of(db, "1001").line(1).picked == 1
    assert verify(db).ok


@dataclass
class Line:
    """The way to a database that can break after a COMMIT went through."""

    engine: Engine
    lose_answer: bool = False
    then_down: bool = False
    down: bool = False

    def __post_init__(self) -> None:
        event.listen(self.engine, "commit", self.on_commit)
        event.listen(self.engine, "begin", self.on_begin)

    def on_commit(self, connection: Connection) -> None:
        if self.lose_answer:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("COMMIT")
            self.lose_answer, self.down = False, self.then_down
            raise OperationalError("COMMIT", None, Exception("server closed the connection"))

    def on_begin(self, connection: Connection) -> None:
        if self.down:
            raise OperationalError("BEGIN", None, Exception("server is away"))


def test_a_lost_answer_to_a_commit_counts_exactly_once(db: Database) -> None:
    add_order(db, "1001", {"MUG": 3})
    packer = Packer(db).sign_in().claim("1001")
    Line(db.writer, lose_answer=True)
    reply = packer.scan(CODES["MUG"])
    assert (reply.saved, reply.message.key) == (True, "pick.done")
    packer.scan(CODES["MUG"])
    assert work_of(db, "1001").line(1).picked == 2
    assert verify(db).ok


def test_what_a_lost_answer_had_saved_is_not_done_again_by_the_rescan(db: Database) -> None:
    add_order(db, "1001", {"MUG": 3})
    packer = Packer(db).sign_in().claim("1001")
    line = Line(db.writer, lose_answer=True, then_down=True)
    reply = packer.scan(CODES["MUG"])
    assert (reply.saved, reply.message.key) == (False, "station.not_saved")
    assert packer.scan(CODES["MUG"]).saved is False
    line.down = False
    reply = packer.scan(CODES["MUG"])
    assert (reply.saved, reply.message.key) == (True, "pick.done")
    assert work_of(db, "1001").line(1).picked == 1
    packer.scan(CODES["MUG"])
    assert work_of(db, "1001").line(1).picked == 2
    assert verify(db).ok


def test_an_input_that_could_not_be_saved_changes_nothing(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2})
    packer = Packer(db).sign_in().claim("1001")
    line = Line(db.writer, down=True)
    before = packer.reply.state
    reply = packer.scan(CODES["MUG"])
    assert (reply.saved, reply.state) == (False, before)
    line.down = False
    assert packer.scan(CODES["MUG"]).saved
    assert work_of(db, "1001").line(1).picked == 1
    assert verify(db).ok
