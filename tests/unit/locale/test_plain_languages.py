"""The line mode: people read their own language, programs English and parameters."""

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from data.types import StationId, Worker, WorkerId
from picker.cli import app
from picker.config import Settings
from picker.flow import Message, State, say
from picker.plain import run
from picker.services.station.station import Reply, Station
from scanning.result import Scan

ANNA = Worker(WorkerId("anna"), "Anna", language="pl")


class Door(Station):
    """Lets one worker in, and out again at the next scan."""

    def __init__(self) -> None:
        self.state = State(StationId("PACK-1"))

    def welcome(self) -> Reply:
        return Reply(self.state, say("station.ready"))

    def handle(self, given: object) -> Reply:
        assert isinstance(given, Scan)
        inside = self.state.worker is None
        self.state = replace(self.state, worker=ANNA if inside else None)
        return Reply(self.state, _greeting(inside))


def _greeting(inside: bool) -> Message:
    return (
        say("signin.wanted", what=say("kind.worker", name="Anna"))
        if inside
        else say("signout.done", worker="Anna")
    )


def heard(*, as_json: bool, idle: str = "en", always: str | None = None) -> list[str]:
    """What a station answers to two scans."""
    out = io.StringIO()
    run(Door(), io.BytesIO(b"B1\nB1\n"), out, as_json=as_json, idle=idle, always=always)
    return out.getvalue().splitlines()


def test_lines_follow_who_is_signed_in() -> None:
    inside, outside = heard(as_json=False)
    assert inside.startswith("ERROR Najpierw zeskanuj identyfikator. To jest identyfikator: Anna | ")
    assert outside == "OK Goodbye Anna | Scan your badge"
    assert heard(as_json=False, idle="ru")[1] == "OK До свидания, Anna | Сканируйте бейдж"


def test_one_language_for_all_when_it_is_asked_for() -> None:
    assert all("Anna" in line and "工牌" in line for line in heard(as_json=False, always="zh"))


def test_programs_get_english_keys_and_parameters() -> None:
    answer = json.loads(heard(as_json=True, always="en")[0])
    assert answer["message"] == "Scan your badge first. This is the badge of Anna"
    assert answer["key"] == "signin.wanted"
    assert answer["params"] == {"what": {"key": "kind.worker", "params": {"name": "Anna"}}}
    assert json.loads(heard(as_json=True, always="pl")[1])["message"] == "Do widzenia, Anna"


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="'tlh': expected one of en"):
        Settings(language="tlh")
    refused = CliRunner().invoke(app, ["station", "--plain", "--language", "tlh"])
    assert refused.exit_code != 0


def test_a_pipe_that_knows_no_chinese_is_answered_all_the_same(tmp_path: Path) -> None:
    run_main = "from picker.cli import main; main()"
    home = {
        "PICKER_DB": str(tmp_path / "shop.sqlite"),
        "PICKER_HOME": str(tmp_path),
        "PYTHONIOENCODING": "ascii",
    }
    answers = [
        subprocess.run(
            [sys.executable, "-c", run_main, *command],
            input="B1\n",
            env={**os.environ, **home},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for command in (["init"], ["station", "--plain", "--language", "zh"])
    ]
    assert answers[1].startswith("ERROR \\u672a\\u77e5\\u5de5\\u724c B1")
