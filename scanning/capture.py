"""Opening a camera, or a video file or stream in its place, and setting what its driver lets be set."""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 1280, 720
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
    capture = cv2.VideoCapture(source)
    if not capture.isOpened():
        capture.release()
        kind = "camera" if isinstance(source, int) else "video"
        shown = without_password(source)
        raise CameraError(f"Expected a {kind} at {shown!r}, got nothing that can be opened")
    if not isinstance(source, int):
        return capture, []
    # Many cameras give 720p at 30 frames a second in MJPG only, and take the format first.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture, apply(capture, settings)


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
