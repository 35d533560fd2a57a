"""Is this machine fit to pack with? Every answer is a sentence, and never a traceback."""

from collections.abc import Callable, Iterator

from picker.config import Settings
from picker.services.doctor.camera import camera
from picker.services.doctor.database import clock, database, disk
from picker.services.doctor.finding import Finding
from picker.services.doctor.machine import (
    fonts,
    log,
    pictures,
    printer_targets,
    private,
    python,
    settings_file,
    terminal,
    timezone,
    zbar,
)

__all__ = ["Finding", "examine"]

_CHECKS: tuple[tuple[str, Callable[[Settings], Iterator[Finding]]], ...] = (
    ("python", python),
    ("settings", settings_file),
    ("log", log),
    ("database", database),
    ("clock", clock),
    ("disk", disk),
    ("files", private),
    ("time zone", timezone),
    ("zbar", zbar),
    ("zxing-cpp", pictures),
    ("fonts", fonts),
    ("printer", printer_targets),
    ("camera", camera),
    ("terminal", terminal),
)


def examine(settings: Settings) -> list[Finding]:
    """Return what was found, good and bad; a check that breaks is itself a finding."""
    findings: list[Finding] = []
    for topic, check in _CHECKS:
        try:
            findings += list(check(settings))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the machine must end as a sentence
            words = str(error).strip().splitlines() or [type(error).__name__]
            findings.append(Finding(False, topic, words[0]))
    return findings
