"""The camera of a station: a scanner beside the keyboard, and the eye that photographs."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from data.engine import Database
from data.errors import DataError
from picker.config import Settings
from picker.flow import State
from picker.flow.accepts import accepts
from picker.services.devices.scanners import OnRaw, OnState
from picker.services.orders.matching import find_matches
from scanning.codes import other_keys
from scanning.parse import parse
from scanning.result import Scan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from scanning.camera import Camera
    from scanning.capture import CameraSettings

RETRY_S = 2.0

Expected = Callable[[str], bool]
"""Whether the key of a scan counts at its first sight."""


def camera_number(setting: str) -> int | str:
    """Return a camera's setting as the device's number, or as the file or address that it is."""
    return int(setting) if setting.isdecimal() else setting


def camera_settings(settings: Settings) -> "CameraSettings":
    """Return what the camera's driver is to be asked for."""
    from scanning.capture import CameraSettings

    return CameraSettings(settings.camera_focus, settings.camera_exposure, settings.camera_lamp)


def expected(db: Database, state: Callable[[], State]) -> Expected:
    """Return the rule that what the screen waits for, or the shop knows, needs no second look.

    It is asked on the camera's thread. While the database is away, only what the screen waits for counts so.
    """

    def rule(key: str) -> bool:
        awaited = {parse(code, "").key for accept in accepts(state()) for code in accept.codes}
        if key in awaited:
            return True
        try:
            with db.reader.connect() as connection:
                return bool(find_matches(connection, Scan(key, key, "camera", other_keys=other_keys(key))))
        except (DataError, DBAPIError):
            return False

    return rule


class StationCamera:
    """Opens the camera beside the station and keeps trying; hands on what it reads, and how it is."""

    def __init__(self, settings: Settings, on_raw: OnRaw, on_state: OnState) -> None:
        """`on_raw` takes (raw text, source), `on_state` (source, trouble or ""), both on other threads."""
        self._settings, self._on_raw, self._on_state = settings, on_raw, on_state
        self._camera: Camera | None = None
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self.opening = True
        """Nothing is known of it yet."""

    @property
    def seeing(self) -> bool:
        """Whether it gives pictures now."""
        return self._camera is not None and self._camera.seeing

    def start(self, rule: Expected, upce: Callable[[], bool] = lambda: False) -> None:
        """Begin to open the camera, which may take seconds; codes for which `rule` holds count at once.

        `upce` is asked on the camera's thread whether UPC-E is looked for.
        """
        self._thread = threading.Thread(target=self._run, args=(rule, upce), name="camera", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let go of the camera."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(timeout=5)
        if self._camera is not None:
            self._camera.stop()

    def snapshot(self) -> "NDArray[np.uint8] | None":
        """Return the newest frame, BGR (height, width, 3); None while there is none."""
        return self._camera.snapshot() if self._camera is not None else None

    def still(self) -> "NDArray[np.uint8] | None":
        """Return the sharpest of the last frames, BGR (height, width, 3); None while there is none."""
        return self._camera.still() if self._camera is not None else None

    def _run(self, rule: Expected, upce: Callable[[], bool]) -> None:
        from scanning.camera import CameraError

        camera = self._made(rule, upce())
        reported = ""
        while not self._stopped.is_set():
            try:
                camera.start()
            except CameraError as error:
                self.opening = False
                if reported != str(error):
                    reported = str(error)
                    self._on_state(camera.name, reported)
                self._stopped.wait(RETRY_S)
                continue
            self._camera = camera
            return

    def _made(self, rule: Expected, upce: bool) -> "Camera":
        from scanning.camera import Camera
        from scanning.sightings import Sightings

        chosen = self._settings

        def well() -> None:
            self.opening = False
            self._on_state(camera.name, "")

        def trouble(words: str) -> None:
            self._on_state(camera.name, words)

        def deliver(scan: Scan) -> None:
            self._on_raw(scan.aim + scan.text, scan.source)

        camera = Camera(
            camera_number(chosen.camera),
            deliver,
            on_trouble=trouble,
            on_well=well,
            sightings=Sightings(rule),
            settings=camera_settings(chosen),
            upce=upce,
        )
        return camera


def station_camera(settings: Settings, on_raw: OnRaw, on_state: OnState) -> StationCamera | None:
    """Return the camera that the settings name, not yet open; None when they name none."""
    return StationCamera(settings, on_raw, on_state) if settings.camera else None
