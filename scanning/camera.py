"""A camera, or a video file in its place, as a scanner."""

import os
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scanning.frames import read_frame
from scanning.parse import parse
from scanning.result import Scan
from scanning.sightings import Sightings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WIDTH, _HEIGHT = 1280, 720
_RETRY_S = 2.0


class CameraError(RuntimeError):
    """A camera that can't be opened or has gone away; the message names it."""


class Camera:
    """Reads frames on one thread and decodes the newest on another, so that none waits in a queue.

    `on_scan` and `on_trouble` are called from those threads. A camera that goes away is tried again
    every two seconds; a video file plays at its own speed, then ends.
    """

    def __init__(
        self,
        source: int | str,
        on_scan: Callable[[Scan], None],
        *,
        on_trouble: Callable[[str], None],
        sightings: Sightings | None = None,
    ) -> None:
        """`source` is a device number, or the path or URL of a video."""
        self.source = source
        self.name = f"camera:{source}"
        self._on_scan = on_scan
        self._on_trouble = on_trouble
        self._sightings = sightings or Sightings()
        self._fresh = threading.Condition()
        self._newest: NDArray[np.uint8] | None = None
        self._taken = True
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Open the camera (this may take seconds) and begin.

        Raises:
            CameraError: there is no such camera or video, or the camera was already started.
        """
        if self._threads:
            raise CameraError(f"{self.name}: expected one start, got a second")
        capture = _open(self.source)
        self._threads = [
            threading.Thread(target=self._read, args=(capture,), name=f"{self.name} frames", daemon=True),
            threading.Thread(target=self._decode, name=f"{self.name} codes", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End both threads and let go of the camera. Not to be called from `on_scan`."""
        self._stopped.set()
        with self._fresh:
            self._fresh.notify_all()
        for thread in self._threads:
            thread.join(timeout=5)

    def join(self, timeout_s: float) -> bool:
        """Wait until a video has ended; returns whether it has within `timeout_s` seconds."""
        return self._stopped.wait(timeout_s)

    def snapshot(self) -> "NDArray[np.uint8] | None":
        """A copy of the newest frame, BGR (height, width, 3), or `None` before the first."""
        with self._fresh:
            return None if self._newest is None else self._newest.copy()

    def _read(self, capture: Any) -> None:
        interval = _frame_interval(capture)
        due = time.monotonic()
        while not self._stopped.is_set():
            good, frame = capture.read()
            if good:
                self._show(frame)
                due = max(due + interval, time.monotonic()) if interval else due
                self._stopped.wait(max(0.0, due - time.monotonic()))
            elif interval:
                self._finish_video()
            else:
                capture.release()
                capture = self._reopened(capture)
        capture.release()

    def _show(self, frame: "NDArray[np.uint8]") -> None:
        with self._fresh:
            self._newest, self._taken = frame, False
            self._fresh.notify_all()

    def _reopened(self, capture: Any) -> Any:
        """The camera opened anew, or the dead `capture` again when it was stopped meanwhile."""
        self._on_trouble(f"{self.name}: the camera gives no more pictures")
        while not self._stopped.wait(_RETRY_S):
            try:
                return _open(self.source)
            except CameraError:
                continue
        return capture

    def _finish_video(self) -> None:
        """Let the last frame be decoded before the end."""
        with self._fresh:
            self._fresh.wait_for(lambda: self._taken or self._stopped.is_set(), timeout=5)
        self._stopped.set()

    def _decode(self) -> None:
        while (frame := self._next_frame()) is not None:
            try:
                self._look_at(frame)
            except Exception as error:  # noqa: BLE001 - a camera that dies of one picture is deaf for all
                self._on_trouble(f"{self.name}: {error}")
            with self._fresh:
                self._taken = self._newest is frame
                self._fresh.notify_all()

    def _next_frame(self) -> "NDArray[np.uint8] | None":
        with self._fresh:
            self._fresh.wait_for(lambda: not self._taken or self._stopped.is_set())
            return None if self._stopped.is_set() else self._newest

    def _look_at(self, frame: "NDArray[np.uint8]") -> None:
        scans: dict[str, Scan] = {}
        for barcode in read_frame(frame):
            scan = parse(barcode.raw, self.name)
            scans.setdefault(scan.key or barcode.raw, scan)
        for key in self._sightings.frame(scans, time.monotonic()):
            self._on_scan(scans[key])


def _open(source: int | str) -> Any:
    # Both would otherwise write their warnings across the screen of the terminal.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    capture = cv2.VideoCapture(source)
    if isinstance(source, int):
        # Many cameras give 720p at 30 frames a second in MJPG only, and take the format first.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDTH)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT)
    if not capture.isOpened():
        capture.release()
        kind = "camera" if isinstance(source, int) else "video"
        raise CameraError(f"Expected a {kind} at {source!r}, got nothing that can be opened")
    return capture


def _frame_interval(capture: Any) -> float:
    """Seconds between frames of a video file; 0 for what is live and keeps time by itself."""
    import cv2

    rate = float(capture.get(cv2.CAP_PROP_FPS))
    return 1 / rate if capture.get(cv2.CAP_PROP_FRAME_COUNT) > 0 and rate > 0 else 0.0
