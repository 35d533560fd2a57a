"""Files of shops to neutral records: what each dialect says, and which of it is packed."""

from pathlib import Path

import pytest

from data.errors import DataError
from data.hold_reasons import UNCLEAR_CELL
from data.importers.formats import ImportKind, Record, recognise
from data.importers.options import ImportOptions
from data.importers.read import read_sheet
from data.importers.records import (
    CustomerIn,
    LineIn,
    OrderIn,
    PackagingIn,
    PackCode,
    ProductIn,
    Verdict,
    WorkerIn,
)
from data.importers.report import ImportReport
from tests.unit.data.support import SHOPIFY_HEADER, csv_of

ADVANCED = (
    "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Email (Billing),"
    "First Name (Shipping),Last Name (Shipping),Address 1&2 (Shipping),City (Shipping),Postcode (Shipping),"
    "Country Code (Shipping),Item #,SKU,Name,Product Variation,Quantity,Quantity (- Refund),Item Cost,"
    "Shipping Method Title,Order Total Amount"
)
SUITE = (
    "order_id,order_number,order_date,paid_date,status,order_total,order_currency,shipping_method,customer_email,"
    "billing_first_name,billing_last_name,shipping_first_name,shipping_last_name,shipping_address_1,shipping_city,"
    "shipping_postcode,shipping_country,customer_note,line_item_1,line_item_2"
)
PER_ITEM = (
    "order_id,order_number,date,status,order_total,shipping_first_name,shipping_last_name,shipping_address_1,"
    "shipping_city,shipping_postcode,shipping_country,billing_email,item_name,item_sku,item_quantity,item_refunded_qty"
)


def understood(tmp_path: Path, content: str) -> tuple[list[Record], ImportReport]:
    path = tmp_path / "file.csv"
    path.write_text(content, "utf-8")
    sheet = read_sheet(path)
    form = recognise(sheet)
    report = ImportReport("file.csv", form.kind)
    return list(
        form.parse(sheet.renamed(form.aliases), ImportOptions(timezone="Europe/Warsaw"), report)
    ), report


def orders(tmp_path: Path, header: str, rows: list[dict[str, str]]) -> tuple[list[OrderIn], ImportReport]:
    found, report = understood(tmp_path, csv_of(header, rows))
    return [record for record in found if isinstance(record, OrderIn)], report


def paid(**more: str) -> dict[str, str]:
    return {
        "Name": "#1001",
        "Financial Status": "paid",
        "Created at": "2025-10-07 09:50:26 +0200",
        "Lineitem quantity": "2",
        "Lineitem name": "Mug - Blue",
        "Lineitem price": "14.90",
        "Lineitem sku": "MUG",
        "Lineitem requires shipping": "true",
        "Lineitem fulfillment status": "pending",
    } | more


def line(**more: str) -> dict[str, str]:
    return {"Name": "#1001", "Lineitem quantity": "1", "Lineitem name": "Cup", "Lineitem sku": "CUP"} | more


def test_shopify_order_cells_come_from_its_first_row_and_lines_from_each(tmp_path: Path) -> None:
    first = paid(
        Email="Anna@Example.com",
        Total="40.00",
        Currency="EUR",
        Notes="Ring twice\nplease",
        Tags="vip, gift",
    ) | {
        "Shipping Name": "Anna Kowalska",
        "Shipping Address1": "ul. Długa 12",
        "Shipping Zip": "'31-146",
        "Shipping Country": "PL",
        "Shipping Method": "DPD Classic",
        "Accepts Marketing": "yes",
    }
    [order], report = orders(tmp_path, SHOPIFY_HEADER, [first, line()])
    assert order.id == "1001"
    assert order.codes == ("1001", "#1001")
    assert order.lines == (LineIn("MUG", "Mug - Blue", 2, 1490), LineIn("CUP", "Cup", 1, 0))
    assert order.address.zip == "31-146"
    assert (order.email, order.service, order.value_cents) == ("anna@example.com", "DPD Classic", 4000)
    assert (order.gift, order.marketing_consent, order.note) == (True, True, "Ring twice please")
    assert order.verdict is Verdict.READY
    assert report.problems == []


