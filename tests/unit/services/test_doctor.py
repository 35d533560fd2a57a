import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert

from data.tables import Code
from picker.config import Settings
from picker.services.doctor import Finding, examine
from picker.services.printers.printers import registry
from printing.printers import PrinterSetup
from scanning.codes import OwnKind, own_code
from tests.contracts.shop import open_shop


def told(settings: Settings) -> dict[str, Finding]:
    """The last finding of each topic."""
    return {finding.topic: finding for finding in examine(settings)}


def test_a_sound_machine_is_well(tmp_path: Path) -> None:
    file = tmp_path / "shop.db"
    with open_shop(f"sqlite:///{file.as_posix()}"):
        found = told(Settings(db=str(file), home=tmp_path, timezone="Europe/Warsaw"))
    assert {"python", "sqlite", "database", "clock", "disk", "time zone", "zbar", "fonts", "printer"} <= set(
        found
    )
    for topic in ("python", "database", "clock", "time zone", "zxing-cpp", "fonts", "printer"):
        assert found[topic].ok, found[topic]
    assert "its schema fits" in found["database"].words


def test_barcodes_that_read_as_codes_of_the_house_are_named(tmp_path: Path) -> None:
    file, shelf = tmp_path / "shop.db", own_code(OwnKind.LOCATION, "A-01-1")
    wrong = shelf[:-1] + ("0" if shelf[-1] != "0" else "1")
    with open_shop(f"sqlite:///{file.as_posix()}") as db, db.writer.begin() as connection:
        for code in (shelf, wrong, "PK-7"):
            values = {"code": code, "kind": "product", "ref": "MUG", "quantity": 1, "attached": True}
            connection.execute(insert(Code.__table__).values(**values))
    found = [one for one in examine(Settings(db=str(file), home=tmp_path)) if one.topic == "barcodes"]
    assert [(one.ok, shelf[:-1] in one.words) for one in found] == [(False, True), (False, True)]
    assert {"is a code of the house" in one.words for one in found} == {True, False}


@pytest.mark.parametrize(
    ("topic", "given", "words"),
    [
        ("database", {"db": "nowhere.db"}, "`picker init --db "),
        ("database", {"db": "postgresql://u:secret@127.0.0.1:1/x"}, "can't be opened"),
        ("database", {"db": "mysql://x/y"}, "expected sqlite or postgresql"),
        ("time zone", {"timezone": "Mars/Olympus"}, "'Mars/Olympus' is no time zone"),
    ],
)
def test_what_is_wrong_is_said_in_words(
    tmp_path: Path, topic: str, given: dict[str, str], words: str
) -> None:
    values = {"db": str(tmp_path / "none.db")} | given
    if values["db"] == "nowhere.db":
        values["db"] = str(tmp_path / "nowhere.db")
    finding = told(Settings(home=tmp_path, **values))[topic]  # type: ignore[arg-type]
    assert not finding.ok
    assert words in finding.words
    assert "secret" not in finding.words
    assert not (tmp_path / "nowhere.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights there")
def test_files_that_others_can_read_are_named(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "shop.db"
    home.mkdir()
    file.touch()
    home.chmod(0o755)
    file.chmod(0o644)
    settings = Settings(db=str(file), home=home)
    found = [one for one in examine(settings) if one.topic == "files"]
    assert [one.ok for one in found] == [False, False]
    assert f"chmod -R go= {home}" in found[0].words
    home.chmod(0o700)
    file.chmod(0o600)
    assert all(one.ok for one in examine(settings) if one.topic == "files")


@pytest.mark.skipif(sys.platform == "win32", reason="as above")
def test_what_a_command_writes_is_for_its_user_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {**os.environ, "PICKER_HOME": str(home), "PICKER_DB": str(tmp_path / "shop.db")}
    subprocess.run([sys.executable, "-m", "picker", "init"], env=environment, check=True)
    subprocess.run(
        [sys.executable, "-m", "picker", "station", "--plain"], input=b"", env=environment, check=True
    )
    made = [home, *home.rglob("*"), *tmp_path.glob("shop.db*")]
    assert len(made) > 3
    assert not [path for path in made if path.stat().st_mode & 0o077]


def test_another_programs_file_is_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no database at all, but long enough to be looked at " * 40)
    assert not told(Settings(db=str(file), home=tmp_path))["database"].ok


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"target": "lpt1"}, "expected tcp://HOST:PORT"),
        ({"target": "tcp://127.0.0.1:1"}, "label printer tcp://127.0.0.1:1 with roll80: offline"),
        ({"medium": "papyrus"}, "unknown medium 'papyrus'"),
    ],
)
def test_a_printer_that_cannot_print_is_said_in_words(
    tmp_path: Path, given: dict[str, str], words: str
) -> None:
    settings = Settings(home=tmp_path, db=str(tmp_path / "none.db"))
    listed = tmp_path / f"printers-{settings.station}.json"
    registry(settings).put(PrinterSetup("label", "tcp://127.0.0.1:1"))
    content = json.loads(listed.read_text())
    content["printers"][0].update(given)
    listed.write_text(json.dumps(content))
    finding = told(settings)["printer"]
    assert not finding.ok
    assert words in finding.words
