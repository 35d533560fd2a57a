"""A station with everything that runs beside it: its printers, and later its other scanners."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from data.engine import Database
from picker.config import Settings
from picker.services.label_folder import watching
from picker.services.outbox import Outbox
from picker.services.recording import RecordingStation
from picker.services.shop import open_shop
from picker.services.station import Station
from printing.health import Health
from printing.jobs import Job
from scanning.recording import Recorder

DRAIN_SECONDS = 15.0


@contextmanager
def _opened(db: Database, settings: Settings, outbox: Outbox) -> Iterator[Station]:
    """The station, which writes down what it is given where the settings ask for it."""
    made = (db, settings.station, settings.policy(), settings.shop, outbox.wake)
    if not settings.record:
        yield Station(*made)
        return
    recorder = Recorder(Path(settings.record).expanduser())
    try:
        yield RecordingStation(recorder, settings, *made)
    finally:
        recorder.close()


@contextmanager
def running_station(
    settings: Settings,
    on_health: Callable[[str, Health, str], None] | None = None,
    on_job: Callable[[Job], None] | None = None,
    on_outbox: Callable[[Outbox], None] | None = None,
) -> Iterator[Station]:
    """Open a station and its printers; at the end what is queued is given a moment to print.

    What is still unprinted then stays in the spool and goes on at the next start.
    """
    db = open_shop(settings.db)
    try:
        outbox = Outbox(db, settings, on_health, on_job)
        outbox.start()
        if on_outbox is not None:
            on_outbox(outbox)
        try:
            with watching(db, settings), _opened(db, settings, outbox) as station:
                yield station
        finally:
            outbox.stop(DRAIN_SECONDS)
    finally:
        db.dispose()