@pytest.mark.parametrize(
    ("cells", "verdict", "reason"),
    [
        ({"Cancelled at": "2025-10-08"}, Verdict.CANCELLED, "cancelled_by_shop"),
        ({"Financial Status": "pending"}, Verdict.HELD, "unpaid"),
        ({"Financial Status": "authorized"}, Verdict.HELD, "unpaid"),
        ({"Financial Status": "partially_paid"}, Verdict.HELD, "unpaid"),
        ({"Financial Status": ""}, Verdict.HELD, "unpaid"),
        ({"Financial Status": "refunded"}, Verdict.CANCELLED, "refunded"),
        ({"Financial Status": "voided"}, Verdict.CANCELLED, "voided"),
        ({"Financial Status": "partially_refunded"}, Verdict.HELD, "partially_refunded"),
        ({"Risk Level": "High"}, Verdict.HELD, "high_risk"),
        ({"Risk Level": "Low"}, Verdict.READY, ""),
        ({"Fulfillment Status": "fulfilled"}, Verdict.LEFT_OUT, "fulfilled"),
        ({"Fulfillment Status": "fulfilled", "Financial Status": "refunded"}, Verdict.CANCELLED, "refunded"),
        ({"Lineitem requires shipping": "false"}, Verdict.LEFT_OUT, "nothing_to_ship"),
    ],
)
def test_what_shopify_says_decides(
    tmp_path: Path, cells: dict[str, str], verdict: Verdict, reason: str
) -> None:
    [order], _ = orders(tmp_path, SHOPIFY_HEADER, [paid(**cells)])
    assert (order.verdict, order.reason) == (verdict, reason)


def test_shopify_lines_that_are_not_packed_are_named(tmp_path: Path) -> None:
    gift_card = line(**{"Lineitem name": "Gift card", "Lineitem requires shipping": "false"})
    shipped = line(**{"Lineitem name": "Plate", "Lineitem fulfillment status": "fulfilled"})
    [order], report = orders(tmp_path, SHOPIFY_HEADER, [paid(), gift_card, shipped])
    assert [one.sku for one in order.lines] == ["MUG"]
    assert any("Gift card needs no shipping" in note for note in report.notes)
    assert any("Plate is fulfilled already" in note for note in report.notes)


def test_a_bad_cell_that_is_needed_holds_its_order_and_no_other(tmp_path: Path) -> None:
    rows = [
        paid(),
        line(**{"Lineitem quantity": "abc"}),
        paid(Name="#1002"),
        paid(Name="#1003", **{"Created at": "x"}),
    ]
    found, report = orders(tmp_path, SHOPIFY_HEADER, rows)
    assert [(order.id, order.reason) for order in found] == [
        ("1001", UNCLEAR_CELL),
        ("1002", ""),
        ("1003", ""),
    ]
    assert found[0].doubtful == ("Lineitem quantity: expected a whole number from 0 to 100000, got 'abc'",)
    assert found[2].placed_at is None
    assert report.problems == []


def test_shuffled_columns_and_rows_read_the_same(tmp_path: Path) -> None:
    rows = [paid(), paid(Name="#1002"), line()]
    straight, _ = orders(tmp_path, SHOPIFY_HEADER, rows)
    shuffled, _ = orders(tmp_path, ",".join(reversed(SHOPIFY_HEADER.split(","))), rows)
    assert straight == shuffled
    assert [len(order.lines) for order in straight] == [2, 1]


