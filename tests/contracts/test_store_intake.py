"""Files beside stations at work: what an import does to orders that were begun, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.engine import Database
from data.errors import DataError
from data.tables import Code, Order
from picker.config import Settings
from picker.flow import CommandName
from picker.services.office.imports import KINDS, Reading, import_file, release_cured
from picker.services.verify import verify
from scanning.codes import command_code
from scanning.parse import parse
from tests.contracts.shop import CODES, Packer, open_shop, rows, work_of
from tests.unit.data.support import addressed

HEADER = "order,sku,quantity,name,email,ship name,ship address1,ship city,ship zip,ship country\n"


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def bring(db: Database, folder: Path, kind: str, text: str, *, dry_run: bool = False) -> str:
    file = folder / f"{kind}.csv"
    file.write_text(addressed(text) if kind == "orders" else text, "utf-8")
    report = import_file(db, kind, file, Settings(home=folder), dry_run=dry_run)
    assert report.problems == []
    return report.words()


def orders_csv(*lines: tuple[str, str, int]) -> str:
    rest = "kim@example.com,Kim Doe,Quay 1,Porto,4000,PT"
    return HEADER + "".join(f"{order},{sku},{units},{sku} nice,{rest}\n" for order, sku, units in lines)


def state(db: Database, order: str) -> object:
    return rows(db, Order, id=order)[0]["state"]


def test_an_imported_order_is_packed_and_a_change_stops_it_once(db: Database, tmp_path: Path) -> None:
    first = orders_csv(("1001", "MUG", 2))
    bring(db, tmp_path, "orders", first)
    packer = Packer(db).sign_in().claim("1001").take("MUG", 1)
    bring(db, tmp_path, "orders", first)
    assert packer.scan(CODES["MUG"]).message.key == "pick.all_done"
    changed = orders_csv(("1001", "MUG", 3))
    bring(db, tmp_path, "orders", changed)
    assert packer.scan(CODES["MUG"]).message.key == "stop.changed"
    bring(db, tmp_path, "orders", changed)
    packer.press(CommandName.OK)
    packer.take("MUG", 1).take("MUG", 3).pack()
    assert packer.key == "label.closed"
    assert verify(db).differences == ()


def test_a_dry_run_stops_nobody(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "orders", orders_csv(("1001", "MUG", 2)))
    packer = Packer(db).sign_in().claim("1001")
    bring(db, tmp_path, "orders", orders_csv(("1001", "MUG", 5)), dry_run=True)
    assert packer.scan(CODES["MUG"]).message.key == "pick.done"
    assert work_of(db, "1001").stop is None


def test_a_begun_order_held_for_an_unknown_article_goes_on_when_it_is_known(
    db: Database, tmp_path: Path
) -> None:
    bring(db, tmp_path, "orders", orders_csv(("1001", "MUG", 1)))
    packer = Packer(db).sign_in().claim("1001")
    bring(db, tmp_path, "orders", orders_csv(("1001", "MUG", 1), ("1001", "NEW", 1)))
    assert state(db, "1001") == "held"
    packer.scan(CODES["MUG"])
    packer.press(CommandName.OK)
    assert release_cured(db) == []
    bring(db, tmp_path, "products", f"sku,name,barcode,location\nNEW,New thing,{'4006381333931'},A-01-1\n")
    assert state(db, "1001") == "waiting"
    assert verify(db).differences == ()


def test_what_the_flow_holds_no_import_releases(db: Database, tmp_path: Path) -> None:
    bring(db, tmp_path, "orders", orders_csv(("1001", "MUG", 1)))
    packer = Packer(db).sign_in().claim("1001")
    packer.press(CommandName.SHORT)
    packer.choose(1)
    bring(db, tmp_path, "orders", orders_csv(("1001", "MUG", 1)))
    assert state(db, "1001") == "held"


def test_every_kind_of_the_command_line_is_known() -> None:
    assert {"shopify-orders", "shopify-products", "woocommerce-orders", "orders", "products"} <= set(KINDS)


@pytest.mark.parametrize("cell", ["５９０９９９００００００５", "٥٩٠٩٩٩٠٠٠٠٠٠٥", "ＡＢ－１", "棚１"])
def test_what_an_input_method_put_into_a_file_is_found_by_the_printed_code_and_by_the_same_keys(
    db: Database, tmp_path: Path, cell: str
) -> None:
    bring(db, tmp_path, "products", f"sku,name,barcodes\nPAN,Pan,{cell}\n")
    (row,) = rows(db, Code, ref="PAN")
    printed = "".join(str(int(char)) if char.isdigit() else char for char in cell).replace("ＡＢ－", "AB-")
    for raw in (cell, printed):
        scan = parse(raw, "test")
        assert row["code"] in (scan.key, *scan.other_keys)


def test_a_code_of_the_house_in_full_width_is_no_barcode_of_a_file(db: Database, tmp_path: Path) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in command_code("UNDO"))
    file = tmp_path / "products.csv"
    file.write_text(f"sku,name,barcodes\nPAN,Pan,{wide}\n", "utf-8")
    [problem] = import_file(db, "products", file, Settings(home=tmp_path)).problems
    assert "codes of the house" in problem.expected
    assert not rows(db, Code, ref="PAN")


def test_columns_that_were_saved_once_are_known_until_they_are_taken_back(
    db: Database, tmp_path: Path
) -> None:
    file, settings = tmp_path / "orders.csv", Settings(home=tmp_path)
    named = (("order", "Beleg"), ("sku", "Artikel"), ("quantity", "Menge"))

    def beleg(number: int, *, save: bool = False, mapping: tuple[tuple[str, str], ...] = ()) -> str:
        file.write_text(f"Beleg,Artikel,Menge\n{number},MUG,3\n", "utf-8")
        return import_file(db, "orders", file, settings, Reading(mapping=mapping, save_mapping=save)).words()

    assert "kept" in beleg(1, save=True, mapping=named)
    assert "Columns as saved: order=Beleg" in beleg(2)
    assert "No columns are kept" in beleg(3, save=True)
    with pytest.raises(DataError, match="--map order="):
        beleg(4)
    assert len(rows(db, Order)) >= 3
