"""This machine: Python, what reads barcodes, fonts, printers, the terminal."""

import importlib
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import version
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.engine import file_of
from picker.config import Settings, toml_file
from picker.services.doctor.finding import Finding

_LEAST_PYTHON = (3, 11)
_LEAST_SIZE = (80, 24)
_SAMPLES = ("Łódź Привет", "包装", "شكرا", "תודה", "ขอบคุณ")


def python(settings: Settings) -> Iterator[Finding]:
    """The Python in use."""
    version = platform.python_version()
    good = sys.version_info >= _LEAST_PYTHON
    yield Finding(
        good, "python", f"Python {version}" if good else f"Python {version} is too old: install 3.11"
    )


def settings_file(settings: Settings) -> Iterator[Finding]:
    """Which file the settings are read from."""
    file = toml_file()
    words = f"{file} is read" if file.exists() else f"there is no {file}, which would be read"
    yield Finding(True, "settings", f"{words}; the data folder is {settings.home}")


def log(settings: Settings) -> Iterator[Finding]:
    """Where a running station writes down what went wrong beside the screen."""
    from picker.services.logfile import log_file

    file = log_file(settings)
    yield Finding(True, "log", f"{file}{'' if file.exists() else ', where nothing has been written yet'}")


def private(settings: Settings) -> Iterator[Finding]:
    """Whether other users of this machine can read who the buyers are; Windows' data folders are the user's alone."""
    if sys.platform == "win32":
        return
    database = file_of(settings.db)
    places = [settings.home]
    if database is not None and settings.home not in database.parents:
        places.append(database)
    for place in places:
        if place.exists() and place.stat().st_mode & 0o077:
            words = f"{place} can be read by other users of this machine: chmod -R go= {place}"
            yield Finding(False, "files", words)
        else:
            yield Finding(True, "files", f"{place} is for this user alone")


def zbar(settings: Settings) -> Iterator[Finding]:
    """The second opinion in reading pictures; everything works without it."""
    from scanning.readers import zbar_available

    if zbar_available():
        yield Finding(True, "zbar", "pyzbar and libzbar read pictures")
    elif sys.platform == "win32":
        yield Finding(
            True,
            "zbar",
            "pyzbar lacks a DLL: install the Visual C++ 2013 runtime (pictures are read without it)",
        )
    else:
        install = "brew install zbar" if sys.platform == "darwin" else "apt install libzbar0"
        yield Finding(
            True, "zbar", f"libzbar is missing: {install} (pictures are read without it, by zxing-cpp)"
        )


def pictures(settings: Settings) -> Iterator[Finding]:
    """What reads barcodes from pictures and cameras."""
    importlib.import_module("zxingcpp")
    yield Finding(True, "zxing-cpp", f"zxing-cpp {version('zxing-cpp')} reads pictures")


def fonts(settings: Settings) -> Iterator[Finding]:
    """Whether documents can be set in every language."""
    from printing.fonts import runs

    for sample in _SAMPLES:
        shaped, missing = runs(sample)
        name = f"Noto {shaped[0].font}"
        words = f"{name} lacks {''.join(missing)}" if missing else f"{name} sets {sample}"
        yield Finding(not missing, "fonts", words)


def printer_targets(settings: Settings) -> Iterator[Finding]:
    """Whether each printer can be reached, and what it says of itself; touches no paper."""
    from picker.services.printers.printers import driver_of, station_printers
    from printing.health import HEALTH_WORDS, WELL

    for setup in station_printers(settings):
        health = driver_of(setup).preflight()
        words = f"{setup.name} printer {setup.target} with {setup.medium}: {HEALTH_WORDS[health]}"
        yield Finding(health in WELL, "printer", words)


def terminal(settings: Settings) -> Iterator[Finding]:
    """Size, colours and character set of the terminal this runs in."""
    if not sys.stdout.isatty():
        yield Finding(True, "terminal", "this is no terminal; use picker station --plain without one")
        return
    columns, lines = shutil.get_terminal_size()
    roomy = columns >= _LEAST_SIZE[0] and lines >= _LEAST_SIZE[1]
    yield Finding(
        roomy, "terminal", f"{columns} x {lines} characters" + ("" if roomy else ": 80 x 24 are needed")
    )
    encoding = (sys.stdout.encoding or "").lower()
    utf8 = encoding.replace("-", "") == "utf8"
    yield Finding(utf8, "terminal", f"character set {encoding}" + ("" if utf8 else ": set it to UTF-8"))
    yield _colours()


def timezone(settings: Settings) -> Iterator[Finding]:
    """Whether cut-off times can be read."""
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        words = (
            f"{settings.timezone!r} is no time zone: expected a name such as Europe/Warsaw in PICKER_TIMEZONE"
        )
        yield Finding(False, "time zone", words)
        return
    yield Finding(True, "time zone", settings.timezone)


def _colours() -> Finding:
    term, colour = os.environ.get("TERM", ""), os.environ.get("COLORTERM", "")
    if term == "dumb":
        return Finding(False, "terminal", "TERM=dumb shows no screens: use picker station --plain")
    if colour in ("truecolor", "24bit") or sys.platform == "win32":
        return Finding(True, "terminal", "16 million colours")
    return Finding(
        True, "terminal", f"{'256' if '256' in term else '16'} colours ({term or 'TERM is not set'})"
    )