def test_shopify_products_join_title_and_options_and_skip_what_is_not_shipped(tmp_path: Path) -> None:
    header = (
        "Handle,Title,Type,Option1 Name,Option1 Value,Option2 Value,Variant SKU,Variant Grams,Variant Price,"
        "Variant Barcode,Variant Requires Shipping,Image Src"
    )
    rows = [
        {
            "Handle": "mug",
            "Title": "Mug",
            "Option1 Value": "Blue",
            "Variant SKU": "MUG-B",
            "Variant Grams": "380.0",
        },
        {
            "Handle": "mug",
            "Option1 Value": "Red",
            "Variant SKU": "MUG-R",
            "Variant Barcode": "'4006381333931",
        },
        {"Handle": "mug", "Image Src": "https://example.com/2.png"},
        {"Handle": "card", "Title": "Card", "Variant SKU": "CARD", "Variant Requires Shipping": "false"},
        {
            "Handle": "pen",
            "Title": "Pen",
            "Option1 Value": "Default Title",
            "Variant SKU": "PEN",
            "Variant Price": "1.5",
        },
    ]
    found, report = understood(tmp_path, csv_of(header, rows))
    products = {record.sku: record for record in found if isinstance(record, ProductIn)}
    assert {sku: product.given["name"] for sku, product in products.items()} == {
        "MUG-B": "Mug - Blue",
        "MUG-R": "Mug - Red",
        "PEN": "Pen",
    }
    assert products["MUG-B"].given["weight_g"] == 380
    assert products["MUG-R"].barcodes == (PackCode("4006381333931"),)
    assert report.problems == []


def test_woocommerce_advanced_export_packs_what_is_not_refunded(tmp_path: Path) -> None:
    head = {
        "Order Number": "77",
        "Order Status": "Processing",
        "Order Date": "2025-10-07 09:50",
        "First Name (Shipping)": "Jan",
        "Last Name (Shipping)": "Lis",
        "Country Code (Shipping)": "PL",
        "Shipping Method Title": "Flat rate",
    }
    lines = [
        {
            "SKU": "MUG",
            "Name": "Mug",
            "Product Variation": "Blue",
            "Quantity": "3",
            "Quantity (- Refund)": "2",
        },
        {"SKU": "CUP", "Name": "Cup", "Quantity": "1", "Quantity (- Refund)": "0"},
    ]
    [order], report = orders(tmp_path, ADVANCED, [head | one for one in lines])
    assert order.lines == (LineIn("MUG", "Mug - Blue", 2, 0),)
    assert (order.address.name, order.address.country, order.service) == ("Jan Lis", "PL", "Flat rate")
    assert report.problems == []


def test_woocommerce_packed_line_items(tmp_path: Path) -> None:
    row = {
        "order_id": "9",
        "order_number": "80",
        "order_date": "10/7/2025 6:29:00",
        "status": "wc-processing",
        "shipping_first_name": "Jan",
        "shipping_last_name": "Lis",
        "shipping_method": "Flat rate: $12.00",
        "line_item_1": r"name:Mug\: blue|product_id:4|sku:MUG|quantity:2|total:20.00|sub_total:20.00",
        "line_item_2": "name:Cup|product_id:5|sku:|quantity:1|total:4.00",
    }
    [order], report = orders(tmp_path, SUITE, [row])
    assert order.id == "80"
    assert order.lines == (LineIn("MUG", "Mug: blue", 2, 1000), LineIn("", "Cup", 1, 400))
    assert order.service == "Flat rate"
    assert report.problems == []
    [bad], report = orders(tmp_path, SUITE, [row | {"line_item_1": "name:Mug|quantity:two"}])
    assert (bad.verdict, bad.reason) == (Verdict.HELD, UNCLEAR_CELL)
    assert bad.doubtful[0].startswith("line_item_1: ")


def test_woocommerce_one_row_per_item(tmp_path: Path) -> None:
    head = {"order_id": "9", "order_number": "81", "date": "2025-10-07 06:29", "status": "on-hold"}
    items = [
        {"item_name": "Mug", "item_sku": "MUG", "item_quantity": "2", "item_refunded_qty": "-1"},
        {"item_name": "Cup", "item_sku": "CUP", "item_quantity": "1", "item_refunded_qty": "0"},
    ]
    [order], _ = orders(tmp_path, PER_ITEM, [head | item for item in items])
    assert [(one.sku, one.quantity) for one in order.lines] == [("MUG", 1), ("CUP", 1)]
    assert (order.verdict, order.reason) == (Verdict.HELD, "unpaid")


