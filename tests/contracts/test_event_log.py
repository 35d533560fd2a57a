"""What a shift writes into the log, byte for byte: ids, versions, sequences, authors, kinds and payloads.

After a wanted change run once with `PICKER_WRITE_GOLDEN=1` and `-n 0`, and read the difference.
"""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, select

from data.engine import Database
from data.importers.records import LineChange
from data.tables import Event, OrderLine, Product, Worker
from data.types import OrderId, Role, StationId, WorkerId
from picker.choices import Weighing
from picker.flow import Command, CommandName, FlowPolicy
from picker.flow.accepts import accepts
from picker.services import ids
from picker.services.office.imports import BegunOrders, cancel_order, hold_order, release_hold
from picker.services.orders.names import INTAKE, OFFICE
from picker.services.station.station import Equipment, Reply, Station
from picker.services.verify import verify
from scanning.parse import parse
from tests.contracts.shop import BADGES, BENCH, CASE_OF_SIX, CODES, ONE_SCAN, add_order, change, open_shop

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "log"
WRITES = "PICKER_WRITE_GOLDEN" in os.environ
BEGIN = datetime(2026, 3, 2, 8, tzinfo=UTC)
OBEDIENT = 0.6
"""How often a wild packer gives what the screen asks for."""


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The small shop, where ids follow each other and nothing is drawn by lot."""
    ticks = count(1 << 12)
    monkeypatch.setattr(ids._clock, "tick", lambda: next(ticks))
    monkeypatch.setattr("secrets.randbits", lambda bits: 0)
    with open_shop(str(tmp_path / "shop.db")) as opened:
        change(opened, Worker, {"id": "BORIS"}, role=Role.LEAD.value)
        change(opened, Product, {"sku": "LAMP"}, serial_wanted=True)
        change(opened, Product, {"sku": "POT"}, length_mm=None)
        yield opened


class Bench:
    """A station on a clock that goes a second an input."""

    def __init__(self, db: Database, name: str, policy: FlowPolicy = BENCH) -> None:
        self._inputs = count()
        self.station = Station(
            db,
            StationId(name),
            policy,
            Equipment(clock=lambda: BEGIN + timedelta(seconds=next(self._inputs))),
        )
        self.reply: Reply = self.station.welcome()

    def give(self, *inputs: str) -> None:
        """Press what is a command, "3" being a choice, and scan the rest; "LABEL" is the one on the box."""
        for text in inputs:
            if text in CommandName.__members__:
                self.reply = self.station.handle(Command(CommandName(text)))
            elif text in "123456789":
                self.reply = self.station.handle(Command(CommandName.CHOICE, int(text)))
            else:
                self.reply = self.station.handle(parse(self._label() if text == "LABEL" else text, "test"))

    def _label(self) -> str:
        work = self.reply.state.work
        parcel = work.next_parcel if work else None
        return f"00{parcel.sscc}" if parcel else "LABEL"


def orders(db: Database, *wanted: dict[str, int]) -> list[str]:
    """Orders of these units, due one after the other."""
    numbers = [f"O-{number}" for number in range(1, len(wanted) + 1)]
    for hours, (number, lines) in enumerate(zip(numbers, wanted, strict=True), 1):
        add_order(db, number, lines, due_in=timedelta(hours=hours))
    return numbers


def office(db: Database, act: Callable[[BegunOrders, Connection], None]) -> None:
    """What an import does in its own transaction."""
    with db.writer.begin() as connection:
        act(BegunOrders(), connection)


def a_plain_shift(db: Database) -> None:
    """Two orders from badge to label: a lot and an expiry, an undo, a take-out, parcels, a reprint, a sign-out."""
    orders(db, {"MUG": 2, "SERUM": 1}, {"TEA": 7, "BOOK": 1})
    bench = Bench(db, "PACK-1")
    bench.give(
        CODES["MUG"], BADGES["ANNA"], "NEXT", CODES["MUG"], CODES["BOOK"], CODES["MUG"], "UNDO", "UNDO"
    )
    bench.give(CODES["MUG"], CODES["MUG"], CODES["SERUM"], "LOT-7", "20331231", CODES["MUG"], CODES["MUG"])
    bench.give(
        "TAKEOUT", CODES["MUG"], "OK", CODES["MUG"], CODES["SERUM"], "LOT-7", "OK", "UNDO", "BOX3", "1"
    )
    bench.give("690", "690", "REPRINT", "1", BADGES["BORIS"], "LABEL", "LABEL")
    bench.give(
        "OK", CASE_OF_SIX, CODES["TEA"], CODES["BOOK"], CASE_OF_SIX, "NEXTPARCEL", CODES["TEA"], CODES["BOOK"]
    )
    bench.give("OK", "SKIP", "LABEL", "OK", "SKIP", "PRINTED", "LABEL", "SIGNOUT", CODES["TEA"])


def trouble_at_the_shelf(db: Database) -> None:
    """Shorts, damage in every place, later, park, a lead's barcode, measuring, a restart."""
    orders(db, {"MUG": 3, "POT": 1, "LAMP": 2}, {"BOOK": 25})
    bench = Bench(db, "PACK-1")
    bench.give(
        BADGES["ANNA"], "OK", "LATER", "DAMAGE", "1", "1", "1", CODES["MUG"], "5901234999991", "ATTACH"
    )
    bench.give(CODES["POT"], BADGES["BORIS"], "5901234999991", CODES["LAMP"], "SER-1", CODES["LAMP"], "SER-1")
    bench.give("SER-2", CODES["MUG"], "SHORT", "1", "2", "DAMAGE", "1", "2", "1", "1", "PARK", "1")
    bench = Bench(db, "PACK-1")
    bench.give(BADGES["ANNA"], "O-1", *[CODES[sku] for sku in ("MUG", "MUG", "MUG", "POT", "LAMP")], "SER-2")
    bench.give(CODES["LAMP"], "SER-1", "DAMAGE", "1", "1", "1", "SHORT", "1", "MEASURE", "120x100x90", "300")
    bench.give(
        "UNDO", "UNDO", "OK", "OK", "SKIP", "LABEL", "NEXT", CODES["BOOK"], "SHORT", "2", "OK", "OK", "SKIP"
    )


