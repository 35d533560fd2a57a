"""Two programs under one station's name: the second is refused in words, and a killed one starts again at once."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from data.engine import Database, open_database
from data.tables import RunningStation
from data.types import StationId
from picker.config import Settings
from picker.services.reports.printers import SILENT_AFTER
from picker.services.station.presence import AlreadyRunning, Presence, alone
from picker.services.station.station import Equipment, Station
from tests.contracts.shop import BADGES, open_shop
from tests.faults.station.process import StationProcess
from tests.faults.station.warehouse import ROOT, Warehouse

NAME = "PACK-1"
Machine = Callable[[str], Presence]


class OtherMachine(Warehouse):
    """The same shop, seen by a machine with a folder of its own."""

    def __init__(self, warehouse: Warehouse, home: Path) -> None:
        home.mkdir()
        self.url, self.home = warehouse.url, home


def refused(warehouse: Warehouse) -> str:
    """What a station that must not start says."""
    done = subprocess.run(
        [sys.executable, "-m", "picker", "station", "--plain", "--station", NAME],
        cwd=ROOT, env=warehouse.environment(), input=b"", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == b""
    return done.stderr.decode()


def test_a_name_that_runs_is_refused_and_a_killed_station_starts_again(db_url: str, tmp_path: Path) -> None:
    here = Warehouse(db_url, tmp_path, 2)
    there = OtherMachine(here, tmp_path / "there")
    first = StationProcess(here, NAME)
    assert first.ask("BADGE1001")["worker"]
    for other in (here, there):
        words = refused(other)
        assert f"{NAME} is already running on " in words
        assert " since 2" in words
        assert "give this station another name" in words
    first.kill()
    again = StationProcess(here, NAME)
    assert again.ask("PROBE")["worker"], "it goes on with who was signed in"
    assert again.finish() == 0


@pytest.fixture
def shop(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


@pytest.fixture
def machine(shop: Database, db_url: str, tmp_path: Path) -> Iterator[Machine]:
    """Has a station run on a machine of that name, until the end of the test."""
    with ExitStack() as stack:

        def run(name: str) -> Presence:
            db = open_database(db_url)
            stack.callback(db.dispose)
            return stack.enter_context(alone(db, Settings(home=tmp_path / name, station=StationId(NAME))))

        yield run


def grow_silent(db: Database) -> None:
    """Let the time pass after which a station counts as silent."""
    with db.writer.begin() as connection:
        then = db.now(connection) - SILENT_AFTER - timedelta(seconds=1)
        connection.execute(update(RunningStation.__table__).values(at=then))


def test_a_silent_machine_loses_its_name_and_counts_nothing_more(shop: Database, machine: Machine) -> None:
    old = machine("old")
    station = Station(shop, StationId(NAME), Settings().policy(), Equipment(lost_to=old.lost_to))
    assert station.hear(BADGES["ANNA"], "test").saved
    with pytest.raises(AlreadyRunning):
        machine("new")
    grow_silent(shop)
    new = machine("new")
    reply = station.hear(BADGES["ANNA"], "test")
    assert (reply.message.key, reply.saved) == ("station.name_taken", False)
    with pytest.raises(AlreadyRunning):
        old.beat()
    new.beat()


def test_a_sign_of_life_keeps_the_name(shop: Database, machine: Machine) -> None:
    presence = machine("here")
    grow_silent(shop)
    presence.beat()
    with pytest.raises(AlreadyRunning):
        machine("there")


def test_a_name_that_got_lost_with_the_database_is_taken_again(shop: Database, machine: Machine) -> None:
    presence = machine("here")
    with shop.writer.begin() as connection:
        connection.execute(RunningStation.__table__.delete())
    presence.beat()
    with pytest.raises(AlreadyRunning):
        machine("there")


def test_the_demo_is_not_pulled_from_under_a_running_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from picker.services.station import demo

    monkeypatch.setattr(demo, "data_dir", lambda: tmp_path)
    settings = demo.demo_settings(fresh=False)
    db = open_database(settings.db)
    with alone(db, settings), pytest.raises(AlreadyRunning):
        demo.demo_settings(fresh=True)
    db.dispose()
    assert Path(settings.db).exists()
