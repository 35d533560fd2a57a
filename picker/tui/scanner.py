"""The scanner doctor as an app of its own, for `picker doctor scanner`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.events import Key, Paste

from picker.locale.messages import Message, say
from picker.tui.key_app import KeyApp
from picker.tui.screens.scanner import ScannerScreen

if TYPE_CHECKING:
    from picker.config import Settings
    from picker.services.doctor.finding import Finding


class SettingsCheck:
    """The scanner doctor with a station's settings."""

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings

    def examine(self, received: Sequence[str]) -> "list[Finding]":
        """Return what is wrong, and well, with the scanner."""
        from picker.services.doctor.scanner import examine_scanner

        return examine_scanner(received, self._settings)

    def learn(self, received: Sequence[str]) -> Message | None:
        """Keep the translation that mends its layout, and say so; None when there is none."""
        from picker.services.doctor.scanner import learn

        try:
            return learn(received, self._settings)
        except OSError as error:
            return say("scanner.not_kept", file=error.filename or self._settings.home)


class ScannerApp(KeyApp):
    """Nothing but the scanner doctor's screen."""

    def __init__(self, check: SettingsCheck) -> None:
        super().__init__()
        self.doctor = ScannerScreen(check, self.exit)

    def get_default_screen(self) -> ScannerScreen:
        """Return the one screen."""
        return self.doctor

    def strike(self, event: Key | Paste) -> None:
        """Hand every key to the screen."""
        if isinstance(event, Key):
            self.doctor.hears(event.key, event.character)


def run_scanner_doctor(settings: "Settings") -> list[str]:
    """Let the test codes be scanned on this terminal; returns what arrived for each, suffix included."""
    app = ScannerApp(SettingsCheck(settings))
    app.run(mouse=False)
    return app.doctor.received
