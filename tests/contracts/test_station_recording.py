"""A shift recorded at a station gives the same verdicts whenever it is played again."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from data.engine import open_database
from data.errors import DataError
from picker.choices import Weighing
from picker.config import Settings
from picker.flow import Command, CommandName, Message
from picker.services.devices.photos import Photographer
from picker.services.station.recording import RecordingStation, copied, replay
from picker.services.station.running import running_station
from picker.services.station.station import Equipment
from scanning.recording import Heard, Pressed, Recorder, Started, line_of, read
from tests.command import picker
from tests.contracts.shop import BADGES, CODES, add_order, open_shop

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A database as it was before the shift."""
    file = tmp_path / "shop.db"
    with open_shop(f"sqlite:///{file.as_posix()}") as db:
        add_order(db, "O1", {"MUG": 2, "SERUM": 1})
        add_order(db, "O2", {"TEA": 1})
    return file


class Grey:
    """A camera that sees grey."""

    opening, seeing = False, True

    def still(self) -> "NDArray[np.uint8]":
        return np.full((90, 160, 3), 120, np.uint8)


def a_shift(settings: Settings) -> list[Message]:
    """What a packer does and is told, twice with a restart between."""
    told = []
    for inputs in (
        [BADGES["ANNA"], "O1", CODES["MUG"], CODES["TEA"], "a\x1bb\udce9", CommandName.UNDO, CODES["MUG"]],
        [CODES["MUG"], CODES["SERUM"], "LOT-1", "200101", CommandName.BACK, "PARK", "1", CommandName.OK],
    ):
        with running_station(settings) as running:
            station = running.station
            told.append(station.welcome().message)
            for given in inputs:
                reply = (
                    station.press(Command(given))
                    if isinstance(given, CommandName)
                    else station.hear(given, "keyboard")
                )
                told.append(reply.message)
    return told


def test_a_recorded_shift_plays_again_alike_and_leaves_the_database_alone(shop: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.db"
    shutil.copy(shop, before)
    record = tmp_path / "shift.jsonl"
    settings = Settings(db=str(shop), home=tmp_path, record=str(record), one_scan=True)
    told = a_shift(settings)
    assert len(list(read(record))) == len(told)
    kept = before.read_bytes()
    for _ in range(2):
        with copied(str(before)) as copy:
            assert [reply.message for _, reply in replay(record, copy)] == told
    assert before.read_bytes() == kept


def test_a_shift_with_photos_plays_again_without_a_camera(shop: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.db"
    shutil.copy(shop, before)
    record = tmp_path / "shift.jsonl"
    settings = Settings(
        db=str(shop),
        home=tmp_path,
        record=str(record),
        one_scan=True,
        weigh=Weighing.OFF,
        photo_value_cents=0,
    )
    photographer = Photographer(Grey(), tmp_path / "photos")
    recorder = Recorder(record)
    db = open_database(str(shop))
    station = RecordingStation(recorder, settings, db, Equipment(photos=photographer))
    inputs = (BADGES["ANNA"], "O2", CODES["TEA"], "OK", "OK")
    told = [station.welcome().message, *(station.hear(given, "keyboard").message for given in inputs)]
    recorder.close()
    db.dispose()
    assert told[-1].key == "photo.done"
    with copied(str(before)) as copy:
        assert [reply.message for _, reply in replay(record, copy)] == told


def test_what_has_expired_is_judged_by_the_time_of_the_recording(shop: Path, tmp_path: Path) -> None:
    record = tmp_path / "shift.jsonl"
    keys = {}
    for year in (2026, 2031):
        at = datetime(year, 3, 2, tzinfo=UTC)
        scans = [BADGES["ANNA"], "O1", CODES["SERUM"], "LOT-1", "280101"]
        lines = [line_of(Started(at)), *(line_of(Heard(at, "k", raw)) for raw in scans)]
        record.write_text("\n".join(lines) + "\n")
        with copied(str(shop)) as copy:
            keys[year] = [reply.message.key for _, reply in replay(record, copy)][-1]
    assert keys == {2026: "pick.line_done", 2031: "capture.expired"}


def test_the_source_of_each_scan_and_each_key_is_recorded(shop: Path, tmp_path: Path) -> None:
    with open_shop(f"sqlite:///{(tmp_path / 'other.db').as_posix()}") as db:
        settings = Settings(db=str(shop), home=tmp_path)
        recorder = Recorder(tmp_path / "shift.jsonl")
        station = RecordingStation(recorder, settings, db)
        station.hear("X", "serial:COM3")
        station.press(Command(CommandName.CHOICE, 3))
        recorder.close()
    first, heard, pressed = read(tmp_path / "shift.jsonl")
    assert isinstance(first, Started)
    assert first.settings["station"] == "PACK-1"
    assert "db" not in first.settings
    assert isinstance(heard, Heard)
    assert (heard.source, heard.raw) == ("serial:COM3", "X")
    assert isinstance(pressed, Pressed)
    assert (pressed.command, pressed.argument) == ("CHOICE", 3)


def test_only_a_sqlite_file_can_be_copied(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no shop at"), copied(str(tmp_path / "none.db")):
        pass


def test_the_commands(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PICKER_HOME", str(tmp_path))
    record = str(tmp_path / "shift.jsonl")
    shift = picker("record", record, "--db", shop, "--plain", given=f"{BADGES['ANNA']}\nnothing\n")
    assert shift.code == 0, shift.err
    played = picker("replay", record, "--db", shop, "--json")
    assert played.code == 0, played.err
    lines = [json.loads(line) for line in played.out.splitlines()]
    assert [line["key"] for line in lines[:-1]] == [
        "station.welcome_back",
        "signin.already",
        "home.scan_order",
    ]
    assert lines[-1]["inputs"] == 3
    assert "3 inputs:" in picker("replay", record, "--db", shop).out
    wrong = picker("replay", shop, "--db", shop)
    assert wrong.code == 2
    assert "line 1" in wrong.err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"at": "2026-01-01T00:00:00+00:00", "command": "NOSUCH", "argument": 1}', "'NOSUCH'"),
        ('{"at": "2026-01-01T00:00:00+00:00", "settings": {"weigh": "banana"}}', "setting weigh"),
        ('{"at": "2026-01-01T00:00:00+00:00", "comm', "cut off"),
    ],
)
def test_a_recording_that_was_tampered_with_is_refused_in_words(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    monkeypatch.setenv("PICKER_HOME", str(tmp_path))
    file = tmp_path / "shift.jsonl"
    file.write_text(
        '{"at": "2026-01-01T00:00:00+00:00", "settings": {}}\n' + line + "\n" * line.endswith("}")
    )
    played = picker("replay", file, "--db", shop)
    assert played.code == (2 if line.endswith("}") else 0)
    assert words in played.out + played.err
