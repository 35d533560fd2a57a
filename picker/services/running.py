"""A station with everything that runs beside it: its printers, and later its other scanners."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from picker.config import Settings
from picker.services.outbox import Outbox
from picker.services.shop import open_shop
from picker.services.station import Station
from printing.health import Health
from printing.jobs import Job

DRAIN_SECONDS = 15.0


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
            yield Station(db, settings.station, settings.policy(), settings.shop, outbox.wake)
        finally:
            outbox.stop(DRAIN_SECONDS)
    finally:
        db.dispose()
