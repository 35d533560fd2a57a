"""The demo warehouse: its own folder, its own database, nothing of a real shop touched."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from data.demo import seed_demo
from data.engine import open_database
from data.schema import current, upgrade
from picker.config import Settings, data_dir
from scanning.codes import lookup_key


def demo_settings(*, fresh: bool) -> Settings:
    """Return the settings of the demo, its database made when there is none (or anew with `fresh`)."""
    home = data_dir() / "demo"
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    file = home / "demo.sqlite"
    if not file.exists():
        _make(home / f"making-{os.getpid()}.sqlite", file)
    return Settings(db=str(file), home=home, station="PACK-1")


def _make(making: Path, file: Path) -> None:
    """Seed under another name first: an interrupted start must not leave half a warehouse."""
    db = open_database(str(making))
    try:
        if current(db) is None:
            upgrade(db)
            seed_demo(db, lookup_key, datetime.now(UTC))
    finally:
        db.dispose()
    making.replace(file)
