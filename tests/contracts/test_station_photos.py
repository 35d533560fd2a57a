"""Photos on both databases: durable before the event, found again, swept in time, and never in the way."""

import hashlib
import io
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from data.engine import Database
from data.tables import Customer, Event, Worker
from data.tables import Photo as PhotoRow
from data.types import OrderId, Role, StationId
from picker.cli import app
from picker.config import Settings
from picker.errors import Unknown
from picker.flow import CommandName, FlowPolicy, Phase
from picker.services.devices.order_photos import AS_TAKEN, CHANGED, MISSING, OrderPhotos
from picker.services.devices.photos import Photographer, sweep
from picker.services.office.history import order_history
from picker.services.station.station import Equipment, Station
from picker.services.verify import verify
from tests.contracts.shop import BADGES, BENCH, CODES, Packer, add_order, change, open_shop, rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOW = datetime.now(UTC)


class Picture:
    """A camera that sees one thing, or nothing."""

    opening = False

    def __init__(self, *, seeing: bool = True) -> None:
        self.seeing = seeing

    def still(self) -> "NDArray[np.uint8] | None":
        return np.full((90, 160, 3), 120, np.uint8) if self.seeing else None


class Broken(Picture):
    """A camera whose driver fails."""

    def still(self) -> "NDArray[np.uint8] | None":
        raise RuntimeError("driver")


class Photographing(Packer):
    """A packer whose station has a camera."""

    def __init__(self, db: Database, settings: Settings, eye: Picture, policy: FlowPolicy = BENCH) -> None:
        self.photographer = Photographer(eye, settings.photo_folder)
        self.station = Station(db, StationId("PACK-1"), policy, Equipment(photos=self.photographer))
        self.reply = self.station.welcome()


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        add_order(opened, "O1", {"MUG": 2}, value_cents=60_000)
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", station=StationId("PACK-1"))


def damaged(db: Database, settings: Settings, eye: Picture) -> Photographing:
    """One mug is broken."""
    packer = Photographing(db, settings, eye)
    packer.sign_in().claim("O1")
    packer.press(CommandName.DAMAGE)
    packer.choose(1, 2, 1)
    assert packer.key == "damage.done"
    return packer


def album(db: Database, settings: Settings) -> list[str]:
    """The states of the photos of O1."""
    with db.reader.connect() as connection:
        return [photo.state for photo in OrderPhotos(settings).of_order(connection, OrderId("O1"))]


def test_damage_leaves_a_photo_that_says_what_it_is(db: Database, settings: Settings) -> None:
    damaged(db, settings, Picture())
    (event,) = rows(db, Event, kind="PhotoTaken")
    payload = event["payload"]
    assert isinstance(payload, dict)
    data = (settings.photo_folder / str(payload["file"])).read_bytes()
    assert hashlib.sha256(data).hexdigest() == payload["sha256"]
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (160, 90))
        said = json.loads(picture.getexif()[0x010E])
    assert (said["order"], said["subject"], said["line"]) == ("O1", "damage", 1)
    assert abs(datetime.fromisoformat(said["at"]) - datetime.now(UTC)) < timedelta(minutes=5)
    (line,) = [line for line in order_history(db, "O1", OrderPhotos(settings)) if line.kind == "PhotoTaken"]
    assert (line.file, line.file_state) == (str(settings.photo_folder / str(payload["file"])), AS_TAKEN)
    assert "damage in line 1" in line.words
    assert not verify(db).differences
    assert list(settings.photo_folder.glob("*.part")) == []


@pytest.mark.parametrize("eye", [Picture(seeing=False), Broken()])
def test_a_failing_camera_leaves_the_damage_without_a_photo(
    db: Database, settings: Settings, eye: Picture
) -> None:
    damaged(db, settings, eye)
    (event,) = rows(db, Event, kind="PhotoMissed")
    assert isinstance(event["payload"], dict)
    assert event["payload"]["reason"] == "no_picture"
    assert rows(db, Event, kind="UnitsDamaged")
    assert not list(settings.photo_folder.glob("*"))


def test_a_disk_that_takes_no_photo_leaves_the_damage_without_one(
    db: Database, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "home").write_text("no folder")
    damaged(db, settings, Picture())
    (event,) = rows(db, Event, kind="PhotoMissed")
    assert isinstance(event["payload"], dict)
    assert event["payload"]["reason"] == "not_written"


def test_a_dialog_left_open_takes_no_file(db: Database, settings: Settings) -> None:
    packer = Photographing(db, settings, Picture())
    packer.sign_in().claim("O1")
    packer.press(CommandName.DAMAGE)
    packer.press(CommandName.BACK)
    packer.photographer.close()
    assert not settings.photo_folder.exists()


