"""What each start loads: a heavy module that sneaks in is found here, not by a packer who waits."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY: tuple[str, ...] = (
    *("PIL", "alembic", "cv2", "escpos", "holidays", "jinja2", "numpy", "psycopg"),
    *("pypdfium2", "pyzbar", "segno", "serial", "uharfbuzz", "zxingcpp"),
)
SCREEN = ("textual",)
STORE = ("sqlalchemy", "sqlmodel", "pydantic")
FLOW = ("picker.flow.step", "picker.flow.view", "picker.packing.plan")
RUN = """
import sys
sys.argv = ["picker", *{args!r}]
from picker.cli import main
try:
    main()
except SystemExit:
    pass
"""


def loaded(code: str, home: Path) -> set[str]:
    """The modules that a fresh process holds after `code`."""
    code += "\nimport sys; sys.stderr.write('LOADED ' + ' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PICKER_HOME": str(home), "PATH": "", "SYSTEMROOT": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.rpartition("LOADED ")[2].split())


def among(modules: set[str], names: tuple[str, ...]) -> set[str]:
    return {name for name in names if name in modules}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert "alembic" in loaded(RUN.format(args=["init"]), folder), "the list of what is loaded tells nothing"
    return folder


def test_help_loads_no_database_no_screen_and_nothing_heavy(home: Path) -> None:
    found = loaded(RUN.format(args=["--help"]), home)
    assert not among(found, HEAVY + SCREEN + STORE + FLOW)


@pytest.mark.parametrize("args", [["jobs"], ["service"], ["shop"]], ids=lambda args: args[0])
def test_a_short_command_loads_no_flow_no_screen_and_nothing_heavy(home: Path, args: list[str]) -> None:
    found = loaded(RUN.format(args=args), home)
    assert "data.tables" in found
    assert not among(found, HEAVY + SCREEN + FLOW)


def test_the_first_paint_waits_for_no_database_and_nothing_heavy(home: Path) -> None:
    found = loaded("import picker.cli, picker.tui.run", home)
    assert "textual.app" in found
    assert not among(found, HEAVY + STORE)
