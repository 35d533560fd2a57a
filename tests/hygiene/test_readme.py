"""What the README files promise is what the program does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from picker.config import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
FORMATS = (ROOT / "data" / "README.md").read_text("utf-8")


def example(kind: str) -> str:
    """Return the CSV example under the heading of an import kind."""
    section = FORMATS.split(f"## {kind}\n", 1)[1].split("\n## ", 1)[0]
    return "\n".join(line[4:] for line in section.splitlines() if line.startswith("    ")) + "\n"


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line on a database of its own."""
    code = "from picker.cli import main; main()"
    environment = {"PICKER_DB": str(home / "shop.sqlite"), "PICKER_HOME": str(home), "HOME": str(home)}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_every_example_of_a_format_imports(tmp_path: Path) -> None:
    for kind in ("services", "products", "packaging", "workers", "customers", "orders", "returns"):
        file = tmp_path / f"{kind}.csv"
        file.write_text(example(kind), "utf-8")
        found = run(tmp_path, "import", kind, str(file))
        assert found.returncode == 0, (kind, found.stdout, found.stderr)
        assert "Columns not used" not in found.stdout
    badge = subprocess.run(
        [
            sys.executable,
            "-c",
            "from picker.cli import main; main()",
            "station",
            "--plain",
            "--language",
            "en",
        ],
        cwd=ROOT,
        env={"PICKER_DB": str(tmp_path / "shop.sqlite"), "PICKER_HOME": str(tmp_path), "HOME": str(tmp_path)},
        input="BADGE2001\n5001\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert badge.stdout.splitlines()[0].startswith("OK Hello Anna Kowalska"), badge
    assert badge.stdout.splitlines()[1].startswith("OK 5001"), badge


def test_every_setting_shown_exists() -> None:
    shown = re.findall(
        r"^    (\w+) = ", README.split("# picker.toml", 1)[1].split("\n\n", 1)[0], re.MULTILINE
    )
    assert len(shown) > 5
    assert set(shown) <= set(Settings.model_fields)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"picker ((?!import )[a-z]+)", README))))
def test_every_command_named_exists(command: str, tmp_path: Path) -> None:
    if command in ("is", "imports"):
        pytest.fail(f"'picker {command}' reads like a command; write Picker")
    assert run(tmp_path, command, "--help").returncode == 0


def test_every_picture_shown_is_there() -> None:
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)
