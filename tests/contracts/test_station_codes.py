"""What a scan finds in the catalogue, on both databases: a code has one meaning, whoever or whatever typed it."""

from collections.abc import Iterator

import pytest

from data.engine import Database
from data.tables import Code, Product
from data.types import OrderId
from picker.services.orders.load import load_facts
from picker.services.orders.matching import find_matches
from scanning.codes import OwnKind, gtin_check_digit, is_sscc, lookup_key, own_code
from scanning.parse import parse
from tests.contracts.shop import BADGES, CODES, Packer, _add, add_order, open_shop, work_of

BOOK = "9780306406157"
SHELF = own_code(OwnKind.LOCATION, "A-01-1")
SSCC_LIKE = next(text for n in range(100) if is_sscc(text := f"{BOOK}{n:05d}"))


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        add_order(opened, "Order-Ä1", {"MUG": 4})
        with opened.writer.begin() as connection:
            _add(connection, Code, code=SHELF, kind="product", ref="MUG", attached=True)
            _add(connection, Code, code=lookup_key(BOOK), kind="product", ref="BOOK")
            _add(connection, Code, code=f"{BOOK}51299", kind="product", ref="LAMP")
            _add(connection, Product, sku="Mixed-b", name="Mixed")
        yield opened


def found(db: Database, raw: str) -> list[str]:
    with db.reader.connect() as connection:
        return [match.ref for match in find_matches(connection, parse(raw, "test"))]


def test_a_shelf_label_counts_no_unit_though_it_was_attached_once(db: Database) -> None:
    packer = Packer(db).sign_in().claim("order-ä1")
    for raw in (SHELF, SHELF.lower(), SHELF.swapcase()):
        assert packer.scan(raw).message.key == "pick.location"
    assert work_of(db, "Order-Ä1").line(1).picked == 0
    with db.reader.connect() as connection:
        assert load_facts(connection, OrderId("Order-Ä1")).codes["MUG"] == ((lookup_key(CODES["MUG"]), 1),)


def test_one_thing_has_one_meaning_however_it_is_typed(db: Database) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in "badge-anna")
    for raw in (BADGES["ANNA"].lower(), wide, own_code(OwnKind.BADGE, BADGES["ANNA"]).lower()):
        assert found(db, raw) == ["ANNA"]
    assert found(db, "order-ä1") == found(db, "ORDER-Ä1") == ["Order-Ä1"]
    assert found(db, "mIXED-B") == found(db, "Ｍｉｘｅｄ－ｂ") == ["Mixed-b"]
    assert found(db, own_code(OwnKind.COMMAND, "UNDO").lower()) == found(db, "ｕｎｄｏ") == ["UNDO"]


def test_an_add_on_leaves_its_item_to_be_found_and_whole_numbers_go_first(db: Database) -> None:
    for raw in (f"{BOOK}12", f"{BOOK} 51200", f"]E3{BOOK}12", SSCC_LIKE):
        assert found(db, raw) == ["BOOK"], raw
    assert found(db, f"{BOOK}51299") == found(db, f"]E3{BOOK}51299") == ["LAMP"]
    for raw in (f"]C100{SSCC_LIKE}", f"]C0{BOOK}12", f"{BOOK[:-1]}012"):
        assert found(db, raw) == [], raw
    padded = f"0{CODES['MUG']}"
    assert found(db, padded) == ["MUG"]
    assert gtin_check_digit(padded[:-1]) == int(padded[-1])
