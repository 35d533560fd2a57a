"""Lines that are no goods, or have no SKU: a shop says once what they are, and held orders are looked at anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.engine import Database
from data.tables import Order, OrderLine
from data.types import LineTreatment, WorkerId
from picker.config import Settings
from picker.errors import Mistake
from picker.flow import CommandName
from picker.services.office.imports import import_file
from picker.services.office.treating import treat
from picker.services.verify import verify
from tests.contracts.shop import Packer, gtin, open_shop, rows

HEADER = "order,sku,quantity,item,email,name,address1,city,zip,country\n"
LEAD = WorkerId("lead")


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def bring(db: Database, folder: Path, order: str, *lines: str) -> str:
    file = folder / "orders.csv"
    address = "kim@example.com,Kim Doe,Quay 1,Porto,4000,PT"
    file.write_text(HEADER + "".join(f"{order},{line},{address}\n" for line in lines), "utf-8")
    return import_file(db, "orders", file, Settings(home=folder)).words()


def state(db: Database, order: str) -> object:
    return rows(db, Order, id=order)[0]["state"]


def test_what_is_never_packed_holds_nothing_any_more(db: Database, tmp_path: Path) -> None:
    told = bring(db, tmp_path, "1001", "MUG,1,Mug", ",1,Gift Wrap - red")
    assert "Gift Wrap - red" in told
    assert treat(db, "default", "gift wrap*", LineTreatment.NEVER_PACKED, LEAD) == ["1001"]
    assert "1002: Gift Wrap - blue is never packed" in bring(
        db, tmp_path, "1002", "MUG,1,Mug", ",1,Gift Wrap - blue"
    )
    assert (state(db, "1001"), state(db, "1002")) == ("waiting", "waiting")
    bring(db, tmp_path, "1001", "MUG,1,Mug", ",1,Gift Wrap - red")
    assert state(db, "1001") == "waiting"
    packer = Packer(db).sign_in()
    for order in ("1001", "1002"):
        packer.claim(order).take("MUG", 2).pack()
        assert packer.key == "label.closed"
    assert verify(db).differences == ()


def test_what_is_confirmed_by_ok_is_packed_without_a_scan(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "1001", "MUG,1,Mug", ",2,Greeting card - roses")
    freed = treat(
        db, "default", "greeting card*", LineTreatment.PRODUCT, LEAD, "GREETING-CARD", confirmed=True
    )
    assert freed == ["1001"]
    bring(db, tmp_path, "1002", "MUG,1,Mug", ",1,Greeting card - blue")
    packer = Packer(db).sign_in()
    for order, cards in (("1001", 2), ("1002", 1)):
        packer.claim(order).take("MUG", 1).press(CommandName.OK)
        assert packer.key == "pick.all_done"
        packer.take("MUG", 1)
        for _ in range(cards):
            packer.press(CommandName.OK)
        assert packer.key == "check.all_done"
        assert packer.reply.state.plan is not None
        assert packer.reply.state.plan.parcels
        packer.pack()
        assert packer.key == "label.closed"
    assert verify(db).differences == ()


def test_an_order_of_nothing_else_stays_with_the_lead(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "1001", ",1,Tip")
    assert treat(db, "default", "Tip", LineTreatment.NEVER_PACKED, LEAD) == []
    assert state(db, "1001") == "held"


def test_a_line_without_a_sku_is_made_a_product(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "1001", "MUG,1,Mug", ",2,Extra strap")
    with pytest.raises(Mistake, match="--barcode"):
        treat(db, "default", "Extra strap", LineTreatment.PRODUCT, LEAD, "STRAP")
    assert treat(db, "default", "Extra strap", LineTreatment.PRODUCT, LEAD, "STRAP", gtin(77)) == ["1001"]
    bring(db, tmp_path, "1001", "MUG,1,Mug", ",2,Extra strap")
    assert [row["sku"] for row in rows(db, OrderLine, order_id="1001")] == ["MUG", "STRAP"]
    assert state(db, "1001") == "waiting"
    packer = Packer(db).sign_in().claim("1001").take("MUG", 1)
    packer.scan(gtin(77), gtin(77))
    packer.take("MUG", 1)
    assert packer.scan(gtin(77), gtin(77)).message.key != "scan.unknown"
    assert verify(db).differences == ()


def test_what_was_said_is_taken_back(db: Database, tmp_path: Path) -> None:
    treat(db, "default", "tip*", LineTreatment.NEVER_PACKED, LEAD)
    treat(db, "default", "TIP*", LineTreatment.ASK, LEAD)
    bring(db, tmp_path, "1001", "MUG,1,Mug", ",1,Tip for the team")
    assert state(db, "1001") == "held"
