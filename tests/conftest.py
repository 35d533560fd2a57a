"""Settings and fixtures of the whole test suite."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import scanning  # noqa: F401 - before anything loads numpy, for which it sets the number of threads
from tests import fillers, postgres
from tests.optional import OPTIONAL, hide, wanted_hidden, why_missing

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")

# The same examples at every run; `--hypothesis-profile=default` draws fresh ones.
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that all processes of this run share (the workers find it in their environment)."""
    fillers.watch()
    for name, optional in OPTIONAL.items():
        config.addinivalue_line("markers", f"{name}: needs {optional.name}; skipped without it")
    if postgres.RUN not in os.environ:
        run = Path(tempfile.mkdtemp(prefix="picker-tests-"))
        (run / "owner").write_text(str(os.getpid()), "utf-8")
        os.environ[postgres.RUN] = str(run)
        config.add_cleanup(_finish)
        hide(wanted_hidden(), run)


def _finish() -> None:
    postgres.finish(Path(os.environ[postgres.RUN]))
    del os.environ[postgres.RUN]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, with the remedy as the reason, what needs something optional that is not here."""
    for name in OPTIONAL:
        if item.get_closest_marker(name) and (reason := why_missing(name)):
            pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Sum up in one line what was skipped and what to install."""
    reports = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)
    if reasons:
        each = "; ".join(f"{reason} ({number})" for reason, number in reasons.most_common())
        terminalreporter.line(f"{len(reports)} skipped: {each}", yellow=True)


@pytest.fixture(scope="session")
def pg_server() -> str:
    """URL of the run's PostgreSQL server; skips where there can be none, and fails if it doesn't start."""
    if reason := why_missing("postgres"):
        pytest.skip(reason)
    try:
        return postgres.server_url(Path(os.environ[postgres.RUN]))
    except postgres.PostgresError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def pg_url(pg_server: str) -> Iterator[str]:
    """URL of a fresh, empty PostgreSQL database."""
    with postgres.fresh_database(pg_server) as url:
        yield url


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[postgres.Cluster]:
    """A PostgreSQL server of this test's own, which it may kill."""
    if reason := why_missing("postgres"):
        pytest.skip(reason)
    home = tmp_path / "server"
    home.mkdir()
    own = postgres.Cluster(home)
    own.create()
    own.start()
    yield own
    own.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a fresh, empty database; the test runs once for each kind that Picker serves."""
    if request.param == "sqlite":
        return f"sqlite:///{(tmp_path / 'picker.db').as_posix()}"
    return str(request.getfixturevalue("pg_url"))
