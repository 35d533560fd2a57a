"""One input that writes into two orders and the station, on both databases: whole or not at all, and undone in all."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from data.engine import Database
from data.tables import Event, Product
from data.types import OrderId, WorkerId
from picker.flow import Command, CommandName, Facts, State, Step
from picker.flow.events import ProductMeasured, UnitsPicked
from picker.flow.step import step
from picker.flow.turn import Turn
from picker.services.office.imports import cancel_order
from picker.services.verify import verify
from scanning.result import Scan
from tests.contracts.shop import CODES, Packer, add_order, claim_of, open_shop, quantity, rows, work_of
from tests.contracts.test_station_races import Line

STEP = "picker.services.station.station.step"
MANY = "MANY-AT-ONCE"
STREAMS = ("1001", "1002", "station:PACK-1")


def many(db: Database, state: State, given: Scan | Command, facts: Facts) -> Step:
    """The answer to the one code that picks for two orders and measures a product, and to every other input."""
    if not isinstance(given, Scan) or given.text != MANY:
        return step(state, given, facts)
    turn = Turn(state, facts, state.work, given, None, facts.new_id())
    turn.emit(UnitsPicked(1, "MUG", 1, "A-01-1", MANY))
    turn.emit_station(ProductMeasured("BOOK", (90, 80, 70, 200), (91, 81, 71, 210)))
    for units in (2, 1):
        turn.emit(UnitsPicked(1, "TEA", units, "A-02-1", MANY), of=work_of(db, "1002"))
    return turn.say("pick.done", name="MUG", done=1, wanted=3, word="")


@pytest.fixture
def db(db_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A shop with two orders, and stations that know that code."""
    with open_shop(db_url) as opened:
        add_order(opened, "1001", {"MUG": 3})
        add_order(opened, "1002", {"TEA": 5})
        monkeypatch.setattr(STEP, partial(many, opened))
        yield opened


def in_work(db: Database) -> Packer:
    """Order 1001 in hand, 1002 parked by the same packer."""
    packer = Packer(db).sign_in().claim("1002")
    packer.press(CommandName.PARK)
    packer.choose(1)
    return packer.claim("1001")


def written(db: Database) -> dict[str, list[str]]:
    """The kinds of what stands in the three streams, in order."""
    found = sorted(rows(db, Event), key=lambda row: int(str(row["version"])))
    return {name: [str(row["kind"]) for row in found if row["stream"] == name] for name in STREAMS}


def assert_sound(db: Database) -> None:
    """Everything agrees; but that no station of today writes into an order that it doesn't hold."""
    assert [words for words in verify(db).differences if "while nobody held the order" not in words] == []


def picked(db: Database) -> tuple[int, int]:
    return work_of(db, "1001").line(1).picked, work_of(db, "1002").line(1).picked


def test_all_of_it_is_written_with_all_that_follows(db: Database) -> None:
    packer = in_work(db)
    before = written(db)
    assert packer.scan(MANY).saved
    added = {name: kinds[len(before[name]) :] for name, kinds in written(db).items()}
    assert added == {
        "1001": ["UnitsPicked"],
        "1002": ["UnitsPicked", "UnitsPicked"],
        "station:PACK-1": ["ProductMeasured"],
    }
    assert picked(db) == (1, 3)
    assert (quantity(db, "MUG", "A-01-1"), quantity(db, "TEA", "A-02-1")) == (19, 17)
    assert rows(db, Product, sku="BOOK")[0]["weight_g"] == 210
    assert (claim_of(db, "1001"), claim_of(db, "1002")) == (("PACK-1", 1), None)
    numbers = sorted(int(str(row["seq"])) for row in rows(db, Event, station="PACK-1"))
    assert numbers == list(range(1, len(numbers) + 1))
    packer.scan(CODES["MUG"])
    assert picked(db) == (2, 3)
    assert_sound(db)


@pytest.mark.parametrize("moved", STREAMS)
def test_where_one_stream_has_moved_nothing_is_written_to_any(
    db: Database, moved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    packer = in_work(db)
    before = written(db)

    def late(state: State, given: Scan | Command, facts: Facts) -> Step:
        """What was built on a version that is no longer the stream's, every time it is tried."""
        found = many(db, state, given, facts)
        parts = [
            replace(part, seen=part.seen - 1) if part.stream.name == moved else part for part in found.streams
        ]
        return replace(found, streams=tuple(parts))

    monkeypatch.setattr(STEP, late)
    assert not packer.scan(MANY).saved
    assert written(db) == before
    assert picked(db) == (0, 0)
    assert (quantity(db, "MUG", "A-01-1"), quantity(db, "TEA", "A-02-1")) == (20, 20)
    monkeypatch.setattr(STEP, partial(many, db))
    assert packer.scan(MANY).saved
    assert picked(db) == (1, 3)
    assert_sound(db)


def test_an_undo_takes_the_input_back_in_all(db: Database) -> None:
    packer = in_work(db)
    packer.scan(MANY)
    packer = Packer(db)  # the program died meanwhile
    packer.press(CommandName.UNDO)
    assert packer.key == "undo.done"
    assert picked(db) == (0, 0)
    assert (quantity(db, "MUG", "A-01-1"), quantity(db, "TEA", "A-02-1")) == (20, 20)
    last = {
        name: max(rows(db, Event, stream=name), key=lambda row: int(str(row["version"]))) for name in STREAMS
    }
    for name, row in last.items():
        assert row["kind"] == "Undone", name
        assert isinstance(row["payload"], dict)
        assert len(row["payload"]["events"]) == (2 if name == "1002" else 1)
    assert packer.scan(MANY).saved
    assert picked(db) == (1, 3)
    assert_sound(db)


def test_what_another_order_has_built_on_stays(db: Database) -> None:
    packer = in_work(db)
    packer.scan(MANY)
    second = Packer(db, "PACK-2").sign_in("BORIS").claim("1002").take("TEA", 1)
    packer.press(CommandName.UNDO)
    assert packer.key == "undo.sealed"
    assert picked(db) == (1, 4)
    second.press(CommandName.UNDO)
    assert picked(db) == (1, 3)
    cancel_order(db, OrderId("1001"), "asked", WorkerId("BORIS"))
    assert_sound(db)


def test_a_lost_answer_to_its_commit_counts_once(db: Database) -> None:
    packer = in_work(db)
    line = Line(db.writer, lose_answer=True, then_down=True)
    assert not packer.scan(MANY).saved
    line.down = False
    assert packer.scan(MANY).saved
    assert picked(db) == (1, 3)
    assert_sound(db)
