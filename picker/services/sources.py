"""Scanners beside the keyboard: a serial one, a camera."""

from collections.abc import Callable
from typing import Protocol

from picker.config import Settings
from scanning.result import Scan


class Source(Protocol):
    """A running scanner."""

    def stop(self) -> None:
        """Let go of the device."""


def open_sources(
    settings: Settings, on_raw: Callable[[str, str], None], on_trouble: Callable[[str], None]
) -> list[Source]:
    """Start the scanners that the settings name; `on_raw(raw, source)` comes on their threads.

    One that can't be opened is reported in words and left out: the others, and the keyboard, go on.
    """
    found: list[Source] = []
    if settings.serial_scanner:
        found.append(_serial(settings.serial_scanner, on_raw, on_trouble))
    if settings.camera:
        found += _camera(settings.camera, on_raw, on_trouble)
    return found


def _serial(port: str, on_raw: Callable[[str, str], None], on_trouble: Callable[[str], None]) -> Source:
    from scanning.serial_port import SerialScanner

    scanner = SerialScanner(port, lambda raw: on_raw(raw, f"serial:{port}"), on_trouble=on_trouble)
    scanner.start()
    return scanner


def _camera(name: str, on_raw: Callable[[str, str], None], on_trouble: Callable[[str], None]) -> list[Source]:
    from scanning.camera import Camera, CameraError

    def deliver(scan: Scan) -> None:
        on_raw(scan.aim + scan.text, scan.source)

    camera = Camera(int(name) if name.isdecimal() else name, deliver, on_trouble=on_trouble)
    try:
        camera.start()
    except CameraError as error:
        on_trouble(str(error))
        return []
    return [camera]
