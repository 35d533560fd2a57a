"""Variants that share a SKU, in both databases: never one product, whatever file they come in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.importers.records import LineChange
from data.importers.report import Outcome
from tests.unit.data.support import Warehouse, csv_of, warehouse_at

PRODUCTS = "Handle,Title,Option1 Value,Option2 Value,Variant SKU,Variant Grams,Variant Barcode,Variant Price"
ORDERS = "Name,Financial Status,Lineitem quantity,Lineitem name,Lineitem sku,Shipping Name,Shipping Country"
CODES = {"37": "B37", "38": "B38", "41": "B41"}
OF = "SELECT code, ref FROM code WHERE kind = 'product' ORDER BY code, ref"
LINES = "SELECT line, sku, name FROM order_line ORDER BY order_id, line"
OURS = "sku,name,barcodes,weight_g,location,stock\n"


@pytest.fixture
def warehouse(db_url: str, tmp_path: Path) -> Iterator[Warehouse]:
    with warehouse_at(db_url, tmp_path) as found:
        yield found


def boots(*sizes: str, title: str = "Boot Rouge", handle: str = "boot", **codes: str) -> str:
    """A Shopify product export of one boot in several sizes under one SKU."""
    known = CODES | {name.removeprefix("b"): code for name, code in codes.items()}
    rows = [
        {"Handle": handle, "Option1 Value": size, "Variant SKU": "SHOE-01", "Variant Barcode": known[size]}
        for size in sizes
    ]
    rows[0]["Title"] = title
    return csv_of(PRODUCTS, rows)


def order(number: str, *lines: tuple[str, int]) -> str:
    rows = [
        {"Name": number, "Financial Status": "paid", "Lineitem quantity": str(units), "Lineitem name": name,
         "Lineitem sku": "SHOE-01", "Shipping Name": "Ada", "Shipping Country": "GB"}
        for name, units in lines
    ]  # fmt: skip
    return csv_of(ORDERS, rows)


def merged(warehouse: Warehouse) -> None:
    """The catalogue as the version before has left it: all sizes are one product."""
    warehouse.take("products", OURS + "SHOE-01,Boot Rouge - 41,B37|B38|B41|CASE*6,900,A-01,7\n")


def state(warehouse: Warehouse, number: str = "1") -> tuple[object, ...]:
    [found] = warehouse.rows(f"SELECT state, intake_state, hold_reason FROM orders WHERE id = '{number}'")
    return found


def begin(warehouse: Warehouse, **counts: int) -> None:
    warehouse.run("UPDATE orders SET state = 'in_work', version = 3")
    for column, units in counts.items():
        warehouse.run(f"UPDATE order_line SET {column} = {units}")


def test_each_size_is_a_product_of_its_own_and_an_order_wants_one(warehouse: Warehouse) -> None:
    report = warehouse.take("products", boots("37", "38", "41"))
    assert report.counts[Outcome.CREATED] == 3
    assert warehouse.rows(OF) == [
        ("B37", "SHOE-01 (37)"), ("B38", "SHOE-01 (38)"), ("B41", "SHOE-01 (41)"),
    ]  # fmt: skip
    assert warehouse.rows("SELECT name FROM product WHERE sku = 'SHOE-01 (38)'") == [("Boot Rouge - 38",)]
    warehouse.take("orders", order("1", ("Boot Rouge - 38", 1), ("boot rouge  - 41", 2)))
    assert [row[1] for row in warehouse.rows(LINES)] == ["SHOE-01 (38)", "SHOE-01 (41)"]
    assert state(warehouse) == ("waiting", "ready", "")


def test_a_second_import_changes_nothing(warehouse: Warehouse) -> None:
    merged(warehouse)
    for _ in range(2):
        warehouse.take("products", boots("37", "38", "41"))
        warehouse.take("orders", order("1", ("Boot Rouge - 38", 1), ("Boot Rouge", 1)))
    before = warehouse.everything()
    assert warehouse.take("products", boots("37", "38", "41")).counts[Outcome.UNCHANGED] == 3
    assert warehouse.take("orders", order("1", ("Boot Rouge - 38", 1), ("Boot Rouge", 1))).counts[
        Outcome.UNCHANGED
    ]
    assert warehouse.everything() == before


@pytest.mark.parametrize("name", ["Boot Rouge", "Boot Rouge - 39", "Something else", ""])
def test_a_line_that_does_not_say_which_holds_its_order_and_names_the_choices(
    warehouse: Warehouse, name: str
) -> None:
    warehouse.take("products", boots("37", "38"))
    report = warehouse.take("orders", order("1", (name or "SHOE-01", 1)))
    assert state(warehouse) == ("held", "held", "ambiguous_sku")
    assert any("may be SHOE-01 (37), SHOE-01 (38)" in note for note in report.notes)
    assert warehouse.rows("SELECT kind FROM exception_report") == [("ambiguous_sku",)]
    detail = str(warehouse.one("SELECT detail FROM exception_report"))
    for word in ("exception.line", name, "SHOE-01 (37)", "SHOE-01 (38)"):
        assert word in detail


def test_a_merged_catalogue_is_healed_and_its_orders_are_judged_anew(warehouse: Warehouse) -> None:
    merged(warehouse)
    warehouse.take("orders", order("1", ("Boot Rouge - 38", 1)))
    warehouse.take("orders", order("2", ("Boot Rouge", 1)))
    assert {row[1] for row in warehouse.rows(LINES)} == {"SHOE-01"}
    report = warehouse.take("products", boots("37", "38", "41"))
    assert warehouse.rows(OF) == [
        ("B37", "SHOE-01 (37)"), ("B38", "SHOE-01 (38)"), ("B41", "SHOE-01 (41)"), ("CASE", "SHOE-01"),
    ]  # fmt: skip
    assert warehouse.rows(LINES) == [(1, "SHOE-01 (38)", "Boot Rouge - 38"), (1, None, "Boot Rouge")]
    assert state(warehouse) == ("waiting", "ready", "")
    assert state(warehouse, "2") == ("held", "held", "ambiguous_sku")
    assert any("1 orders are on hold" in note for note in report.notes)
    assert report.counts[Outcome.UPDATED] == 3
    assert not any("stands for" in note for note in report.notes), "no size shares its barcode any more"
    weights = "SELECT sku, weight_g, location FROM product WHERE sku <> 'SHOE-01' ORDER BY sku"
    assert warehouse.rows(weights)[0] == ("SHOE-01 (37)", 900, "A-01")


def test_an_order_in_hand_is_stopped_and_one_that_was_checked_waits_for_a_person(
    warehouse: Warehouse,
) -> None:
    merged(warehouse)
    warehouse.take("orders", order("1", ("Boot Rouge - 38", 2)))
    begin(warehouse, picked=1)
    warehouse.take("products", boots("37", "38", "41"))
    assert warehouse.stations.changes == [("changed", "1", [LineChange(1, "SHOE-01", 2, 2)])]
    assert warehouse.rows(LINES) == [(1, "SHOE-01 (38)", "Boot Rouge - 38")]
    assert state(warehouse)[1] == "ready"


def test_units_checked_before_the_variants_were_told_apart_are_not_proven(warehouse: Warehouse) -> None:
    merged(warehouse)
    warehouse.take("orders", order("1", ("Boot Rouge - 38", 2)))
    begin(warehouse, picked=2, checked=1)
    warehouse.take("products", boots("37", "38", "41"))
    assert [told[0] for told in warehouse.stations.changes] == ["changed", "held"]
    assert warehouse.stations.changes[1][2] == "variant_unproven"
    told = len(warehouse.stations.changes)
    warehouse.take("products", boots("37", "38", "41"))
    assert len(warehouse.stations.changes) == told


def test_a_begun_order_whose_line_could_be_any_of_them_is_held(warehouse: Warehouse) -> None:
    merged(warehouse)
    warehouse.take("orders", order("1", ("Boot Rouge", 2)))
    begin(warehouse)
    warehouse.take("products", boots("37", "38"))
    assert warehouse.stations.changes[-1] == ("held", "1", "ambiguous_sku")
    assert warehouse.rows("SELECT kind FROM exception_report") == [("ambiguous_sku",)]


def test_variants_that_come_in_two_files_are_made_apart_too(warehouse: Warehouse) -> None:
    warehouse.take("products", boots("37"))
    assert warehouse.rows(OF) == [("B37", "SHOE-01")]
    warehouse.take("orders", order("1", ("Boot Rouge - 37", 1)))
    warehouse.take("products", boots("38", handle="sandal", title="Sandal"))
    assert warehouse.rows(OF) == [("B37", "SHOE-01 (37)"), ("B38", "SHOE-01 (38)")]
    assert warehouse.rows(LINES) == [(1, "SHOE-01 (37)", "Boot Rouge - 37")]
    before = warehouse.everything()
    warehouse.take("products", boots("37"))
    warehouse.take("products", boots("38", handle="sandal", title="Sandal"))
    assert warehouse.everything() == before


def test_one_variant_alone_keeps_its_sku_whatever_it_is_called(warehouse: Warehouse) -> None:
    warehouse.take("products", boots("37"))
    warehouse.take("products", boots("38", b38="B37", title="Boot Red"))
    assert warehouse.rows(OF) == [("B37", "SHOE-01")]
    warehouse.take("orders", order("1", ("Boot Rouge - 37", 1), ("Anything", 1)))
    assert {row[1] for row in warehouse.rows(LINES)} == {"SHOE-01"}


def test_a_new_title_and_a_new_name_of_a_size_keep_the_product_and_its_earlier_names(
    warehouse: Warehouse,
) -> None:
    warehouse.take("products", boots("37", "38"))
    warehouse.take("products", boots("37", "EU 38", title="Boot Red", **{"bEU 38": "B38"}))
    assert warehouse.rows(OF) == [("B37", "SHOE-01 (37)"), ("B38", "SHOE-01 (38)")]
    warehouse.take(
        "orders", order("1", ("Boot Rouge - 38", 1), ("Boot Red - EU 38", 1), ("Boot Red - 37", 1))
    )
    assert [row[1] for row in warehouse.rows(LINES)] == ["SHOE-01 (38)", "SHOE-01 (38)", "SHOE-01 (37)"]


def test_one_thing_in_two_listings_is_one_product(warehouse: Warehouse) -> None:
    rows = boots("37") + "".join(boots("37", handle="outlet", title="Outlet boot").splitlines(True)[1:])
    warehouse.take("products", rows)
    assert warehouse.rows(OF) == [("B37", "SHOE-01")]
    assert warehouse.take("products", rows).counts[Outcome.UPDATED] == 0


def test_sizes_of_two_listings_have_both_in_their_sku(warehouse: Warehouse) -> None:
    warehouse.take(
        "products",
        boots("37", "38")
        + "".join(boots("38", b38="S38", handle="sandal", title="Sandal").splitlines(True)[1:]),
    )
    assert warehouse.rows(OF) == [
        ("B37", "SHOE-01 (37)"), ("B38", "SHOE-01 (boot / 38)"), ("S38", "SHOE-01 (sandal / 38)"),
    ]  # fmt: skip
    warehouse.take("orders", order("1", ("Sandal - 38", 1)))
    assert warehouse.rows(LINES) == [(1, "SHOE-01 (sandal / 38)", "Sandal - 38")]


def test_a_size_whose_row_is_refused_still_shares_the_sku(warehouse: Warehouse) -> None:
    report = warehouse.take("products", boots("37", "38", b38="9.52E+12"))
    assert [problem.line for problem in report.problems] == [3]
    assert warehouse.rows(OF) == [("B37", "SHOE-01 (37)")]
    warehouse.take("products", boots("37", "38"))
    assert warehouse.rows(OF) == [("B37", "SHOE-01 (37)"), ("B38", "SHOE-01 (38)")]


def test_our_own_file_makes_rows_of_other_names_and_barcodes_apart(warehouse: Warehouse) -> None:
    content = (
        OURS
        + "SHOE-01,Boot Rouge - 37,B37,900,A-01,3\nSHOE-01,,,,A-02,4\nSHOE-01,Boot Rouge - 38,B38,950,B-01,5\n"
    )
    for _ in range(2):
        warehouse.take("products", content)
        assert warehouse.rows(OF) == [
            ("B37", "SHOE-01 (Boot Rouge - 37)"), ("B38", "SHOE-01 (Boot Rouge - 38)"),
        ]  # fmt: skip
    assert warehouse.rows("SELECT location, counted FROM stock ORDER BY location") == [
        ("A-01", 3), ("A-02", 4), ("B-01", 5),
    ]  # fmt: skip
    warehouse.take("orders", "order,sku,quantity,item\n1,SHOE-01,1,Boot Rouge - 38\n2,SHOE-01,1,\n")
    assert state(warehouse) == ("waiting", "ready", "")
    assert state(warehouse, "2") == ("held", "held", "ambiguous_sku")


def test_our_own_file_adds_sizes_to_the_variant_it_names_and_is_refused_where_it_names_none(
    warehouse: Warehouse,
) -> None:
    warehouse.take("products", boots("37", "38"))
    report = warehouse.take(
        "products",
        OURS + "SHOE-01,Boot Rouge - 38,,1200,C-01,2\nMUG,Mug,M1,300,,\n",
    )
    assert report.problems == []
    assert warehouse.rows("SELECT weight_g FROM product WHERE sku = 'SHOE-01 (38)'") == [(1200,)]
    report = warehouse.take("products", OURS + "SHOE-01,Boot,,1,,\n")
    [problem] = report.problems
    assert "Boot Rouge - 37 or Boot Rouge - 38" in problem.expected
    warehouse.take("products", OURS + "SHOE-01 (37),,,777,,\nSHOE-01,Size 38,B38,778,,\n")
    weights = "SELECT sku, weight_g FROM product WHERE sku LIKE 'SHOE%' ORDER BY sku"
    assert warehouse.rows(weights) == [("SHOE-01 (37)", 777), ("SHOE-01 (38)", 778)]


def test_a_changed_order_never_gives_one_sizes_picks_to_another(warehouse: Warehouse) -> None:
    warehouse.take("products", boots("37", "38"))
    warehouse.take("orders", order("1", ("Boot Rouge - 37", 1)))
    begin(warehouse, picked=1)
    warehouse.take("orders", order("1", ("Boot Rouge - 38", 1)))
    assert warehouse.rows("SELECT line, sku, quantity, picked FROM order_line ORDER BY line") == [
        (1, "SHOE-01 (37)", 0, 1), (2, "SHOE-01 (38)", 1, 0),
    ]  # fmt: skip


def test_a_variant_that_the_file_has_an_id_of_is_told_by_it(warehouse: Warehouse) -> None:
    header = f"{PRODUCTS},Variant ID"
    rows = [
        {"Handle": "boot", "Title": "Boot", "Variant SKU": "S", "Variant Barcode": code, "Variant ID": number}
        for number, code in (("711", "X1"), ("712", "X2"))
    ]
    warehouse.take("products", csv_of(header, rows))
    assert warehouse.rows(OF) == [("X1", "S (711)"), ("X2", "S (712)")]


def test_many_variants_over_several_chunks(warehouse: Warehouse) -> None:
    sizes = [str(size) for size in range(120)]
    codes = {f"b{size}": f"C{size}" for size in sizes}
    for _ in range(2):
        warehouse.take("products", boots(*sizes, **codes))
        assert warehouse.one("SELECT count(*) FROM product") == 120
    renamed = [f"EU {size}" for size in sizes]
    warehouse.take("products", boots(*renamed, **{f"bEU {size}": f"C{size}" for size in sizes}))
    assert warehouse.one("SELECT count(*) FROM product") == 120
    assert warehouse.one("SELECT count(*) FROM code WHERE kind = 'product'") == 120
