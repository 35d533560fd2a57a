"""Kits: sold as one, picked and checked by their parts, and named as the kit on the slip."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.engine import Database
from data.tables import Code, OrderLine, PrintJob, Product
from picker.config import Settings
from picker.flow import CommandName
from picker.services.office.imports import import_file
from picker.services.verify import verify
from tests.contracts.shop import CODES, Packer, gtin, open_shop, rows

ORDER = "order,sku,quantity,item,price,email,name,address1,city,zip,country\n"
KIT = "kit,part,quantity\nSET,MUG,2\nSET,POT,1\n"


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def bring(db: Database, folder: Path, kind: str, text: str) -> str:
    file = folder / f"{kind}.csv"
    file.write_text(text, "utf-8")
    return import_file(db, kind, file, Settings(home=folder)).words()


def order(db: Database, folder: Path, number: str, *lines: str) -> str:
    address = "kim@example.com,Kim Doe,Quay 1,Porto,4000,PT"
    return bring(db, folder, "orders", ORDER + "".join(f"{number},{line},{address}\n" for line in lines))


def wanted(db: Database, number: str) -> list[tuple[object, object, object]]:
    return [(row["sku"], row["quantity"], row["kit"]) for row in rows(db, OrderLine, order_id=number)]


def slip(db: Database, number: str) -> list[tuple[object, object, object, object]]:
    [job] = rows(db, PrintJob, order_id=number, document="slip")
    content = job["content"]
    assert isinstance(content, dict)
    return [(one["name"], one["quantity"], one["price_cents"], one["part"]) for one in content["lines"]]


def test_an_order_of_a_kit_is_one_of_its_parts_named_as_the_kit(db: Database, tmp_path: Path) -> None:
    assert "1 created" in bring(db, tmp_path, "kits", KIT)
    order(db, tmp_path, "1001", "SET,2,Breakfast set,30.00", "MUG,1,Mug,8.00")
    assert wanted(db, "1001") == [("MUG", 4, "SET"), ("POT", 2, "SET"), ("MUG", 1, "")]
    packer = Packer(db).sign_in().claim("1001")
    for _ in range(2):
        packer.take("MUG", 5).take("POT", 2)
    packer.pack()
    assert packer.key == "label.closed"
    assert slip(db, "1001") == [
        ("Breakfast set", 2, 3000, False),
        ("MUG nice", 4, None, True),
        ("POT nice", 2, None, True),
        ("Mug", 1, 800, False),
    ]
    assert verify(db).differences == ()


def test_an_order_that_waited_for_its_kit_goes_on(db: Database, tmp_path: Path) -> None:
    assert "unknown SKU" in order(db, tmp_path, "1001", "SET,1,Breakfast set,30.00", "TEA,1,Tea,5.00")
    assert "1 open orders follow: 1001" in bring(db, tmp_path, "kits", KIT)
    assert wanted(db, "1001") == [("MUG", 2, "SET"), ("POT", 1, "SET"), ("TEA", 1, "")]
    packer = Packer(db).sign_in()
    assert packer.reply.state.offer is not None
    assert packer.reply.state.offer.order == "1001"


def test_other_parts_reach_orders_that_nobody_has_begun(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "kits", KIT)
    for number in ("1001", "1002"):
        order(db, tmp_path, number, "SET,1,Breakfast set,30.00")
    Packer(db).sign_in().claim("1001")
    told = bring(db, tmp_path, "kits", "kit,part,quantity\nSET,TEA,3\n")
    assert "1 open orders follow: 1002" in told
    assert wanted(db, "1001") == [("MUG", 2, "SET"), ("POT", 1, "SET")]
    assert wanted(db, "1002") == [("TEA", 3, "SET")]
    again = order(db, tmp_path, "1002", "SET,1,Breakfast set,30.00")
    assert "1 unchanged" in again


def test_a_changed_number_of_kits_stops_the_packer(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "kits", KIT)
    order(db, tmp_path, "1001", "SET,1,Breakfast set,30.00", "MUG,1,Mug,8.00")
    packer = Packer(db).sign_in().claim("1001")
    order(db, tmp_path, "1001", "SET,2,Breakfast set,30.00", "MUG,1,Mug,8.00")
    packer.scan(CODES["MUG"])
    assert packer.key == "stop.changed"
    assert wanted(db, "1001") == [("MUG", 4, "SET"), ("POT", 2, "SET"), ("MUG", 1, "")]


def test_a_kit_with_a_barcode_of_its_own_is_packed_beforehand(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "kits", KIT)
    bring(db, tmp_path, "products", f"sku,name,barcodes\nSET,Breakfast set,{gtin(77)}\n")
    order(db, tmp_path, "1001", "SET,1,Breakfast set,30.00")
    assert wanted(db, "1001") == [("SET", 1, "")]
    assert rows(db, Product, sku="SET")
    assert rows(db, Code, ref="SET")


@pytest.mark.parametrize(
    ("rows_of_file", "words"),
    [
        ("SET,NONE,1", "expected the SKU of a product, which is imported first, got 'NONE'"),
        ("SET,SET,1", "expected another SKU than the kit's own, got 'SET'"),
        ("SET,MUG,0", "expected a whole number from 1 to 10000, got '0'"),
        ("SET,MUG,x", "expected a whole number"),
        ("MUG,TEA,1", "expected a SKU that is no part of another kit (OTHER), got 'MUG'"),
        ("SET,BOX,1", "expected a product that is no kit itself, got 'BOX'"),
    ],
)
def test_what_is_no_kit_is_refused_and_changes_nothing(
    db: Database, tmp_path: Path, rows_of_file: str, words: str
) -> None:
    bring(db, tmp_path, "products", f"sku,name,barcodes\nBOX,Box of tea,{gtin(78)}\n")
    bring(db, tmp_path, "kits", "kit,part,quantity\nOTHER,MUG,1\nBOX,TEA,4\n")
    told = bring(db, tmp_path, "kits", f"kit,part,quantity\n{rows_of_file}\n")
    assert words in told
    assert "1 left out" in told


def test_a_kit_over_two_parcels_has_a_price_in_neither(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "kits", KIT)
    order(db, tmp_path, "1001", "SET,1,Breakfast set,30.00")
    packer = Packer(db).sign_in().claim("1001")
    packer.take("MUG", 2).take("POT", 1).take("MUG", 2)
    packer.press(CommandName.NEXTPARCEL)
    packer.take("POT", 1).pack()
    assert packer.key == "label.closed"
    slips = [row["content"] for row in rows(db, PrintJob, order_id="1001", document="slip")]
    told = [
        [(one["name"], one["quantity"]) for one in slip["lines"]] for slip in slips if isinstance(slip, dict)
    ]
    assert told == [
        [("Breakfast set", 1), ("MUG nice", 2)],
        [("Breakfast set", 1), ("POT nice", 1)],
    ]
    assert not [
        one for slip in slips if isinstance(slip, dict) for one in slip["lines"] if one["price_cents"]
    ]
