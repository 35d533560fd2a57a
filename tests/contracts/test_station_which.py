"""One barcode of two products at a real station, and codes named as fitting in a catalogue full of namesakes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert

from data.engine import Database
from data.tables import Claim, Code, CustomerReturn, Packaging, Product
from data.types import OrderId, Sku, WorkerId
from picker.config import Settings
from picker.flow import Command, CommandName, Phase
from picker.flow.accepts import accepts
from picker.flow.policy import FlowPolicy
from picker.locale.severity import Severity
from picker.services.office.history import order_history
from picker.services.office.imports import choose_variant, import_file, release_hold
from picker.services.orders.unknown_goods import unknown_goods
from picker.services.reports.lead import lead_report, shift_start
from picker.services.verify import verify
from scanning.codes import lookup_key
from scanning.parse import parse
from tests.contracts.shop import BENCH, CODES, ONE_SCAN, Packer, add_order, change, open_shop, quantity, rows
from tests.unit.data.support import addressed

SHARED = CODES["MUG"]


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as found:
        yield found


def add_code(db: Database, code: str, kind: str, ref: str, quantity: int = 1) -> None:
    values = {"code": lookup_key(code), "kind": kind, "ref": ref, "quantity": quantity, "attached": False}
    with db.writer.begin() as connection:
        connection.execute(insert(Code.__table__).values(**values))


@pytest.mark.parametrize(("number", "meant"), [(1, "K1"), (2, "SHOP-K1")])
@pytest.mark.parametrize("typed", [True, False])
def test_a_number_of_two_orders_asks_which_is_in_hand(
    db: Database, number: int, meant: str, typed: bool
) -> None:
    add_order(db, "K1", {"MUG": 1})
    add_order(db, "SHOP-K1", {"POT": 2})
    add_code(db, "K1", "order", "SHOP-K1")
    packer = Packer(db).sign_in()
    packer.scan("K1")
    assert packer.key == "scan.which"
    assert rows(db, Claim) == []
    packer.scan(str(number)) if typed else packer.choose(number)
    assert packer.key == "home.claimed"
    assert [row["order_id"] for row in rows(db, Claim)] == [meant]


def test_a_choice_is_counted_logged_and_taken_back_whole(db: Database) -> None:
    add_code(db, SHARED, "product", "POT")
    add_order(db, "K2", {"MUG": 1, "POT": 1})
    packer = Packer(db).sign_in().claim("K2")
    assert packer.scan(SHARED).message.key == "scan.which"
    packer = Packer(db)
    assert packer.key == "station.resumed"
    assert packer.scan(SHARED).message.key == "scan.which"
    assert packer.choose(2).message.key == "pick.line_done"
    assert (quantity(db, "POT", "A-03-1"), quantity(db, "MUG", "A-01-1")) == (19, 20)
    words = [line.words for line in order_history(db, OrderId("K2"))]
    assert f"POT chosen of MUG, POT, which share the code {SHARED}" in words
    packer.press(CommandName.UNDO)
    assert quantity(db, "POT", "A-03-1") == 20
    packer.scan(SHARED, "1", SHARED)
    assert packer.at(Phase.CHECK)
    packer.scan(SHARED, "2", SHARED)
    packer.pack()
    assert packer.at(Phase.HOME)
    assert verify(db).ok


def test_where_one_of_them_is_ordered_the_scan_counts(db: Database) -> None:
    add_code(db, SHARED, "product", "POT")
    add_order(db, "K1", {"POT": 2})
    packer = Packer(db).sign_in().claim("K1")
    packer.scan(SHARED, SHARED, SHARED, SHARED)
    assert packer.at(Phase.PACKAGING)


def test_a_shared_code_is_chosen_in_measuring_mode_too(db: Database) -> None:
    add_code(db, SHARED, "product", "POT")
    packer = Packer(db).sign_in()
    packer.press(CommandName.MEASURE)
    assert packer.scan(SHARED).message.key == "scan.which"
    assert packer.choose(2).message.key == "measure.begin"
    assert packer.reply.state.measuring is not None
    assert packer.reply.state.measuring.sku == "POT"


@pytest.mark.parametrize(
    "policy", [BENCH, replace(ONE_SCAN, confirm_location=True)], ids=["two scans", "one scan at its place"]
)
def test_no_code_named_as_fitting_is_refused_whatever_else_it_means(db: Database, policy: FlowPolicy) -> None:
    """Badges, places, boxes and orders that look like goods, cases too large, and SKUs that are barcodes."""
    for kind, ref in (("worker", "BORIS"), ("product", "LAMP"), ("order", "O1"), ("location", "B-02-1")):
        add_code(db, CODES["TEA"], kind, ref)
    add_code(db, "TEA-2", "product", "TEA")
    add_code(db, "A-03-1", "product", "LAMP")
    add_code(db, SHARED, "product", "POT")
    add_code(db, "POT", "product", "BOOK")
    add_code(db, "BOX1", "worker", "BORIS")
    change(db, Code, {"ref": "SERUM"}, quantity=6)
    change(db, Code, {"code": "BOX2"}, code="04006381333931")
    with db.writer.begin() as connection:
        connection.execute(insert(Product.__table__).values(sku="4006381333948", name="No code of its own"))
    add_order(db, "O1", {"TEA": 3, "POT": 1, "MUG": 2, "BOOK": 1, "SERUM": 7, "4006381333948": 1})
    packer = Packer(db, policy=policy)
    packer.sign_in()
    for _ in range(200):
        keeps_its_word(packer)
        if not obey(packer):
            break
    assert packer.at(Phase.HOME), (packer.reply.state.phase, packer.key)
    assert packer.reply.state.offer is None


def obey(packer: Packer) -> bool:
    """Give the first code that is named; False when there is none."""
    state = packer.reply.state
    found = [
        accept for accept in accepts(state) if accept.codes or accept.kind in ("lot", "expiry", "weight")
    ]
    if not found:
        return False
    if found[0].kind == "command":
        packer.press(CommandName(found[0].codes[0]))
    else:
        typed = {"lot": "L1", "expiry": "331231", "weight": "900"}
        packer.scan(found[0].codes[0] if found[0].codes else typed[found[0].kind])
    return True


def keeps_its_word(packer: Packer) -> None:
    """Every code named would be taken: tried on a copy of the station, in a transaction that is rolled back."""
    station = packer.station
    for accept in accepts(station.state):
        for code in accept.codes:
            given = Command(CommandName(code)) if accept.kind == "command" else parse(code, "test")
            connection = station.db.writer.connect()
            try:
                answer = station._step(connection, given, None, None)
            finally:
                connection.rollback()
                connection.close()
            refused = answer.message.severity in (Severity.ERROR, Severity.STOP)
            assert not refused, (station.state.phase, accept, code, answer.message)


def test_a_packaging_is_named_by_what_can_be_scanned_for_it(db: Database) -> None:
    change(db, Code, {"code": "BOX1"}, code="04006381333931")
    change(db, Packaging, {"code": "BOX2"}, counted=0, base=0)
    add_order(db, "O1", {"MUG": 1})
    packer = Packer(db).sign_in().claim("O1").take("MUG", 2)
    [boxes, _] = accepts(packer.reply.state)
    assert boxes.codes == ("04006381333931",)
    assert packer.scan(boxes.codes[0]).message.key == "packaging.done"


def bring(db: Database, folder: Path, kind: str, text: str) -> str:
    file = folder / f"{kind}.csv"
    file.write_text(addressed(text) if kind == "orders" else text, "utf-8")
    return import_file(db, kind, file, Settings(home=folder)).words()


BOOTS = (
    "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Barcode,Variant Price\n"
    "boot,Boot Rouge,Size,37,SHOE-01,0.0,9520000000103,90.00\n"
    "boot,,Size,38,SHOE-01,0.0,9520000000110,90.00\n"
    "boot,,Size,41,SHOE-01,0.0,9520000000127,90.00\n"
)


def boot_order(number: str, *items: str) -> str:
    rows = "".join(f"{number},SHOE-01,1,{item},kim@example.com,Kim Doe,PT\n" for item in items)
    return f"order,sku,quantity,item,email,name,country\n{rows}"


def merged(db: Database, folder: Path) -> None:
    """The catalogue as the version before has left it."""
    codes = "9520000000103|9520000000110|9520000000127"
    bring(db, folder, "products", f"sku,name,barcodes\nSHOE-01,Boot Rouge - 41,{codes}\n")


def test_size_41_never_passes_as_size_38(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "shopify-products", BOOTS)
    bring(db, tmp_path, "orders", boot_order("51001", "Boot Rouge - 38"))
    packer = Packer(db).sign_in().claim("51001")
    assert packer.scan("9520000000127").message.key == "scan.wrong_item"
    assert packer.scan("9520000000110").message.key == "pick.all_done"
    assert packer.scan("9520000000127").message.key == "scan.wrong_item"
    packer.scan("9520000000110")
    assert packer.at(Phase.PACKAGING)


def test_a_packer_with_sizes_that_were_one_is_stopped_and_proves_them_at_the_check(
    db: Database, tmp_path: Path
) -> None:
    merged(db, tmp_path)
    bring(db, tmp_path, "orders", boot_order("51001", "Boot Rouge - 38", "Boot Rouge - 37"))
    packer = Packer(db).sign_in().claim("51001")
    assert packer.scan("9520000000127").message.key == "pick.line_done"
    bring(db, tmp_path, "shopify-products", BOOTS)
    assert packer.scan("9520000000127").message.key == "stop.changed"
    assert "1 x Boot Rouge - 38" in str(dict(packer.reply.message.params)["changes"])
    packer.press(CommandName.OK)
    assert packer.scan("9520000000127").message.key == "scan.wrong_item"
    assert packer.scan("9520000000103").message.key == "pick.all_done"
    assert packer.scan("9520000000127").message.key == "scan.wrong_item"
    packer.scan("9520000000110", "9520000000103")
    packer.scan("BOX3")
    packer.press(CommandName.SKIP)
    packer.scan_label()
    assert packer.at(Phase.HOME)
    assert verify(db).differences == ()


def test_sizes_checked_while_they_were_one_wait_for_the_lead(db: Database, tmp_path: Path) -> None:
    merged(db, tmp_path)
    bring(db, tmp_path, "orders", boot_order("51001", "Boot Rouge - 38"))
    packer = Packer(db).sign_in().claim("51001")
    packer.scan("9520000000127", "9520000000127")
    bring(db, tmp_path, "shopify-products", BOOTS)
    assert packer.press(CommandName.OK).message.key == "stop.held"
    found = [one.words for one in lead_report(db, "UTC", shift_start("UTC")).exceptions if one.kind == "hold"]
    assert found == ["on hold: checked before variants of its SKU were told apart"]
    packer.press(CommandName.OK)
    bring(db, tmp_path, "shopify-products", BOOTS)
    assert packer.scan("51001").message.key == "home.held"
    assert release_hold(db, OrderId("51001"), WorkerId("lead"))
    assert verify(db).differences == ()


def test_a_lead_says_which_variant_a_line_means(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "shopify-products", BOOTS)
    bring(db, tmp_path, "orders", boot_order("51001", "Boot"))
    [found] = [one.words for one in lead_report(db, "UTC", shift_start("UTC")).exceptions]
    assert found == "which one is line 1, Boot (SHOE-01)? SHOE-01 (37), SHOE-01 (38), SHOE-01 (41)"
    [goods] = unknown_goods(db, OrderId("51001"))
    assert "SHOE-01 (37) or SHOE-01 (38) or SHOE-01 (41)" in goods
    assert choose_variant(db, OrderId("51001"), 2, Sku("SHOE-01 (38)")) is None
    assert choose_variant(db, OrderId("51001"), 1, Sku("MUG")) == [
        "SHOE-01 (37)",
        "SHOE-01 (38)",
        "SHOE-01 (41)",
    ]
    assert choose_variant(db, OrderId("51001"), 1, Sku("SHOE-01 (38)")) == []
    bring(db, tmp_path, "shopify-products", BOOTS)
    bring(db, tmp_path, "orders", boot_order("51001", "Boot"))
    packer = Packer(db).sign_in().claim("51001")
    assert packer.scan("9520000000127").message.key == "scan.wrong_item"
    assert packer.scan("9520000000110").message.key == "pick.all_done"


def test_what_comes_back_is_told_by_the_shops_own_sku(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "shopify-products", BOOTS)
    bring(db, tmp_path, "orders", boot_order("51001", "Boot Rouge - 38"))
    bring(db, tmp_path, "orders", boot_order("51002", "Boot Rouge - 38", "Boot Rouge - 41"))
    back = "".join(f"{order},SHOE-01,1,too_big,2026-01-01\n" for order in ("51001", "51002"))
    words = bring(db, tmp_path, "returns", f"order,sku,quantity,reason,date\n{back}")
    assert [row["sku"] for row in rows(db, CustomerReturn)] == ["SHOE-01 (38)"]
    assert "a SKU of the order (SHOE-01 (38), SHOE-01 (41))" in words
