"""What an import may drag in, proved in a fresh interpreter."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from picker.cli import app

ROOT = Path(__file__).resolve().parents[2]
PURE = ["picker.flow", "picker.packing", "picker.inserts"]
HEAVY = {
    "textual",
    "rich",
    "cv2",
    "numpy",
    "escpos",
    "PIL",
    "sqlalchemy",
    "sqlmodel",
    "zxingcpp",
    "biip",
    "typer",
}
LOWER = ["printing", "scanning", "data"]


def loaded_by(statement: str) -> set[str]:
    """Top-level names of all modules that a fresh interpreter holds after the statement."""
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


def modules_of(package: str) -> list[str]:
    """Dotted names of all modules in a package."""
    paths = sorted((ROOT / package.replace(".", "/")).rglob("*.py"))
    assert paths, f"{package} has no modules"
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths
    ]


@pytest.mark.parametrize("package", PURE)
def test_the_pure_rooms_load_nothing_heavy(package: str) -> None:
    names = loaded_by(f"import {', '.join(modules_of(package))}")
    assert "picker" in names
    assert not names & (HEAVY | {"printing"})


@pytest.mark.parametrize("package", LOWER)
def test_the_lower_rooms_never_load_the_terminal(package: str) -> None:
    names = loaded_by(f"import {', '.join(m for m in modules_of(package) if '.migrations.' not in m)}")
    assert not names & {"textual", "typer", "picker"}


def test_a_station_at_work_reads_no_picture_and_loads_nothing_that_could(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["init", "--db", str(tmp_path / "shop.db")]).exit_code == 0
    code = """if True:
        import sys
        from picker.cli import main
        try:
            main()
        except SystemExit as end:
            assert not end.code, end.code
        print("loaded:", *{"cv2", "pyzbar", "zxingcpp", "biip", "numpy"} & set(sys.modules))
        """
    command = [sys.executable, "-c", code, "station", "--plain", "--db", str(tmp_path / "shop.db")]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PICKER_HOME": str(tmp_path)},
        input="LEAD0001\n4006381333931\nUNDO\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "4006381333931" in run.stdout
    assert run.stdout.splitlines()[-1] == "loaded:"


@pytest.mark.parametrize("module", ["picker.__main__", "picker.bootstrap", "tests.__main__"])
def test_what_makes_the_environment_needs_only_the_standard_library(module: str) -> None:
    foreign = loaded_by(f"import {module}") - set(sys.stdlib_module_names) - {"picker", "tests", "__main__"}
    # Left over: what the environment's own .pth files load into every interpreter.
    assert foreign <= loaded_by("pass")


def test_the_pure_rooms_never_ask_for_the_time() -> None:
    clocks = {"now", "utcnow", "today", "uuid4", "uuid1", "uuid7"}
    for module in (name for package in PURE for name in modules_of(package)):
        path = ROOT / (module.replace(".", "/") + ".py")
        path = path if path.exists() else ROOT / module.replace(".", "/") / "__init__.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute):
                assert called.attr not in clocks, f"{path}:{called.lineno} calls {called.attr}()"
