"""Barcodes that a spreadsheet ate: mended where the check digit proves it, else refused or named."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers.barcodes import doubt, is_gtin, joined, read_barcode
from data.importers.formats import recognise
from data.importers.options import ImportOptions
from data.importers.read import read_sheet
from data.importers.records import PackagingIn, PackCode, ProductIn, WorkerIn
from data.importers.report import ImportReport
from scanning.codes import gtin_check_digit
from scanning.codes import is_gtin as scanner_is_gtin

EAN, UPC, SHORT = "9520000000059", "036000291452", f"0963850{gtin_check_digit('0963850')}"


@pytest.mark.parametrize(
    "cell",
    [
        EAN, f"{EAN}.0", f"{EAN},00", f"'{EAN}", f"'{EAN}'", "9.520000000059E+12", "9,520000000059e+12",
        "952.0000000059E+10", "9,520,000,000,059", "9.520.000.000.059", "9'520'000'000'059", "9 520 000 000 059.00",
        "9,520,000,000,059.0", "9\xa0520\xa0000\xa0000\xa0059",
    ],
)  # fmt: skip
def test_a_number_with_all_its_digits_is_mended(cell: str) -> None:
    assert read_barcode(cell) == (EAN,)


@pytest.mark.parametrize(
    "cell",
    [
        "9.52E+12", "9,52E+12", "4.00638E+12", "9.5E12", "9E+12", "9.520000000060E+12", "9520000000060.0", "77.0",
        "9520000000000", "9,520,000,000,060", "123456789012345000", "9.52E-12",
        "952.0E+10", "40063.8E8", "#N/A", "#n/a", "#REF!", "#NAME?",
        "#DIV/0!", "#NV", "#WERT!", "#Н/Д", "#ССЫЛКА!", "#####",
    ],
)  # fmt: skip
def test_a_number_that_lost_digits_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="spreadsheet"):
        read_barcode(cell)


def test_lost_leading_zeros_are_found_again_beside_the_number_itself() -> None:
    assert read_barcode("36000291452") == ("36000291452", UPC)
    assert read_barcode("36000291452.0") == ("36000291452", UPC)
    assert read_barcode(SHORT[1:]) == (SHORT[1:], SHORT)
    assert read_barcode("36000291453") == ("36000291453",)


@pytest.mark.parametrize(
    "cell",
    [
        "MUG-1", "77", "1E5", "1E-3", "#1001", "#A", "#A/B", "100.200.300", "12345678", "12300000", "A.0",
        "0109520000000059", "5901234123450",
    ],
)  # fmt: skip
def test_a_code_of_the_shops_own_stays(cell: str) -> None:
    assert read_barcode(cell) == (cell,)


def test_groups_as_they_are_printed_are_one_number_and_codes_apart_by_blanks_are_several() -> None:
    assert joined("4 006381 333931") == "4006381333931"
    assert joined("0 36000 29145 2") == UPC
    assert joined("9 520 000 000 059") == EAN
    assert joined(f"{EAN} {UPC}") == f"{EAN} {UPC}"
    assert joined("101 202") == "101 202"


@given(st.from_regex(r"[0-9]{7,13}", fullmatch=True))
def test_every_gtin_is_itself_and_the_scanner_agrees(digits: str) -> None:
    code = f"{digits}{gtin_check_digit(digits)}"
    assert is_gtin(code) == scanner_is_gtin(code)
    if is_gtin(code):
        assert read_barcode(code) == read_barcode(f"{code}.0") == (code,)
        assert doubt(code) == ""


@given(st.text(max_size=20))
def test_nothing_breaks_it(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert all(read_barcode(text)) or not text.strip("'’`")


def taken(tmp_path: Path, content: str) -> tuple[list[object], ImportReport]:
    path = tmp_path / "file.csv"
    path.write_text(content, "utf-8")
    sheet = read_sheet(path)
    form = recognise(sheet)
    report = ImportReport("file.csv", form.kind)
    return list(form.parse(sheet.renamed(form.aliases), ImportOptions(), report)), report


def test_a_products_export_that_went_through_a_spreadsheet(tmp_path: Path) -> None:
    found, report = taken(
        tmp_path,
        "Handle,Title,Variant SKU,Variant Grams,Variant Barcode,Variant Price,Variant Requires Shipping\n"
        "mug,Mug,MUG-1,380,9.52E+12,9.50,true\n"
        "cup,Cup,CUP-1,226.796185,9520000000042,9.50,true\n"
        f"box,Box,BOX-1,100,{EAN}.0,9.50,true\n"
        "tea,Tea,TEA-1,100,'9520000000066,9.50,TRUE\n"
        "gw,Gift wrap,,0,,2.00,true\n"
        "bad,Bad check,BAD-1,100,9520000000060,1.00,true\n"
        "pic,,,,,,\n",
    )
    products = {record.sku: record for record in found if isinstance(record, ProductIn)}
    assert {sku: product.barcodes for sku, product in products.items()} == {
        "CUP-1": (PackCode("9520000000042"),),
        "BOX-1": (PackCode(EAN),),
        "TEA-1": (PackCode("9520000000066"),),
        "BAD-1": (PackCode("9520000000060"),),
    }
    assert products["CUP-1"].given["weight_g"] == 227
    [problem] = report.problems
    assert (problem.line, problem.column, problem.value) == (2, "Variant Barcode", "9.52E+12")
    assert f"Line 4, Variant Barcode: {EAN}.0 is read as {EAN}." in report.notes
    assert "Line 6: Gift wrap has no SKU and was left out." in report.notes
    assert any("Line 7, Variant Barcode: 9520000000060 is no GTIN" in note for note in report.notes)
    assert not any("Line 8" in note for note in report.notes)


@pytest.mark.parametrize("eaten", ["1.23457E+12", "#N/A", "#REF!"])
def test_every_code_column_refuses_what_has_lost_its_digits(tmp_path: Path, eaten: str) -> None:
    columns = "inner_length_mm,inner_width_mm,inner_height_mm,tare_g,max_gross_g"
    for content, column in (
        (f"sku,name,barcodes\nA,B,{eaten}\n", "barcodes"),
        (f"sku,name\n{eaten},B\n", "sku"),
        (f"order,sku,quantity\n{eaten},A,1\n", "order"),
        (f"code,kind,{columns},barcode\nB,carton,1,1,1,1,1,{eaten}\n", "barcode"),
        (f"code,kind,{columns}\n{eaten},carton,1,1,1,1,1\n", "code"),
        (f"id,badge\nann,{eaten}\n", "badge"),
        (f"order,sku,reason,date\n{eaten},A,damaged,2026-01-01\n", "order"),
        (f"order,sku,reason,date\n1,{eaten},damaged,2026-01-01\n", "sku"),
        (f"email,sku,units,date\na@b.c,{eaten},1,2026-01-01\n", "sku"),
    ):
        found, report = taken(tmp_path, content)
        assert found == [], content
        [problem] = report.problems
        assert (problem.line, problem.column, problem.value) == (2, column, eaten)
        assert "a spreadsheet " in problem.expected


def test_the_units_of_a_pack_may_have_become_a_decimal_number(tmp_path: Path) -> None:
    [found], _ = taken(tmp_path, f"sku,name,barcodes\nA,B,{EAN}*6.0|{UPC} * 12\n")
    assert isinstance(found, ProductIn)
    assert found.barcodes == (PackCode(EAN, 6), PackCode(UPC, 12))


def test_barcodes_of_packagings_and_badges_are_mended_too(tmp_path: Path) -> None:
    columns = "inner_length_mm,inner_width_mm,inner_height_mm,tare_g,max_gross_g"
    [box], _ = taken(tmp_path, f"code,kind,{columns},barcode\nB,carton,1,1,1,1,1,{EAN}.0\n")
    assert isinstance(box, PackagingIn)
    assert box.barcodes == (EAN,)
    [ann], _ = taken(tmp_path, f"id,badge\nann,'{EAN}.0\n")
    assert isinstance(ann, WorkerIn)
    assert ann.badge == EAN
