"""Workbooks as they come: numbers whole, dates as dates, the sheet that fits, titles and gaps stepped over."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest

from data.errors import DataError
from data.importers.read import read_sheet
from data.importers.workbook import text_of

_CONTENT = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def cell(value: object) -> str:
    kinds = {float: "float", int: "float", datetime: "date", date: "date"}
    kind = kinds.get(type(value), "string")
    if kind == "string":
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    written = value.isoformat() if isinstance(value, date) else value
    name = "date-value" if kind == "date" else "value"
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{written}"/>'


def ods(path: Path, **tables: list[list[object]]) -> Path:
    """Write an OpenDocument workbook with these tables."""
    body = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in tables.items()
    )
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content{_SPACES}><office:body><office:spreadsheet>"
        f"{body}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
        f"<manifest:file-entry manifest:full-path='/' manifest:media-type='{_CONTENT}'/></manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", _CONTENT)
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr("content.xml", content)
    return path


def test_the_sheet_that_fits_with_whole_numbers_and_dates(tmp_path: Path) -> None:
    path = ods(
        tmp_path / "orders.ods",
        Notes=[["Ask Ann", "before Friday"]],
        Orders=[
            ["Orders of November"],
            [],
            ["order", "sku", "quantity", "ean", "placed_at"],
            [5001, "MUG", 2.0, 9520000000011, datetime(2026, 11, 20, 10, 15)],  # noqa: DTZ001 (a wall time)
            [],
            [5002, "CUP", 1, 12.5, date(2026, 11, 21)],
        ],
    )
    sheet = read_sheet(path, fits=lambda one: "sku" in one.columns)
    assert [dict(row.cells) for row in sheet.rows] == [
        {
            "order": "5001",
            "sku": "MUG",
            "quantity": "2",
            "ean": "9520000000011",
            "placed_at": "2026-11-20 10:15:00",
        },
        {"order": "5002", "sku": "CUP", "quantity": "1", "ean": "12.5", "placed_at": "2026-11-21"},
    ]
    assert [row.line for row in sheet.rows] == [4, 6]


def test_what_a_file_is_counts_more_than_its_ending(tmp_path: Path) -> None:
    book = ods(tmp_path / "orders.csv", Orders=[["order", "sku"], [1, "MUG"]])
    assert read_sheet(book).notes == ["orders.csv is a workbook and was read as one."]
    text = tmp_path / "orders.xlsx"
    text.write_text("order,sku\n1,MUG\n", "utf-8")
    assert read_sheet(text).notes == ["orders.xlsx is no workbook but text, and was read as CSV."]


@pytest.mark.parametrize("content", [b"PK\x03\x04junk", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1junk"])
def test_a_broken_workbook_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "orders.xlsx"
    path.write_bytes(content)
    with pytest.raises(DataError, match="no workbook that can be read"):
        read_sheet(path)


def test_cells_as_a_person_would_type_them() -> None:
    assert [text_of(value) for value in (9.52e12, 0.1, 1e-7, True, time(8, 30), " x\x00y ")] == [
        *("9520000000000", "0.1", "0.0000001", "yes", "08:30:00", "xy"),
    ]
