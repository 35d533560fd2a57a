"""`verify` agrees with an honest shop and finds damage of every kind."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, insert

from data.engine import Database
from data.tables import (
    Claim,
    Event,
    Order,
    OrderLine,
    Packaging,
    Parcel,
    PrintJob,
    Row,
    SsccCounter,
    Stock,
)
from picker.flow import CommandName
from picker.services.verify import verify
from tests.contracts.shop import ONE_SCAN, Packer, add_order, change, open_shop, rows, whole_order


def work_a_little(db: Database) -> None:
    """A closed order, one in work with an undo and damage behind it, and one never begun."""
    for order in ("1001", "1002", "1003"):
        add_order(db, order, {"MUG": 2, "TEA": 1})
    packer = whole_order(Packer(db).sign_in(), "1001", {"MUG": 2, "TEA": 1})
    packer.claim("1002").take("MUG", 2)
    packer.press(CommandName.UNDO)
    packer.press(CommandName.DAMAGE)
    packer.choose(1, 1, 1)


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        work_a_little(opened)
        yield opened


@pytest.fixture
def sqlite_db(tmp_path: Path) -> Iterator[Database]:
    """What is compared is the same on both databases; planting all damage on one of them is enough."""
    with open_shop(f"sqlite:///{(tmp_path / 'shop.db').as_posix()}") as opened:
        work_a_little(opened)
        yield opened


def remove(db: Database, model: type[Row], **where: object) -> None:
    table = model.__table__
    with db.writer.begin() as connection:
        statement = delete(table).where(*(table.c[name] == value for name, value in where.items()))
        assert connection.execute(statement).rowcount


def add(db: Database, model: type[Row], **values: object) -> None:
    with db.writer.begin() as connection:
        connection.execute(insert(model.__table__).values(**values))


def forge(db: Database, **values: object) -> None:
    """Append an event behind everybody's back, as a station without a claim."""
    event = {
        "id": UUID(int=99),
        "stream": "1002",
        "version": len(rows(db, Event, stream="1002")) + 1,
        "station": "GHOST",
        "seq": 1,
        "worker": "ANNA",
        "at": datetime.now(UTC),
        "kind": "TaskPostponed",
        "payload": {"line": 1},
        "schema": 1,
    }
    add(db, Event, **(event | values))


def seal_payload(db: Database) -> dict[str, object]:
    [sealed] = rows(db, Event, stream="1001", kind="ParcelSealed")
    assert isinstance(sealed["payload"], dict)
    return dict(sealed["payload"])


def same_sscc_twice(db: Database) -> None:
    forge(db, kind="ParcelSealed", payload=seal_payload(db), station="PACK-1", seq=900)


def test_an_honest_shop_agrees(db: Database) -> None:
    report = verify(db)
    assert report.differences == ()
    assert (report.orders, report.stations) == (2, 1)
    assert report.events == len(rows(db, Event))


