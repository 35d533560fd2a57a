"""Every bad cell of a record is told at once, and nothing that is right."""

from pathlib import Path

import pytest

from data.importers.formats import ImportKind, recognise
from data.importers.options import ImportOptions
from data.importers.read import read_sheet
from data.importers.report import ImportReport


def refused(tmp_path: Path, kind: ImportKind, text: str) -> tuple[int, list[tuple[int, str, str]]]:
    """How many records were understood, and (line, column, value) of each cell that was not."""
    file = tmp_path / "file.csv"
    file.write_text(text, "utf-8")
    sheet = read_sheet(file, ImportOptions().encoding)
    form = recognise(sheet, kind)
    report = ImportReport(file.name)
    records = form.parse(sheet.renamed(form.aliases), ImportOptions(), report)
    return len(records), [(one.line, one.column, one.value) for one in report.problems]


@pytest.mark.parametrize(
    ("kind", "text", "bad"),
    [
        (
            ImportKind.PRODUCTS,
            "sku,name,length_mm,weight_g,lot,price,hs_code,stock\nA,Mug,abc,-5,perhaps,1.2.3,12,3\nB,Tea,1,1,,1,,\n",
            {(2, "length_mm", "abc"), (2, "weight_g", "-5"), (2, "lot", "perhaps"), (2, "price", "1.2.3"),
             (2, "hs_code", "12"), (2, "location", "")},
        ),
        (
            ImportKind.PACKAGING,
            ("code,kind,inner_length_mm,inner_width_mm,inner_height_mm,outer_width_mm,tare_g,max_gross_g\n"
            "A,crate,x,20,30,10,y,\nB,carton,1,2,3,,4,5\n"),
            {(2, "kind", "crate"), (2, "inner_length_mm", "x"), (2, "outer_width_mm", "10"),
             (2, "tare_g", "y"), (2, "max_gross_g", "")},
        ),
        (ImportKind.WORKERS, "id,badge,role\n,B1,boss\nann,B2,lead\n", {(2, "id", ""), (2, "role", "boss")}),
        (
            ImportKind.CUSTOMERS,
            "email,name,orders,consent\nnobody,N,many,perhaps\nk@x.y,K,1,yes\n",
            {(2, "email", "nobody"), (2, "orders", "many"), (2, "consent", "perhaps")},
        ),
        (
            ImportKind.SERVICES,
            "code,cutoff,base,max_weight_g\nA,25:00,1.2.3,0\nB,16:00,1,1\n",
            {(2, "cutoff", "25:00"), (2, "base", "1.2.3"), (2, "max_weight_g", "0")},
        ),
        (
            ImportKind.PURCHASES,
            "email,sku,units,date\nx,A,0,soon\nk@x.y,A,1,2026-01-01\n",
            {(2, "email", "x"), (2, "units", "0"), (2, "date", "soon")},
        ),
    ],
)  # fmt: skip
def test_every_bad_cell_is_told(
    tmp_path: Path, kind: ImportKind, text: str, bad: set[tuple[int, str, str]]
) -> None:
    understood, found = refused(tmp_path, kind, text)
    assert understood == 1
    assert set(found) == bad
    assert len(found) == len(bad), "none of them twice"


def test_a_shifted_row_is_told_as_that_alone(tmp_path: Path) -> None:
    assert refused(tmp_path, ImportKind.PRODUCTS, "sku,name\nA,Mug,blue,x\n") == (
        0,
        [(2, "after the last column", "blue")],
    )
