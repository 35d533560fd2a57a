"""The demo warehouse: its own folder, its own database, nothing of a real shop touched."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from data.demo import seed_demo
from data.engine import Database, open_database
from data.schema import current, upgrade
from data.starter import SHOP
from data.store.setup import set_shop
from data.types import StationId
from picker.config import Settings, data_dir
from picker.services.campaigns.campaigns import add_examples
from picker.services.campaigns.coupons import generate
from picker.services.printers.printers import PAPER, registry
from picker.services.station.presence import here_alone
from printing.printers import PrinterSetup
from printing.virtual import VirtualPrinter
from scanning.codes import lookup_key

PRINTER, STATION = "demo", StationId("PACK-1")


def demo_settings(*, fresh: bool) -> Settings:
    """Return the settings of the demo, its database made when there is none (or anew with `fresh`).

    Raises AlreadyRunning for a fresh one while a demo runs.
    """
    home = data_dir() / "demo"
    if fresh:
        with here_alone(home, STATION):
            pass
        shutil.rmtree(home, ignore_errors=True)
    file = home / "demo.sqlite"
    if not file.exists():
        _make(home / f"making-{os.getpid()}.sqlite", file)
    return Settings.read(db=str(file), home=home, station=STATION)


@contextmanager
def demo_printer(settings: Settings) -> Iterator[VirtualPrinter]:
    """Switch a virtual printer on and put it on the station's list for as long as the demo runs."""
    listed = registry(settings)
    with VirtualPrinter(settings.home / PAPER) as printer:
        for left_over in listed.all():
            listed.remove(left_over.name)
        listed.put(PrinterSetup(PRINTER, printer.target))
        try:
            yield printer
        finally:
            listed.remove(PRINTER)


def _begin_campaigns(db: Database) -> None:
    """Switch the examples on, with coupons for those that give some away."""
    for series in ("welcome", "welcome-back"):
        generate(db, SHOP, series, 200, "ewa")
    with db.writer.begin() as connection:
        set_shop(connection, SHOP, {"name_packer": True, "return_slip": 'country in ("PL", "DE")'})
        add_examples(connection, SHOP, db.now(connection), ("welcome", "welcome-back", "thanks"))


def _make(making: Path, file: Path) -> None:
    """Seed under another name first: an interrupted start must not leave half a warehouse."""
    db = open_database(str(making))
    try:
        if current(db) is None:
            upgrade(db)
            seed_demo(db, lookup_key, datetime.now(UTC))
            _begin_campaigns(db)
    finally:
        db.dispose()
    making.replace(file)
