"""`kill -9` between the file of a photo and its event: a file without an event, never the other way round."""

import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest

from data.types import OrderId, StationId
from picker.config import Settings
from picker.flow import Command, CommandName
from picker.services.devices.order_photos import OrderPhotos
from picker.services.devices.photos import sweep
from picker.services.station.station import Station
from tests.faults.station.process import StationProcess
from tests.faults.station.warehouse import BADGES, ROOT, Warehouse


def kinds(warehouse: Warehouse) -> set[str]:
    return {kind for group in warehouse.groups("PACK-1") for kind in group.kinds}


def test_killed_between_file_and_event(db_url: str, tmp_path: Path) -> None:
    warehouse = Warehouse(db_url, tmp_path, orders=1)
    settings = Settings(db=db_url, home=tmp_path, station=StationId("PACK-1"))
    command = [sys.executable, "-m", "tests.faults.station.photo_program", db_url, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        name = process.stdout.readline().decode().strip()
        process.kill()
    file = settings.photo_folder / name
    assert file.read_bytes()[:3] == b"\xff\xd8\xff"
    assert kinds(warehouse) == {"SignedIn", "OrderClaimed"}
    with warehouse.opened() as db:
        station = Station(db, StationId("PACK-1"), settings.policy())
        assert station.welcome().message.key == "station.resumed"
        for command_name, number in ((CommandName.DAMAGE, 0), *((CommandName.CHOICE, n) for n in (1, 2, 1))):
            reply = station.press(Command(command_name, number))
        assert reply.message.key == "damage.done"
        sweep(db, settings, datetime.now(UTC))
        assert file.exists()
        sweep(db, settings, datetime.now(UTC) + timedelta(days=1, minutes=1))
        assert not file.exists()
    warehouse.must_agree()


def film(path: Path) -> None:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (320, 180))
    for shade in range(30):
        writer.write(np.full((180, 320, 3), 60 + shade, np.uint8))
    writer.release()


def about_to_log(warehouse: Warehouse) -> StationProcess:
    """A station that waits for the third answer about a damage."""
    station = StationProcess(warehouse, "PACK-1")
    for given in (BADGES[0], "NEXT", "DAMAGE", "1", "2"):
        station.ask(given)
    return station


def test_killed_at_any_moment_every_photo_in_the_log_is_on_disk_and_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film(tmp_path / "bench.avi")
    warehouse = Warehouse(str(tmp_path / "shop.sqlite"), tmp_path, orders=2)
    dice, taken = random.Random(3), 0
    monkeypatch.setenv("PICKER_CAMERA", str(tmp_path / "bench.avi"))
    for _ in range(4):
        station = about_to_log(warehouse)
        station.give("1")
        time.sleep(dice.uniform(0.0, 0.15))
        station.kill()
    last = about_to_log(warehouse)
    assert "with a photo" in last.ask("1")["message"]
    assert last.finish() == 0
    album = OrderPhotos(Settings(home=tmp_path, station=StationId("PACK-1")))
    with warehouse.opened() as db, db.reader.connect() as connection:
        for stream in {group.stream for group in warehouse.groups("PACK-1") if ":" not in group.stream}:
            photos = album.of_order(connection, OrderId(stream))
            assert all(photo.whole for photo in photos), photos
            taken += len(photos)
    assert taken == sum(group.kinds.count("PhotoTaken") for group in warehouse.groups("PACK-1")) > 0
    warehouse.must_agree()
