"""Orders into both databases: held, freed, changed, cancelled, and never taken from a station's hands."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from data.errors import DataError
from data.importers.options import ImportOptions
from data.importers.records import LineChange
from data.importers.report import Outcome
from data.tables import ExceptionReport, Shop
from data.types import ShopId
from tests.unit.data.support import SHOPIFY_HEADER, Warehouse, csv_of, warehouse_at

PRODUCTS = "sku,name,barcodes\nMUG,Mug,1\nCUP,Cup,2\nBARE,Bare,\n"
HEADER = "order,placed_at,service,email,name,zip,country,sku,quantity,price,status\n"


@pytest.fixture
def warehouse(db_url: str, tmp_path: Path) -> Iterator[Warehouse]:
    with warehouse_at(db_url, tmp_path) as found:
        found.take("products", PRODUCTS)
        yield found


STATUS = "Lineitem fulfillment status"


def orders(*rows: str) -> str:
    return HEADER + "".join(f"{row}\n" for row in rows)


def row(number: str = "10", sku: str = "MUG", quantity: int = 2, status: str = "") -> str:
    return f"{number},2026-11-22 10:00,,a@b.pl,Ann,31-146,PL,{sku},{quantity},12.50,{status}"


def state(warehouse: Warehouse, number: str = "10") -> tuple[object, ...]:
    [found] = warehouse.rows(f"SELECT state, intake_state, hold_reason FROM orders WHERE id = '{number}'")
    return found


def begin(warehouse: Warehouse, number: str = "10") -> None:
    warehouse.run(f"UPDATE orders SET state = 'in_work', version = 3 WHERE id = '{number}'")


def test_an_order_its_lines_its_buyer_and_its_due_time(warehouse: Warehouse) -> None:
    report = warehouse.take("orders", orders(row(), row(sku="CUP", quantity=1), row("11")))
    assert report.counts[Outcome.CREATED] == 2
    assert state(warehouse) == ("waiting", "ready", "")
    lines = "SELECT line, sku, quantity, price_cents FROM order_line WHERE order_id = '10' ORDER BY line"
    assert warehouse.rows(lines) == [
        (1, "MUG", 2, 1250),
        (2, "CUP", 1, 1250),
    ]
    assert warehouse.rows("SELECT language, country, orders_count FROM customer") == [("pl", "PL", 1)]
    [order] = warehouse.rows("SELECT value_cents, language, service FROM orders WHERE id = '10'")
    assert order == (3750, "pl", "STANDARD")
    assert warehouse.one("SELECT kind FROM code WHERE code = '10'") == "order"
    [placed, due] = warehouse.db_instants("10")
    assert placed == datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    assert due == datetime(2026, 11, 23, 15, 0, tzinfo=UTC), "a service that is new collects on working days"
    assert "Service 'STANDARD' is new" in report.words()


def test_an_unknown_sku_holds_the_order_until_the_product_comes(warehouse: Warehouse) -> None:
    report = warehouse.take("orders", orders(row(sku="NEW"), row("11")))
    assert report.counts[Outcome.HELD] == 1
    assert state(warehouse) == ("held", "held", "unknown_sku")
    assert state(warehouse, "11") == ("waiting", "ready", "")
    assert warehouse.rows("SELECT sku, sku_text FROM order_line WHERE order_id = '10'") == [(None, "NEW")]

    warehouse.take("products", "sku,name\nNEW,New thing\n")
    assert state(warehouse) == ("held", "held", "missing_barcode")
    assert warehouse.one("SELECT sku FROM order_line WHERE order_id = '10'") == "NEW"

    report = warehouse.take("products", "sku,barcodes\nNEW,3\n")
    assert "1 held orders can be packed now: 10." in report.notes
    assert state(warehouse) == ("waiting", "ready", "")
    exceptions = "SELECT kind, resolved_by FROM exception_report ORDER BY id"
    assert warehouse.rows(exceptions) == [("unknown_sku", "import"), ("missing_barcode", "import")]
    assert warehouse.take("orders", orders(row(sku="NEW"), row("11"))).counts[Outcome.UNCHANGED] == 2


def test_a_fault_that_stands_is_reported_once_however_often_the_file_comes(warehouse: Warehouse) -> None:
    for _ in range(3):
        warehouse.take("orders", orders(row(sku="BARE")))
    assert state(warehouse) == ("held", "held", "missing_barcode")
    assert warehouse.rows("SELECT kind, order_id FROM exception_report") == [("missing_barcode", "10")]


def test_a_cured_catalogue_does_not_free_an_unpaid_order(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row(sku="NEW", status="unpaid")))
    warehouse.take("products", "sku,barcodes\nNEW,3\n")
    assert state(warehouse) == ("held", "held", "unpaid")
    assert warehouse.rows("SELECT resolved_by FROM exception_report") == [("import",)]
    warehouse.take("orders", orders(row(sku="NEW", status="paid")))
    assert state(warehouse) == ("waiting", "ready", "")


def test_an_order_nobody_began_is_changed_in_place(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row(), row(sku="CUP")))
    report = warehouse.take("orders", orders(row(quantity=5)))
    assert report.counts[Outcome.UPDATED] == 1
    assert warehouse.rows("SELECT line, sku, quantity FROM order_line") == [(1, "MUG", 5)]
    assert warehouse.stations.changes == []


def test_a_begun_order_keeps_its_rows_and_the_station_is_told(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row(), row(sku="CUP", quantity=1)))
    begin(warehouse)
    warehouse.run("UPDATE order_line SET picked = 1")
    warehouse.take("orders", orders(row(quantity=3), row(sku="BARE", quantity=4)))
    assert warehouse.rows("SELECT line, sku, quantity, picked FROM order_line ORDER BY line") == [
        (1, "MUG", 3, 1),
        (2, "CUP", 0, 1),
        (3, "BARE", 4, 0),
    ]
    changes = [LineChange(1, "MUG", 2, 3), LineChange(3, "BARE", 0, 4), LineChange(2, "CUP", 1, 0)]
    assert warehouse.stations.changes == [("changed", "10", changes), ("held", "10", "missing_barcode")]
    assert state(warehouse)[0] == "in_work"
    warehouse.take("orders", orders(row(quantity=3), row(sku="BARE", quantity=4)))
    assert len(warehouse.stations.changes) == 2


def test_a_cancel_stops_a_begun_order_through_its_station_and_ends_another_at_once(
    warehouse: Warehouse,
) -> None:
    warehouse.take("orders", orders(row(), row("11")))
    begin(warehouse)
    cancelled = orders(row(status="cancelled"), row("11", status="cancelled"), row("12", status="cancelled"))
    report = warehouse.take("orders", cancelled)
    assert warehouse.stations.changes == [("cancelled", "10", "cancelled_by_shop")]
    assert state(warehouse)[:2] == ("in_work", "cancelled")
    assert state(warehouse, "11") == ("cancelled", "cancelled", "cancelled_by_shop")
    assert warehouse.one("SELECT count(*) FROM orders") == 2
    assert "Order 12 (line 4) was left out: cancelled_by_shop." in report.notes
    warehouse.take("orders", cancelled)
    assert len(warehouse.stations.changes) == 1
    report = warehouse.take("orders", orders(row("11")))
    assert report.counts[Outcome.UNCHANGED] == 1
    assert "Order 11 stays cancelled; the file, which may be older, has it open." in report.notes
    assert state(warehouse, "11") == ("cancelled", "cancelled", "cancelled_by_shop")


def test_what_went_out_elsewhere_leaves_the_queue_or_stops_its_packer(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row(), row("11"), row("12", status="unpaid")))
    begin(warehouse)
    shipped = orders(*(row(number, status="shipped") for number in ("10", "11", "12", "13")))
    report = warehouse.take("orders", shipped)
    assert warehouse.stations.changes == [("cancelled", "10", "fulfilled_elsewhere")]
    assert state(warehouse)[0] == "in_work"
    for number in ("11", "12"):
        assert state(warehouse, number) == ("cancelled", "cancelled", "fulfilled_elsewhere")
    assert warehouse.one("SELECT count(*) FROM orders") == 3
    assert "Order 11 was cancelled: fulfilled_elsewhere; it was waiting." in report.notes
    assert "Order 10 was cancelled: fulfilled_elsewhere; its packer is stopped (in_work)." in report.notes
    assert warehouse.take("orders", shipped).counts[Outcome.UNCHANGED] == 3
    assert len(warehouse.stations.changes) == 1
    warehouse.take("orders", orders(row("11")))
    assert state(warehouse, "11")[0] == "cancelled"


def test_a_change_is_told_with_what_changed_and_nothing_of_the_buyer(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row(), row(sku="CUP", quantity=1)))
    changed = row(quantity=3).replace("31-146", "00-001").replace("12.50,", "12.50,unpaid", 1)
    report = warehouse.take("orders", orders(changed, row(sku="BARE", quantity=4)))
    [told] = [note for note in report.notes if "was changed" in note]
    assert told == (
        "Order 10 was changed: address, 2 to 3 x MUG, 1 to 0 x CUP, 0 to 4 x BARE, "
        "on hold: unpaid; missing_barcode: line 2, BARE."
    )
    report = warehouse.take("orders", orders(row(quantity=3)))
    [told] = [note for note in report.notes if "was changed" in note]
    assert told == "Order 10 was changed: address, 4 to 0 x BARE, no longer on hold."


def test_a_line_that_went_out_in_part_holds_its_order_and_is_named(warehouse: Warehouse) -> None:
    cells = {
        "Name": "#1",
        "Financial Status": "paid",
        "Fulfillment Status": "partial",
        "Shipping Name": "Ann",
    }
    line = {"Lineitem quantity": "3", "Lineitem sku": "MUG", "Lineitem name": "Blue mug"}
    other = {"Name": "#1", "Lineitem quantity": "1", "Lineitem sku": "CUP", "Lineitem name": "Cup"}

    def take(first: str, second: str) -> None:
        rows = [cells | line | {STATUS: first}, other | {STATUS: second}]
        warehouse.take("orders", csv_of(SHOPIFY_HEADER, rows))

    take("partial", "fulfilled")
    assert state(warehouse, "1") == ("held", "held", "partly_fulfilled")
    assert warehouse.rows("SELECT sku FROM order_line") == [("MUG",)]
    assert warehouse.rows(
        "SELECT kind FROM exception_report WHERE resolved_at IS NULL AND order_id > ''"
    ) == [("partly_fulfilled",)]
    assert "Blue mug" in str(warehouse.one("SELECT detail FROM exception_report WHERE order_id > ''"))
    take("fulfilled", "fulfilled")
    assert state(warehouse, "1") == ("cancelled", "cancelled", "fulfilled_elsewhere")
    assert (
        warehouse.rows("SELECT kind FROM exception_report WHERE resolved_at IS NULL AND order_id > ''") == []
    )


def test_a_hold_reaches_a_begun_order_through_its_station(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row()))
    begin(warehouse)
    warehouse.take("orders", orders(row(status="unpaid")))
    assert warehouse.stations.changes == [("held", "10", "unpaid")]
    assert state(warehouse)[:2] == ("in_work", "held")


def test_a_closed_order_is_left_alone(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row()))
    warehouse.run("UPDATE orders SET state = 'closed', version = 9")
    for changed in (row(quantity=7), row(status="cancelled")):
        report = warehouse.take("orders", orders(changed))
        assert report.counts[Outcome.UNCHANGED] == 1
        assert "left alone" in report.words()
    assert warehouse.one("SELECT quantity FROM order_line") == 2
    assert warehouse.take("orders", orders(row(status="shipped"))).counts[Outcome.UNCHANGED] == 1


def twin(own_id: str, *rows: str) -> str:
    """A file of orders with the source's own id on each order's first row."""
    first, *others = rows
    return f"order_id,{HEADER}{own_id},{first}\n" + "".join(f",{row}\n" for row in others)


def test_one_number_and_two_ids_are_two_orders_in_one_file_or_in_two(warehouse: Warehouse) -> None:
    warehouse.take("orders", twin("111", row(), row(sku="CUP", quantity=1)))
    second = twin("999", row(quantity=9))
    report = warehouse.take("orders", second)
    assert report.counts[Outcome.CREATED] == 1
    assert "There is another order 10: default/999 is called default-10 here." in report.notes
    assert warehouse.take("orders", second).counts[Outcome.UNCHANGED] == 1
    found = "SELECT id, number, source_id FROM orders ORDER BY id"
    assert warehouse.rows(found) == [("10", "10", "111"), ("default-10", "10", "999")]
    lines = "SELECT order_id, sku, quantity FROM order_line ORDER BY order_id, line"
    stands = [("10", "MUG", 2), ("10", "CUP", 1), ("default-10", "MUG", 9)]
    assert warehouse.rows(lines) == stands
    codes = "SELECT code, ref FROM code WHERE kind = 'order' ORDER BY code, ref"
    assert warehouse.rows(codes) == [("10", "10"), ("10", "default-10"), ("DEFAULT-10", "default-10")] or (
        warehouse.rows(codes) == [("10", "10"), ("10", "default-10"), ("default-10", "default-10")]
    )
    report = warehouse.take("orders", orders(row(quantity=5)))
    assert report.counts[Outcome.LEFT_OUT] == 1
    assert any("it may be default/111 or default/999" in note for note in report.notes)
    assert warehouse.rows(lines) == stands


def test_three_orders_of_one_number_in_one_file_stay_apart(warehouse: Warehouse) -> None:
    rows = "".join(f"{own},{row(quantity=own)}\n" for own in (1, 2, 3))
    assert warehouse.take("orders", f"order_id,{HEADER}{rows}").counts[Outcome.CREATED] == 3
    found = "SELECT o.id, quantity FROM orders o JOIN order_line l ON l.order_id = o.id ORDER BY quantity"
    assert warehouse.rows(found) == [("10", 1), ("default-10", 2), ("default-10-2", 3)]


def test_an_order_stored_without_an_id_adopts_it_and_is_not_made_again(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row()))
    assert warehouse.take("orders", twin("111", row())).counts[Outcome.UNCHANGED] == 1
    assert warehouse.rows("SELECT id, source_id FROM orders") == [("10", "111")]
    assert warehouse.take("orders", orders(row())).counts[Outcome.UNCHANGED] == 1
    assert warehouse.rows("SELECT id, source_id FROM orders") == [("10", "111")]


def test_an_id_of_another_number_never_replaces_its_order(warehouse: Warehouse) -> None:
    warehouse.take("orders", twin("1", row()))
    report = warehouse.take("orders", twin("1", row("11", quantity=9)))
    assert report.counts[Outcome.LEFT_OUT] == 1
    assert "Order 11 was left out: its id 1 is that of order 10." in report.notes
    assert warehouse.rows("SELECT order_id, quantity FROM order_line") == [("10", 2)]


@pytest.mark.parametrize("ids", [("7", "7"), ("5.12346E+12", "5.12346E+12")])
def test_ids_that_cannot_be_the_orders_own_are_not_believed(
    warehouse: Warehouse, ids: tuple[str, str]
) -> None:
    first, second = ids
    file = f"order_id,{HEADER}{first},{row()}\n{second},{row('11')}\n"
    assert warehouse.take("orders", file).counts[Outcome.CREATED] == 2
    assert warehouse.rows("SELECT id, source_id FROM orders ORDER BY id") == [("10", None), ("11", None)]


def test_another_shops_order_of_the_same_number_lives_beside_it(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row()))
    with warehouse.db.writer.begin() as connection:
        connection.execute(insert(Shop.__table__).values(id="other", name="Other", company_prefix="9521234"))
    report = warehouse.take("orders", orders(row(quantity=9)), options=ImportOptions(shop=ShopId("other")))
    assert report.counts[Outcome.CREATED] == 1
    found = (
        "SELECT o.id, shop, quantity FROM orders o JOIN order_line l ON l.order_id = o.id ORDER BY quantity"
    )
    assert warehouse.rows(found) == [("10", "default", 2), ("other-10", "other", 9)]


def test_a_bad_row_leaves_its_order_as_it_was(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row()))
    report = warehouse.take("orders", orders(row().replace(",2,", ",abc,"), row("11")))
    assert (report.counts[Outcome.LEFT_OUT], report.counts[Outcome.CREATED]) == (1, 1)
    assert (
        "Order 10 was left as it was (quantity: expected a whole number from 1 to 100000, got 'abc')."
        in report.notes
    )
    assert warehouse.one("SELECT quantity FROM order_line WHERE order_id = '10'") == 2


def test_a_new_order_of_a_bad_row_is_on_hold_and_on_the_leads_list(warehouse: Warehouse) -> None:
    bad = orders(row().replace(",2,", ",abc,"))
    assert warehouse.take("orders", bad).counts[Outcome.HELD] == 1
    assert state(warehouse) == ("held", "held", "unclear_cell")
    assert warehouse.one("SELECT kind FROM exception_report WHERE resolved_at IS NULL") == "unclear_cell"
    assert warehouse.take("orders", bad).counts[Outcome.UNCHANGED] == 1
    warehouse.take("orders", orders(row()))
    assert state(warehouse) == ("waiting", "ready", "")
    assert warehouse.one("SELECT quantity FROM order_line") == 2
    assert warehouse.rows("SELECT kind FROM exception_report WHERE resolved_at IS NULL") == []


def test_a_buyers_history_from_the_shop_stands_and_a_first_order_counts_none(warehouse: Warehouse) -> None:
    warehouse.take("customers", "email,name,orders,language\na@b.pl,Ann,12,en\n")
    warehouse.take("orders", orders(row(), row("11"), row("12").replace("a@b.pl", "new@b.pl")))
    assert warehouse.rows("SELECT email, orders_count, language FROM customer ORDER BY email") == [
        ("a@b.pl", 12, "en"),
        ("new@b.pl", 0, "pl"),
    ]
    assert warehouse.one("SELECT language FROM orders WHERE id = '10'") == "en"


def test_shopify_end_to_end_is_found_under_both_ways_to_write_its_number(warehouse: Warehouse) -> None:
    cells = {
        "Name": "#1001",
        "Financial Status": "paid",
        "Created at": "2025-10-07 09:50:26 +0200",
        "Lineitem quantity": "2",
        "Lineitem name": "Mug",
        "Lineitem sku": "MUG",
        "Shipping Method": "DPD Classic",
        "Shipping Name": "Łukasz",
        "Shipping Country": "PL",
    }
    report = warehouse.take("orders", csv_of(SHOPIFY_HEADER, [cells]))
    assert report.counts[Outcome.CREATED] == 1, report.words()
    assert "Read as Shopify orders." in report.notes
    assert warehouse.rows("SELECT code FROM code WHERE kind = 'order' ORDER BY code") == [
        ("#1001",),
        ("1001",),
    ]
    assert warehouse.rows("SELECT code, name FROM service") == [("DPD-CLASSIC", "DPD Classic")]
    assert warehouse.rows("SELECT source, service, ship_name FROM orders") == [
        ("shopify", "DPD-CLASSIC", "Łukasz")
    ]


def test_an_order_of_a_saturday_is_due_when_its_carrier_comes_next(warehouse: Warehouse) -> None:
    warehouse.take("services", "code,cutoff,weekdays\nSTD,16:00,mon-fri\nSAT,16:00,daily\n")
    saturday = "10,2026-11-28 10:00,{},a@b.pl,Ann,31-146,PL,MUG,1,12.50,"
    warehouse.take("orders", orders(saturday.format("STD"), saturday.replace("10,", "11,", 1).format("SAT")))
    assert warehouse.db_instants("10")[1] == datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
    assert warehouse.db_instants("11")[1] == datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
    report = warehouse.take("services", 'code,weekdays\nSTD,"tue,wed"\n')
    assert "Service STD leaves at 16:00, tue,wed now; 1 open orders are due anew." in report.notes
    assert warehouse.db_instants("10")[1] == datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
    warehouse.run("UPDATE shop SET closed_days = '[\"2026-12-01\"]'")
    warehouse.take("services", "code,cutoff\nSTD,15:00\n")
    assert warehouse.db_instants("10")[1] == datetime(2026, 12, 2, 14, 0, tzinfo=UTC)
    [bad] = warehouse.take("services", "code,weekdays\nSTD,whenever\n").problems
    assert "mon-fri" in bad.expected


def test_the_words_of_a_gift_come_in_apart_from_the_note(warehouse: Warehouse) -> None:
    cells = {"Name": "#1", "Financial Status": "paid", "Lineitem quantity": "1", "Lineitem sku": "MUG"}
    said = {
        "Notes": "Be careful with her",
        "Note Attributes": "Gift message: Hello\nGift from: Ann\nEngraving: AB",
    }
    warehouse.take("orders", csv_of(SHOPIFY_HEADER, [cells | said]))
    words = "SELECT gift, note, gift_message, giver FROM orders WHERE id = "
    [found] = warehouse.rows(f"{words}'1'")
    assert (bool(found[0]), *found[1:]) == (True, "Be careful with her; Engraving: AB", "Hello", "Ann")
    warehouse.take(
        "orders", "order,sku,quantity,name,gift,note,gift_message,giver\n2,MUG,1,Ann,yes,Fragile,Hi,Bo\n"
    )
    [found] = warehouse.rows(f"{words}'2'")
    assert (bool(found[0]), *found[1:]) == (True, "Fragile", "Hi", "Bo")


def test_an_order_without_an_address_waits_and_says_what_is_lacking(warehouse: Warehouse) -> None:
    header = "order,sku,quantity,name,address1,city,zip,country,service\n"
    rows = "1,MUG,1,Ann,,,,,\n2,MUG,1,Ann,Quay 7,Gdańsk,,PL,\n3,MUG,1,Ann,Nathan Rd 1,,,HK,\n"
    rows += "4,MUG,1,Ann,,,,,Local pickup\n"
    report = warehouse.take("orders", header + rows, as_it_is=True)
    assert [state(warehouse, number) for number in ("1", "2")] == [("held", "held", "no_address")] * 2
    assert [state(warehouse, number)[0] for number in ("3", "4")] == ["waiting", "waiting"]
    assert "Order 2 is on hold: no_address: zip." in report.notes
    assert warehouse.rows("SELECT order_id, kind FROM exception_report ORDER BY order_id") == [
        ("1", "no_address"),
        ("2", "no_address"),
    ]
    fixed = header + "2,MUG,1,Ann,Quay 7,Gdańsk,80-835,PL,\n"
    assert "Order 2 was changed: address, no longer on hold." in warehouse.take("orders", fixed).notes
    assert state(warehouse, "2") == ("waiting", "ready", "")
    assert warehouse.rows("SELECT order_id FROM exception_report WHERE resolved_at IS NULL") == [("1",)]


def test_what_is_paid_at_the_door_is_packed_once_the_shop_says_so(warehouse: Warehouse) -> None:
    cells = "1,2026-11-22 10:00,,a@b.pl,Ann,31-146,PL,MUG,2,12.50,{},unpaid\n"
    file = HEADER.replace("status", "payment,status") + cells
    report = warehouse.take("orders", file.format("Cash on Delivery (COD)"))
    assert "Order 1 is on hold: unpaid (Cash on Delivery (COD))." in report.notes
    warehouse.run("UPDATE shop SET collect_for = '[\"cash on delivery\"]'")
    report = warehouse.take("orders", file.format("Cash on Delivery (COD)"))
    assert "Order 1 was changed: collect_cents, no longer on hold." in report.notes
    assert state(warehouse, "1") == ("waiting", "ready", "")
    assert warehouse.one("SELECT collect_cents FROM orders") == 2500
    warehouse.take("orders", file.format("Bank transfer"))
    assert state(warehouse, "1") == ("held", "held", "unpaid")
    assert warehouse.one("SELECT collect_cents FROM orders") == 0


def test_any_file_of_orders_can_be_read_by_naming_its_columns(warehouse: Warehouse) -> None:
    content = "Beleg,Artikel,Menge\n77,MUG,3\n"
    with pytest.raises(DataError, match="--map order=COLUMN --map sku=Artikel --map quantity=Menge"):
        warehouse.take("orders", content)
    named = (("order", "Beleg"), ("sku", "Artikel"), ("quantity", "Menge"))
    warehouse.take("orders", content, options=ImportOptions(mapping=named))
    assert warehouse.rows("SELECT order_id, sku, quantity FROM order_line") == [("77", "MUG", 3)]
    for wrong, told in ((("sku", "Ware"), "no column 'Ware'"), (("colour", "Menge"), "'colour'")):
        with pytest.raises(DataError, match=told):
            warehouse.take("orders", content, options=ImportOptions(mapping=(*named[:2], wrong, named[2])))


def test_saved_columns_count_for_the_files_that_have_them_and_no_others(warehouse: Warehouse) -> None:
    kept = '{"order": "Beleg", "sku": "Artikel", "quantity": "Menge"}'
    warehouse.run(f"UPDATE shop SET order_columns = '{kept.replace(':', chr(92) + ':')}'")
    report = warehouse.take("orders", "Beleg,Artikel,Menge\n78,MUG,3\n")
    assert "Columns as saved: order=Beleg, sku=Artikel, quantity=Menge." in report.notes
    assert warehouse.rows("SELECT order_id, sku, quantity FROM order_line") == [("78", "MUG", 3)]
    assert warehouse.take("orders", orders(row())).counts[Outcome.CREATED] == 1
    with pytest.raises(DataError, match="--map"):
        warehouse.take("orders", "Beleg,Ware,Menge\n79,MUG,3\n")


@pytest.mark.parametrize("begun", [False, True])
def test_a_revision_of_an_earlier_program_makes_no_order_a_changed_one(
    warehouse: Warehouse, begun: bool
) -> None:
    held = row("12", sku="NOBODY-KNOWS")
    warehouse.take("orders", orders(row(), row("11"), held))
    if begun:
        begin(warehouse)
    warehouse.run("UPDATE orders SET revision = '0123456789abcdef'")
    report = warehouse.take("orders", orders(row(), row("11", quantity=3), held))
    assert report.counts[Outcome.UNCHANGED] == 2
    assert report.counts[Outcome.UPDATED] == 1
    assert warehouse.take("orders", orders(row(), row("11", quantity=3), held)).counts[Outcome.UNCHANGED] == 3
    assert warehouse.one("SELECT count(*) FROM orders WHERE revision LIKE '3:%'") == 3


def test_an_old_file_brings_no_erased_buyer_back(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row()))
    warehouse.run("UPDATE orders SET state = 'closed', version = 9, erased_at = '2026-11-30 00:00:00+00:00'")
    warehouse.run("UPDATE customer SET email = '', name = ''")
    assert warehouse.take("orders", orders(row())).counts[Outcome.UNCHANGED] == 1
    assert warehouse.rows("SELECT email, name FROM customer") == [("", "")]


def test_another_reason_to_wait_is_told(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row(status="unpaid")))
    report = warehouse.take("orders", orders(row(sku="NEW")))
    assert (
        "Order 10 was changed: 2 to 0 x MUG, 0 to 2 x NEW, on hold: unknown_sku: line 1, NEW." in report.notes
    )


def left_out(warehouse: Warehouse) -> dict[str, list[str]]:
    table = ExceptionReport.__table__
    still = (table.c.kind == "left_out", table.c.resolved_at.is_(None))
    with warehouse.db.reader.connect() as connection:
        details = connection.scalars(select(table.c.detail).where(*still).order_by(table.c.id)).all()
    found: dict[str, list[str]] = {}
    for detail in details:
        found.setdefault(detail["what"], []).extend(detail["items"])
    return found


def test_what_a_file_leaves_out_is_on_the_leads_list_once_until_it_was_seen(warehouse: Warehouse) -> None:
    file = orders(
        row(), row("11", status="shipped"), row("12", status="shipped"), row("13", status="cancelled")
    )
    for _ in range(2):
        warehouse.take("orders", file)
    assert left_out(warehouse) == {
        "left.order:fulfilled": ["11", "12"],
        "left.order:cancelled_by_shop": ["13"],
    }
    warehouse.run("UPDATE exception_report SET resolved_at = '2026-11-23T10:00:00+00:00', resolved_by = 'x'")
    warehouse.take("orders", file + f"{row('14', status='shipped')}\n")
    assert left_out(warehouse) == {"left.order:fulfilled": ["14"]}, "what was seen isn't told again"


def test_rows_that_are_refused_and_cells_that_are_left_out_are_on_the_leads_list(
    warehouse: Warehouse,
) -> None:
    file = orders(row("1E+5"), row("15").replace("12.50", "free"))
    for _ in range(2):
        warehouse.take("orders", file)
        warehouse.take("products", "sku,barcodes\nNEW,9.52E+12\nCUP,2\n")
    found = left_out(warehouse)
    assert [items for what, items in found.items() if what.startswith("order: expected")] == [["1E+5"]]
    assert [items for what, items in found.items() if what.startswith("barcodes: expected")] == [["line 2"]]
    assert [items for what, items in found.items() if what.startswith("price: expected")] == [["line 3"]]
    assert state(warehouse, "15") == ("waiting", "ready", "")


def test_a_rehearsal_puts_nothing_on_the_leads_list(warehouse: Warehouse) -> None:
    warehouse.take("orders", orders(row("11", status="shipped")), dry_run=True)
    assert left_out(warehouse) == {}


def test_every_fault_of_an_order_is_told_at_once_and_only_what_is_cured_goes(warehouse: Warehouse) -> None:
    file = HEADER + "10,2026-11-22 10:00,,a@b.pl,Ann,,PL,NEW,2,12.50,\n10,,,,,,,BARE,x,,\n"
    report = warehouse.take("orders", file.replace("name,zip", "name,zip"), as_it_is=True)
    [note] = [note for note in report.notes if "on hold" in note]
    assert "no_address: street, city, zip" in note
    assert "unknown_sku: line 1, NEW" in note
    assert "missing_barcode: line 2, BARE" in note
    assert "unclear_cell: quantity: expected a whole number from 1 to 100000, got 'x'" in note
    still = "SELECT kind FROM exception_report WHERE resolved_at IS NULL ORDER BY kind"
    every = ["missing_barcode", "no_address", "unclear_cell", "unknown_sku"]
    assert warehouse.rows(still) == [(kind,) for kind in every]
    assert warehouse.rows("SELECT quantity, unread FROM order_line ORDER BY line") == [
        (2, ""),
        (0, "quantity: expected a whole number from 1 to 100000, got 'x'"),
    ]
    warehouse.take("products", "sku,barcodes\nNEW,3\nBARE,4\n")
    assert warehouse.rows(still) == [("no_address",), ("unclear_cell",)]
    assert state(warehouse) == ("held", "held", "unclear_cell")
