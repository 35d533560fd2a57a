"""Keystrokes of a keyboard-wedge scanner gathered into raw scans, by their suffix alone."""

from collections.abc import Iterable

from scanning.characters import GS, redact

CAPACITY = 4096

_CR, _LF, _TAB = "\r", "\n", "\t"


class WedgeBuffer:
    """Gathers characters until a suffix ends a scan; knows no clock, so a slow burst is never split.

    Everything but the suffix stays in the raw text, control characters too: `parse` refuses them.
    Past `CAPACITY` characters it swallows the rest and delivers a text that `parse` finds too long.
    """

    def __init__(self, source: str = "keyboard", suffixes: Iterable[str] = (_CR, _LF, _TAB)) -> None:
        """`source` names the device in the scans made of it; each suffix is one character.

        Raises:
            ValueError: there is no suffix, or one isn't a single character.
        """
        self.source = source
        self._suffixes = frozenset(suffixes)
        if not self._suffixes or any(len(suffix) != 1 for suffix in self._suffixes):
            raise ValueError(f"Expected suffixes of one character each, got {sorted(self._suffixes)!r}")
        self._held: list[str] = []
        self._after_cr = False

    def feed(self, chars: str) -> list[str]:
        """Take the next character (or several); returns the raw scans they complete, in order."""
        return [scan for char in chars if (scan := self._take(char))]

    def _take(self, char: str) -> str:
        """The scan that `char` completes, or an empty string."""
        line_feed_of_crlf = char == _LF and self._after_cr
        self._after_cr = char == _CR and _CR in self._suffixes
        if line_feed_of_crlf:
            return ""
        if char in self._suffixes:
            return self._flush()
        if len(self._held) < CAPACITY:
            self._held.append(char)
        return ""

    def _flush(self) -> str:
        scan = "".join(self._held)
        self._held.clear()
        return scan

    def paste(self, text: str) -> list[str]:
        """Raw scans of a paste: one a line, the last with or without a suffix.

        A paste is complete in itself: keys typed before it stay pending and are not joined to it.
        """
        sheet = WedgeBuffer(self.source, self._suffixes)
        scans = sheet.feed(text)
        last = sheet._flush()
        return [*scans, last] if last else scans

    def clear(self) -> None:
        """Forget what was typed so far, e.g. when the device went away in the middle of a scan."""
        self._held.clear()
        self._after_cr = False

    @property
    def pending(self) -> str:
        """The text so far, safe to show: GS as its picture, other control characters as U+FFFD."""
        return redact("".join(self._held)).replace(GS, "\u241d")
