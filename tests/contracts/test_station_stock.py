"""Short, damaged, taken out, undone: each has its own effect on the stock, and none is silent."""

from collections.abc import Iterator

import pytest

from data.engine import Database
from data.tables import Event, Order, OrderLine
from picker.flow import CommandName, Phase
from picker.services.verify import verify
from tests.contracts.shop import (
    CODES,
    ONE_SCAN,
    Packer,
    add_order,
    details,
    open_shop,
    quantity,
    reports,
    rows,
)


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        add_order(opened, "1001", {"MUG": 2, "TEA": 1})
        yield opened


def line(db: Database, number: int) -> dict[str, object]:
    return rows(db, OrderLine, order_id="1001", line=number)[0]


def test_stock_out_empties_the_record_and_is_reported(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001")
    packer.press(CommandName.SHORT)
    packer.choose(1)
    assert packer.key == "pick.short"
    assert line(db, 1)["short"] == 2
    assert quantity(db, "MUG", "A-01-1") == 0
    [detail] = details(db, "short")
    assert (detail["sku"], detail["quantity"]) == ("MUG", 2)
    assert verify(db).ok
    packer.press(CommandName.UNDO)
    assert line(db, 1)["short"] == 0
    assert quantity(db, "MUG", "A-01-1") == 20
    assert reports(db, "short") == []
    assert verify(db).ok


def test_an_order_of_which_nothing_is_there_is_held_and_not_closed(db: Database) -> None:
    add_order(db, "1002", {"LAMP": 1})
    packer = Packer(db).sign_in().claim("1002")
    packer.press(CommandName.SHORT)
    packer.choose(1)
    assert packer.at(Phase.HOME)
    [order] = rows(db, Order, id="1002")
    assert (order["state"], order["hold_reason"]) == ("held", "nothing_to_pack")
    assert len(reports(db, "hold")) == 1
    assert verify(db).ok


@pytest.mark.parametrize(("answer", "where"), [(1, "quarantine"), (2, "scrap"), (3, "rework")])
def test_damage_at_the_shelf_moves_the_unit_where_it_was_sent(db: Database, answer: int, where: str) -> None:
    packer = Packer(db).sign_in().claim("1001")
    packer.press(CommandName.DAMAGE)
    packer.choose(1, 2, answer)
    assert packer.key == "damage.done"
    assert quantity(db, "MUG", "A-01-1") == 19
    assert quantity(db, "MUG", where.upper(), where) == 1
    assert (line(db, 1)["damaged"], line(db, 1)["picked"]) == (1, 0)
    [detail] = details(db, "damage")
    assert (detail["reason"], detail["disposition"]) == ("broken", where)
    assert verify(db).ok


def test_damage_at_the_bench_wants_another_unit(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2).take("TEA", 1).take("MUG", 1)
    packer.press(CommandName.DAMAGE)
    packer.choose(1, 1, 1)
    assert line(db, 1)["picked"] == 1
    assert quantity(db, "MUG", "A-01-1") == 18
    packer.press(CommandName.UNDO)
    assert (line(db, 1)["picked"], line(db, 1)["damaged"]) == (2, 0)
    assert quantity(db, "MUG", "QUARANTINE", "quarantine") == 0
    assert reports(db, "damage") == []
    assert verify(db).ok


def test_undo_goes_back_step_by_step_even_after_a_restart(db: Database) -> None:
    packer = Packer(db).sign_in().claim("1001").take("MUG", 2)
    assert quantity(db, "MUG", "A-01-1") == 18
    again = Packer(db)
    again.press(CommandName.UNDO)
    assert (line(db, 1)["picked"], quantity(db, "MUG", "A-01-1")) == (1, 19)
    again.press(CommandName.UNDO)
    assert (line(db, 1)["picked"], quantity(db, "MUG", "A-01-1")) == (0, 20)
    again.press(CommandName.UNDO)
    assert again.key == "undo.none"
    assert len(rows(db, Event, stream="1001", kind="UnitsPicked")) == 2
    assert packer.reply.saved
    assert verify(db).ok


def test_take_out_in_one_scan_mode_returns_the_unit_to_the_shelf(db: Database) -> None:
    packer = Packer(db, policy=ONE_SCAN).sign_in().claim("1001").take("MUG", 2)
    packer.press(CommandName.TAKEOUT)
    packer.scan(CODES["MUG"])
    packer.press(CommandName.TAKEOUT)
    assert (line(db, 1)["picked"], line(db, 1)["checked"]) == (1, 1)
    assert quantity(db, "MUG", "A-01-1") == 19
    assert verify(db).ok


def test_more_than_on_record_is_counted_and_reported_never_negative(db: Database) -> None:
    add_order(db, "1002", {"MUG": 25})
    packer = Packer(db).sign_in().claim("1002").take("MUG", 25)
    assert packer.at(Phase.CHECK)
    assert quantity(db, "MUG", "A-01-1") == 0
    assert len(reports(db, "stock_wrong")) == 5
    assert verify(db).ok
