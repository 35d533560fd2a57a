"""Settings and fixtures of the whole test suite."""

import ctypes.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from tests import postgres

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

# The same examples at every run; `--hypothesis-profile=default` draws fresh ones.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci")

_RUN = "PICKER_TEST_RUN"


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that all processes of this run share (the workers find it in their environment)."""
    if _RUN not in os.environ:
        run = Path(tempfile.mkdtemp(prefix="picker-tests-"))
        (run / "owner").write_text(str(os.getpid()), "utf-8")
        os.environ[_RUN] = str(run)
        config.add_cleanup(lambda: postgres.finish(Path(os.environ.pop(_RUN))))


@cache
def _missing(name: str) -> str | None:
    """Why tests with this marker cannot run here, or None if they can."""
    if name == "tmux" and shutil.which("tmux") is None:
        return "tmux is missing: apt install tmux"
    if name == "zbar" and sys.platform != "win32" and ctypes.util.find_library("zbar") is None:
        return "libzbar is missing: apt install libzbar0"
    return None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, with the remedy as the reason, what needs a system package that is not here."""
    for name in ("tmux", "zbar"):
        if item.get_closest_marker(name) and (reason := _missing(name)):
            pytest.skip(reason)


@pytest.fixture(scope="session")
def pg_server() -> str:
    """URL of the run's PostgreSQL server; fails, and never skips, if there is none."""
    try:
        return postgres.server_url(Path(os.environ[_RUN]))
    except postgres.PostgresError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def pg_url(pg_server: str) -> Iterator[str]:
    """URL of a fresh, empty PostgreSQL database."""
    with postgres.fresh_database(pg_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a fresh, empty database; the test runs once for each kind that Picker serves."""
    if request.param == "sqlite":
        return f"sqlite:///{(tmp_path / 'picker.db').as_posix()}"
    return str(request.getfixturevalue("pg_url"))
