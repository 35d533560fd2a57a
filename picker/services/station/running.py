"""A station with everything that runs beside it: its printers, its camera."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from data.engine import Database
from picker.config import Settings
from picker.services.devices.camera import StationCamera, expected
from picker.services.devices.photos import Photographer, sweeping
from picker.services.devices.upce import upce_wanted
from picker.services.documents.label_folder import watching
from picker.services.logfile import logging_here
from picker.services.office.privacy import erasing
from picker.services.printers.outbox import Outbox
from picker.services.printers.workers import PrintersNow
from picker.services.shop import open_shop
from picker.services.station.presence import Presence, alone
from picker.services.station.recording import RecordingStation
from picker.services.station.station import Equipment, Station
from picker.services.station.warming import warming
from scanning.recording import Recorder

DRAIN_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Running:
    """A station that is open, and where it prints."""

    station: Station
    outbox: Outbox


@contextmanager
def _opened(
    db: Database, settings: Settings, outbox: Outbox, photos: Photographer, presence: Presence
) -> Iterator[Station]:
    """The station, which writes down what it is given where the settings ask for it."""
    equipment = Equipment(
        on_due=outbox.wake,
        photos=photos,
        lost_to=presence.lost_to,
        label_down=outbox.label_down,
        zone=settings.zone,
    )
    if not settings.record:
        yield Station(db, settings.station, settings.policy(), equipment)
        return
    recorder = Recorder(Path(settings.record).expanduser())
    try:
        yield RecordingStation(recorder, settings, db, equipment)
    finally:
        recorder.close()


@contextmanager
def _with_camera(
    db: Database, settings: Settings, outbox: Outbox, camera: StationCamera | None, presence: Presence
) -> Iterator[Station]:
    """The station with its camera, which reads once there is somebody to hear it."""
    photos = Photographer(camera, settings.photo_folder)
    try:
        with sweeping(db, settings), _opened(db, settings, outbox, photos, presence) as station:
            if camera is not None:
                camera.start(expected(db, lambda: station.state), partial(upce_wanted, settings, db))
            yield station
    finally:
        if camera is not None:
            camera.stop()
        photos.close()


@contextmanager
def _shop(settings: Settings) -> Iterator[Database]:
    db = open_shop(settings.db)
    try:
        yield db
    finally:
        db.dispose()


@contextmanager
def running_station(
    settings: Settings,
    on_printers: Callable[[PrintersNow], None] | None = None,
    camera: StationCamera | None = None,
    on_label: Callable[[str, int], None] | None = None,
    beside: Callable[[Settings], AbstractContextManager[object]] = nullcontext,
    on_fault: Callable[[], None] = lambda: None,
) -> Iterator[Running]:
    """Open a station, its printers and its camera; at the end what is queued is given a moment to print.

    `on_printers` and `on_label` are the outbox's; `beside` is entered before, once the name is this
    station's; `on_fault` is the log's.

    What is still unprinted then stays in the spool and goes on at the next start. Raises AlreadyRunning when
    another program has the station's name.
    """
    with (
        logging_here(settings, on_fault),
        _shop(settings) as db,
        alone(db, settings) as presence,
        beside(settings),
    ):
        outbox = Outbox(db, settings, on_printers, on_label)
        outbox.start()
        try:
            with (
                watching(db, settings),
                erasing(db, settings),
                warming(db),
                _with_camera(db, settings, outbox, camera, presence) as station,
            ):
                yield Running(station, outbox)
        finally:
            outbox.stop(DRAIN_SECONDS)
