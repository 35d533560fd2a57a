"""What every screen answers to: pressed keys and completed scans, given by the app, never by focus."""

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    pass


class KeyScreen(Screen[None], inherit_bindings=False):
    """A screen without focus and without bindings: the app hands it keys by name."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-normal"), (110, "-wide")]  # noqa: RUF012 - Textual's own form
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-medium"), (34, "-tall")]  # noqa: RUF012

    def press(self, key: str) -> None:
        """Answer a pressed key, by its Textual name."""

    def hears(self, key: str, character: str | None) -> bool:
        """Whether this screen takes every key as it comes, so that it is neither a scan nor a press."""
        return False

    def takes(self, raw: str) -> bool:
        """Whether a completed scan was an answer to this screen; otherwise it goes to the desk."""
        return False
