"""Erasing who buyers are: nothing of it is left in the tables or in the file, and every figure stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from data.engine import Database
from data.store import privacy as store
from data.tables import (
    CarrierLabel,
    Code,
    Coupon,
    Customer,
    CustomerReturn,
    InsertGiven,
    Order,
    PrintJob,
    Purchase,
)
from data.types import ShopId
from picker.config import Settings
from picker.services.campaigns import campaigns, coupons
from picker.services.campaigns.report import campaign_report
from picker.services.documents.any_document import NoDocument, document
from picker.services.office import privacy
from picker.services.office.privacy import erase
from picker.services.verify.walk import verify
from printing.jobs import JobState, NewJob
from printing.spool import Spool
from tests.contracts.shop import Packer, add_order, change, open_shop, rows, whole_order

SECRETS = (
    "Wilhelmina",
    "Quastenfloss",
    "Nebelgasse",
    "Traumstadt",
    "Zauberhaus",
    "wilhelmina@",
    "555-0199",
    "Lindwurm",
)
NOW = datetime.now(UTC)
CARD = """code = "card"
name = "Card"
series = "autumn"
[templates]
en = "[coupon: For {{ customer }}]"
"""


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as database:
        coupons.generate(database, ShopId("default"), "autumn", 5, "LEAD")
        campaigns.save(database, ShopId("default"), CARD, "LEAD", UTC)
        campaigns.switch(database, ShopId("default"), "card", "LEAD", on=True)
        yield database


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    return Settings(db="unused", home=tmp_path / "home")


def sold(db: Database, order: str, customer: str, days_ago: int) -> None:
    """A packed order of a buyer with a name to be found, closed some days ago."""
    with db.writer.begin() as connection:
        who = {"name": "Wilhelmina Quastenfloss", "email": f"wilhelmina@{order}.example"}
        values = {"id": customer, "shop": "default", "marketing_consent": True, **who}
        connection.execute(insert(Customer.__table__).values(**values))
    add_order(
        db, order, {"MUG": 1}, customer=customer, ship_name="Wilhelmina Quastenfloss", ship_company="Zauberhaus",
        ship_line1="Nebelgasse 7", ship_city="Traumstadt", ship_phone="555-0199", note="For Lindwurm",
        value_cents=1_200,
    )  # fmt: skip
    packer = Packer(db)
    whole_order(packer if packer.reply.state.worker else packer.sign_in(), order, {"MUG": 1})
    change(db, Order, {"id": order}, closed_at=NOW - timedelta(days=days_ago))
    with db.writer.begin() as connection:
        label = {
            "order_id": order, "parcel": 1, "revision": 1, "format": "zpl", "payload": b"^XAWilhelmina^XZ", "dpi": 203,
            "width_dots": 812, "codes": ["Nebelgasse 7"], "source": "x", "sha256": "", "added_at": NOW, "added_by": "x",
        }  # fmt: skip
        connection.execute(insert(CarrierLabel.__table__).values(**label))
        key = {"code": f"NEBELGASSE {order}", "kind": "parcel", "ref": f"{order}/1", "quantity": 1}
        connection.execute(insert(Code.__table__).values(**key))
        back = {"order_id": order, "sku": "MUG", "reason": "damaged", "at": NOW, "quantity": 1}
        connection.execute(insert(CustomerReturn.__table__).values(**back, note="Lindwurm ate it"))


def test_old_orders_are_erased_and_younger_ones_are_not(db: Database, chosen: Settings) -> None:
    sold(db, "OLD", "c8", 31)
    sold(db, "NEW", "c9", 29)
    found = erase(db, chosen, 30, NOW)
    assert (found.orders, found.customers, found.print_jobs, found.carrier_labels) == (1, 1, 3, 1)
    (old,), (new,) = rows(db, Order, id="OLD"), rows(db, Order, id="NEW")
    assert (old["ship_name"], old["ship_line1"], old["note"], old["ship_phone"]) == ("", "", "", "")
    assert (old["value_cents"], old["customer"], old["state"]) == (1_200, "c8", "closed")
    assert new["ship_name"] == "Wilhelmina Quastenfloss"
    assert [row["name"] for row in rows(db, Customer, id="c8")] == [""]
    assert all(row["content"] == {} for row in rows(db, PrintJob, order_id="OLD"))
    assert all(row["content"] for row in rows(db, PrintJob, order_id="NEW"))
    assert erase(db, chosen, 30, NOW).orders == 0


def test_what_files_said_of_an_erased_customer_is_erased_too(db: Database, chosen: Settings) -> None:
    known = {"tags": "vip", "birthday": "11-22", "tier": "gold", "points": 9, "spent_cents": 900}
    for number, (name, value) in enumerate(known.items()):
        sold(db, f"OLD-{number}", f"k{number}", 31)
        change(db, Customer, {"id": f"k{number}"}, name="", email="", **{name: value})
    sold(db, "OLD", "c8", 31)
    change(db, Customer, {"id": "c8"}, name="", email="", orders_count=3)
    for customer in ("c8", "c1"):
        bought = {"customer": customer, "sku": "TEA", "day": date(2020, 1, 1), "units": 1, "cents": 5}
        with db.writer.begin() as connection:
            connection.execute(insert(Purchase.__table__).values(**bought))
    assert erase(db, chosen, 30, NOW, dry_run=True).customers == 6
    assert erase(db, chosen, 30, NOW).customers == 6
    erased = [row for row in rows(db, Customer) if row["id"] != "c1"]
    assert not any(row[name] for row in erased for name in known)
    assert [row["orders_count"] for row in rows(db, Customer, id="c8")] == [3]
    assert [row["customer"] for row in rows(db, Purchase)] == ["c1"]
    assert erase(db, chosen, 30, NOW).customers == 0
    assert verify(db).differences == ()


def test_erasing_goes_on_where_it_was_killed(
    db: Database, chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        sold(db, f"OLD-{number}", f"k{number}", 31)
    monkeypatch.setattr(privacy, "_CHUNK", 1)
    monkeypatch.setattr(privacy, "_PAUSE_S", 0.0)
    with db.reader.connect() as connection:
        (first,) = store.due_orders(connection, NOW - timedelta(30), 1)
    with db.writer.begin() as connection:
        store.erase_orders(connection, [first], NOW)
    found = erase(db, chosen, 30, NOW)
    assert (found.orders, found.customers) == (2, 3)
    assert all(row["ship_name"] == "" for row in rows(db, Order))
    assert verify(db).differences == ()


def test_a_customer_with_a_later_order_keeps_the_name(db: Database, chosen: Settings) -> None:
    sold(db, "OLD", "c8", 31)
    add_order(db, "NEXT", {"TEA": 1}, customer="c8")
    assert (erase(db, chosen, 30, NOW).orders, [row["name"] for row in rows(db, Customer, id="c8")]) == (
        1,
        ["Wilhelmina Quastenfloss"],
    )


def test_the_log_the_coupons_and_the_reports_stay_whole(db: Database, chosen: Settings) -> None:
    sold(db, "OLD", "c8", 31)
    add_order(db, "LATER", {"TEA": 1}, customer="c8", value_cents=700)
    change(
        db,
        Order,
        {"id": "LATER"},
        state="closed",
        placed_at=NOW + timedelta(1),
        closed_at=NOW - timedelta(40),
    )
    with db.reader.connect() as connection:
        before = campaign_report(connection, ShopId("default"))
    assert erase(db, chosen, 30, NOW).orders == 2
    change(db, Order, {"id": "LATER"}, closed_at=None, state="waiting")
    assert verify(db).differences == ()
    with db.reader.connect() as connection:
        assert campaign_report(connection, ShopId("default")) == before
    assert (before[0].test.customers, before[0].test.orders_after, before[0].test.cents_after) == (1, 1, 700)
    assert [row["coupon"] for row in rows(db, InsertGiven)] == [
        row["key"] for row in rows(db, Coupon, state="given")
    ]


def test_a_dry_run_counts_and_erases_nothing(db: Database, chosen: Settings) -> None:
    sold(db, "OLD", "c8", 31)
    found = erase(db, chosen, 30, NOW, dry_run=True)
    assert (found.orders, found.customers, found.dry_run) == (1, 1, True)
    assert rows(db, Order, id="OLD")[0]["ship_name"] == "Wilhelmina Quastenfloss"


def test_a_cancelled_order_is_erased_after_its_cut_off(db: Database, chosen: Settings) -> None:
    add_order(db, "GONE", {"MUG": 1}, timedelta(days=-31), state="cancelled", ship_name="Wilhelmina")
    add_order(db, "HELD", {"MUG": 1}, timedelta(days=-31), state="held", ship_name="Wilhelmina")
    assert erase(db, chosen, 30, NOW).orders == 1
    assert [rows(db, Order, id=order)[0]["ship_name"] for order in ("GONE", "HELD")] == ["", "Wilhelmina"]


def test_an_erased_document_is_told_as_such_and_never_printed_again(db: Database, chosen: Settings) -> None:
    sold(db, "OLD", "c8", 31)
    erase(db, chosen, 30, NOW)
    with pytest.raises(NoDocument, match="was erased"):
        document(db, "insert", "OLD", 1)


def test_nothing_is_left_in_the_database_file(tmp_path: Path, chosen: Settings) -> None:
    file = tmp_path / "shop.db"
    with open_shop(f"sqlite:///{file.as_posix()}") as db:
        coupons.generate(db, ShopId("default"), "autumn", 5, "LEAD")
        campaigns.save(db, ShopId("default"), CARD, "LEAD", UTC)
        campaigns.switch(db, ShopId("default"), "card", "LEAD", on=True)
        for number in range(8):
            sold(db, f"OLD-{number}", f"old{number}", 40)
        assert all(secret.encode() in _bytes(tmp_path) for secret in SECRETS)
        erase(db, chosen, 30, NOW)
        left = [secret for secret in SECRETS if secret.lower().encode() in _bytes(tmp_path).lower()]
        assert left == []
        assert verify(db).differences == ()


def _bytes(folder: Path) -> bytes:
    """The database's file with its log."""
    return b"".join(path.read_bytes() for path in folder.glob("shop.db*"))


def test_spools_and_paper_of_this_machine_are_erased_too(db: Database, chosen: Settings) -> None:
    chosen.home.mkdir(parents=True)
    path = chosen.home / "spool-PACK-1.sqlite"
    spool = Spool(path)
    job = spool.take(NewJob("OLD", 1, "slip", {"kind": "tote", "code": "x", "name": "Wilhelmina"}, "main", 1))
    spool.cancel(job.id, "", "LEAD")
    spool.close()
    paper = chosen.home / "paper" / "1.png"
    paper.parent.mkdir()
    paper.write_bytes(b"Wilhelmina")
    assert b"Wilhelmina" in b"".join(one.read_bytes() for one in chosen.home.glob("spool*"))
    found = erase(db, chosen, 30, NOW + timedelta(days=31))
    assert (found.spooled, found.files) == (1, 1)
    assert not paper.exists()
    assert b"Wilhelmina" not in b"".join(one.read_bytes() for one in chosen.home.glob("spool*"))
    assert Spool(path).job(job.id).state is JobState.CANCELLED
