"""The import contracts can fail: arrows of every kind, planted into a copy of the source, are all found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLANTED = {
    "data/types.py": "import data.store.log",
    "data/cutoff.py": "import picker.safe",
    "printing/media.py": "import scanning.result",
    "printing/jobs.py": "import printing.spool",
    "scanning/result.py": "import scanning.parse",
    "scanning/codes.py": "import textual",
    "picker/config_file.py": "import picker.services.shop",
    "picker/tui/ink.py": "import picker.commands.shop",
    "picker/services/ids.py": "import picker.services.office.privacy",
    "picker/services/leads.py": "import textual",
    "picker/flow/state.py": "import picker.flow.step",
    "picker/packing/types.py": "import random",
    "picker/inserts/names.py": "import picker.flow.state",
    "picker/stranger.py": "import picker.safe",
}
"""What is appended to which file; the last one is a module in no layer."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a copy of the source with the wrong arrows in it."""
    copy = tmp_path_factory.mktemp("planted")
    for room in ("picker", "printing", "scanning", "data"):
        shutil.copytree(
            ROOT / room,
            copy / room,
            ignore=lambda _, names: [n for n in names if "." in n and not n.endswith(".py")],
        )
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name, line in PLANTED.items():
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    lint = Path(sys.executable).parent / "lint-imports"
    command = [sys.executable, str(lint), "--no-logo", "--no-cache"] if lint.exists() else [str(lint)]
    run = subprocess.run(
        command, cwd=copy, capture_output=True, text=True, check=False, env={"COLUMNS": "400"}
    )
    assert run.returncode == 1, run.stdout + run.stderr
    return run.stdout


def test_every_contract_is_broken_by_one_of_them(told: str) -> None:
    assert "KEPT" not in told
    assert "0 kept" in told


@pytest.mark.parametrize(("file", "line"), PLANTED.items())
def test_each_planted_arrow_is_named(told: str, file: str, line: str) -> None:
    importer = file.removesuffix(".py").replace("/", ".")
    imported = line.removeprefix("import ")
    if importer == "picker.stranger":
        assert "stranger" in told
        return
    assert any(importer in row and imported.partition(".")[0] in row for row in told.splitlines()), told
