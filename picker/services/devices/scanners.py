"""Scanners: how the one at the keyboard types, and those beside it: serial and grabbed ones."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from picker.config import Settings
from picker.services.devices.scanner_habits import saved_translation
from scanning.characters import unescaped
from scanning.wedge import ENDS, Habits

if TYPE_CHECKING:
    from scanning.serial_port import SerialScanner

OnRaw = Callable[[str, str], None]
"""Takes (raw text, source); called on the scanner's thread."""
OnState = Callable[[str, str], None]
"""Takes (source, what is wrong with it in words, "" when nothing is); called on the scanner's thread."""


class Source(Protocol):
    """A running scanner."""

    def stop(self) -> None:
        """Let go of the device."""


@dataclass(slots=True)
class Sources:
    """The running scanners of a station; those in `speaking` sound the station's verdict."""

    running: list[Source] = field(default_factory=list)
    speaking: "dict[str, SerialScanner]" = field(default_factory=dict)

    def answer(self, source: str, *, good: bool) -> None:
        """Have the scanner that a scan came from sound good or bad, if it can."""
        if source in self.speaking:
            self.speaking[source].answer(good)

    def stop(self) -> None:
        """Let go of every device."""
        for source in self.running:
            source.stop()


def keyboard_habits(settings: Settings) -> Habits:
    """Return how the scanner at this station's keyboard types: as set, and as the doctor has learnt."""
    return Habits(
        prefix=unescaped(settings.scanner_prefix),
        suffixes=(unescaped(settings.scanner_suffix),) if settings.scanner_suffix else ENDS,
        separator=unescaped(settings.scanner_gs),
        translation=saved_translation(settings.home).translation,
    )


def device_habits(settings: Settings) -> Habits:
    """Return how a scanner with a line of its own types: as the one at the keyboard, but as the scanner means it, and
    Enter ends a scan in any case.
    """
    habits = keyboard_habits(settings)
    return replace(habits, suffixes=tuple(dict.fromkeys((*habits.suffixes, *ENDS))), translation={})


def open_sources(settings: Settings, on_raw: OnRaw, on_state: OnState) -> Sources:
    """Start the scanners that the settings name, the camera excepted, which also takes photos.

    One that can't be opened is reported in words: the others, and the keyboard, go on. Serial and input
    devices are tried again until they are there.
    """
    sources = Sources()
    for port in _named(settings.serial_scanner):
        _add_serial(sources, settings, port, on_raw, on_state)
    for path in _named(settings.input_scanner):
        _add_input(sources, settings, path, on_raw, on_state)
    return sources


def _named(setting: str) -> list[str]:
    return [part.strip() for part in setting.split(",") if part.strip()]


def _add_serial(sources: Sources, settings: Settings, port: str, on_raw: OnRaw, on_state: OnState) -> None:
    from scanning.serial_line import line_format
    from scanning.serial_port import SerialScanner

    name = f"serial:{port}"
    scanner = SerialScanner(
        port,
        lambda raw: on_raw(raw, name),
        baud_rate=settings.serial_baud,
        line=line_format(settings.serial_format),
        silence=settings.serial_silence,
        habits=device_habits(settings),
        on_trouble=lambda words: on_state(name, words),
        on_well=lambda: on_state(name, ""),
    )
    scanner.start()
    sources.running.append(scanner)
    if settings.serial_beep:
        sources.speaking[name] = scanner


def _add_input(sources: Sources, settings: Settings, path: str, on_raw: OnRaw, on_state: OnState) -> None:
    from scanning.input_device import InputScanner
    from scanning.layouts import layout

    name = f"input:{path}"
    scanner = InputScanner(
        path,
        lambda raw: on_raw(raw, name),
        layout=layout(settings.input_layout),
        habits=device_habits(settings),
        on_trouble=lambda words: on_state(name, words),
        on_well=lambda: on_state(name, ""),
    )
    scanner.start()
    sources.running.append(scanner)
