"""Imports into both databases: once is enough, never half, never in the way."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.errors import DataError
from data.importers.options import ImportOptions, StockHandling
from data.importers.report import Outcome
from data.types import ShopId
from tests.unit.data.support import Warehouse, addressed, ready, warehouse_at

PRODUCTS = (
    "sku,name,barcodes,weight_g,location,stock\n"
    "MUG,Mug,4006381333931|14006381333938*6,380,A-01-10,5\n"
    "MUG,,,,A-01-2,7\n"
    "CUP,Cup,77,200,B-01-1,3\n"
)
PACKAGING = (
    "code,name,kind,inner_length_mm,inner_width_mm,inner_height_mm,tare_g,max_gross_g,price,stock\n"
    "B1,Box,carton,200,150,100,85,5000,0.39,10\n"
)
FILES = {
    "products": PRODUCTS,
    "packaging": PACKAGING,
    "workers": "id,name,badge,role,language\nann,Ann,B1,lead,pl\n",
    "customers": "email,name,orders,spent\na@b.pl,Ann,12,99.50\n",
    "orders": (
        "order,placed_at,sku,quantity,email,name,country\n"
        "10,2026-11-22,MUG,2,a@b.pl,Ann,PL\n"
        "11,2026-11-22,CUP,1,,Jan,PL\n"
    ),
}

_IMPORT = """
import os, sys
from pathlib import Path
from data.importers import runner
from tests.unit.data.support import Warehouse, ready
runner.CHUNK = 10
def progress(done, total):
    if done >= 30:
        print("half way", flush=True)
        sys.stdin.read()
with ready(sys.argv[1]) as db:
    Warehouse(db, Path(sys.argv[2])).take("orders", Path(sys.argv[3]).read_bytes(), progress=progress)
