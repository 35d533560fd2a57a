"""What the README files promise is what the program does."""

import re
from pathlib import Path

import pytest

from picker.config import Settings
from tests.command import picker

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
FORMATS = (ROOT / "data" / "FORMATS.md").read_text("utf-8")
PAGES = sorted(page for page in ROOT.glob("**/*.md") if not page.is_relative_to(ROOT / ".venv"))
ALL = "\n".join(page.read_text("utf-8") for page in PAGES)


def example(kind: str) -> str:
    """Return the CSV example under the heading of an import kind."""
    section = FORMATS.split(f"## {kind}\n", 1)[1].split("\n## ", 1)[0]
    return "\n".join(line[4:] for line in section.splitlines() if line.startswith("    ")) + "\n"


def test_every_example_of_a_format_imports(tmp_path: Path) -> None:
    for kind in ("services", "products", "packaging", "workers", "customers", "orders", "returns"):
        file = tmp_path / f"{kind}.csv"
        file.write_text(example(kind), "utf-8")
        found = picker("import", kind, file, home=tmp_path)
        assert found.code == 0, (kind, found)
        assert "Columns not used" not in found.out
    badge = picker("station", "--plain", "--language", "en", given="BADGE2001\n5001\n", home=tmp_path)
    assert badge.out.splitlines()[0].startswith("OK Hello Anna Kowalska"), badge
    assert badge.out.splitlines()[1].startswith("OK 5001"), badge


def test_every_setting_shown_exists() -> None:
    shown = re.findall(
        r"^    (\w+) = ", README.split("# picker.toml", 1)[1].split("\n\n", 1)[0], re.MULTILINE
    )
    assert len(shown) > 5
    assert set(shown) <= set(Settings.model_fields)


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"`picker ((?!import )[a-z]+)", " ".join(ALL.split()))))
)
def test_every_command_named_exists(command: str, tmp_path: Path) -> None:
    if command in ("is", "imports"):
        pytest.fail(f"'picker {command}' reads like a command; write Picker")
    assert picker(command, "--help", home=tmp_path).code == 0


def test_every_picture_shown_is_there() -> None:
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_every_page_that_is_linked_is_there_and_every_room_has_one() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page}: {target}"
    for room in ("picker", "printing", "scanning", "data", "tests"):
        assert (ROOT / room / "README.md").is_file()


def test_every_file_that_the_guide_names_is_there() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = guide.split("## Where is it?", 1)[1]
    files = re.findall(r"`([a-z_]+/[\w/.]+)`", table)
    assert len(files) >= 20
    for file in files:
        assert (ROOT / file).exists(), file
    for file in re.findall(r"`((?:flow|services|tui|locale)/[\w/.]+)`", guide.split("## Where is it?", 1)[0]):
        assert (ROOT / "picker" / file).exists(), file