def test_our_products_with_packs_aliases_and_several_places(tmp_path: Path) -> None:
    content = (
        "sku;title;EAN;Weight;length;upright;lot_wanted;location;qty;price\n"
        "MUG;Mug;4006381333931|14006381333938*6;380;120;yes;no;A-01;5;12,50\n"
        "MUG;;;;;;;B-02;7;\n"
        "MUG;Mugg;;;;;;;;\n"
        "CUP;Cup;77 x*0;;;;;;;\n"
        "JAR;Jar;;;;;;;3;\n"
    )
    [mug], report = understood(tmp_path, content)
    assert isinstance(mug, ProductIn)
    assert mug.barcodes == (PackCode("4006381333931"), PackCode("14006381333938", 6))
    assert mug.stock == (("A-01", 5), ("B-02", 7))
    assert mug.given == {
        "name": "Mugg",
        "weight_g": 380,
        "length_mm": 120,
        "rotation": "upright",
        "lot_wanted": False,
        "location": "A-01",
        "price_cents": 1250,
    }
    assert "differ in name" in report.notes[0]
    assert [(problem.line, problem.column) for problem in report.problems] == [(5, "EAN"), (6, "location")]


def test_a_row_with_a_cell_too_many_is_refused(tmp_path: Path) -> None:
    found, report = understood(tmp_path, "order,sku,quantity\n1,A,2\n2,B,1,extra\n")
    assert len(found) == 1
    assert report.problems[0].value == "extra"


def test_packaging_workers_and_customers(tmp_path: Path) -> None:
    header = "code,name,kind,inner_length_mm,inner_width_mm,inner_height_mm,tare_g,max_gross_g,price,stock"
    [box, *rest], report = understood(
        tmp_path, f"{header}\nB1,Box,Carton,200,150,100,85,5000,0.39,10\nB2,,crate,1,1,1,1,1,,\n"
    )
    assert isinstance(box, PackagingIn)
    for side in ("inner", "outer"):
        assert [box.given[f"{side}_{axis}_mm"] for axis in "xyz"] == [200, 150, 100]
    assert (box.barcodes, box.counted, box.given["price_cents"]) == (("B1",), 10, 39)
    assert rest == []
    assert report.problems[0].expected.startswith("carton or own_box")

    found, report = understood(tmp_path, "id,name,badge,role,language\nann,Ann,B1,lead,pl\nbob,Bob,b1,,\n")
    assert [record.worker.id for record in found if isinstance(record, WorkerIn)] == ["ann"]
    assert report.problems[0].expected == "a badge nobody else has"

    [ann], _ = understood(
        tmp_path,
        'email,name,Total Orders,spent,Accepts Marketing,country\nA@B.pl,Ann,12,"1 234,50",no,Polska\n',
    )
    assert isinstance(ann, CustomerIn)
    assert ann.email == "a@b.pl"
    assert ann.given == {
        "name": "Ann",
        "country": "PL",
        "orders_count": 12,
        "spent_cents": 123450,
        "marketing_consent": False,
    }


def test_files_are_told_apart_by_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    for content, kind in (
        (SHOPIFY_HEADER, ImportKind.ORDERS),
        (ADVANCED, ImportKind.ORDERS),
        (SUITE, ImportKind.ORDERS),
        ("Handle,Title,Variant SKU", ImportKind.PRODUCTS),
        ("order,sku,quantity", ImportKind.ORDERS),
        ("sku,name,barcodes", ImportKind.PRODUCTS),
        ("id,badge", ImportKind.WORKERS),
        ("code,kind,inner_length_mm", ImportKind.PACKAGING),
        ("email,name", ImportKind.CUSTOMERS),
        ("code,carrier,rates", ImportKind.SERVICES),
        ("order,sku,quantity,reason,date", ImportKind.RETURNS),
    ):
        path.write_text(content + "\n", "utf-8")
        assert recognise(read_sheet(path)).kind is kind
    path.write_text("colour,taste\nred,sweet\n", "utf-8")
    with pytest.raises(DataError, match="got colour, taste"):
        recognise(read_sheet(path))
