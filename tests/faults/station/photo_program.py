"""A station that logs a damage and stops between the file of its photo and the event: `DATABASE HOME`."""

import sys
from pathlib import Path

import numpy as np

from data.engine import open_database
from data.types import StationId
from picker.config import Settings
from picker.flow import Command, CommandName
from picker.flow.facts import Photo
from picker.flow.turn import PhotoWish
from picker.services.devices.photos import Photographer
from picker.services.station.station import Equipment, Station
from tests.faults.station.warehouse import BADGES


class Eye:
    """Sees grey."""

    opening, seeing = False, True

    def still(self) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
        return np.full((90, 160, 3), 120, np.uint8)


class Stopping(Photographer):
    """Says that the file is there, then waits to be killed."""

    def finish(self, wish: PhotoWish) -> Photo:
        photo = super().finish(wish)
        print(photo.file, flush=True)
        sys.stdin.read()
        return photo


if __name__ == "__main__":
    settings = Settings(db=sys.argv[1], home=Path(sys.argv[2]), station=StationId("PACK-1"))
    station = Station(
        open_database(settings.db),
        settings.station,
        settings.policy(),
        Equipment(photos=Stopping(Eye(), settings.photo_folder)),
    )
    station.hear(BADGES[0], "test")
    station.press(Command(CommandName.NEXT))
    station.press(Command(CommandName.DAMAGE))
    for answer in (1, 2, 1):
        station.press(Command(CommandName.CHOICE, answer))
