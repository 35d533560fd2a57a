"""The photos of an order: where their files are, and whether they are still what was photographed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from data.store import photos
from data.types import OrderId, StationId
from picker.config import Settings
from picker.flow.events import PhotoSubject

AS_TAKEN, CHANGED, MISSING = "as it was taken", "CHANGED since it was taken", "MISSING"


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo that an event names. `state` is in words; `whole` says that the file is here and as it was taken."""

    file: str
    path: Path
    subject: str
    line: int
    parcel: int
    station: StationId
    taken_at: datetime
    sha256: str
    state: str

    @property
    def whole(self) -> bool:
        """Whether the file is here and as it was taken."""
        return self.state == AS_TAKEN

    def words(self) -> str:
        """Return the photo as a line for a person."""
        about = photo_of(self.subject, self.line, self.parcel)
        return f"{self.taken_at:%Y-%m-%d %H:%M:%S}  {self.station:<10} {about}: {self.path}, {self.state}"

    def to_json(self) -> dict[str, object]:
        """Return the photo in JSON values; the instant in ISO 8601."""
        plain = ("file", "subject", "line", "parcel", "station", "sha256", "state", "whole")
        fields: dict[str, object] = {name: getattr(self, name) for name in plain}
        return {**fields, "path": str(self.path), "taken_at": self.taken_at.isoformat()}


class OrderPhotos:
    """Looks photos up in a station's own folder."""

    def __init__(self, settings: Settings) -> None:
        self._folder, self._station = settings.photo_folder, settings.station

    def of_order(self, connection: Connection, order: OrderId) -> list[PhotoFile]:
        """Return an order's photos as they were taken, each file looked at."""
        return [
            PhotoFile(
                row.file,
                self._folder / row.file,
                row.subject,
                row.line,
                row.parcel,
                row.station,
                row.taken_at,
                row.sha256,
                self._state(row.file, row.sha256, row.station, row.deleted_at),
            )
            for row in photos.of_order(connection, order)
        ]

    def _state(self, file: str, sha256: str, station: StationId, deleted_at: datetime | None) -> str:
        if deleted_at is not None:
            return f"deleted on {deleted_at:%Y-%m-%d}"
        try:
            data = (self._folder / file).read_bytes()
        except OSError:
            return MISSING if station == self._station else f"kept at {station}"
        return AS_TAKEN if hashlib.sha256(data).hexdigest() == sha256 else CHANGED


def photo_of(subject: object, line: object, parcel: object) -> str:
    """Return in words what was photographed."""
    return (
        f"the damage in line {line}" if subject == PhotoSubject.DAMAGE else f"the open box of parcel {parcel}"
    )
