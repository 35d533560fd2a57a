"""Photographs: taken beside the station, made durable before the event that names them, deleted after their time."""

import hashlib
import json
import logging
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.exc import DBAPIError

from data.backup import sync
from data.engine import Database
from data.errors import DataError
from data.store import photos
from picker.config import Settings
from picker.flow.facts import Camera, Photo
from picker.flow.photo import NO_PICTURE, NOT_WRITTEN
from picker.flow.turn import PhotoWish
from picker.services.clock import housekeeping_time
from picker.services.ids import new_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PATIENCE_S = 3.0
"""For which the station waits for a photo; without a hung disk or camera it takes less than a tenth."""
FIRST_PICTURE_S = 2.0
"""For which a camera that is being opened is waited for."""
ORPHAN_AFTER = timedelta(days=1)
"""After which a file that no event names is thrown away: a station died, or its database was away."""
_OURS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(jpg|part)")
_DESCRIPTION, _TAKEN_AT = 0x010E, 0x0132
"""EXIF tags ImageDescription and DateTime (CIPA DC-008, 4.6.5)."""

_log = logging.getLogger(__name__)


class Eye(Protocol):
    """A camera, as far as photographs go."""

    @property
    def opening(self) -> bool:
        """Whether it may yet give its first picture."""

    @property
    def seeing(self) -> bool:
        """Whether it gives pictures now."""

    def still(self) -> "NDArray[np.uint8] | None":
        """Return a sharp frame, BGR (height, width, 3), or None."""


@dataclass(frozen=True, slots=True)
class _Shot:
    """A photo being taken: of what, and, once it is there, its JPEG."""

    wish: PhotoWish
    jpeg: "Future[bytes | None]"


class Photographer:
    """Takes photos on a thread of its own, so that neither screen nor station ever waits long for a camera."""

    def __init__(
        self, eye: Eye | None, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Without an `eye` the station has no camera."""
        self._eye, self._folder, self._clock = eye, folder, clock
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="photos")
        self._shot: _Shot | None = None

    @property
    def camera(self) -> Camera:
        """How the camera is."""
        if self._eye is None:
            return Camera.NONE
        return Camera.WELL if self._eye.seeing else Camera.AWAY

    def begin(self, wish: PhotoWish) -> None:
        """Start to take a photo; one begun before and never finished is dropped."""
        wish = replace(wish, held=False)
        self._shot = _Shot(wish, self._pool.submit(self._shoot, wish))

    def finish(self, wish: PhotoWish) -> Photo:
        """Return the photo begun of this, or one taken now, once it is safely on disk.

        It never fails: a photo that can't be had is one with a reason.
        """
        wish = replace(wish, held=False)
        if self._shot is None or self._shot.wish != wish:
            self.begin(wish)
        shot, self._shot = self._shot, None
        if shot is None:
            raise AssertionError("no photo was begun")
        try:
            return self._pool.submit(self._keep, shot).result(PATIENCE_S)
        except OSError:  # a TimeoutError, too, is one
            return Photo(reason=NOT_WRITTEN)
        except Exception:  # noqa: BLE001 - whatever a camera's driver does, the damage is logged
            _log.exception("a photo")
            return Photo(reason=NO_PICTURE)

    def close(self) -> None:
        """End the thread."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _shoot(self, wish: PhotoWish) -> bytes | None:
        from scanning.stills import to_jpeg

        frame = self._frame()
        return None if frame is None else to_jpeg(frame, _exif(wish, self._clock()))

    def _frame(self) -> "NDArray[np.uint8] | None":
        eye, pause = self._eye, threading.Event()
        if eye is None:
            return None
        for _ in range(int(FIRST_PICTURE_S / 0.05)):
            if eye.seeing or not eye.opening:
                break
            pause.wait(0.05)
        return eye.still()

    def _keep(self, shot: _Shot) -> Photo:
        jpeg = shot.jpeg.result()
        if jpeg is None:
            return Photo(reason=NO_PICTURE)
        return Photo(_written(self._folder, jpeg), hashlib.sha256(jpeg).hexdigest())


def _exif(wish: PhotoWish, at: datetime) -> bytes:
    """EXIF that says of what and when a photo is, in ASCII."""
    from PIL import Image

    said = {"order": wish.order, "subject": wish.subject, "line": wish.line, "parcel": wish.parcel}
    exif = Image.Exif()
    exif[_DESCRIPTION] = json.dumps({**said, "at": at.isoformat(timespec="milliseconds")})
    exif[_TAKEN_AT] = f"{at:%Y:%m:%d %H:%M:%S}"
    return exif.tobytes().removeprefix(b"Exif\0\0")


def _written(folder: Path, data: bytes) -> str:
    """Write a file so that it is whole and on the disk before anybody hears its name; returns that."""
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    name = new_id()
    part, target = folder / f"{name}.part", folder / f"{name}.jpg"
    part.write_bytes(data)
    sync(part)
    part.rename(target)
    sync(folder)
    if new:
        sync(folder.parent)
    return target.name


def sweep(db: Database, settings: Settings, now: datetime) -> None:
    """Delete this station's photos that have been kept long enough, and files that no event names.

    A file goes before it is written down as gone, so that a crash between the two leaves nothing behind. One
    that can't be deleted stays, and is tried again at the next start. Raises DataError or DBAPIError while the
    database is away.
    """
    folder = settings.photo_folder
    before = now - timedelta(days=settings.keep_photos_days)
    with db.reader.connect() as connection:
        expired = photos.expired(connection, settings.station, before)
    gone = [file for file in expired if _OURS.fullmatch(file) and _unlink(folder / file)]
    with db.writer.begin() as connection:
        photos.set_deleted(connection, gone, now)
    files = [path for path in folder.glob("*") if _OURS.fullmatch(path.name) and _older(path, now)]
    with db.reader.connect() as connection:
        named = photos.undeleted(connection)
    for path in files:
        if path.name not in named:
            _unlink(path)


def _unlink(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _older(path: Path, now: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - ORPHAN_AFTER
    except OSError:
        return False


@contextmanager
def sweeping(db: Database, settings: Settings) -> Iterator[None]:
    """Sweep beside the start of a station; a database that is away is swept at the next one."""

    def run() -> None:
        try:
            now = housekeeping_time(db)
            if now is not None:
                sweep(db, settings, now)
        except (DataError, DBAPIError, OSError):
            return

    thread = threading.Thread(target=run, name="photos sweep", daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join(5)
