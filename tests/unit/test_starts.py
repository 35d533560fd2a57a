"""What each start loads: a heavy module that sneaks in is found here, not by a packer who waits.

Two processes try them all, each start after those that may load less than itself: what none has loaded by then, this
one has not loaded either.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from data.engine import open_database
from data.schema import upgrade
from tests.templates import copy_into

ROOT = Path(__file__).parents[2]
HEAVY = (
    *(
        "PIL",
        "alembic",
        "babel",
        "biip",
        "cv2",
        "escpos",
        "holidays",
        "jinja2",
        "numpy",
        "psycopg",
        "pypdfium2",
    ),
    *("pyzbar", "segno", "serial", "uharfbuzz", "zxingcpp"),
)
SCREEN = ("textual",)
STORE = ("sqlalchemy", "sqlmodel", "pydantic")
FLOW = ("picker.flow.step", "picker.flow.state", "picker.flow.view", "picker.packing.plan")
EVENTS = ("picker.flow.events",)
IMPORTERS = ("data.importers.fields", "data.importers.records")
TRY_ALL = """
import contextlib, io, json, sys
import picker.cli
def loaded():
    return sorted(sys.modules)
starts = {}
for args in json.loads(sys.argv[1]):
    sys.argv = ["picker", *args]
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
        if args == ["station"]:
            import picker.tui.run
        else:
            picker.cli.main()
    starts[args[0]] = loaded()
print(json.dumps(starts))
"""


def loaded(home: Path, *starts: list[str]) -> dict[str, set[str]]:
    """The modules that a fresh process holds after each of these starts, one after the other."""
    done = subprocess.run(
        [sys.executable, "-c", TRY_ALL, json.dumps(starts)],
        cwd=ROOT,
        env={"PICKER_HOME": str(home), "PATH": "", "SYSTEMROOT": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: set(modules) for name, modules in json.loads(done.stdout).items()}


def among(modules: set[str], *names: str) -> set[str]:
    return modules & set(names)


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    home = tmp_path_factory.mktemp("home")
    copy_into(str(home / "picker.sqlite"), "empty", _empty)
    return loaded(home, ["jobs"], ["shop"], ["lead"], ["events", "1"], ["service"])


def _empty(url: str) -> None:
    db = open_database(url)
    upgrade(db)
    db.dispose()


def test_help_loads_no_database_no_screen_and_the_first_paint_no_database(tmp_path: Path) -> None:
    found = loaded(tmp_path, ["--help"], ["station"])
    assert not among(found["--help"], *HEAVY, *SCREEN, *STORE, *FLOW, *EVENTS)
    assert "textual.app" in found["station"]
    assert not among(found["station"], *HEAVY, *STORE)


@pytest.mark.parametrize("name", ["jobs", "shop", "lead", "events", "service"])
def test_a_short_command_loads_no_flow_no_screen_and_nothing_heavy(
    commands: dict[str, set[str]], name: str
) -> None:
    assert "data.tables" in commands[name]
    assert not among(commands[name], *HEAVY, *SCREEN, *FLOW)


def test_lists_load_no_event_and_a_history_no_importer(commands: dict[str, set[str]]) -> None:
    assert not among(commands["shop"], *EVENTS)
    assert among(commands["events"], *EVENTS)
    assert not among(commands["events"], *IMPORTERS)