@pytest.mark.parametrize(
    ("policy", "tags", "wanted"),
    [
        (FlowPolicy(photo_value_cents=60_000), "", True),
        (FlowPolicy(photo_value_cents=60_001), "new, gold", False),
        (FlowPolicy(photo_tags=frozenset({"gold"})), "new, Gold", True),
    ],
)
def test_an_open_box_is_photographed_by_value_or_tag(
    db: Database, settings: Settings, policy: FlowPolicy, tags: str, wanted: bool
) -> None:
    change(db, Customer, {"id": "c1"}, tags=tags)
    eye = Picture(seeing=False)
    packer = Photographing(db, settings, eye, policy)
    packer.sign_in().claim("O1").take("MUG", 4)
    packer.press(CommandName.OK)
    assert packer.at(Phase.PHOTO) == wanted
    if wanted:
        assert packer.press(CommandName.OK).message.key == "photo.failed"
        eye.seeing = True
        assert packer.press(CommandName.OK).message.key == "photo.done"
        assert album(db, settings) == [AS_TAKEN]
    packer.press(CommandName.SKIP)
    assert packer.at(Phase.LABEL)
    assert not verify(db).differences


def test_a_leads_badge_excuses_it_and_is_in_the_log(db: Database, settings: Settings) -> None:
    change(db, Worker, {"id": "BORIS"}, role=Role.LEAD.value)
    packer = Photographing(db, settings, Picture(seeing=False), FlowPolicy(photo_value_cents=0))
    packer.sign_in().claim("O1").take("MUG", 4)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    assert packer.scan(BADGES["BORIS"]).message.key == "photo.excused"
    (event,) = rows(db, Event, kind="PhotoMissed")
    assert (event["worker"], event["authorised_by"]) == ("ANNA", "BORIS")


def test_a_changed_or_lost_file_is_told(db: Database, settings: Settings) -> None:
    damaged(db, settings, Picture())
    (path,) = settings.photo_folder.glob("*.jpg")
    path.write_bytes(path.read_bytes() + b"x")
    assert album(db, settings) == [CHANGED]
    path.unlink()
    assert album(db, settings) == [MISSING]
    assert album(db, Settings(home=settings.home, station=StationId("OFFICE"))) == ["kept at PACK-1"]


def test_photos_go_after_their_days_and_the_list_says_when(db: Database, settings: Settings) -> None:
    damaged(db, settings, Picture())
    sweep(db, settings, NOW + timedelta(days=89))
    assert album(db, settings) == [AS_TAKEN]
    sweep(db, Settings(home=settings.home, station=StationId("PACK-2")), NOW + timedelta(days=91))
    assert album(db, settings) == [AS_TAKEN], "another station's are not ours to delete"
    later = NOW + timedelta(days=91)
    sweep(db, settings, later)
    assert album(db, settings) == [f"deleted on {later:%Y-%m-%d}"]
    assert not list(settings.photo_folder.glob("*"))
    assert not verify(db).differences


def test_files_without_an_event_go_after_a_day_and_strangers_never(db: Database, settings: Settings) -> None:
    damaged(db, settings, Picture())
    folder = settings.photo_folder
    (kept,) = folder.glob("*.jpg")
    orphan, part = folder / f"{'0' * 8}{kept.name[8:]}", folder / f"{'2' * 8}{kept.stem[8:]}.part"
    stranger, young = folder / "holiday.jpg", folder / f"{'1' * 8}{kept.name[8:]}"
    for path in (orphan, part, stranger, young):
        path.write_bytes(b"x")
    for path in (orphan, part, stranger, kept):
        old = (NOW - timedelta(days=2)).timestamp()
        os.utime(path, (old, old))
    sweep(db, settings, NOW)
    assert set(folder.glob("*")) == {kept, stranger, young}


def test_verify_compares_photos_with_the_log(db: Database, settings: Settings) -> None:
    damaged(db, settings, Picture())
    change(db, PhotoRow, {"order_id": "O1"}, sha256="0" * 64)
    (difference,) = verify(db).differences
    assert "photo" in difference.lower()


def test_scans_that_are_no_answer_take_nothing(db: Database, settings: Settings) -> None:
    packer = Photographing(db, settings, Picture())
    packer.sign_in().claim("O1")
    packer.press(CommandName.DAMAGE)
    packer.scan(CODES["TEA"])
    assert not rows(db, PhotoRow)


def test_the_commands_list_and_copy_photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, home, out = tmp_path / "shop.db", tmp_path / "home", tmp_path / "out"
    settings = Settings(db=str(file), home=home, station=StationId("PACK-1"))
    with open_shop(f"sqlite:///{file.as_posix()}") as opened:
        add_order(opened, "O1", {"MUG": 2})
        add_order(opened, "O2", {"MUG": 1})
        damaged(opened, settings, Picture())
    monkeypatch.setenv("PICKER_HOME", str(home))
    run = CliRunner()
    (path,) = settings.photo_folder.glob("*.jpg")
    told = run.invoke(app, ["photos", "O1", "--db", str(file), "--out", str(out)]).output
    assert f"the damage in line 1: {path}, {AS_TAKEN}" in told
    assert (out / path.name).read_bytes() == path.read_bytes()
    path.write_bytes(b"other")
    (found,) = json.loads(run.invoke(app, ["photos", "#O1", "--db", str(file), "--json"]).output)
    assert (found["path"], found["state"], found["whole"]) == (str(path), CHANGED, False)
    assert f"{path}, {CHANGED}" in run.invoke(app, ["events", "O1", "--db", str(file)]).output
    assert "no photo of O2" in run.invoke(app, ["photos", "O2", "--db", str(file)]).output
    assert isinstance(run.invoke(app, ["photos", "O9", "--db", str(file)]).exception, Unknown)
