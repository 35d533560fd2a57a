"""Keystrokes of a keyboard-wedge scanner gathered into raw scans, by their suffix alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scanning.characters import GS, redact

CAPACITY = 4096

ENDS = ("\r", "\n", "\t")
"""What scanners are set to end a scan with: Enter, line feed (or both), Tab."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a scanner types beside the text of a barcode.

    `prefix` stands before each scan, one of `suffixes` ends it, `separator` is what comes for GS where GS itself
    does not. `translation` leads from the characters that arrive to those of the barcode, one by one, where the
    desktop's keyboard layout is not the scanner's.
    """

    prefix: str = ""
    suffixes: tuple[str, ...] = ENDS
    separator: str = ""
    translation: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.suffixes or not all(self.suffixes):
            raise ValueError(f"Expected suffixes of at least one character, got {self.suffixes!r}")

    def meant(self, raw: str) -> str:
        """The text of the barcode in what was typed for it."""
        return self.separated("".join(self.translation.get(char, char) for char in raw))

    def separated(self, text: str) -> str:
        """`text` without the prefix, and with GS for the separator."""
        text = text.removeprefix(self.prefix)
        return text.replace(self.separator, GS) if self.separator else text


class WedgeBuffer:
    """Gathers characters until a suffix ends a scan; knows no clock, so a slow burst is never split.

    Everything but the suffix stays in the raw text, control characters too: `parse` refuses them.
    Past `CAPACITY` characters it swallows the rest and delivers a text that `parse` finds too long.
    """

    def __init__(self, suffixes: tuple[str, ...] = ENDS) -> None:
        """Each of `suffixes` ends a scan; a longer one is looked for before a shorter one."""
        self._suffixes = sorted(suffixes, key=len, reverse=True)
        self._longest = len(self._suffixes[0])
        self._held: list[str] = []
        self._after_cr = False

    def feed(self, chars: str) -> list[str]:
        """Take the next character (or several); returns the raw scans they complete, in order."""
        return [scan for char in chars if (scan := self._take(char))]

    def _take(self, char: str) -> str:
        """The scan that `char` completes, or an empty string."""
        line_feed_of_crlf = char == "\n" and self._after_cr
        self._after_cr = False
        if line_feed_of_crlf:
            return ""
        self._held.append(char)
        for suffix in self._suffixes:
            if char == suffix[-1] and "".join(self._held[-len(suffix) :]) == suffix:
                self._after_cr = suffix == "\r"
                return self._flush(len(suffix))
        if len(self._held) >= CAPACITY + self._longest:
            del self._held[CAPACITY]
        return ""

    def _flush(self, suffix: int = 0) -> str:
        scan = self.held[: len(self._held) - suffix]
        self._held.clear()
        return scan

    def paste(self, text: str) -> list[str]:
        """Raw scans of a paste: one a line, the last with or without a suffix.

        A paste is complete in itself: keys typed before it stay pending and are not joined to it.
        """
        sheet = WedgeBuffer(tuple(self._suffixes))
        scans = sheet.feed(text)
        last = sheet._flush()
        return [*scans, last] if last else scans

    def drop_last(self) -> None:
        """Forget the character typed last, if there is one."""
        del self._held[-1:]

    def clear(self) -> None:
        """Forget what was typed so far, e.g. when the device went away in the middle of a scan."""
        self._held.clear()
        self._after_cr = False

    @property
    def empty(self) -> bool:
        """Whether nothing was typed since the last scan."""
        return not self._held

    @property
    def held(self) -> str:
        """The text so far, as it came."""
        return "".join(self._held)

    @property
    def pending(self) -> str:
        """The text so far, safe to show: GS as its picture, other control characters as U+FFFD."""
        return redact(self.held).replace(GS, "\u241d")
