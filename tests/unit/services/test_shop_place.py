"""Where the shop and its settings are: nothing is made by a slip of the keys, and every refusal names the place."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from picker.cli import app
from picker.config import Settings, data_dir
from picker.config_file import SettingsError
from picker.services.doctor import examine
from picker.services.office.new_shop import make_shop
from picker.services.shop import NoShop, existing, open_shop


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, chosen as README says; it isn't there yet."""
    for name in ("PICKER_DB", "PICKER_STATION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PICKER_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def toml(home: Path, text: str) -> Path:
    home.mkdir(exist_ok=True)
    (home / "picker.toml").write_text(text, "utf-8")
    return home / "picker.toml"


@pytest.mark.parametrize(
    "command",
    ["db verify", "db upgrade", "db backup copy.sqlite", "events 1", "lead", "lead --json", "station --plain",
     "shop", "service", "order hold 1", "resolve 1", "jobs", "privacy erase", "campaign list", "replay x"],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["", "sqlite:///"])
def test_a_mistyped_database_is_said_and_not_made(tmp_path: Path, command: str, prefix: str) -> None:
    (tmp_path / "empty.sqlite").touch()
    for name in ("folder/typo.sqlite", "empty.sqlite"):
        place = f"{prefix}{tmp_path / name}"
        done = CliRunner().invoke(app, [*command.split(), "--db", place])
        assert isinstance(done.exception, NoShop), done
        assert str(done.exception) == f"There is no shop at {place}: `picker init --db {place}` makes one."
    assert [path.name for path in tmp_path.rglob("*")] == ["empty.sqlite"]
    assert (tmp_path / "empty.sqlite").stat().st_size == 0


def test_a_rehearsed_import_makes_no_shop(tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text("sku,name\nMUG,Mug\n", "utf-8")
    words = ["import", "products", str(file), "--db", str(tmp_path / "shop.sqlite")]
    assert isinstance(CliRunner().invoke(app, [*words, "--dry-run"]).exception, NoShop)
    assert not (tmp_path / "shop.sqlite").exists()
    assert CliRunner().invoke(app, words).exit_code == 0


def test_an_empty_server_is_no_shop_and_is_named_as_it_was_written(pg_url: str, tmp_path: Path) -> None:
    written = pg_url.replace("postgresql+psycopg://", "postgresql://")
    with pytest.raises(NoShop) as refused:
        open_shop(written)
    assert "There is no shop at postgresql://picker:***@127" in str(refused.value)
    found = {one.topic: one for one in examine(Settings(db=written, home=tmp_path))}
    assert "`picker init --db postgresql://" in found["database"].words
    made = make_shop(written)
    assert made.name.startswith("postgresql://picker:***@")
    made.dispose()
    existing(written).dispose()


def test_the_data_folder_holds_the_database_and_the_settings(home: Path) -> None:
    toml(home, 'station = "BENCH"\n')
    assert data_dir() == home
    assert CliRunner().invoke(app, ["init"]).exit_code == 0
    assert (home / "picker.sqlite").exists()
    settings = Settings.read()
    assert (settings.station, settings.home, settings.db) == ("BENCH", home, str(home / "picker.sqlite"))


def test_the_doctor_says_which_settings_it_reads(home: Path) -> None:
    make_shop(str(home / "picker.sqlite")).dispose()

    def told() -> str:
        return next(one.words for one in examine(Settings.read()) if one.topic == "settings")

    assert told() == f"there is no {home / 'picker.toml'}, which would be read; the data folder is {home}"
    file = toml(home, "")
    assert told() == f"{file} is read; the data folder is {home}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('stations = "A"', "there is no setting 'stations'; did you mean station?"),
        ("label-scan = true", "there is no setting 'label-scan'; did you mean label_scan?"),
        ("xyzzy = 1", "there is no setting 'xyzzy'; known are home, db, station,"),
        ('weigh = "maybe"', "weigh: Input should be 'required', 'optional' or 'off', got 'maybe'"),
        ('station = "A/B"', "station: expected a name of at most 40 characters without any of"),
        ("weigh =\n", 'expected lines such as station = "PACK-1", got: Invalid value (at line 1'),
    ],
)
def test_a_bad_line_of_the_file_is_named(home: Path, text: str, words: str) -> None:
    file = toml(home, text)
    with pytest.raises(SettingsError) as refused:
        Settings.read()
    assert str(refused.value).startswith(f"{file}: {words}")


def test_a_bad_value_of_the_environment_or_the_command_line_is_named_as_such(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError, match=r"^--station: expected a name"):
        Settings.read(station="A\nB")
    monkeypatch.setenv("PICKER_HELD_MINUTES", "soon")
    with pytest.raises(SettingsError, match=r"^PICKER_HELD_MINUTES: Input should be a valid integer.*'soon'"):
        Settings.read()
    monkeypatch.delenv("PICKER_HELD_MINUTES")
    monkeypatch.setenv("PICKER_CARRIER_ZPL", "^PR")
    with pytest.raises(SettingsError, match="carrier_zpl"):
        Settings.read()
