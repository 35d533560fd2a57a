"""`kill -9` of `picker init` at any moment: the next one finishes it.

PICKER_TEST_KILLS=200 kills more often.
"""

import multiprocessing
import os
import time
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from picker.cli import app
from picker.services.office.new_shop import make_shop
from picker.services.shop import existing

KILLS = int(os.environ.get("PICKER_TEST_KILLS", "8"))
TABLES = ("shop", "worker", "service", "packaging", "campaign")


def make(url: str) -> None:
    make_shop(url).dispose()


def killed_after(url: str, seconds: float | None) -> float:
    """Make a shop in a process of its own, killed after some time; returns how long it lived."""
    process = multiprocessing.get_context("forkserver").Process(target=make, args=(url,))
    begun = time.monotonic()
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return time.monotonic() - begun


@pytest.mark.timeout(60 + 2 * KILLS)
def test_a_shop_whose_making_was_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    killed_after(str(tmp_path / "first.sqlite"), None)  # loads what the others begin with
    whole = killed_after(str(tmp_path / "whole.sqlite"), None)
    for kill in range(KILLS):
        file = str(tmp_path / f"{kill}.sqlite")
        killed_after(file, whole * (kill + 1) / (KILLS + 1))
        done = CliRunner().invoke(app, ["init", "--db", file])
        assert done.exit_code == 0, done
        db = existing(file)
        with db.reader.connect() as connection:
            rows = [connection.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES]
        db.dispose()
        assert all(rows), (kill, rows)


def test_tables_that_nothing_was_put_into_are_no_shop_yet(tmp_path: Path) -> None:
    file = str(tmp_path / "shop.sqlite")
    db = make_shop(file)
    with db.writer.begin() as connection:
        for table in ("campaign_version", "campaign", "code", "worker", "service", "packaging", "shop"):
            connection.execute(text(f"DELETE FROM {table}"))
    db.dispose()
    told = CliRunner().invoke(app, ["lead", "--db", file]).exception
    assert "There is no shop at" in str(told)
    assert "Made" in CliRunner().invoke(app, ["init", "--db", file]).output
    assert "already" in CliRunner().invoke(app, ["init", "--db", file]).output
