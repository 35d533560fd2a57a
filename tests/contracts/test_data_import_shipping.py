"""Files about packing, carriers and returns, into both databases and out again as a station sees them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from data.importers.report import ImportReport, Outcome
from data.store import lookup, measure
from data.tables import Order, OrderLine, OrderSerial
from data.types import Packaging, Product, Service, Sku, WorkerId
from tests.unit.data.support import WARSAW, Warehouse, warehouse_at

GOODS = (
    "sku,name,length_mm,width_mm,height_mm,weight_g,own_box,ships_alone,group,hazmat,batteries,battery_wh,"
    "battery_g,nests_mm,hs_code,origin\n"
    "CUP,Cup,80,80,95,210,no,no,Kitchen,,,,,12,6912.00.23,Polska\n"
    "DRILL,Drill,300,250,90,1900,yes,yes,tools,,2,36,310,,8467 21,de\n"
    "SPRAY,Spray,60,60,200,260,,,chemical,2.1,,,,,,\n"
)
BOX = "code,name,kind,inner_length_mm,inner_width_mm,inner_height_mm,tare_g,max_gross_g,price,ect,walls,services\n"
BOXES = (
    f"{BOX}B1,Box,carton,200,150,100,85,5000,0.39,32,2,STD|exp\nB2,Bag,poly_mailer,200,150,30,9,500,0.09,,,\n"
)
SERVICES = (
    "code,carrier,name,cutoff,base,step,step_g,rates,dim_divisor,side_step,max_weight_g,max_sides,max_girth\n"
    "STD,Parcelo,Standard,16:30,4.20,0.85,500,,5000,1,30000,,\n"
    "EXP,Swift,Express,9:45,,,,1000:2.99|2000:3.99,5000,inch,31500,600x400x400,3000\n"
)


@pytest.fixture
def warehouse(db_url: str, tmp_path: Path) -> Iterator[Warehouse]:
    with warehouse_at(db_url, tmp_path) as found:
        yield found


def product(warehouse: Warehouse, sku: str) -> Product:
    with warehouse.db.reader.connect() as connection:
        return lookup.products(connection, [sku])[sku]


def packaging(warehouse: Warehouse, code: str) -> Packaging:
    with warehouse.db.reader.connect() as connection:
        return {found.code: found for found in lookup.packagings(connection)}[code]


def service(warehouse: Warehouse, code: str) -> Service:
    with warehouse.db.reader.connect() as connection:
        found = lookup.service(connection, code)
    assert found is not None
    return found


def problems(report: ImportReport) -> list[tuple[int, str]]:
    return [(problem.line, problem.column) for problem in report.problems]


def test_the_same_files_a_second_time_change_nothing(warehouse: Warehouse) -> None:
    for kind, content in (("services", SERVICES), ("products", GOODS), ("packaging", BOXES)):
        first = warehouse.take(kind, content)
        assert (first.problems, first.ignored_columns) == ([], [])
        before = warehouse.everything()
        again = warehouse.take(kind, content)
        assert again.counts[Outcome.UNCHANGED] == sum(again.counts.values()) > 1, again.words()
        assert warehouse.everything() == before


def test_a_product_keeps_how_it_may_travel(warehouse: Warehouse) -> None:
    warehouse.take("products", GOODS)
    cup, drill, spray = (product(warehouse, sku) for sku in ("CUP", "DRILL", "SPRAY"))
    assert (cup.group, cup.nests_mm, cup.hs_code, cup.origin) == ("kitchen", 12, "69120023", "PL")
    assert (cup.own_box, cup.ships_alone, cup.hazmat, cup.batteries, cup.battery_g) == (
        False,
        False,
        "",
        0,
        None,
    )
    assert (drill.own_box, drill.ships_alone, drill.hs_code, drill.origin) == (True, True, "846721", "DE")
    assert (drill.batteries, drill.battery_wh, drill.battery_g) == (2, 36, 310)
    assert (spray.group, spray.hazmat) == ("chemical", "2.1")


def test_what_was_said_of_a_product_is_taken_back_by_none_and_kept_by_an_empty_cell(
    warehouse: Warehouse,
) -> None:
    warehouse.take("products", GOODS)
    header = "sku,own_box,group,hazmat,batteries,nests_mm,hs_code,origin\n"
    warehouse.take("products", f"{header}CUP,,,,,,,\nDRILL,,,,,,,\n")
    assert (product(warehouse, "CUP").nests_mm, product(warehouse, "DRILL").batteries) == (12, 2)
    warehouse.take("products", f"{header}CUP,,none,,,0,none,None\nDRILL,no,,,0,,,\nSPRAY,,,none,,,,\n")
    cup, drill, spray = (product(warehouse, sku) for sku in ("CUP", "DRILL", "SPRAY"))
    assert (cup.group, cup.nests_mm, cup.hs_code, cup.origin) == ("", None, "", "")
    assert (drill.own_box, drill.batteries, spray.hazmat) == (False, 0, "")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("hazmat\nA,99", "hazmat"),
        ("group\nA,food/paper", "group"),
        ("hs_code\nA,12", "hs_code"),
        ("origin\nA,Neverland", "origin"),
        ("batteries\nA,two", "batteries"),
        ("own_box\nA,maybe", "own_box"),
        ("height_mm,nests_mm\nA,90,91", "nests_mm"),
    ],
)
def test_a_product_with_nonsense_is_left_out(warehouse: Warehouse, cells: str, column: str) -> None:
    report = warehouse.take("products", f"sku,{cells}\n")
    assert problems(report) == [(2, column)]
    assert warehouse.rows("SELECT sku FROM product") == []


def measured(warehouse: Warehouse) -> list[tuple[object, ...]]:
    return warehouse.rows("SELECT length_mm, weight_g, measured_by FROM product WHERE sku = 'CUP'")


def measure_cup(warehouse: Warehouse, length: int | None, weight: int, worker: str = "ann") -> None:
    with warehouse.db.writer.begin() as connection:
        at = warehouse.db.now(connection)
        measure.set_sizes(connection, Sku("CUP"), (length, 80, 95), weight, WorkerId(worker), at)


def test_a_file_that_says_nothing_new_does_not_undo_a_measurement(warehouse: Warehouse) -> None:
    warehouse.take("products", GOODS)
    assert measured(warehouse) == [(80, 210, "import")]
    measure_cup(warehouse, 84, 230)
    report = warehouse.take("products", GOODS)
    assert measured(warehouse) == [(84, 230, "ann")]
    assert "Measured since, and kept as measured: CUP." in report.notes
    warehouse.take("products", GOODS.replace("Cup,80", "Cup,86"))
    assert measured(warehouse) == [(86, 230, "import")]
    warehouse.take("products", "sku,name\nCUP,Small cup\n")
    assert measured(warehouse) == [(86, 230, "import")]


def test_who_measured_and_when_is_kept_and_an_unknown_product_refused(warehouse: Warehouse) -> None:
    warehouse.take("products", GOODS)
    measure_cup(warehouse, None, 230, "bob")
    assert measured(warehouse) == [(None, 230, "bob")]
    assert warehouse.one("SELECT count(*) FROM product WHERE measured_at IS NOT NULL") == 3
    with pytest.raises(LookupError, match="got 'CAP'"), warehouse.db.writer.begin() as connection:
        measure.set_sizes(connection, Sku("CAP"), (1, 1, 1), 1, WorkerId("ann"), None)


def test_a_packaging_names_its_strength_and_its_services(warehouse: Warehouse) -> None:
    warehouse.take("services", SERVICES)
    report = warehouse.take("packaging", BOXES)
    assert not [note for note in report.notes if "known" in note]
    box, bag = packaging(warehouse, "B1"), packaging(warehouse, "B2")
    assert (box.ect, box.walls, box.services) == (32, 2, frozenset({"STD", "EXP"}))
    assert (bag.ect, bag.walls, bag.services) == (None, 1, None)
    warehouse.take("packaging", f"{BOX}B1,,,200,150,100,85,5000,,,,\nB2,,,200,150,30,9,500,,,,\n")
    assert (packaging(warehouse, "B1"), packaging(warehouse, "B2")) == (box, bag)
    report = warehouse.take(
        "packaging", f"{BOX}B1,,carton,200,150,100,85,5000,,0,1,all\nB2,,tube,9,9,9,9,9,,,,DHL\n"
    )
    box, bag = packaging(warehouse, "B1"), packaging(warehouse, "B2")
    assert (box.ect, box.walls, box.services, box.price_cents) == (None, 1, None, 39)
    assert bag.services == frozenset({"DHL"})
    assert "Packaging B2 is for service 'DHL', which isn't known yet." in report.notes


def test_a_service_brings_its_tariff(warehouse: Warehouse) -> None:
    warehouse.take("services", SERVICES)
    express, standard = service(warehouse, "EXP"), service(warehouse, "STD")
    assert (express.carrier, express.cutoff, standard.cutoff) == ("Swift", "09:45", "16:30")
    assert express.tariff.rates == ((1000, 299), (2000, 399))
    assert (express.tariff.side_step_tenths, express.tariff.max_girth_mm) == (254, 3000)
    assert (express.tariff.max_sides_mm, express.tariff.heaviest_g) == ((600, 400, 400), 2000)
    assert (standard.tariff.base_cents, standard.tariff.rates, standard.tariff.max_sides_mm) == (
        420,
        (),
        None,
    )
    warehouse.take("services", "code,rates,max_sides,max_girth\nexp,none,none,none\nECO,,,\n")
    changed = service(warehouse, "EXP").tariff
    assert (changed.rates, changed.max_sides_mm, changed.max_girth_mm) == ((), None, None)
    assert (changed.side_step_tenths, service(warehouse, "ECO").carrier) == (254, "ECO")


def test_open_orders_catch_the_new_cutoff_of_their_service(warehouse: Warehouse) -> None:
    warehouse.take("orders", "order,placed_at,service,sku,quantity\n10,2026-11-20 10:15,STD,CUP,1\n")
    _, before = warehouse.db_instants("10")
    report = warehouse.take("services", SERVICES)
    _, after = warehouse.db_instants("10")
    assert ((after - before).total_seconds(), WARSAW.timezone) == (1800, "Europe/Warsaw")
    assert "Service STD leaves at 16:30, mon-fri now; 1 open orders are due anew." in report.notes


@pytest.mark.parametrize(
    "cells",
    ["rates\nA,2000:3|1000:2", "cutoff\nA,25:00", "side_step\nA,wide", "max_sides\nA,600x400", "max_girth\nA,3 m",
     "step_g\nA,0", "base\nA,dear"],
)  # fmt: skip
def test_a_service_with_nonsense_is_left_out(warehouse: Warehouse, cells: str) -> None:
    column = cells.partition("\n")[0]
    assert problems(warehouse.take("services", f"code,{cells}\n")) == [(2, column)]
    assert warehouse.rows("SELECT code FROM service WHERE code = 'A'") == []


def test_returns_come_in_once_and_only_of_what_was_ordered(warehouse: Warehouse) -> None:
    warehouse.take("products", GOODS)
    warehouse.take("orders", "order,sku,quantity,name\n10,CUP,3,Ann\n10,DRILL,1,Ann\n11,GONE,1,Bob\n")
    header = "order,sku,quantity,reason,date,note\n"
    returns = (
        f"{header}#10,CUP,1,damaged,2026-11-22,broken handle\n10,CUP,1,Damaged,2026-11-22,\n"
        "10,DRILL,,Too big,2026-11-23,\n11,GONE,1,changed-mind,2026-11-23 10:00,\n"
    )
    report = warehouse.take("returns", returns)
    assert report.counts[Outcome.CREATED] == 3
    assert "Lines 2 and 3 are one return; their quantities add up." in report.notes
    assert warehouse.take("returns", returns).counts[Outcome.UNCHANGED] == 3
    assert warehouse.rows("SELECT sku, reason, quantity, note FROM customer_return ORDER BY sku") == [
        ("CUP", "damaged", 2, "broken handle"),
        ("DRILL", "too_big", 1, ""),
        ("GONE", "changed_mind", 1, ""),
    ]
    wrong = (
        f"{header}99,CUP,1,damaged,2026-11-22,\n10,SPRAY,1,damaged,2026-11-22,\n10,CUP,4,damaged,2026-11-24,\n"
        "10,CUP,1,ugly,2026-11-22,\n10,CUP,1,damaged,,\n10,CUP,0,damaged,2026-11-25,\n"
    )
    report = warehouse.take("returns", wrong)
    assert sorted(problems(report)) == [
        (2, "order"), (3, "sku"), (4, "quantity"), (5, "reason"), (6, "date"), (7, "quantity"),
    ]  # fmt: skip
    assert report.counts[Outcome.LEFT_OUT] == 6


def test_of_a_line_no_more_comes_back_in_all_than_was_ordered(warehouse: Warehouse) -> None:
    warehouse.take("products", GOODS)
    warehouse.take("orders", "order,sku,quantity,name\n10,CUP,2,Ann\n")
    header = "order,sku,quantity,reason,date\n"
    report = warehouse.take(
        "returns", f"{header}10,CUP,2,damaged,2026-11-30\n10,CUP,2,changed_mind,2026-11-30\n"
        "10,CUP,1,damaged,2026-12-01\n",
    )  # fmt: skip
    assert problems(report) == [(3, "quantity"), (4, "quantity")]
    assert (
        report.problems[0].expected == "at most 0: 2 were ordered and not short, 2 of them are back already"
    )
    later = warehouse.take("returns", f"{header}10,CUP,1,damaged,2026-11-30\n10,CUP,1,too_big,2026-12-02\n")
    assert problems(later) == []
    assert warehouse.rows("SELECT reason, quantity FROM customer_return ORDER BY reason") == [
        ("damaged", 1), ("too_big", 1),
    ]  # fmt: skip


def test_what_fell_short_was_never_sent(warehouse: Warehouse) -> None:
    warehouse.take("products", GOODS)
    warehouse.take("orders", "order,sku,quantity,name\n10,CUP,3,Ann\n")
    with warehouse.db.writer.begin() as connection:
        connection.execute(update(OrderLine.__table__).values(short=2))
    header = "order,sku,quantity,reason,date\n"
    assert problems(warehouse.take("returns", f"{header}10,CUP,2,damaged,2026-11-30\n")) == [(2, "quantity")]
    assert problems(warehouse.take("returns", f"{header}10,CUP,1,damaged,2026-11-30\n")) == []


def _gone_out(warehouse: Warehouse, order: str, sku: str, *serials: str) -> None:
    with warehouse.db.writer.begin() as connection:
        rows = [{"order_id": order, "sku": sku, "serial": serial} for serial in serials]
        connection.execute(insert(OrderSerial.__table__), rows)
        closed = update(Order.__table__).where(Order.__table__.c.id == order)
        connection.execute(closed.values(closed_at=datetime(2026, 11, 30, tzinfo=UTC)))


def test_a_serial_number_comes_back_once_from_the_order_that_it_went_out_with(warehouse: Warehouse) -> None:
    warehouse.take("products", GOODS)
    warehouse.take("orders", "order,sku,quantity,name\n10,CUP,3,Ann\n11,CUP,1,Bob\n12,CUP,1,Eve\n")
    _gone_out(warehouse, "10", "CUP", "SN1", "SN2", "SN3")
    _gone_out(warehouse, "11", "CUP", "SN9")
    header = "order,sku,quantity,reason,date,serial\n"
    file = (
        f"{header}10,CUP,,damaged,2026-12-01,SN1\n10,CUP,1,damaged,2026-12-01,SN2\n"
        "10,CUP,1,damaged,2026-12-01,SN2\n10,CUP,1,damaged,2026-12-01,\n"
    )
    report = warehouse.take("returns", file)
    assert problems(report) == []
    assert "Lines 3 and 4 name one unit, SN2; it counts once." in report.notes
    assert warehouse.take("returns", file).counts[Outcome.UNCHANGED] == 1
    back = "SELECT order_id, serial, reason FROM returned_serial ORDER BY serial"
    assert warehouse.rows(back) == [("10", "SN1", "damaged"), ("10", "SN2", "damaged")]
    assert warehouse.rows("SELECT quantity FROM customer_return") == [(3,)]
    wrong = warehouse.take(
        "returns",
        f"{header}10,CUP,1,too_big,2026-12-02,SN1\n11,CUP,1,damaged,2026-12-01,SN1\n"
        "12,CUP,1,damaged,2026-12-01,SN3\n11,CUP,1,damaged,2026-12-01,SN8|SN9\n99,CUP,1,damaged,2026-12-01,SN9\n",
    )
    assert sorted(problems(wrong)) == [
        (2, "serial"),
        (3, "serial"),
        (4, "serial"),
        (5, "quantity"),
        (6, "order"),
    ]
    assert "one that went out with the order (SN9)" in " ".join(map(str, wrong.problems))
    assert warehouse.rows(back) == [("10", "SN1", "damaged"), ("10", "SN2", "damaged")]
    some = warehouse.take(
        "returns", f"{header}11,CUP,1,damaged,2026-12-01,SN1\n11,CUP,1,damaged,2026-12-01,SN9\n"
    )
    assert problems(some) == [(3, "serial")]
    assert warehouse.rows(back)[-1] == ("11", "SN9", "damaged"), "one wrong number keeps no other back"
    assert warehouse.rows("SELECT quantity FROM customer_return WHERE order_id = '11'") == [(1,)]


def test_units_of_one_return_may_be_named_file_by_file_and_each_once(warehouse: Warehouse) -> None:
    warehouse.take("products", GOODS)
    warehouse.take("orders", "order,sku,quantity,name\n10,CUP,3,Ann\n")
    _gone_out(warehouse, "10", "CUP", "SN1", "SN2", "SN3")
    header = "order,sku,reason,date,serial\n"
    for serials in ("SN1", "SN2 | SN3"):
        report = warehouse.take("returns", f"{header}10,CUP,damaged,2026-12-01,{serials}\n")
        assert problems(report) == []
    assert warehouse.rows("SELECT quantity FROM customer_return") == [(3,)]
    assert len(warehouse.rows("SELECT serial FROM returned_serial")) == 3
    warehouse.take("orders", "order,sku,quantity,name\n10,CUP,4,Ann\n")
    again = warehouse.take("returns", f"{header}10,CUP,too_big,2026-12-02,SN1\n")
    assert "a unit that isn't back yet; it came on 2026-12-01" in str(again.problems[0])


def test_a_return_is_told_the_serial_number_later(warehouse: Warehouse) -> None:
    warehouse.take("products", GOODS)
    warehouse.take("orders", "order,sku,quantity,name\n10,CUP,1,Ann\n")
    _gone_out(warehouse, "10", "CUP", "SN1")
    warehouse.take("returns", "order,sku,reason,date\n10,CUP,damaged,2026-12-01\n")
    report = warehouse.take("returns", "order,sku,reason,date,serial\n10,CUP,damaged,2026-12-01,SN1\n")
    assert (problems(report), report.counts[Outcome.UNCHANGED]) == ([], 1)
    assert warehouse.rows("SELECT serial FROM returned_serial") == [("SN1",)]
    again = warehouse.take("returns", "order,sku,reason,date,serial\n10,CUP,too_big,2026-12-02,SN1\n")
    assert [column for _, column in problems(again)] == ["serial"]


def test_how_long_a_product_must_keep_is_imported_and_kept(warehouse: Warehouse) -> None:
    warehouse.take("products", "sku,name,min_days_left\nCUP,Cup,30\nMUG,Mug,\n")
    assert (product(warehouse, "CUP").min_days_left, product(warehouse, "MUG").min_days_left) == (30, 0)
    warehouse.take("products", "sku,name,min_days_left\nCUP,Cup,\nMUG,Mug,7\n")
    assert (product(warehouse, "CUP").min_days_left, product(warehouse, "MUG").min_days_left) == (30, 7)
    report = warehouse.take("products", "sku,name,min_days_left\nCUP,Cup,soon\nMUG,Mug,-1\n")
    assert problems(report) == [(2, "min_days_left"), (3, "min_days_left")]


def test_how_a_service_travels_is_imported_and_taken_back(warehouse: Warehouse) -> None:
    def travels() -> object:
        return warehouse.rows("SELECT transport FROM service WHERE code = 'FAR'")[0][0]

    head = "code,carrier,transport\n"
    warehouse.take("services", f"{head}FAR,Globe,Air\n")
    assert travels() == "air"
    report = warehouse.take("services", f"{head}FAR,Globe,boat\n")
    assert "expected air or ground or none, got 'boat'" in report.words()
    assert travels() == "air"
    warehouse.take("services", f"{head}FAR,Globe,none\n")
    assert travels() == ""
