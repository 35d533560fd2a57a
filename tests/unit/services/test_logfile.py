"""The station's log: what went wrong is in it, whose data it was is not."""

import logging
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from data.errors import DataError
from data.types import StationId
from picker.config import Settings
from picker.services.logfile import described, log_file, logging_here

_LOG = logging.getLogger("picker.services.somewhere")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", station=StationId("PACK-1"), db=str(tmp_path / "picker.db"))


def _fail(error: Exception) -> None:
    try:
        raise error
    except type(error):
        _LOG.exception("the thread met")


def test_what_a_thread_caught_is_in_the_log_and_told_once_a_fault(settings: Settings) -> None:
    told: list[None] = []
    with logging_here(settings, lambda: told.append(None)):
        _LOG.info("looked into the folder")
        _fail(DataError("the disk is full"))
    text = log_file(settings).read_text("utf-8")
    assert "looked into the folder" in text
    assert "DataError: the disk is full" in text
    assert "test_logfile.py" in text
    assert len(told) == 1


def test_nothing_of_a_buyer_and_no_secret_is_in_the_log(settings: Settings) -> None:
    with logging_here(settings):
        _fail(ValueError("expected a short name, got 'Ada Byron, 1 Mill Lane'"))
        _fail(DataError("postgresql://picker:hunter2@server/picker is away"))
        _fail(
            OperationalError(
                "INSERT", {"name": "Ada Byron"}, Exception("Key (name)=(Ada Byron)\nDETAIL: Ada")
            )
        )
        _LOG.warning("connecting with password=hunter2 to postgresql://picker:hunter2@server/picker")
    text = log_file(settings).read_text("utf-8")
    assert "ValueError" in text
    assert "Ada" not in text
    assert "Mill Lane" not in text
    assert "hunter2" not in text
    assert "postgresql://picker:…@server/picker" in text


def test_a_name_that_would_steer_a_terminal_is_cleaned(settings: Settings) -> None:
    with logging_here(settings):
        _LOG.warning("label %s", "x\x1b[2J.pdf")
    assert "\x1b" not in log_file(settings).read_text("utf-8")


def test_a_log_that_cannot_be_written_costs_nothing_else(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    log_file(settings).mkdir(parents=True)
    with logging_here(settings):
        _LOG.warning("nobody hears this")
    assert capsys.readouterr() == ("", "")


def test_the_log_does_not_grow_without_end(settings: Settings) -> None:
    with logging_here(settings):
        for _ in range(4_000):
            _LOG.warning("x" * 390)
    files = sorted(settings.home.glob("log-PACK-1.txt*"))
    assert len(files) == 2
    assert all(file.stat().st_size <= 1_001_000 for file in files)


def test_an_error_of_the_operating_system_keeps_its_words() -> None:
    assert described(FileNotFoundError(2, "No such file", "/srv/labels")) == (
        "FileNotFoundError: [Errno 2] No such file: '/srv/labels'"
    )
