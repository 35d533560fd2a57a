"""The shop's database: reachable, ours, up to date, on a safe disk, with the right time."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.engine import Database, file_of, open_database
from data.errors import DataError
from data.filesystems import network_type
from data.schema import check
from data.sqlite import has_wal_reset_bug, library_version
from data.store import codes
from picker.config import Settings
from picker.services.doctor.finding import Finding
from picker.services.shop import existing
from scanning.codes import is_like_own_code, is_own_code

LEAST_FREE = 500 * 2**20
"""Below this much free disk the doctor warns, in bytes: a day's log and a copy of it must fit."""
MOST_SKEW = timedelta(seconds=5)


def database(settings: Settings) -> Iterator[Finding]:
    """The engine, and whether the database can be worked on. Never makes one."""
    yield _sqlite()
    file = _file(settings)
    if file is not None and (kind := network_type(file)):
        yield Finding(
            False, "database", f"{file} lies on a network file system ({kind}): use PostgreSQL instead"
        )
        return
    try:
        db = existing(settings.db)
    except DataError as error:
        yield Finding(False, "database", str(error))
        return
    try:
        check(db)
        yield Finding(True, "database", f"{db.name} answers ({db.version()}), its schema fits")
        yield from _house_codes(db)
    except DataError as error:
        yield Finding(False, "database", str(error))
    finally:
        db.dispose()


def clock(settings: Settings) -> Iterator[Finding]:
    """How far this machine's clock is from the database's, by which claims are judged."""
    file = _file(settings)
    if file is not None:
        yield Finding(True, "clock", "the database runs on this machine's own clock")
        return
    try:
        db = open_database(settings.db)
    except DataError:
        return  # said already
    try:
        skew = _skew(db)
    finally:
        db.dispose()
    seconds = skew.total_seconds()
    if abs(skew) > MOST_SKEW:
        yield Finding(
            False, "clock", f"it is {seconds:+.0f} s off the database's: set this machine's time by NTP"
        )
    else:
        yield Finding(
            True, "clock", f"it is within {MOST_SKEW.seconds} s of the database's ({seconds:+.1f} s)"
        )


def disk(settings: Settings) -> Iterator[Finding]:
    """Free space where this station writes."""
    file = _file(settings)
    folders = {settings.home} if file is None else {settings.home, file.parent}
    for folder in sorted(_existing(folder) for folder in folders):
        free = shutil.disk_usage(folder).free
        words = f"{free // 2**20} MB free in {folder}"
        yield Finding(free >= LEAST_FREE, "disk", words if free >= LEAST_FREE else f"only {words}: make room")


def _house_codes(db: Database) -> Iterator[Finding]:
    """Barcodes of products that are, or nearly are, codes of the house: attached by an earlier version."""
    with db.reader.connect() as connection:
        house_codes = codes.beginning(connection, "PK")
    for code, sku in house_codes:
        if is_own_code(code):
            words = (
                f"barcode {code} of product {sku} is a code of the house, and is never taken for the product"
            )
        elif is_like_own_code(code):
            words = f"barcode {code} of product {sku} is nearly a code of the house: was one misread?"
        else:
            continue
        yield Finding(False, "barcodes", words)


def _sqlite() -> Finding:
    version = library_version()
    if has_wal_reset_bug(version):
        why = "may damage a database in rare cases (WAL reset bug)"
        return Finding(False, "sqlite", f"SQLite {version} {why}: install pysqlite3 or a newer SQLite")
    return Finding(True, "sqlite", f"SQLite {version}")


def _file(settings: Settings) -> Path | None:
    """The database's file, None when it is a server's, or what is named is no database (which is said)."""
    try:
        return file_of(settings.db)
    except DataError:
        return None


def _skew(db: Database) -> timedelta:
    with db.reader.connect() as connection:
        db.now(connection)  # the first question pays for the connection
        before = datetime.now(UTC)
        theirs = db.now(connection)
        return before + (datetime.now(UTC) - before) / 2 - theirs


def _existing(folder: Path) -> Path:
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)
