"""Opening a camera, or a video file or stream in its place, and setting what its driver lets be set."""

import os
import re
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 1280, 720
_OPEN_MS, _READ_MS = 5000, 4000
"""After which a stream that sends nothing is given up; the library's own 30 s each are a deaf scanner's."""
# V4L2 counts its exposure modes (1 is by hand), DirectShow and AVFoundation know shares (0.25 is).
_BY_HAND = 1.0 if sys.platform == "linux" else 0.25


class CameraError(RuntimeError):
    """A camera that can't be opened or has gone away; the message names it."""


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """What to ask a camera's driver for, in the driver's own units; `None` leaves the driver's choice.

    `focus` and `exposure` switch the automatic off; `lamp` is the light or the backlight compensation,
    whichever the driver has.
    """

    focus: float | None = None
    exposure: float | None = None
    lamp: float | None = None


def without_password(source: int | str) -> int | str:
    """The source, fit for screens and logs: an address without the user and password in it."""
    return source if isinstance(source, int) else re.sub(r"//[^/@]*@", "//", source)


def open_capture(source: int | str, settings: CameraSettings) -> tuple[Any, list[str]]:
    """An open `cv2.VideoCapture` of a device number, path or URL, and the settings its driver refused.

    Raises:
        CameraError: there is no such camera or video.
    """
    # Both would otherwise write their warnings across the screen of the terminal.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    cv2.setNumThreads(1)  # frames come without end, and the screen needs a core of its own
    device = is_device(source)
    capture = _capture(source, device=device)
    if not capture.isOpened():
        capture.release()
        kind = "camera" if device else "video"
        shown = without_password(source)
        raise CameraError(f"Expected a {kind} at {shown!r}, got nothing that can be opened")
    if not device:
        return capture, []
    # Many cameras give 720p at 30 frames a second in MJPG only, and take the format first.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture, apply(capture, settings)


def is_device(source: int | str) -> bool:
    """Whether it is a camera of this computer, by its number or by its path, such as `/dev/v4l/by-id/...`."""
    if isinstance(source, int):
        return True
    try:
        return stat.S_ISCHR(Path(source).stat().st_mode)
    except (OSError, ValueError):
        return False


def _capture(source: int | str, *, device: bool) -> Any:
    import cv2

    if isinstance(source, str) and device:
        # By a path the library would take it for a video file first, whose settings it doesn't know.
        return cv2.VideoCapture(source, cv2.CAP_V4L2)
    if isinstance(source, str) and "://" in source:
        times = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
        return cv2.VideoCapture(source, cv2.CAP_FFMPEG, times)
    return cv2.VideoCapture(source)


def apply(capture: Any, settings: CameraSettings) -> list[str]:
    """Ask the driver for `settings`; returns the names of those that it refused."""
    return [name for name, prop, value in _wanted(settings) if not capture.set(prop, value)]


def _wanted(settings: CameraSettings) -> Iterator[tuple[str, int, float]]:
    import cv2

    if settings.focus is not None:
        yield "focus by hand", cv2.CAP_PROP_AUTOFOCUS, 0
        yield "focus", cv2.CAP_PROP_FOCUS, settings.focus
    if settings.exposure is not None:
        yield "exposure by hand", cv2.CAP_PROP_AUTO_EXPOSURE, _BY_HAND
        yield "exposure", cv2.CAP_PROP_EXPOSURE, settings.exposure
    if settings.lamp is not None:
        yield "lamp", cv2.CAP_PROP_BACKLIGHT, settings.lamp


def frame_interval(capture: Any) -> float:
    """Seconds between frames of a video file; 0 for what is live and keeps time by itself."""
    import cv2

    rate = float(capture.get(cv2.CAP_PROP_FPS))
    return 1 / rate if capture.get(cv2.CAP_PROP_FRAME_COUNT) > 0 and rate > 0 else 0.0