DAMAGE: dict[str, tuple[Callable[[Database], None], str]] = {
    "count": (
        lambda db: change(db, OrderLine, {"order_id": "1001", "line": 1}, picked=1),
        "Order 1001: line 1 picked: the log says 2, the table has 1.",
    ),
    "damaged count": (
        lambda db: change(db, OrderLine, {"order_id": "1002", "line": 1}, damaged=0),
        "Order 1002: line 1 damaged: the log says 1, the table has 0.",
    ),
    "state": (
        lambda db: change(db, Order, {"id": "1002"}, state="parked"),
        "Order 1002: state: the log says in_work, the table has parked.",
    ),
    "version": (lambda db: change(db, Order, {"id": "1001"}, version=3), "Order 1001: version: the log says"),
    "closed at": (
        lambda db: change(db, Order, {"id": "1001"}, closed_at=None),
        "Order 1001: closed_at is empty, but the log says closed.",
    ),
    "claim gone": (
        lambda db: remove(db, Claim, order_id="1002"),
        "Order 1002: claim: the log says PACK-1, epoch 1, the table has nobody's.",
    ),
    "claim epoch": (
        lambda db: change(db, Claim, {"order_id": "1002"}, epoch=7),
        "Order 1002: claim: the log says PACK-1, epoch 1, the table has PACK-1, epoch 7.",
    ),
    "parcel gone": (
        lambda db: remove(db, Parcel, order_id="1001"),
        "Order 1001: parcel 1 is sealed in the log and missing in the table.",
    ),
    "parcel changed": (
        lambda db: change(db, Parcel, {"order_id": "1001"}, packaging="BOX3"),
        "Order 1001: parcel 1:",
    ),
    "label job gone": (
        lambda db: remove(db, PrintJob, order_id="1001", document="label"),
        "Order 1001: print jobs of label 1: the log says 1, the table has 0.",
    ),
    "stock": (
        lambda db: change(db, Stock, {"sku": "MUG", "state": "available"}, moved=-9),
        "Stock MUG available at A-01-1: moved: the log says -4, the table has -9.",
    ),
    "quarantine": (
        lambda db: remove(db, Stock, sku="MUG", state="quarantine"),
        "Stock MUG quarantine at QUARANTINE: moved: the log says +1, the table has +0.",
    ),
    "packaging": (
        lambda db: change(db, Packaging, {"code": "BOX1"}, moved=0),
        "Packaging BOX1: moved: the log says -1, the table has +0.",
    ),
    "counter": (
        lambda db: change(db, SsccCounter, {"company_prefix": "9521234"}, next_serial=0),
        "has serial 0, but the counter stands at 0.",
    ),
    "SSCC twice": (same_sscc_twice, "is also that of another parcel of 1001."),
    "event gone": (
        lambda db: remove(db, Event, stream="1001", version=2),
        "Stream 1001: expected version 2, got 3.",
    ),
    "sequence gap": (
        lambda db: remove(db, Event, stream="1001", version=2),
        "Station PACK-1: expected events 1 to",
    ),
    "stranger": (forge, "was written by GHOST while PACK-1 held the order."),
    "stale epoch": (
        lambda db: forge(db, kind="OrderClaimed", payload={"epoch": 1, "taken_from": "PACK-1"}),
        "claims with epoch 1 after 1.",
    ),
    "unknown kind": (
        lambda db: forge(db, kind="Teleported", payload={}),
        "Order 1002: its events can't be played again",
    ),
    "no such order": (
        lambda db: forge(db, stream="nowhere", version=1),
        "Stream nowhere: there is no such order.",
    ),
    "no event": (
        lambda db: change(db, OrderLine, {"order_id": "1003", "line": 1}, picked=1),
        "Order 1003: it has counted lines, but no event.",
    ),
    "undo of nothing": (
        lambda db: forge(db, kind="Undone", payload={"events": [str(UUID(int=5))]}),
        "an undo names the event",
    ),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found_and_named(sqlite_db: Database, kind: str) -> None:
    plant, words = DAMAGE[kind]
    plant(sqlite_db)
    assert words in verify(sqlite_db).words()


def test_damage_is_found_on_both_databases(db: Database) -> None:
    kinds = ("count", "claim gone", "label job gone", "stock", "packaging", "closed at", "no event")
    for kind in kinds:
        DAMAGE[kind][0](db)
    words = verify(db).words()
    assert [kind for kind in kinds if DAMAGE[kind][1] not in words] == []


def test_every_way_of_packing_agrees(db: Database) -> None:
    add_order(db, "1004", {"LAMP": 1, "POT": 2})
    packer = Packer(db, "PACK-2", ONE_SCAN).sign_in("BORIS").claim("1004").take("LAMP", 1)
    packer.press(CommandName.NEXTPARCEL)
    packer.take("POT", 2).pack()
    assert packer.key == "label.closed"
    assert len(rows(db, Parcel, order_id="1004")) == 2
    assert verify(db).differences == ()
