"""Whatever stands in a cell that isn't needed to pack, the order is there; where one is needed, it waits with words."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import DataError
from data.hold_reasons import UNCLEAR_CELL
from data.importers.fields import parse_cents
from data.importers.formats import recognise
from data.importers.options import ImportOptions
from data.importers.places import country_code
from data.importers.read import Sheet, read_sheet
from data.importers.records import OrderIn, Verdict
from data.importers.report import ImportReport, told_rows
from data.importers.statuses import shop_status
from tests.unit.data.support import csv_of

OURS = {
    "order": "5001", "sku": "MUG", "quantity": "2", "name": "Ada Byron", "address1": "1 Mill Lane", "city": "Leeds",
    "zip": "LS1 1AA", "placed_at": "2026-11-20", "service": "POST", "email": "a@example.com", "phone": "1",
    "language": "en", "priority": "1", "gift": "no", "note": "x", "total": "9", "currency": "EUR", "price": "1",
    "item": "Mug",
}  # fmt: skip
SHOPIFY = {
    "Name": "#1001", "Financial Status": "paid", "Lineitem quantity": "2", "Lineitem sku": "MUG",
    "Lineitem name": "Mug", "Shipping Name": "Ada Byron", "Shipping Address1": "1 Mill Lane",
    "Created at": "2026-11-20",
    "Shipping Method": "Post", "Email": "a@example.com", "Currency": "EUR", "Total": "9", "Tags": "", "Notes": "",
    "Accepts Marketing": "no", "Phone": "1", "Lineitem price": "1", "Vendor": "",
}  # fmt: skip
WOO = {
    "order_number": "77", "status": "processing", "shipping_first_name": "Ada", "shipping_last_name": "Byron",
    "shipping_address_1": "1 Mill Lane", "item_quantity": "2", "item_sku": "MUG", "item_name": "Mug", "item_price": "1",
    "order_date": "2026-11-20", "shipping_method": "Post", "billing_email": "a@example.com", "order_total": "9",
    "order_currency": "EUR", "customer_note": "", "billing_phone": "1", "product_variation": "", "item_meta": "",
}  # fmt: skip
SPARE = [
    *[(OURS, key) for key in list(OURS)[7:]],
    *[(SHOPIFY, key) for key in list(SHOPIFY)[7:]],
    (SHOPIFY, "Lineitem name"),
    *[(WOO, key) for key in list(WOO)[8:]],
    (WOO, "item_name"),
]


def read(row: dict[str, str]) -> tuple[list[OrderIn], Sheet, ImportReport]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_text(csv_of(",".join(row), [row]), "utf-8")
        sheet = read_sheet(path)
    form = recognise(sheet)
    sheet = sheet.renamed(form.aliases)
    report = ImportReport("file.csv")
    found = form.parse(sheet, ImportOptions(), report)
    return [record for record in found if isinstance(record, OrderIn)], sheet, report


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SPARE),
    st.one_of(
        st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60),
        st.text("ab 1", min_size=100, max_size=3000),
        st.sampled_from(
            ["1.500", "12.500", "-1", "32/13/2026", "#N/A", "9.52E+12", "1e400", "maybe", "'", '="']
        ),
    ),
)
def test_no_cell_that_is_not_needed_loses_an_order(cell: tuple[dict[str, str], str], value: str) -> None:
    row, column = cell
    [order], _, report = read({**row, column: value})
    assert order.verdict is Verdict.READY
    assert [(line.sku, line.quantity) for line in order.lines] == [("MUG", 2)]
    assert order.address.line1 == "1 Mill Lane"
    assert report.problems == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (OURS, "name"),
        (OURS, "address1"),
        (OURS, "zip"),
        (SHOPIFY, "Shipping Name"),
        (SHOPIFY, "Shipping Address1"),
        (WOO, "shipping_last_name"),
    ],
)
def test_an_address_that_is_too_long_holds_its_order_with_the_column_named(
    row: dict[str, str], column: str
) -> None:
    [order], _, _ = read({**row, column: "x" * 300})
    assert (order.verdict, order.reason) == (Verdict.HELD, UNCLEAR_CELL)
    assert column in order.doubtful[0]
    assert len(order.lines) == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (OURS, "quantity"),
        (SHOPIFY, "Lineitem quantity"),
        (WOO, "item_quantity"),
        (OURS, "sku"),
        (WOO, "item_sku"),
    ],
)
def test_goods_that_cannot_be_read_hold_their_order(row: dict[str, str], column: str) -> None:
    [order], _, _ = read({**row, column: "1.5E+3"})
    assert (order.verdict, order.reason) == (Verdict.HELD, UNCLEAR_CELL)
    assert len(order.lines) == 1


def test_what_was_shortened_or_left_out_is_told() -> None:
    [order], sheet, _ = read(
        {**OURS, "note": "n" * 2001, "phone": "1" * 41, "total": "soon", "country": "Erewhon"}
    )
    assert (len(order.note), order.address.phone, order.value_cents) == (2000, "", 0)
    told = " ".join(sheet.remarks)
    for word in (
        "note: longer than 2000",
        "phone: expected",
        "total: expected",
        "'Erewhon' is no known country",
    ):
        assert word in told


@pytest.mark.parametrize(
    ("amount", "currency", "cents"),
    [
        ("12.500", "KWD", 12_500),
        ("12.500", "EUR", 0),
        ("1.234,567", "KWD", 1_234_567),
        ("1,200", "JPY", 1200),
        ("1200.00", "JPY", 1200),
        ("1299.50", "RSD", 129_950),
    ],
)
def test_three_decimals_are_decimals_where_the_currency_has_them(
    amount: str, currency: str, cents: int
) -> None:
    [order], _, _ = read({**SHOPIFY, "Total": amount, "Currency": currency})
    assert order.value_cents == cents
    assert parse_cents("8.264463") == 826


def test_refunded_units_have_decimals_in_some_exports() -> None:
    [order], _, _ = read({**WOO, "item_quantity": "3.00", "item_refunded_qty": "-1.00"})
    assert order.lines[0].quantity == 2


def test_what_was_engraved_stands_in_the_name_of_its_line() -> None:
    [order], _, _ = read({**WOO, "product_variation": "Blue", "item_meta": "Engraving: Ada"})
    assert order.lines[0].name == "Mug - Blue - Engraving: Ada"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("France", "FR"), ("Italy", "IT"), ("Österreich", "AT"), ("Osterreich", "AT"), ("Česko", "CZ"),
        ("Polska", "PL"),
        ("Pologne", "PL"), ("Switzerland", "CH"), ("ch", "CH"), ("UK", "GB"), ("England", "GB"), ("U.S.A.", "US"),
        ("POL", "PL"), ("Česká republika", "CZ"), ("Ελλάδα", "GR"), ("日本", "JP"), ("Deutschland", "DE"), ("", ""),
        ("Erewhon", "Erewhon"),
    ],
)  # fmt: skip
def test_countries_by_their_names_in_many_languages(written: str, code: str) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("W trakcie realizacji", Verdict.READY), ("In Bearbeitung", Verdict.READY), ("wc-processing", Verdict.READY),
        ("En cours", Verdict.READY), ("Zpracovává se", Verdict.READY), ("処理中", Verdict.READY),
        ("Anulowane", Verdict.CANCELLED), ("Storniert", Verdict.CANCELLED), ("Annulée", Verdict.CANCELLED),
        ("İptal edildi", Verdict.CANCELLED), ("Скасовано", Verdict.CANCELLED), ("Rimborsato", Verdict.CANCELLED),
        ("Zrealizowane", Verdict.LEFT_OUT), ("Ολοκληρωμένη", Verdict.LEFT_OUT),
        ("Oczekujące na płatność", Verdict.HELD),
        ("On hold", Verdict.HELD), ("Auf Mond warten", Verdict.HELD), ("Partially Shipped", Verdict.HELD),
    ],
)  # fmt: skip
def test_status_words_of_the_shops_language_are_known_and_others_hold(word: str, verdict: Verdict) -> None:
    [order], _, _ = read({**WOO, "status": word})
    assert order.verdict is verdict
    assert (order.reason == "unknown_status") == (shop_status(word) is None)


def test_one_fault_in_many_rows_is_one_line() -> None:
    report = ImportReport("f.csv", ignored_columns=[f"Column {number}" for number in range(47)])
    for number in range(3000):
        report.note(f"Order {number} is on hold: unknown_sku.")
    words = report.words().splitlines()
    assert words[1] == "Order 0 is on hold: unknown_sku. 2999 more like it: 1, 2, 3, 4, …"
    assert words[2] == "Columns not used: 47 (Column 0, Column 1, Column 2, …)."
    assert told_rows([2, 3, 4, 5, 6, 7, 8]) == "7 rows: lines 2, 3, 4, 5, 6, 7, …"


def many(dates: list[str]) -> tuple[list[OrderIn], Sheet]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        rows = "".join(f"{number},MUG,1,{day}\n" for number, day in enumerate(dates))
        path.write_text(f"order,sku,quantity,placed_at\n{rows}", "utf-8")
        sheet = read_sheet(path)
    found = recognise(sheet).parse(sheet, ImportOptions(), ImportReport("file.csv"))
    return [record for record in found if isinstance(record, OrderIn)], sheet


@pytest.mark.parametrize(("proof", "month"), [("25/12/2025", 4), ("12/25/2025", 3)])
def test_one_date_of_a_file_proves_the_order_of_all(proof: str, month: int) -> None:
    [first, _], _ = many(["3/4/2026", proof])
    assert first.placed_at is not None
    assert first.placed_at.month == month


def test_dates_that_cannot_be_told_are_asked_for_once_and_lose_no_order() -> None:
    found, sheet = many(["3/4/2026"] * 9)
    assert [order.placed_at for order in found] == [None] * 9
    [(asked, lines)] = sheet.remarks.items()
    assert "--dates dmy" in asked
    assert len(lines) == 9


def test_items_in_unknown_columns_are_refused_with_a_line_to_try() -> None:
    row = {key: value for key, value in WOO.items() if not key.startswith("item_")}
    row |= {"line_item_name": "Mug", "line_item_sku": "MUG", "line_item_quantity": "2"}
    with pytest.raises(
        DataError, match="--map item_sku=line_item_sku --map item_quantity=line_item_quantity"
    ):
        read(row)


def test_amounts_of_more_decimals_than_their_currency_has_are_rounded_with_a_note() -> None:
    [order], sheet, _ = read({**SHOPIFY, "Lineitem price": "8.264463", "Total": "8.26"})
    assert order.lines[0].price_cents == 826
    assert any("more than 2 decimals, and was rounded" in note for note in sheet.remarks), sheet.remarks
