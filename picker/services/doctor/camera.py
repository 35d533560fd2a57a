"""The camera: whether it gives pictures, how many, and whether it reads; and whether one is wanted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from picker.config import Settings
from picker.services.devices.camera import camera_number, camera_settings
from picker.services.devices.upce import upce_wanted_here
from picker.services.doctor.finding import Finding

if TYPE_CHECKING:
    from scanning.result import Scan

LOOK_S = 2.0
_LEAST_RATE = 10.0
"""Frames a second below which a code must be held still; cameras that aren't given MJPG often do 5 to 10."""


def camera(settings: Settings) -> Iterator[Finding]:
    """Open the camera for two seconds, where one is set."""
    if not settings.camera:
        if settings.photo_value_cents is not None or settings.photo_tags:
            yield Finding(False, "camera", "photos of open boxes are wanted, but no camera is set")
        return
    from scanning.camera import Camera, CameraError

    troubles: list[str] = []
    seen: list[Scan] = []
    looking = Camera(
        camera_number(settings.camera),
        seen.append,
        on_trouble=troubles.append,
        settings=camera_settings(settings),
        upce=upce_wanted_here(settings),
    )
    try:
        looking.start()
    except CameraError as error:
        yield Finding(False, "camera", f"{error}: is it plugged in, or has a station taken it?")
        return
    looking.join(LOOK_S)
    figures = looking.figures()
    looking.stop()
    for trouble in troubles:
        yield Finding(False, "camera", trouble)
    good = figures.frames_per_s >= _LEAST_RATE
    words = (
        f"{looking.name}: {figures.frames_per_s:.0f} frames/s, a code read in {figures.read_share:.0%} of them, "
        f"{figures.decode_ms:.0f} ms each"
    )
    yield Finding(good, "camera", words if good else f"{words}: give it more light, or a port of its own")