"""


@pytest.fixture
def warehouse(db_url: str, tmp_path: Path) -> Iterator[Warehouse]:
    with warehouse_at(db_url, tmp_path) as found:
        yield found


def test_the_same_files_a_second_time_change_nothing(warehouse: Warehouse) -> None:
    for kind, content in FILES.items():
        assert warehouse.take(kind, content).counts[Outcome.UNCHANGED] == 0
    before = warehouse.everything()
    for kind, content in FILES.items():
        report = warehouse.take(kind, content)
        total = sum(report.counts.values())
        assert report.counts[Outcome.UNCHANGED] == total > 0, report.words()
    assert warehouse.everything() == before


def test_a_dry_run_reports_the_same_and_writes_nothing(warehouse: Warehouse) -> None:
    for kind, content in FILES.items():
        before = warehouse.everything()
        rehearsed = warehouse.take(kind, content, dry_run=True)
        if kind != "orders":
            assert warehouse.everything() == before
        assert warehouse.rows(f"SELECT * FROM import_run WHERE kind = '{kind}'") == []
        assert warehouse.take(kind, content).to_json() == rehearsed.to_json()


def test_products_their_codes_places_and_stock(warehouse: Warehouse) -> None:
    warehouse.take("products", PRODUCTS)
    assert warehouse.rows(
        "SELECT code, ref, quantity FROM code WHERE kind = 'product' ORDER BY quantity, code"
    ) == [
        ("4006381333931", "MUG", 1),
        ("77", "CUP", 1),
        ("14006381333938", "MUG", 6),
    ]
    assert warehouse.rows("SELECT code FROM location ORDER BY walk_key") == [
        ("A-01-2",),
        ("A-01-10",),
        ("B-01-1",),
    ]
    assert warehouse.one("SELECT ref FROM code WHERE kind = 'location' AND code = 'A-01-2'") == "A-01-2"
    assert warehouse.rows("SELECT location, base + moved FROM stock WHERE sku = 'MUG' ORDER BY 1") == [
        ("A-01-10", 5),
        ("A-01-2", 7),
    ]


def test_an_empty_cell_leaves_what_is_stored(warehouse: Warehouse) -> None:
    warehouse.take("products", PRODUCTS)
    report = warehouse.take("products", "sku,name,weight_g\nMUG,Big mug,\n")
    assert report.counts[Outcome.UPDATED] == 1
    assert warehouse.rows("SELECT name, weight_g, location FROM product WHERE sku = 'MUG'") == [
        ("Big mug", 380, "A-01-10")
    ]


def test_a_new_count_counts_from_the_moves_so_far_and_the_same_figure_is_no_new_count(
    warehouse: Warehouse,
) -> None:
    warehouse.take("products", PRODUCTS)
    warehouse.run("UPDATE stock SET moved = -2 WHERE sku = 'CUP'")
    assert warehouse.take("products", PRODUCTS).counts[Outcome.UPDATED] == 0
    assert warehouse.one("SELECT base + moved FROM stock WHERE sku = 'CUP'") == 1
    changed = PRODUCTS.replace("B-01-1,3", "B-01-1,8")
    leave = ImportOptions(stock=StockHandling.LEAVE)
    assert warehouse.take("products", changed, options=leave).counts[Outcome.UPDATED] == 0
    assert warehouse.take("products", changed).counts[Outcome.UPDATED] == 1
    assert warehouse.rows("SELECT counted, base, moved FROM stock WHERE sku = 'CUP'") == [(8, 10, -2)]
    warehouse.take("packaging", PACKAGING)
    warehouse.run("UPDATE packaging SET moved = -4")
    warehouse.take("packaging", PACKAGING.replace("0.39,10", "0.39,20"))
    assert warehouse.rows("SELECT counted, base, moved FROM packaging") == [(20, 24, -4)]


def test_a_barcode_that_reads_as_a_code_of_the_house_is_refused_in_words(warehouse: Warehouse) -> None:
    report = warehouse.take("products", "sku,barcodes,location\nMUG,4006381333931|pkla01x,PKLA-1\n")
    (problem,) = report.problems
    assert (problem.line, problem.value) == (2, "pkla01x")
    assert "codes of the house itself" in problem.words()
    assert warehouse.rows("SELECT code FROM code WHERE kind = 'product'") == [("4006381333931",)]
    assert warehouse.rows("SELECT code FROM code WHERE kind = 'location'") == [("PKLA-1",)]


def test_a_shared_barcode_is_kept_and_noted(warehouse: Warehouse) -> None:
    report = warehouse.take("products", "sku,barcodes\nA,55\nB,55\n")
    assert "Barcode 55 stands for A and B; where both are ordered the scan asks which." in report.notes
    assert warehouse.rows("SELECT ref FROM code WHERE code = '55' ORDER BY ref") == [("A",), ("B",)]


def test_patterns_of_lots_and_serial_numbers_come_in_checked(warehouse: Warehouse) -> None:
    header = "sku,lot_pattern,serial_pattern\n"
    warehouse.take("products", header + "A,L\\d{6}|X\\d+,[A-Z]{2}-\\d+\n")
    stored = "SELECT lot_pattern, serial_pattern FROM product WHERE sku = 'A'"
    assert warehouse.rows(stored) == [(r"L\d{6}|X\d+", r"[A-Z]{2}-\d+")]
    report = warehouse.take("products", header + "A,(a+)+,\n")
    assert (report.problems[0].column, report.problems[0].value) == ("lot_pattern", "(a+)+")
    warehouse.take("products", header + "A,none,\n")
    assert warehouse.rows(stored) == [("", r"[A-Z]{2}-\d+")]


def test_a_new_badge_replaces_the_lost_one_and_nobody_gets_anothers(warehouse: Warehouse) -> None:
    header = "id,name,badge\n"
    warehouse.take("workers", f"{header}ann,Ann,OLD\nbob,Bob,BOB\n")
    warehouse.take("workers", f"{header}ann,Ann,new\n")
    report = warehouse.take("workers", f"{header}eve,Eve,bob\n")
    assert "nobody else has (bob)" in report.problems[0].expected
    assert warehouse.rows("SELECT code, ref FROM code WHERE kind = 'worker' ORDER BY code") == [
        ("BOB", "bob"),
        ("NEW", "ann"),
    ]


def test_a_formula_is_only_text(warehouse: Warehouse) -> None:
    warehouse.take("products", 'sku,name\nX,"=HYPERLINK(""http://x"";""y"")"\nY,\'; DROP TABLE product; --\n')
    names = warehouse.rows("SELECT name FROM product ORDER BY sku")
    assert names == [('=HYPERLINK("http://x";"y")',), ("; DROP TABLE product; --",)]


def test_what_is_wrong_is_said_before_anything_is_written(warehouse: Warehouse) -> None:
    for kind, content, options, words in (
        (
            "products",
            "colour\nred\n",
            ImportOptions(),
            r"expected the columns .* sku \(products\); got colour",
        ),
        ("parcels", "sku\nA\n", ImportOptions(), "'parcels' is nothing that can be imported"),
        ("products", "sku\nA\n", ImportOptions(shop=ShopId("none")), "no shop 'none': expected default"),
        ("products", "sku\nA\n", ImportOptions(timezone="Mars/Base"), "'Mars/Base' is no time zone"),
    ):
        with pytest.raises(DataError, match=words):
            warehouse.take(kind, content, options=options)
    assert warehouse.rows("SELECT * FROM import_run") == []


def test_progress_counts_up_to_the_end(warehouse: Warehouse) -> None:
    seen: list[tuple[int, int]] = []
    rows = "".join(f"S{number},N\n" for number in range(450))
    warehouse.take("products", f"sku,name\n{rows}", progress=lambda done, total: seen.append((done, total)))
    assert len(seen) > 2
    assert seen == sorted(set(seen))
    assert seen[-1] == (450, 450)


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal of POSIX systems")
def test_an_import_killed_half_way_goes_on_and_nothing_is_doubled(
    warehouse: Warehouse, db_url: str, tmp_path: Path
) -> None:
    warehouse.take("products", PRODUCTS)
    rows = "".join(f"{number},MUG,1,Buyer {number}\n" for number in range(1000, 1080))
    content = f"order,sku,quantity,name\n{rows}"
    path = tmp_path / "many.csv"
    path.write_text(addressed(content), "utf-8")
    command = [sys.executable, "-c", _IMPORT, db_url, str(tmp_path), str(path)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"half way\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert warehouse.one("SELECT count(*) FROM orders") == 30
    report = warehouse.take("orders", content)
    assert "An import of this file was cut off; it goes on after record 30." in report.notes
    assert report.counts[Outcome.CREATED] == 50
    for table in ("orders", "order_line", "customer"):
        assert warehouse.one(f"SELECT count(*) FROM {table}") == 80
    assert warehouse.rows("SELECT state, rows_done FROM import_run WHERE kind = 'orders'") == [("done", 80)]


def test_two_imports_of_one_file_at_once_make_each_order_once(
    warehouse: Warehouse, db_url: str, tmp_path: Path
) -> None:

    rows = "".join(f"{number},MUG,1,Buyer\n" for number in range(300))
    problems: list[BaseException] = []

    def take(folder: Path) -> None:
        try:
            with ready(db_url) as db:
                folder.mkdir()
                Warehouse(db, folder).take("orders", f"order,sku,quantity,name\n{rows}")
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            problems.append(error)

    threads = [threading.Thread(target=take, args=(tmp_path / name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert problems == []
    assert warehouse.one("SELECT count(*) FROM orders") == 300
    assert warehouse.one("SELECT count(*) FROM order_line") == 300
