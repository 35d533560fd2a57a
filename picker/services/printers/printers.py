"""This station's printers: where their list is kept, and what prints when there are none."""

from pathlib import Path

from picker.config import Settings
from printing.drivers.base import Driver
from printing.printers import PrinterRegistry, PrinterSetup
from printing.spool import Spool
from printing.targets import open_driver

PAPER = "paper"


def registry(settings: Settings) -> PrinterRegistry:
    """Return the list of this station's printers, kept beside its spool."""
    return PrinterRegistry(settings.home / f"printers-{settings.station}.json")


def spool_path(settings: Settings) -> Path:
    """Return the file of this station's spool."""
    return settings.home / f"spool-{settings.station}.sqlite"


def open_spool(settings: Settings) -> Spool:
    """Open this station's spool, made with its folder when new."""
    settings.home.mkdir(parents=True, exist_ok=True)
    return Spool(spool_path(settings))


def station_printers(settings: Settings) -> list[PrinterSetup]:
    """Return the station's printers; without any, documents go into a folder as bytes and pictures."""
    folder = PrinterSetup(PAPER, f"file:{settings.home / PAPER}")
    return registry(settings).all() or [folder]


def driver_of(setup: PrinterSetup) -> Driver:
    """Return the driver of a printer; nothing is contacted yet. Raises PrinterError."""
    return open_driver(setup.target, setup.language, setup.abilities)
