"""A station's name belongs to one running program: on this machine by a lock, in the shop by a sign of life.

The lock goes with its process, so a station that was killed, or lost its power, starts again at once: what it has
left beside the lock says that the name in the shop's database is its own. Another machine has to wait until
nothing has been heard of it for a while.
"""

import logging
import os
import platform
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from data.engine import Database
from data.errors import DataError
from data.store import running
from data.types import StationId
from picker.config import Settings
from picker.safe import clean
from picker.services.ids import new_id
from picker.services.logfile import described
from picker.services.reports.printers import SILENT_AFTER
from printing.printer_lock import locked

BEAT_SECONDS = 20.0
_LONGEST_HOST = 60
_log = logging.getLogger(__name__)


class AlreadyRunning(DataError):
    """Another program runs under this station's name."""


class Presence:
    """What a running station knows of its name."""

    def __init__(self, db: Database, station: StationId, instance: str) -> None:
        """Nothing is taken yet."""
        self._db, self._station, self._instance = db, station, instance
        self._host = clean(platform.node(), _LONGEST_HOST) or "?"

    def take(self) -> None:
        """Take the name. Raises AlreadyRunning, in words, when another machine has it."""
        try:
            refusal = self._try()
        except IntegrityError:  # another machine took the free name first
            refusal = self._try()
        if refusal is not None:
            raise AlreadyRunning(_words(self._station, refusal))

    def _try(self) -> running.Holder | None:
        with self._db.writer.begin() as connection:
            now = self._db.now(connection)
            return running.take(connection, self._station, self._instance, self._host, now, SILENT_AFTER)

    def lost_to(self, connection: Connection) -> str:
        """Return the host that has taken the name since, while nothing was heard from here; "" if none has."""
        claimant = running.holder(connection, self._station)
        return "" if claimant is None or claimant.instance == self._instance else str(claimant.host)

    def beat(self) -> None:
        """Give a sign of life, and take the name again where it has got lost."""
        with self._db.writer.begin() as connection:
            alive = running.beat(connection, self._station, self._instance, self._db.now(connection))
        if not alive:
            self.take()

    def leave(self) -> None:
        """Give the name back."""
        with self._db.writer.begin() as connection:
            running.leave(connection, self._station, self._instance)


@contextmanager
def alone(db: Database, settings: Settings) -> Iterator[Presence]:
    """Have the station's name for as long as this lasts.

    Raises AlreadyRunning when another program has it, DataError when the station's folder or the database
    can't be written.
    """
    with here_alone(settings.home, settings.station, db):
        note = settings.home / f"running-{settings.station}.txt"
        presence = Presence(db, settings.station, _instance(note))
        try:
            presence.take()
        except DBAPIError as error:
            raise DataError(f"{settings.station} can't be opened on {db.name}: {error.orig}") from None
        stopping = threading.Event()
        thread = threading.Thread(target=_beat, args=(presence, stopping), name="presence", daemon=True)
        thread.start()
        try:
            yield presence
        finally:
            stopping.set()
            thread.join(BEAT_SECONDS)
            with suppress(DBAPIError, DataError):
                presence.leave()
                note.unlink(missing_ok=True)


@contextmanager
def here_alone(home: Path, station: StationId, db: Database | None = None) -> Iterator[None]:
    """Hold the lock on a station's name in a folder of this machine; `db` knows since when another has it.

    Raises AlreadyRunning when another program holds it, DataError when the folder can't be written.
    """
    file = home / f"running-{station}.lock"
    try:
        home.mkdir(parents=True, exist_ok=True)
        file.open("ab").close()
    except OSError as error:
        raise DataError(f"The station's folder {home} can't be written: {error.strerror}.") from None
    lock = locked(file)
    if lock is None:
        raise AlreadyRunning(_words(station, _holder(db, station)))
    with closing(lock):
        yield


def _instance(note: Path) -> str:
    """The name of this run, or of the one that ended here without a farewell."""
    with suppress(OSError, ValueError):
        if text := note.read_text("utf-8").strip():
            return text
    instance = new_id()
    try:
        with note.open("w", encoding="utf-8") as file:
            file.write(instance)
            file.flush()
            os.fsync(file.fileno())  # a power cut must not make this machine a stranger to itself
    except OSError as error:
        raise DataError(f"{note} can't be written: {error.strerror}.") from None
    return instance


def _beat(presence: Presence, stopping: threading.Event) -> None:
    while not stopping.wait(BEAT_SECONDS):
        try:
            presence.beat()
        except (DBAPIError, DataError) as error:
            # The database is away, or another machine has the name: the next scan is told.
            _log.warning("sign of life: %s", described(error))


def _holder(db: Database | None, station: StationId) -> running.Holder | None:
    if db is None:
        return None
    with db.reader.connect() as connection:
        return running.holder(connection, station)


def _words(station: StationId, claimant: running.Holder | None) -> str:
    advice = "Close it there, or give this station another name: --station NAME, or `station` in picker.toml"
    if claimant is None:
        return f"{station} is already running on this machine. {advice}."
    since: datetime = claimant.since
    return f"{station} is already running on {claimant.host} since {since.astimezone():%Y-%m-%d %H:%M}. {advice}."
