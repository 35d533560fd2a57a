"""Measuring at a station and packing in own boxes, on both databases: what is saved, what a restart leaves."""

from collections.abc import Iterator

import pytest

from data.engine import Database
from data.tables import Event, Packaging, Product
from data.types import OrderId
from picker.flow import CommandName, Phase, look
from picker.services.office.history import order_history
from picker.services.verify import verify
from tests.contracts.shop import CODES, Packer, add_order, change, open_shop, parcels_of, rows, whole_order


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def figures(db: Database, sku: str) -> tuple[object, ...]:
    """Sides, weight, and who measured them."""
    [row] = rows(db, Product, sku=sku)
    return tuple(row[name] for name in ("length_mm", "width_mm", "height_mm", "weight_g", "measured_by"))


def at_packaging(db: Database) -> Packer:
    """A packer whose order waits for its packaging and holds a product without a length."""
    change(db, Product, {"sku": "MUG"}, length_mm=None)
    add_order(db, "1001", {"MUG": 1, "TEA": 1})
    packer = Packer(db).sign_in().claim("1001")
    for sku in ("MUG", "TEA", "MUG", "TEA"):
        packer.take(sku, 1)
    assert packer.at(Phase.PACKAGING)
    return packer


def test_a_measured_product_is_planned_with_at_once_and_saved(db: Database) -> None:
    packer = at_packaging(db)
    packer.press(CommandName.MEASURE)
    assert packer.key == "measure.begin"
    packer.scan("100x80x70", "210")
    assert packer.key == "measure.done"
    assert look(packer.reply.state).filling is not None
    assert figures(db, "MUG") == (100, 80, 70, 210, "ANNA")
    [measured] = rows(db, Event, stream="1001", kind="ProductMeasured")
    assert measured["worker"] == "ANNA"
    assert isinstance(measured["payload"], dict)
    assert (measured["payload"]["before"], measured["payload"]["after"]) == (
        [0, 80, 70, 200],
        [100, 80, 70, 210],
    )
    packer.pack()
    assert packer.key == "label.closed"
    assert verify(db).differences == ()
    assert any("MUG measured" in line.words for line in order_history(db, OrderId("1001")))


def test_a_station_killed_in_the_middle_of_measuring_saved_nothing_of_it(db: Database) -> None:
    packer = at_packaging(db)
    packer.press(CommandName.MEASURE)
    packer.scan("100x80x70")
    again = Packer(db)
    assert again.key == "station.resumed"
    assert again.at(Phase.PACKAGING)
    assert figures(db, "MUG") == (None, 80, 70, 200, "")
    again.press(CommandName.MEASURE)
    again.scan("100x80x70", "210")
    assert again.key == "measure.done"
    after = Packer(db)
    assert look(after.reply.state).filling is not None
    after.press(CommandName.UNDO)
    assert figures(db, "MUG")[0] is None
    assert look(after.reply.state).filling is None
    assert verify(db).differences == ()


def test_at_home_product_after_product_and_undo_also_after_a_restart(db: Database) -> None:
    packer = Packer(db).sign_in()
    packer.press(CommandName.MEASURE)
    packer.scan(CODES["POT"], "95x80x70", "220")
    assert packer.key == "measure.done"
    packer.scan(CODES["LAMP"], "90x85x70", "230")
    assert figures(db, "LAMP") == (90, 85, 70, 230, "ANNA")
    again = Packer(db)
    assert again.at(Phase.HOME)
    again.press(CommandName.MEASURE)
    again.press(CommandName.UNDO)
    again.press(CommandName.UNDO)
    assert figures(db, "LAMP")[:4] == figures(db, "POT")[:4] == (90, 80, 70, 200)
    again.press(CommandName.UNDO)
    assert again.key == "undo.none"
    assert verify(db).differences == ()


def test_who_measured_last_counts_and_is_not_undone_by_somebody_else(db: Database) -> None:
    one, two = Packer(db).sign_in(), Packer(db, "PACK-2").sign_in("BORIS")
    for packer in (one, two):
        packer.press(CommandName.MEASURE)
        packer.scan(CODES["POT"])
    one.scan("95x80x70", "220")
    two.scan("96x80x70", "221")
    [event] = rows(db, Event, stream="station:PACK-2", kind="ProductMeasured")
    assert isinstance(event["payload"], dict)
    assert event["payload"]["before"] == [95, 80, 70, 220]
    one.press(CommandName.UNDO)
    assert one.key == "undo.done"
    assert figures(db, "POT") == (96, 80, 70, 221, "BORIS")
    assert verify(db).differences == ()


def test_verify_finds_figures_that_nobody_measured(db: Database) -> None:
    packer = Packer(db).sign_in()
    packer.press(CommandName.MEASURE)
    packer.scan(CODES["POT"], "95x80x70", "220")
    change(db, Product, {"sku": "POT"}, height_mm=71)
    change(db, Product, {"sku": "TEA"}, measured_by="ANNA")
    words = verify(db).words()
    assert "Product POT: figures: the log says (95, 80, 70, 220), the table has (95, 80, 71, 220)." in words
    assert "Product TEA: figures: the log says None, the table has (90, 80, 70, 200)." in words


def test_verify_names_a_measurement_that_it_cannot_read(db: Database) -> None:
    packer = Packer(db).sign_in()
    packer.press(CommandName.MEASURE)
    packer.scan(CODES["POT"], "95x80x70", "220")
    change(db, Event, {"kind": "ProductMeasured"}, payload={"sku": "POT"})
    assert "Stream station:PACK-1: version 2 can't be read" in verify(db).words()


def test_goods_in_their_own_box_use_no_packaging(db: Database) -> None:
    change(db, Product, {"sku": "LAMP"}, own_box=True, ships_alone=True)
    add_order(db, "1001", {"LAMP": 1})
    whole_order(Packer(db).sign_in(), "1001", {"LAMP": 1})
    assert [row["packaging"] for row in parcels_of(db, "1001")] == ["own:LAMP"]
    assert all(row["moved"] == 0 for row in rows(db, Packaging))
    assert verify(db).differences == ()


def test_how_to_fill_is_known_again_after_a_restart(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 4)
    packer.scan("BOX3")
    packer.choose(2)
    assert packer.at(Phase.WEIGH)
    before = look(packer.reply.state).steps
    assert look(Packer(db).reply.state).steps == before != ()
