"""Copies of a station's database that can be trusted."""

import os
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from data import sqlite
from data.engine import Database
from data.errors import DataError


def backup(db: Database, target: Path) -> Path:
    """Copy the SQLite database to `target` while stations go on working; the copy is checked before it gets
    its name.

    Raises DataError on PostgreSQL (whose own pg_dump is the tool), when `target` exists, or when the copy
    is damaged.
    """
    if db.file is None:
        raise DataError(
            f"{db.name} is a PostgreSQL database: back it up with pg_dump, or with base backups and WAL archiving."
        )
    if target.exists():
        raise DataError(f"{target} exists already; a backup never overwrites anything.")
    part = target.with_name(f".{target.name}.{uuid4().hex}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _vacuum_into(db, part)
        sync(part)
        if problems := integrity(part):
            raise DataError(f"The copy of {db.name} is damaged and was thrown away: {problems[0]}.")
        part.rename(target)
        sync(target.parent)
    except OSError as error:
        raise DataError(f"{target} can't be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    return target


def integrity(file: Path) -> list[str]:
    """What SQLite finds wrong with a closed or copied file, empty when nothing (`PRAGMA integrity_check`)."""
    driver = sqlite.driver()
    try:
        with closing(driver.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            findings = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
    except driver.DatabaseError as error:
        return [str(error)]
    return [] if findings == ["ok"] else findings


def _vacuum_into(db: Database, target: Path) -> None:
    driver = sqlite.driver()
    try:
        with closing(
            driver.connect(str(db.file), timeout=sqlite.LOCK_WAIT_S, isolation_level=None)
        ) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except driver.Error as error:
        raise DataError(f"{db.name} can't be copied to {target}: {error}.") from None


def sync(path: Path) -> None:
    """Push a file, or a folder's entries, to the disk; Windows can't open folders and doesn't need it."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
