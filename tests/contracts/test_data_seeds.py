"""The starter and the demo: complete, the same every time, and never over a warehouse's own data."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.demo import seed_demo
from data.demo_goods import check_digit, demo_products
from data.engine import Database
from data.errors import DataError
from data.starter import LEAD_BADGE, seed_starter
from data.store import lookup
from data.types import ShopId
from picker.services.packing import policies
from tests.unit.data.support import Warehouse, key, ready

NOW = datetime(2026, 11, 22, 20, 7, tzinfo=UTC)


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with ready(db_url) as database:
        yield database


def test_the_starter_is_enough_to_sign_in_and_pack_and_comes_once(db: Database, tmp_path: Path) -> None:
    for _ in range(2):
        with db.writer.begin() as connection:
            seed_starter(connection, key)
    warehouse = Warehouse(db, tmp_path)
    assert warehouse.one(f"SELECT ref FROM code WHERE kind = 'worker' AND code = '{LEAD_BADGE}'") == "lead"
    assert warehouse.rows("SELECT code, cutoff FROM service") == [("STANDARD", "16:00")]
    assert warehouse.one("SELECT count(*) FROM packaging WHERE base + moved > 0") == 12
    report = warehouse.take("orders", "order,sku,quantity\n1,A,1\n")
    assert "new" not in report.words()


def test_the_demo_is_whole_and_due_later_today(db: Database, tmp_path: Path) -> None:
    seed_demo(db, key, NOW, "Asia/Shanghai")
    warehouse = Warehouse(db, tmp_path)
    assert warehouse.rows("SELECT state, count(*) FROM orders GROUP BY state") == [("waiting", 40)]
    assert warehouse.one("SELECT count(*) FROM exception_report") == 0
    units = [
        int(str(one)) for (one,) in warehouse.rows("SELECT sum(quantity) FROM order_line GROUP BY order_id")
    ]
    assert min(units) == 1
    assert 7 <= max(units) <= 12
    for number in range(10_401, 10_441):
        placed, due = warehouse.db_instants(str(number))
        assert placed < NOW < due <= NOW + timedelta(hours=6)
    languages = {language for (language,) in warehouse.rows("SELECT DISTINCT language FROM orders")}
    assert languages == {"en", "pl", "ru", "zh"}
    assert warehouse.one("SELECT count(*) FROM customer WHERE orders_count = 0") != 0
    with pytest.raises(DataError, match="holds a shop already"):
        seed_demo(db, key, NOW)


def test_the_demo_shows_what_packing_can_heed(db: Database) -> None:
    seed_demo(db, key, NOW)
    with db.reader.connect() as connection:
        decided = policies.current(connection, ShopId("default")).document.policy()
        found = lookup.products(connection, ["BWL-16", "FRG-ROM", "PWR-10K", "LMP-DSK"])
        express = lookup.service(connection, "EXPRESS")
    assert (decided.void_fill.name, decided.cushioning.name) == ("air pillows", "bubble wrap")
    assert ("food", "chemical") in decided.apart
    assert (found["BWL-16"].nests_mm, found["FRG-ROM"].hazmat, found["PWR-10K"].battery_wh) == (18, "3", 37)
    assert found["LMP-DSK"].own_box
    assert found["LMP-DSK"].ships_alone
    assert all(product.hs_code and product.origin for product in found.values())
    assert express is not None
    assert express.tariff.rates[0] == (500, 990)


def test_the_demo_is_the_same_at_every_run(tmp_path: Path) -> None:
    seen = []
    for name in ("a", "b"):
        with ready(str(tmp_path / f"{name}.db")) as db:
            seed_demo(db, key, NOW)
            seen.append(Warehouse(db, tmp_path).everything())
    assert seen[0] == seen[1]


def test_every_demo_barcode_has_its_check_digit_and_stands_for_one_article() -> None:
    codes = [code.code for product in demo_products() for code in product.barcodes]
    assert len(codes) == len(set(codes)) > 64
    assert {len(code) for code in codes} == {13, 14}
    assert all(check_digit(code[:-1]) == code[-1] for code in codes)
    assert check_digit("400638133393") == "1"
