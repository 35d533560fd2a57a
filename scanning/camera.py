"""A camera, or a video file in its place, as a scanner."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from scanning import readers
from scanning.capture import CameraError, CameraSettings, frame_interval, open_capture, without_password
from scanning.frames import FrameReader, repeats
from scanning.parse import parse
from scanning.result import Scan
from scanning.sightings import Sightings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Camera", "CameraError", "CameraFigures", "CameraSettings"]

_RETRY_S = 2.0
_RECENT = 8  # frames, a quarter of a second, among which the sharpest still is chosen
_COUNTED = 90  # of the last frames go into the figures
_CATCH_UP_S = 0.1  # that a video which fell behind plays faster to be on time again
_STILL_S = 2.0  # without a new picture, after which a live camera is said to stand still
_SENDS_CHANGES = ("rtsp:", "rtmp:")  # streams that may give a scene without movement bit by bit the same
_STALE_S = 1.0  # after which the last frame of a live camera no longer shows what is in front of it


@dataclass(frozen=True, slots=True)
class CameraFigures:
    """How a camera is doing: frames a second that it gives, the share of the frames looked at that had a
    code in them, and the median milliseconds that looking at one takes, each over the last few seconds.
    """

    frames_per_s: float
    read_share: float
    decode_ms: float


class Camera:
    """Reads frames on one thread and decodes the newest on another, so that none waits in a queue.

    `on_scan`, `on_trouble` and `on_well` are called from those threads. A camera that goes away is tried
    again every two seconds; one that stands still, silent or with the same picture again and again, is told
    after two as well. A video file plays at its own speed, then ends. `on_well` says at the first
    picture, and at the first one after each trouble, that there is none any more.
    """

    def __init__(
        self,
        source: int | str,
        on_scan: Callable[[Scan], None],
        *,
        on_trouble: Callable[[str], None],
        on_well: Callable[[], None] = lambda: None,
        sightings: Sightings | None = None,
        settings: CameraSettings | None = None,
        upce: bool = False,
    ) -> None:
        """`source` is a device number, or the path or URL of a video; `upce` also reads UPC-E."""
        self.source = source
        self.name = f"camera:{without_password(source)}"
        self._on_scan = on_scan
        self._on_trouble, self._on_well = on_trouble, on_well
        self._well, self._troubled_at = False, 0.0
        self._sightings = sightings or Sightings()
        self._settings = settings or CameraSettings()
        self._reader = FrameReader(upce=upce)
        self._fresh = threading.Condition()
        self._recent: deque[NDArray[np.uint8]] = deque(maxlen=_RECENT)
        self._arrivals: deque[float] = deque(maxlen=_COUNTED)
        self._looks: deque[tuple[float, bool]] = deque(maxlen=_COUNTED)
        self._taken = True
        self._live = self._noisy = False
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Open the camera (this may take seconds) and begin.

        Raises:
            CameraError: there is no such camera or video, or the camera was already started.
        """
        if self._threads:
            raise CameraError(f"{self.name}: expected one start, got a second")
        capture = self._opened()
        self._live = not frame_interval(capture)
        self._noisy = self._live and not str(self.source).startswith(_SENDS_CHANGES)
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

    @property
    def seeing(self) -> bool:
        """Whether it gives pictures now; of a video that has ended, whether it gave any."""
        return bool(self._frames())

    def snapshot(self) -> "NDArray[np.uint8] | None":
        """A copy of the newest frame, BGR (height, width, 3), or `None` while the camera gives none."""
        frames = self._frames()
        return frames[-1].copy() if frames else None

    def still(self) -> "NDArray[np.uint8] | None":
        """The sharpest of the last frames, BGR (height, width, 3), or `None` while the camera gives none."""
        from scanning.stills import sharpest

        frames = self._frames()
        return sharpest(frames).copy() if frames else None

    def figures(self) -> CameraFigures:
        """Frame rate, read rate and decoding time; zeros before the first frame."""
        with self._fresh:
            arrivals, looks = list(self._arrivals), list(self._looks)
        seconds = arrivals[-1] - arrivals[0] if arrivals else 0.0
        return CameraFigures(
            frames_per_s=(len(arrivals) - 1) / seconds if seconds else 0.0,
            read_share=sum(read for _, read in looks) / len(looks) if looks else 0.0,
            decode_ms=median(ms for ms, _ in looks) if looks else 0.0,
        )

    def _frames(self) -> "list[NDArray[np.uint8]]":
        """The last frames; of a live camera only while they show what is in front of it."""
        with self._fresh:
            live = not self._stopped.is_set()
            stale = live and self._arrivals and time.monotonic() - self._arrivals[-1] > _STALE_S
            return [] if stale else list(self._recent)

    def _tell(self, trouble: str) -> None:
        self._well, self._troubled_at = False, time.monotonic()
        self._on_trouble(f"{self.name}: {trouble}")

    def _read(self, capture: Any) -> None:
        interval = frame_interval(capture)
        due = time.monotonic()
        while not self._stopped.is_set():
            good, frame = capture.read()
            if good:
                self._show(frame)
                due = max(due + interval, time.monotonic() - _CATCH_UP_S)
                self._stopped.wait(max(0.0, due - time.monotonic()) if interval else 0.0)
            elif interval:
                self._finish_video()
            else:
                capture.release()
                capture = self._reopened(capture)
        capture.release()

    def _show(self, frame: "NDArray[np.uint8]") -> None:
        """Take a frame; the very one before, from a live camera, is no new picture."""
        with self._fresh:
            if self._noisy and self._recent and repeats(self._recent[-1], frame):
                return
            self._recent.append(frame)
            self._arrivals.append(time.monotonic())
            self._taken = False
            self._fresh.notify_all()

    def _opened(self) -> Any:
        capture, refused = open_capture(self.source, self._settings)
        if refused:
            self._tell(f"the driver refuses to set {', '.join(refused)}")
        return capture

    def _reopened(self, capture: Any) -> Any:
        """The camera opened anew, or the dead `capture` again when it was stopped meanwhile."""
        self._tell("the camera gives no more pictures")
        while not self._stopped.wait(_RETRY_S):
            try:
                return self._opened()
            except CameraError:
                continue
        return capture

    def _finish_video(self) -> None:
        """Let the last frame be decoded before the end."""
        with self._fresh:
            self._fresh.wait_for(lambda: self._taken or self._stopped.is_set(), timeout=5)
        self._stopped.set()

    def _decode(self) -> None:
        self._load()
        while (frame := self._next_frame()) is not None:
            try:
                self._look_at(frame)
                self._say_well()
            except Exception as error:  # noqa: BLE001 - a camera that dies of one picture is deaf for all
                self._tell(str(error))
            with self._fresh:
                self._taken = self._recent[-1] is frame
                self._fresh.notify_all()

    def _load(self) -> None:
        """Load what reads codes and GS1 messages, so that the first of them doesn't wait for it."""
        readers.load()
        parse("]C10104006381333931", self.name)

    def _say_well(self) -> None:
        """Only a picture that came after the last trouble says that it is over."""
        with self._fresh:
            well_again = not self._well and self._arrivals[-1] > self._troubled_at
            self._well = self._well or well_again
        if well_again:
            self._on_well()

    def _next_frame(self) -> "NDArray[np.uint8] | None":
        while not self._comes(_STILL_S if self._live else None):
            if not self._troubled():
                self._tell(f"the camera stands still: no new picture for {_STILL_S:.0f} s")
        return None if self._stopped.is_set() else self._recent[-1]

    def _troubled(self) -> bool:
        """Whether no picture has come since the last trouble was told."""
        with self._fresh:
            return self._troubled_at > (self._arrivals[-1] if self._arrivals else 0.0)

    def _comes(self, seconds: float | None) -> bool:
        """Wait for a frame that wasn't looked at, or for the end; returns whether either came in time."""
        with self._fresh:
            return self._fresh.wait_for(lambda: not self._taken or self._stopped.is_set(), seconds)

    def _look_at(self, frame: "NDArray[np.uint8]") -> None:
        scans: dict[str, Scan] = {}
        started = time.perf_counter()
        barcodes = self._reader.read(frame)
        with self._fresh:
            self._looks.append(((time.perf_counter() - started) * 1e3, bool(barcodes)))
        for barcode in barcodes:
            scan = parse(barcode.raw, self.name)
            scans.setdefault(scan.key or barcode.raw, scan)
        for key in self._sightings.frame(scans, time.monotonic()):
            self._on_scan(scans[key])
