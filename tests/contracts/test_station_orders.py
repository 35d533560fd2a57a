"""Whole orders through a station, on both databases: what is saved, what follows, what the log says of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from data.engine import Database
from data.tables import Event, Order, OrderLine, Packaging, PrintJob
from picker.flow import CommandName, FlowPolicy, Phase
from picker.services.verify import verify
from scanning.codes import is_sscc
from tests.contracts.shop import (
    BENCH,
    CASE_OF_SIX,
    CODES,
    ONE_SCAN,
    Packer,
    add_order,
    change,
    claim_of,
    jobs,
    open_shop,
    parcels_of,
    quantity,
    reports,
    rows,
    whole_order,
    work_of,
)


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


@pytest.mark.parametrize("policy", [BENCH, ONE_SCAN], ids=["at the bench", "one scan"])
def test_an_order_from_claim_to_closed(db: Database, policy: FlowPolicy) -> None:
    lines = {"MUG": 2, "BOOK": 1}
    add_order(db, "1001", lines)
    packer = whole_order(Packer(db, policy=policy).sign_in(), "1001", lines)
    assert packer.key == "label.closed"
    assert packer.at(Phase.HOME)
    [order] = rows(db, Order, id="1001")
    assert (order["state"], order["closed_at"] is not None) == ("closed", True)
    assert [(line["picked"], line["checked"]) for line in rows(db, OrderLine, order_id="1001")] == [
        (2, 2),
        (1, 1),
    ]
    assert jobs(db, "1001") == {(1, "label"), (1, "slip"), (1, "insert")}
    [parcel] = parcels_of(db, "1001")
    assert is_sscc(str(parcel["sscc"]))
    assert parcel["state"] == "verified"
    assert claim_of(db, "1001") is None
    assert (quantity(db, "MUG", "A-01-1"), quantity(db, "BOOK", "B-01-1")) == (18, 19)
    [box] = rows(db, Packaging, code=parcel["packaging"])
    assert (box["base"], box["moved"]) == (50, -1)
    assert verify(db).words().endswith("everything agrees.")


def test_the_label_names_the_parcel_and_the_slip_its_goods(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2})
    whole_order(Packer(db).sign_in(), "1001", {"MUG": 2})
    content = {str(job["document"]): job["content"] for job in rows(db, PrintJob, order_id="1001")}
    [parcel] = parcels_of(db, "1001")
    assert str(parcel["sscc"]) in str(content["label"])
    assert "Kim Doe" in str(content["label"])
    assert "MUG nice" in str(content["slip"])


def test_a_line_that_its_file_did_not_name_is_called_as_in_the_catalogue(db: Database) -> None:
    add_order(db, "O1", {"MUG": 1, "TEA": 1})
    change(db, OrderLine, {"order_id": "O1", "sku": "MUG"}, name="MUG")
    change(db, OrderLine, {"order_id": "O1", "sku": "TEA"}, name="Tea, for Ada")
    assert [line.name for line in work_of(db, "O1").lines] == ["MUG nice", "Tea, for Ada"]


def test_the_next_order_is_the_one_due_first(db: Database) -> None:
    add_order(db, "LATE", {"MUG": 1}, timedelta(hours=6))
    add_order(db, "SOON", {"MUG": 1}, timedelta(hours=1))
    add_order(db, "URGENT", {"MUG": 1}, timedelta(hours=6), priority=5)
    packer = Packer(db).sign_in()
    taken = []
    for _ in range(3):
        packer.press(CommandName.NEXT)
        assert packer.reply.state.work is not None
        taken.append(packer.reply.state.work.order.id)
        packer.take("MUG", 2).pack()
    assert taken[0] == "SOON"
    assert verify(db).ok


def test_a_restarted_station_resumes_at_the_exact_unit(db: Database) -> None:
    add_order(db, "1001", {"MUG": 3, "TEA": 2})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2)
    before = packer.reply.state.work
    again = Packer(db)
    assert again.key == "station.resumed"
    assert again.reply.state.worker == packer.reply.state.worker
    assert again.reply.state.work is not None
    assert before is not None
    assert again.reply.state.work.lines == before.lines
    again.take("MUG", 1).take("TEA", 2).take("MUG", 3).take("TEA", 2).pack()
    assert again.key == "label.closed"
    assert verify(db).ok


def test_a_restart_between_seal_and_label_asks_for_the_same_label(db: Database) -> None:
    add_order(db, "1001", {"MUG": 1})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    assert packer.at(Phase.LABEL)
    again = Packer(db)
    assert again.at(Phase.LABEL)
    again.scan(f"00{parcels_of(db, '1001')[0]['sscc']}")
    assert again.key == "label.closed"
    assert len(jobs(db, "1001")) == 3


def test_a_case_counts_its_units_and_one_too_many_is_refused(db: Database) -> None:
    add_order(db, "1001", {"TEA": 7})
    packer = Packer(db).sign_in().claim("1001")
    packer.scan(CASE_OF_SIX)
    assert work_of(db, "1001").line(1).picked == 6
    packer.scan(CASE_OF_SIX)
    assert packer.key == "scan.case_too_big"
    assert work_of(db, "1001").line(1).picked == 6
    assert quantity(db, "TEA", "A-02-1") == 14


def test_lot_and_expiry_are_kept_and_survive_a_restart(db: Database) -> None:
    add_order(db, "1001", {"SERUM": 1})
    packer = Packer(db).sign_in().claim("1001")
    packer.scan(CODES["SERUM"])
    assert packer.at(Phase.CAPTURE)
    again = Packer(db)
    assert again.at(Phase.CAPTURE)
    again.scan("LOT-7", "301231")
    [picked] = rows(db, Event, stream="1001", kind="UnitsPicked")
    assert isinstance(picked["payload"], dict)
    assert (picked["payload"]["lot"], picked["payload"]["expiry"]) == ("LOT-7", "2030-12-31")


def test_another_orders_label_on_the_box_is_told_apart(db: Database) -> None:
    add_order(db, "1001", {"MUG": 1})
    add_order(db, "1002", {"MUG": 1})
    whole_order(Packer(db).sign_in(), "1001", {"MUG": 1})
    packer = Packer(db).claim("1002").take("MUG", 2)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    packer.scan(f"00{parcels_of(db, '1001')[0]['sscc']}")
    assert packer.key == "label.wrong"
    assert dict(packer.reply.message.params)["order"] == "1001"
    assert packer.at(Phase.LABEL)


def test_a_reprint_keeps_the_first_job_and_queues_a_second(db: Database) -> None:
    add_order(db, "1001", {"MUG": 1})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    packer.press(CommandName.REPRINT)
    packer.choose(1)
    labels = [job for job in rows(db, PrintJob, order_id="1001") if job["document"] == "label"]
    assert sorted(int(str(job["revision"])) for job in labels) == [1, 2]
    assert labels[0]["content_hash"] == labels[1]["content_hash"]
    assert verify(db).ok


def test_packaging_that_is_not_on_record_is_reported_and_never_negative(db: Database) -> None:
    change(db, Packaging, {"code": "BOX1"}, base=0)
    change(db, Packaging, {"code": "BOX2"}, base=0)
    change(db, Packaging, {"code": "BOX3"}, base=0)
    add_order(db, "1001", {"MUG": 1})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2)
    packer.scan("BOX2")
    packer.press(CommandName.SKIP)
    [box] = rows(db, Packaging, code="BOX2")
    assert (box["base"], box["moved"]) == (1, -1)
    assert [report["detail"] for report in reports(db, "stock_wrong")] == [{"packaging": "BOX2", "more": 1}]
    assert verify(db).ok
