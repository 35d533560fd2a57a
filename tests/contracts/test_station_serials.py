"""Serial numbers and dates on both databases: what went out, what came back, and who packs it at the same time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from sqlalchemy import text, update

from data.engine import Database
from data.schema import configuration
from data.tables import Event, OrderSerial, Product, Shop
from data.types import OrderId, StationId, WorkerId
from picker.config import Settings
from picker.flow import CommandName, look
from picker.services.office.imports import cancel_order, import_file
from picker.services.station.station import Equipment, Station
from picker.services.verify import verify
from tests.contracts.shop import (
    BADGES,
    BENCH,
    CODES,
    ONE_SCAN,
    Packer,
    add_order,
    change,
    open_shop,
    rows,
)

LAMP = CODES["LAMP"]
_NEW = {
    "UnitsChecked": {"lot", "serial", "expiry"},
    "UnitsTakenOut": {"lot", "expiry"},
    "UnitsDamaged": {"serial", "expiry"},
}


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    """The shop, whose lamps have serial numbers."""
    with open_shop(db_url) as database:
        change(database, Product, {"sku": "LAMP"}, serial_wanted=True)
        yield database


def packed(db: Database, order: str, *serials: str) -> Packer:
    """An order of lamps, closed with these numbers."""
    add_order(db, order, {"LAMP": len(serials)})
    packer = Packer(db).sign_in().claim(order)
    for serial in serials:
        packer.scan(LAMP, serial)
    packer.scan(*serials)
    packer.pack()
    assert packer.key == "label.closed"
    return packer


def returned(db: Database, folder: Path, order: str, serial: str) -> None:
    file = folder / "returns.csv"
    file.write_text(f"order,sku,reason,date,serial\n{order},LAMP,damaged,2026-12-01,{serial}\n", "utf-8")
    assert import_file(db, "returns", file, Settings()).problems == []


def with_orders(db: Database) -> set[tuple[str, str]]:
    return {(str(row["order_id"]), str(row["serial"])) for row in rows(db, OrderSerial)}


def test_a_number_goes_out_comes_back_and_goes_out_again(db: Database, tmp_path: Path) -> None:
    packer = packed(db, "K4", "SN1", "SN2")
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    add_order(db, "K5", {"LAMP": 1})
    packer.claim("K5")
    packer.scan(LAMP)
    assert packer.scan("SN1").message.key == "capture.serial_gone"
    assert dict(packer.reply.message.params) == {"serial": "SN1", "order": "K4", "day": day}
    assert packer.scan("sn1").message.key == "capture.serial_gone", "with Caps Lock on it is the same"
    returned(db, tmp_path, "K4", "SN1")
    assert packer.scan("SN2").message.key == "capture.serial_gone"
    packer.scan("SN1", "SN1")
    packer.pack()
    add_order(db, "K6", {"LAMP": 1})
    packer.claim("K6")
    assert packer.scan(f"]C101{LAMP:0>14}21SN1").message.key == "capture.serial_gone"
    assert dict(packer.reply.message.params)["order"] == "K5", "its return from K4 says nothing of K5"
    returned(db, tmp_path, "K5", "SN1")
    assert packer.scan(f"]C101{LAMP:0>14}21SN1").message.key == "pick.all_done"
    assert packer.scan("SN2").message.key == "capture.serial_gone", "at the check alike"
    assert verify(db).ok, verify(db).words()


def test_what_leaves_an_order_is_free_for_others(db: Database) -> None:
    add_order(db, "A", {"LAMP": 3})
    add_order(db, "B", {"LAMP": 4})
    packer = Packer(db).sign_in().claim("A")
    packer.scan(LAMP, "SN1", LAMP, "SN2", LAMP, "SN3")
    packer.press(CommandName.UNDO)
    packer.press(CommandName.UNDO)
    packer.press(CommandName.TAKEOUT)
    packer.scan("SN2")
    packer.press(CommandName.PARK)
    packer.choose(1)
    assert with_orders(db) == {("A", "SN1")}
    assert verify(db).ok
    packer.claim("B")
    assert packer.scan(LAMP, "SN1").message.key == "capture.serial_elsewhere"
    packer.scan("SN2", LAMP, "SN3")
    assert cancel_order(db, OrderId("A"), "buyer", WorkerId("ANNA"))
    assert packer.scan(LAMP, "SN1").message.key == "pick.done"
    assert with_orders(db) == {("B", "SN1"), ("B", "SN2"), ("B", "SN3")}
    assert verify(db).ok, verify(db).words()


def test_a_number_that_two_orders_have_goes_out_with_the_first_that_is_done(db: Database) -> None:
    add_order(db, "A", {"LAMP": 1})
    add_order(db, "B", {"LAMP": 2})
    packer = Packer(db).sign_in().claim("A")
    packer.scan(LAMP, "SN1")
    packer.press(CommandName.TAKEOUT)
    packer.scan("SN1")
    packer.press(CommandName.PARK)
    packer.choose(1)
    packer.claim("B")
    packer.scan(LAMP, "SN1", LAMP, "SN2")
    packer.press(CommandName.PARK)
    packer.choose(1)
    packer.claim("A")
    packer.press(CommandName.UNDO)
    packer.scan("SN1")
    packer.pack()
    packer.claim("B")
    assert [accept.codes for accept in look(packer.reply.state).accepts] == [("SN2",)]
    assert packer.scan("SN1").message.key == "capture.serial_gone"
    assert packer.scan(f"]C101{LAMP:0>14}21SN1").message.key == "capture.serial_gone"
    assert packer.scan("SN2").message.key == "check.done"


def test_two_stations_do_not_pack_one_number(db: Database) -> None:
    packers = []
    for number, worker in enumerate(BADGES, 1):
        add_order(db, f"O{number}", {"LAMP": 9})
        packers.append(Packer(db, f"PACK-{number}").sign_in(worker).claim(f"O{number}"))
    for serial in ("SN1", "SN2", "SN3", "SN4"):
        start = Barrier(len(packers))

        def give(packer: Packer, serial: str = serial, start: Barrier = start) -> str:
            packer.scan(LAMP)
            start.wait(10)
            return packer.scan(serial).message.key

        with ThreadPoolExecutor(len(packers)) as pool:
            keys = list(pool.map(give, packers))
        assert sorted(keys) == ["capture.serial_elsewhere", "pick.done"]
        for packer in packers:
            packer.press(CommandName.BACK)
    assert verify(db).ok, verify(db).words()


def test_the_log_names_the_unit_and_verify_tells_a_row_too_few_or_too_many(db: Database) -> None:
    packed(db, "K4", "SN1")
    payloads = [row["payload"] for row in rows(db, Event, kind="UnitsChecked")]
    assert [payload["serial"] for payload in payloads if isinstance(payload, dict)] == ["SN1"]
    change(db, OrderSerial, {"serial": "SN1"}, serial="SN9")
    assert sorted(verify(db).differences) == [
        "Serial number SN1: of LAMP with order K4: only the log has it.",
        "Serial number SN9: of LAMP with order K4: only the table has it.",
    ]


def make_old(db: Database) -> None:
    """As the version before left it: nothing of what schema 2 of database and log has brought."""
    table = Event.__table__
    with db.writer.begin() as connection:
        for row in connection.execute(table.select()).all():
            payload = {k: v for k, v in row.payload.items() if k not in _NEW.get(row.kind, ())}
            values = {"payload": payload, "schema": 1}
            connection.execute(update(table).where(table.c.id == row.id).values(values))
        for statement in (
            "DROP TABLE order_serial",
            "DROP TABLE returned_serial",
            "ALTER TABLE product DROP COLUMN min_days_left",
            "ALTER TABLE shop DROP COLUMN min_days_left",
            "ALTER TABLE shop DROP COLUMN min_days_left_in",
            "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)",
            "DELETE FROM alembic_version",
            "INSERT INTO alembic_version VALUES ('0001')",
        ):
            connection.execute(text(statement))


def test_a_shop_of_the_version_before_knows_what_went_out(db: Database) -> None:
    packer = packed(db, "K4", "SN1", "SN2")
    add_order(db, "A", {"LAMP": 4, "SERUM": 2})
    packer.claim("A")
    packer.scan(LAMP, "SN3", LAMP, "SN4", LAMP, "SN5")
    packer.press(CommandName.UNDO)
    packer.press(CommandName.UNDO)
    packer.press(CommandName.TAKEOUT)
    packer.scan("SN4")
    packer.press(CommandName.TAKEOUT)
    for lot in ("L1", "L2"):
        packer.scan(f"]C101{CODES['SERUM']:0>14}1729123110{lot}")
    packer.press(CommandName.PARK)
    packer.choose(1)
    before = with_orders(db)
    assert before == {("K4", "SN1"), ("K4", "SN2"), ("A", "SN3")}
    make_old(db)
    config = configuration()
    with db.writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    assert with_orders(db) == before
    assert verify(db).ok, verify(db).words()
    other = Packer(db, "PACK-2").sign_in("BORIS").claim("A")
    assert other.scan(LAMP, "SN1").message.key == "capture.serial_gone"
    other.scan("SN7", LAMP, "SN8", LAMP, "SN9")
    other.scan(f"]C101{CODES['SERUM']:0>14}10L2")
    assert other.key == "check.done"
    assert other.scan(f"]C101{CODES['SERUM']:0>14}10L2").message.key == "check.packed"
    other.scan("SN3", "SN7", "SN8", "SN9", CODES["SERUM"])
    other.pack()
    assert other.key == "label.closed"
    assert verify(db).ok, verify(db).words()


def test_it_is_today_by_the_warehouses_clock(db: Database) -> None:
    add_order(db, "A", {"SERUM": 2})
    west, east = ZoneInfo("Etc/GMT+12"), ZoneInfo("Etc/GMT-14")  # never on the same day
    code = f"]C101{CODES['SERUM']:0>14}17{datetime.now(west):%y%m%d}10L1"
    packer = Packer(db)
    packer.station = Station(db, StationId("PACK-1"), ONE_SCAN, Equipment(zone=east))
    packer.sign_in().claim("A")
    assert packer.scan(code).message.key == "capture.expired"
    packer.station = Station(db, StationId("PACK-1"), ONE_SCAN, Equipment(zone=west))
    assert packer.scan(code).message.key == "pick.done"


@pytest.mark.parametrize(
    ("product", "shop", "countries", "left", "key"),
    [
        (0, 0, {"DE": 20}, 19, "capture.too_old"),
        (0, 0, {"DE": 20}, 20, "pick.all_done"),
        (0, 30, {"DE": 20}, 29, "capture.too_old"),
        (40, 30, {"DE": 20}, 39, "capture.too_old"),
        (0, 0, {"FR": 90}, 1, "pick.all_done"),
    ],
)
def test_the_most_days_of_product_shop_and_country_count(
    db: Database, product: int, shop: int, countries: dict[str, int], left: int, key: str
) -> None:
    change(db, Product, {"sku": "SERUM"}, min_days_left=product)
    change(db, Shop, {"id": "default"}, min_days_left=shop, min_days_left_in=countries)
    add_order(db, "A", {"SERUM": 1}, ship_country="DE")
    packer = Packer(db, policy=BENCH).sign_in().claim("A")
    day = datetime.now(UTC).date() + timedelta(days=left)
    assert packer.scan(f"]C101{CODES['SERUM']:0>14}17{day:%y%m%d}10L1").message.key == key
