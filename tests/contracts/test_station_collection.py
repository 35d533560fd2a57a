"""Orders whose buyers come for them: a slip in place of a label, a shelf, and one hand-out."""

from collections.abc import Iterator

import pytest

from data.engine import Database
from data.tables import Order, PrintJob, Service
from data.types import ExceptionKind, OrderId, WorkerId
from picker.flow import CommandName, Phase
from picker.services.office.history import order_history
from picker.services.office.imports import hand_out
from picker.services.reports.lead import lead_report, shift_start
from picker.services.verify import verify
from printing.content import load
from printing.documents.labels import CollectionSlip, ParcelLabel
from tests.contracts.shop import Packer, add_order, change, details, open_shop, parcels_of, rows


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    """The small shop, whose express service is a pick-up, with an order of it."""
    with open_shop(db_url) as found:
        change(found, Service, {"code": "EXP"}, name="Local pickup")
        add_order(found, "K1", {"MUG": 2}, service="EXP", number="K1", collect_cents=1250)
        yield found


def packed(db: Database, order: str, shelf: str = "") -> Packer:
    packer = Packer(db).sign_in().claim(order).take("MUG", 2).take("MUG", 2)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP if packer.at(Phase.WEIGH) else CommandName.OK)
    assert packer.at(Phase.LABEL)
    if shelf:
        packer.scan(shelf)
    packer.scan_label()
    return packer


def code_of(db: Database, order: str) -> str:
    return f"00{parcels_of(db, order)[0]['sscc']}"


def test_a_pick_up_gets_a_slip_and_waits_on_its_shelf(db: Database) -> None:
    packer = packed(db, "K1", "B-03-1")
    assert packer.key == "collect.shelved"
    [job] = rows(db, PrintJob, order_id="K1", document="label")
    slip = load(dict(job["content"]))  # type: ignore[call-overload]
    assert isinstance(slip, CollectionSlip)
    assert (slip.name, slip.order, slip.items, slip.parcel, slip.parcels) == ("Kim Doe", "K1", 2, 1, 1)
    assert slip.collect == "12.50 EUR"
    [waiting] = details(db, ExceptionKind.COLLECTION)
    assert (waiting["location"], waiting["parcels"]) == ("B-03-1", 1)
    [told] = lead_report(db, "UTC", shift_start("UTC")).exceptions
    assert (told.kind, told.order, told.words) == (
        "collection",
        "K1",
        "waits to be collected, parcels: 1 B-03-1",
    )


def test_it_is_handed_out_once_and_said_twice(db: Database) -> None:
    packer, code = packed(db, "K1"), code_of(db, "K1")
    [closed] = rows(db, Order, id="K1")
    assert packer.scan(code).message.key == "collect.ask"
    assert packer.scan(code).message.key == "collect.done"
    assert packer.scan(code).message.key == "collect.gone"
    assert details(db, ExceptionKind.COLLECTION) == []
    assert [row["closed_at"] for row in rows(db, Order, id="K1")] == [closed["closed_at"]]
    assert order_history(db, "K1")[-1].words == "handed out to its buyer"
    assert not hand_out(db, OrderId("K1"), WorkerId("LEAD"))
    assert verify(db).differences == ()


def test_its_number_hands_it_out_too_and_so_does_the_office(db: Database) -> None:
    packer = packed(db, "K1")
    assert packer.scan("K1").message.key == "collect.ask"
    assert packer.scan(code_of(db, "K1")).message.key == "collect.done"
    add_order(db, "K2", {"MUG": 2}, service="EXP", number="K2")
    assert not hand_out(db, OrderId("K2"), WorkerId("LEAD"))
    packed(db, "K2")
    assert hand_out(db, OrderId("K2"), WorkerId("LEAD"))
    assert not hand_out(db, OrderId("K2"), WorkerId("LEAD"))
    assert verify(db).differences == ()


def test_what_a_carrier_takes_has_its_label_and_no_shelf(db: Database) -> None:
    add_order(db, "K3", {"MUG": 2})
    packer = packed(db, "K3")
    assert packer.key == "label.closed"
    [job] = rows(db, PrintJob, order_id="K3", document="label")
    assert isinstance(load(dict(job["content"])), ParcelLabel)  # type: ignore[call-overload]
    assert packer.scan(code_of(db, "K3")).message.key == "home.label"
