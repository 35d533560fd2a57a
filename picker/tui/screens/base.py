"""What every screen answers to: pressed keys and completed scans, given by the app, never by focus."""

from typing import ClassVar

from textual.screen import Screen


class KeyScreen(Screen[None], inherit_bindings=False):
    """A screen without focus and without bindings: the app hands it keys by name."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-normal"), (110, "-wide")]  # noqa: RUF012 - Textual's own form
    STAYS: ClassVar[bool] = False
    """Whether a scan leaves it open; any other screen gives way to the station's."""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-medium"), (34, "-tall")]  # noqa: RUF012

    def press(self, key: str) -> None:
        """Answer a pressed key, by its Textual name."""

    def show_reply(self) -> None:
        """The station has answered."""

    def hears(self, key: str, character: str | None) -> bool:
        """Whether this screen takes every key as it comes, so that it is neither a scan nor a press."""
        return False

    def takes(self, raw: str) -> bool:
        """Whether a completed scan was an answer to this screen; otherwise it goes to the station."""
        return False