def the_shop_interferes(db: Database) -> None:
    """Changes, holds and cancels of orders in work, parked and waiting; two stations; a taken-over order."""
    orders(db, {"MUG": 2, "TEA": 1}, {"TEA": 2}, {"BOOK": 1}, {"POT": 1})
    first, second = Bench(db, "PACK-1"), Bench(db, "PACK-2", ONE_SCAN)
    first.give(BADGES["ANNA"], "O-1", CODES["MUG"])
    second.give(BADGES["BORIS"], "O-1", "O-2", CODES["TEA"])
    office(
        db,
        lambda intake, connection: intake.changed(connection, OrderId("O-1"), [LineChange(1, "MUG", 2, 1)]),
    )
    change(db, OrderLine, {"order_id": "O-1", "line": 1}, quantity=1)
    hold_order(db, OrderId("O-2"), "address", WorkerId("BORIS"))
    first.give(CODES["TEA"], "OK", CODES["TEA"], CODES["MUG"], "PARK", "2")
    second.give(CODES["TEA"], "OK", "O-3", CODES["BOOK"], "UNDO", CODES["BOOK"])
    release_hold(db, OrderId("O-2"), WorkerId("BORIS"))
    cancel_order(db, OrderId("O-3"), "refunded", WorkerId("BORIS"))
    second.give("OK", "OK", "O-1", CODES["MUG"], CODES["TEA"], "OK", "OK", "LABEL", "O-2", CODES["TEA"], "OK")
    cancel_order(db, OrderId("O-4"), "asked", WorkerId("BORIS"))
    first.give("O-4", "O-2", "SIGNOUT")
    second.give("OK", "LABEL", "LABEL", "SIGNOUT")


def two_wild_packers(db: Database) -> None:
    """Whatever comes into their heads, at two stations: nothing that can be given is left out for long."""
    random = Random(20260302)
    numbers = orders(
        db, *({sku: random.randint(1, 3) for sku in random.sample(list(CODES), 2)} for _ in range(9))
    )
    weighed = FlowPolicy(weigh=Weighing.REQUIRED)
    benches = [Bench(db, "PACK-1"), Bench(db, "PACK-2", ONE_SCAN), Bench(db, "PACK-3", weighed)]
    codes = [
        *CODES.values(),
        *CODES.values(),
        *BADGES.values(),
        *numbers,
        "BOX1",
        "BOX2",
        "A-01-1",
        "5901234999991",
    ]
    words = ["SER-9", "SER-8", "LOT-1", "20321231", "150", "400x300x200", "LABEL", "LABEL", CASE_OF_SIX]
    anything = [*codes, *words, *CommandName.__members__, *"123", "OK", "SKIP", "UNDO"]
    for bench in benches:
        bench.give(BADGES["ANNA"])
    for _ in range(900):
        bench = random.choice(benches)
        asked = [code for accept in accepts(bench.reply.state) for code in accept.codes]
        bench.give(random.choice(asked if asked and random.random() < OBEDIENT else anything))


SHIFTS = [a_plain_shift, trouble_at_the_shelf, the_shop_interferes, two_wild_packers]


@pytest.mark.parametrize("shift", SHIFTS, ids=lambda shift: shift.__name__)
def test_a_shift_leaves_the_log_that_it_left(db: Database, shift: Callable[[Database], None]) -> None:
    shift(db)
    golden = GOLDEN / f"{shift.__name__}.jsonl"
    found = "".join(f"{line}\n" for line in _log(db))
    if WRITES:
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")
    assert not verify(db).differences


def _log(db: Database) -> Iterator[str]:
    """Every column of every event in the order of their ids; the office's own clock is not ours to turn."""
    table = Event.__table__
    with db.reader.connect() as connection:
        for row in connection.execute(select(table).order_by(table.c.id)).mappings():
            values = dict(row)
            if values["station"] in (INTAKE, OFFICE):
                values["at"] = None
            yield json.dumps(values, default=str, ensure_ascii=False)
