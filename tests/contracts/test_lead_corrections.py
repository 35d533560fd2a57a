"""What a lead corrects of orders: lines dropped or lowered, addresses; no file brings it back, and the log agrees."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.engine import Database
from data.tables import CarrierLabel, Customer, Order, OrderLine, PrintJob
from data.types import OrderId, WorkerId
from picker.config import Settings
from picker.errors import Mistake
from picker.flow import CommandName
from picker.services.office.corrections import change_order, drop_line
from picker.services.office.history import order_history
from picker.services.office.imports import import_file
from picker.services.verify import verify
from tests.contracts.shop import CODES, Packer, jobs, open_shop, reports, rows

HEADER = "order,sku,quantity,item,email,name,address1,city,zip,country\n"
ORDER, LEAD = OrderId("1001"), WorkerId("lead")
ADDRESS = "kim@example.com,Kim Doe,Quay 1,Porto,4000,PT"


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def bring(db: Database, folder: Path, *lines: str, address: str = ADDRESS) -> str:
    file = folder / "orders.csv"
    file.write_text(HEADER + "".join(f"1001,{line},,{address}\n" for line in lines), "utf-8")
    return import_file(db, "orders", file, Settings(home=folder)).words()


def order(db: Database) -> dict[str, object]:
    return rows(db, Order, id="1001")[0]


def wanted(db: Database) -> list[object]:
    return [
        row["quantity"] for row in sorted(rows(db, OrderLine, order_id="1001"), key=lambda r: str(r["line"]))
    ]


def test_a_dropped_line_frees_its_order_and_no_file_brings_it_back(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "MUG,2", "WRAP,1")
    assert order(db)["hold_reason"] == "unknown_sku"
    assert "goes on" in drop_line(db, ORDER, "wrap", 0, "never packed", LEAD)
    assert (order(db)["state"], wanted(db), reports(db, "unknown_sku")) == ("waiting", [2, 0], [])
    told = bring(db, tmp_path, "MUG,2", "WRAP,1")
    assert "0 x WRAP stays, as a lead decided; the file has 1." in told
    assert (order(db)["state"], wanted(db)) == ("waiting", [2, 0])
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2).take("MUG", 2).pack()
    assert packer.key == "label.closed"
    assert verify(db).differences == ()
    assert "changed: WRAP from 1 to 0: never packed" in [line.words for line in order_history(db, "1001")]


def test_a_file_that_says_something_else_counts(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "MUG,3", "TEA,1")
    drop_line(db, ORDER, "1", 1, "stock", LEAD)
    bring(db, tmp_path, "MUG,3", "TEA,1")
    assert wanted(db) == [1, 1]
    bring(db, tmp_path, "MUG,2", "TEA,1")
    assert wanted(db) == [2, 1]
    assert verify(db).differences == ()


def test_a_line_lowered_in_hand_stops_its_packer_at_the_next_scan(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "MUG,3", "TEA,1")
    packer = Packer(db).sign_in().claim("1001").take("MUG", 1)
    drop_line(db, ORDER, "1", 2, "stock", LEAD)
    assert packer.scan(CODES["MUG"]).message.key == "stop.changed"
    packer.press(CommandName.OK)
    packer.take("MUG", 1).take("TEA", 1).take("MUG", 2).take("TEA", 1).pack()
    assert packer.key == "label.closed"
    assert verify(db).differences == ()


def test_a_quantity_that_cannot_be_read_is_said_by_the_lead(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "MUG,two")
    assert order(db)["hold_reason"] == "unclear_cell"
    assert "goes on" in drop_line(db, ORDER, "1", 2, "asked", LEAD)
    assert (order(db)["state"], wanted(db)) == ("waiting", [2])
    bring(db, tmp_path, "MUG,two")
    assert (order(db)["state"], wanted(db)) == ("waiting", [2])
    assert verify(db).differences == ()


@pytest.mark.parametrize(
    ("line", "to", "what"), [("3", 0, "Which line"), ("1", 5, "0 to 2"), ("mug nice?", 0, "Which line")]
)
def test_what_cannot_be_meant_is_refused(db: Database, tmp_path: Path, line: str, to: int, what: str) -> None:
    bring(db, tmp_path, "MUG,2", "TEA,1")
    with pytest.raises(Mistake, match=what):
        drop_line(db, ORDER, line, to, "x", LEAD)
    drop_line(db, ORDER, "1", 0, "x", LEAD)
    with pytest.raises(Mistake, match="order cancel"):
        drop_line(db, ORDER, "2", 0, "x", LEAD)


def test_a_corrected_address_frees_its_order_and_stays(db: Database, tmp_path: Path) -> None:
    bad = "kim@example.com,Kim Doe,,Porto,,PT"
    bring(db, tmp_path, "MUG,1", address=bad)
    assert order(db)["hold_reason"] == "no_address"
    [told] = change_order(db, ORDER, {"zip": "4000"}, "UTC", LEAD)
    assert "still on hold: its address is incomplete: street." in told
    assert change_order(db, ORDER, {"line1": "Quay 1", "email": "Kim@Doe.pt"}, "UTC", LEAD) == (
        "Order 1001 goes on.",
    )
    assert "stay as a lead corrected them" in bring(db, tmp_path, "MUG,1", address=bad)
    assert (order(db)["ship_line1"], order(db)["ship_zip"], order(db)["state"]) == (
        "Quay 1",
        "4000",
        "waiting",
    )
    assert rows(db, Customer, id=order(db)["customer"])[0]["email"] == "kim@doe.pt"
    with pytest.raises(Mistake, match="has that already"):
        change_order(db, ORDER, {"zip": "4000"}, "UTC", LEAD)
    assert "corrected: line1, email" in [line.words for line in order_history(db, "1001")]
    assert verify(db).differences == ()


def test_a_printed_label_is_void_and_printed_anew(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "MUG,1")
    packer = Packer(db).sign_in().claim("1001").take("MUG", 1).take("MUG", 1)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    assert (1, "label") in jobs(db, "1001")
    told = change_order(db, ORDER, {"zip": "4100"}, "UTC", LEAD)
    assert told[1] == "The label of parcel 1 is void: take it off; a new one is printed."
    labels = sorted(
        rows(db, PrintJob, order_id="1001", document="label"), key=lambda row: str(row["revision"])
    )
    assert ["4100" in str(row["content"]) for row in labels] == [False, True]
    assert verify(db).differences == ()
    assert rows(db, CarrierLabel, order_id="1001") == []
