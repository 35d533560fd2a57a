"""Recording a shift at a station, and playing it again on a copy of the database."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

from pydantic import ValidationError
from sqlalchemy import Connection

from data.backup import backup
from data.engine import Database
from picker.config import Settings
from picker.flow import Command, CommandName, FlowPolicy
from picker.flow.facts import Camera, Photo
from picker.flow.turn import PhotoWish
from picker.services.ids import new_id
from picker.services.shop import existing, open_shop
from picker.services.station.station import ALONE, Equipment, Reply, Station
from scanning.recording import Heard, Moment, Pressed, Recorder, RecordingError, Started, read


class RecordingStation(Station):
    """Writes down what it is given before it answers."""

    def __init__(
        self, recorder: Recorder, settings: Settings, db: Database, equipment: Equipment = ALONE
    ) -> None:
        """Open the station of the settings. Raises DataError when the database can't be read."""
        super().__init__(db, settings.station, settings.policy(), equipment)
        self._recorder = recorder
        names = {"station", "timezone", *(field.name for field in fields(FlowPolicy))}
        recorded = settings.model_dump(mode="json", include=names & set(Settings.model_fields))
        recorder.write(Started(datetime.now(UTC), recorded))

    def hear(self, raw: str, source: str) -> Reply:
        """Answer a raw text."""
        self._recorder.write(Heard(datetime.now(UTC), source, raw))
        return super().hear(raw, source)

    def press(self, command: Command) -> Reply:
        """Answer a command."""
        self._recorder.write(Pressed(datetime.now(UTC), command.name.value, command.argument))
        return super().press(command)


@dataclass(frozen=True, slots=True)
class _PlayedDatabase(Database):
    """A database on which it is the time of the recording."""

    moments: list[datetime]

    def now(self, connection: Connection) -> datetime:
        return self.moments[-1]


@contextmanager
def copied(database: str) -> Iterator[Database]:
    """A copy of a SQLite database, upgraded if need be, that is gone afterwards.

    Raises DataError for PostgreSQL, whose copies pg_dump makes, and where there is no such file.
    """
    with tempfile.TemporaryDirectory(prefix="picker-replay-") as folder:
        original = existing(database)
        try:
            file = backup(original, Path(folder) / "replay.sqlite")
        finally:
            original.dispose()
        copy = open_shop(str(file))
        try:
            yield copy
        finally:
            copy.dispose()


def replay(recording: Path, copy: Database, speed: float = 0.0) -> Iterator[tuple[Moment, Reply]]:
    """Play a recording on a copy of the database; yields each moment with its verdict, the same at every run.

    `speed` 1 keeps the pauses of the shift, 10 makes them a tenth, 0 leaves them out. Nothing is printed.

    Raises RecordingError or OSError for a file that can't be played.
    """
    moments: list[datetime] = []
    db = _PlayedDatabase(copy.writer, copy.reader, copy.name, copy.file, moments)
    station: Station | None = None
    for moment in read(recording):
        if moments and speed > 0:
            sleep(max(0.0, (moment.at - moments[-1]).total_seconds()) / speed)
        moments.append(moment.at)
        if isinstance(moment, Started) or station is None:
            station = _station(db, moment)
        yield moment, _answer(station, moment)


def _station(db: _PlayedDatabase, moment: Moment) -> Station:
    recorded = dict(moment.settings) if isinstance(moment, Started) else {}
    try:
        settings = Settings.model_validate(recorded)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        words = f"The station of {moment.at}: setting {name}: {first['msg']}, got {first['input']!r:.80}"
        raise RecordingError(words) from None
    policy = settings.policy()
    wanted = policy.photo_value_cents is not None or policy.photo_tags
    return Station(
        db,
        settings.station,
        policy,
        Equipment(clock=lambda: db.moments[-1], photos=_Retaken() if wanted else None, zone=settings.zone),
    )


class _Retaken:
    """Goes through the motions of every photo: the shift goes on as it did, and nothing is photographed."""

    camera = Camera.WELL

    def begin(self, wish: PhotoWish) -> None:
        """Nothing is taken."""

    def finish(self, wish: PhotoWish) -> Photo:
        """Return the name of a file that there isn't."""
        return Photo(f"{new_id()}.jpg", "0" * 64)


def _answer(station: Station, moment: Moment) -> Reply:
    match moment:
        case Started():
            return station.welcome()
        case Heard():
            return station.hear(moment.raw, moment.source)
        case Pressed():
            return station.press(Command(_command(moment), moment.argument))


def _command(moment: Pressed) -> CommandName:
    try:
        return CommandName(moment.command)
    except ValueError:
        words = f"The key of {moment.at}: expected a command such as UNDO, got {moment.command!r:.80}"
        raise RecordingError(words) from None
