"""Keystrokes of a keyboard-wedge scanner gathered into raw scans, by their suffix and by when they came."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scanning.characters import BROKEN, ETX, GS, STX, redact
from scanning.rhythm import Judge, of_keyboard

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
        """`text` without the prefix or a STX before it, and with GS for the separator."""
        text = text.removeprefix(self.prefix).removeprefix(STX)
        return text.replace(self.separator, GS) if self.separator else text


@dataclass(frozen=True, slots=True)
class Entry:
    """One raw scan as typed, without its suffix.

    `aside` was typed before it and is no part of it. `by_hand`: a hand typed it. One that came in pieces holds BROKEN
    before the last of them.
    """

    text: str
    aside: str = ""
    by_hand: bool = False


class WedgeBuffer:
    """Gathers characters until a suffix ends a scan, and has their times judged; it knows no clock of its own.

    Everything but the suffix stays in the raw text, control characters too: `parse` refuses them. A text that begins
    with STX ends with ETX as well. Past `CAPACITY` characters it swallows the rest and delivers a text that `parse`
    finds too long.
    """

    def __init__(self, suffixes: tuple[str, ...] = ENDS, judge: Judge = of_keyboard) -> None:
        """Each of `suffixes` ends a scan; a longer one is looked for before a shorter one."""
        self.reads(suffixes)
        self._judge = judge
        self._held: list[str] = []
        self._times: list[float] = []
        self._after_cr = False

    def feed(self, chars: str, at: float) -> list[Entry]:
        """Take the next character (or several) of the time `at` in seconds; returns what they complete, in order."""
        return [entry for char in chars if (entry := self._take(char, at))]

    def _take(self, char: str, at: float) -> Entry | None:
        line_feed_of_crlf = char == "\n" and self._after_cr
        self._after_cr = False
        if line_feed_of_crlf:
            return None
        self._held.append(char)
        self._times.append(at)
        if suffix := self._suffix(char):
            self._after_cr = suffix == "\r"
            return self.end(len(suffix))
        if len(self._held) >= CAPACITY + self._longest:
            del self._held[CAPACITY], self._times[CAPACITY]
        return None

    def _suffix(self, char: str) -> str:
        """The suffix that `char` completes, if it does."""
        if char == ETX and self._held[0] == STX:
            return ETX
        for suffix in self._suffixes:
            if char == suffix[-1] and "".join(self._held[-len(suffix) :]) == suffix:
                return suffix
        return ""

    def end(self, suffix: int = 0) -> Entry | None:
        """What was gathered, if anything, as a scan; its last `suffix` characters end it."""
        text, rhythm = self.held[: len(self._held) - suffix], self._judge(self._times, suffix)
        self.clear()
        if not text:
            return None
        before, rest = text[: rhythm.start], text[rhythm.start :]
        if not rhythm.whole:
            return Entry(f"{before}{BROKEN}{rest}")
        return Entry(rest, before, rhythm.by_hand)

    def paste(self, text: str) -> list[str]:
        """Raw scans of a paste: one a line, the last with or without a suffix.

        A paste is complete in itself: keys typed before it stay pending and are not joined to it.
        """
        sheet = WedgeBuffer(tuple(self._suffixes))
        entries = [*sheet.feed(text, 0.0), sheet.end()]
        return [entry.text for entry in entries if entry]

    def drop_last(self) -> None:
        """Forget the character typed last, if there is one."""
        del self._held[-1:], self._times[-1:]

    def clear(self) -> None:
        """Forget what was typed so far, e.g. when the device went away in the middle of a scan."""
        self._held.clear()
        self._times.clear()

    @property
    def empty(self) -> bool:
        """Whether nothing was typed since the last scan."""
        return not self._held

    @property
    def held(self) -> str:
        """The text so far, as it came."""
        return "".join(self._held)

    @property
    def by_hand(self) -> bool:
        """Whether a hand typed the text so far, or nobody any."""
        return self._judge(self._times, 0).by_hand

    def reads(self, suffixes: tuple[str, ...]) -> None:
        """End scans with these suffixes from now on; what was typed so far stays."""
        self._suffixes = sorted(suffixes, key=len, reverse=True)
        self._longest = len(self._suffixes[0])

    @property
    def pending(self) -> str:
        """The text so far, safe to show."""
        return shown(self.held)


def shown(text: str) -> str:
    """`text`, safe to show: GS as its picture, other control characters as U+FFFD."""
    return redact(text).replace(GS, "\u241d")
