"""Key events sorted into scans and presses: what a scanner types never acts, what a person presses never scans."""

from dataclasses import dataclass

from scanning.characters import GS
from scanning.rhythm import PACE
from scanning.wedge import Entry, Habits, WedgeBuffer, shown

SPOILER = "\x1b"
"""Stands in a scan for a key that has no character; `scanning.parse` refuses any scan that holds it."""

_ENTER = ("\r", "\n")
SEPARATOR_KEY = "f8"
"""What many scanners can be told to press for the GS1 separator; the station itself leaves it free."""

_NAMED = {
    "enter": "\r",
    "tab": "\t",
    "space": " ",
    "ctrl+@": "\x00",
    "ctrl+left_square_bracket": "\x1b",
    "ctrl+backslash": "\x1c",
    "ctrl+right_square_bracket": "\x1d",
    "ctrl+circumflex_accent": "\x1e",
    "ctrl+underscore": "\x1f",
}
_MODIFIERS = ("_shift", "_control", "_alt", "_super", "_hyper", "_meta", "_lock", "_shift_left")


@dataclass(frozen=True, slots=True)
class Stroke:
    """What one key event came to: raw scans it completed, or the name of a pressed key.

    `aside` is a typed text that was left aside, safe to show: it belongs to neither.
    """

    scans: tuple[str, ...] = ()
    pressed: str = ""
    aside: str = ""


_NOTHING = Stroke()


class Keyboard:
    """Gathers characters into raw scans; control keys inside a scan stay in it, so that it is refused."""

    def __init__(self, habits: Habits | None = None) -> None:
        self._buffer = WedgeBuffer()
        self.adopt(habits or Habits())
        self._last_char = 0.0
        self._last_press = 0.0

    def adopt(self, habits: Habits) -> None:
        """Read the scanner by these habits from now on; people go on ending what they type with Enter."""
        self._habits = habits
        self._buffer.reads(tuple(dict.fromkeys((*habits.suffixes, *_ENTER))))

    @property
    def typing(self) -> bool:
        """Whether a text has begun and not ended yet."""
        return not self._buffer.empty

    @property
    def pending(self) -> str:
        """The text typed so far, safe to show."""
        return self._buffer.pending

    def key(self, name: str, character: str | None, at: float) -> Stroke:
        """Take one key event: its Textual name, its character if it has one, and its time in seconds."""
        held = not self._buffer.empty
        in_burst = held and at - self._last_char < PACE
        if name == "escape" and not in_burst:
            return self._escape(name, at)
        text = GS if name == SEPARATOR_KEY and held else text_of(name, character)
        if name == "backspace" and not in_burst and (not held or self._buffer.by_hand):
            self._buffer.drop_last()
            return _NOTHING
        if text:
            return self._take(text, at)
        if name.rpartition("+")[2].endswith(_MODIFIERS):
            return _NOTHING
        if in_burst or (held and not _is_function_key(name)):
            return self._take(SPOILER, at)
        return self._press(name, at)

    def paste(self, text: str) -> tuple[str, ...]:
        """Take a pasted text; a paste without a suffix is one scan."""
        return tuple(filter(None, map(self._habits.separated, self._buffer.paste(text))))

    def _take(self, text: str, at: float) -> Stroke:
        # A key pressed right before or inside a burst is an escape sequence that was in the barcode.
        if at - self._last_press < PACE:
            text = SPOILER + text
            self._last_press = 0.0
        self._last_char = at
        entries = self._buffer.feed(text, at)
        if not entries:
            return _NOTHING
        aside = "".join(entry.aside for entry in entries)
        return Stroke(tuple(filter(None, map(self._meant, entries))), aside=shown(aside))

    def _meant(self, entry: Entry) -> str:
        """What the scanner meant; a person types on the desktop's own layout."""
        return self._habits.separated(entry.text) if entry.by_hand else self._habits.meant(entry.text)

    def _escape(self, name: str, at: float) -> Stroke:
        """Esc takes back what was typed; where nothing was, it is a key like others."""
        if self._buffer.empty:
            return Stroke(pressed=name)
        self._buffer.clear()
        self._last_press = at
        return _NOTHING

    def _press(self, name: str, at: float) -> Stroke:
        """A pressed key; a text that was typed before it has nothing to do with the next scan."""
        aside = self._buffer.pending
        if aside or not _is_function_key(name):
            self._last_press = at
        self._buffer.clear()
        return Stroke(pressed=name, aside=aside)


def text_of(name: str, character: str | None) -> str:
    """The characters of a key event as a scanner meant them; empty for keys that type nothing."""
    if name.startswith("alt+"):
        return SPOILER + (character or name[4:] if len(name) == 5 else "")
    if character:
        return character
    if name in _NAMED:
        return _NAMED[name]
    if name.startswith("ctrl+") and len(name) == 6 and name[5].isalpha():
        return chr(ord(name[5].lower()) & 0x1F)
    return ""


def _is_function_key(name: str) -> bool:
    bare = name.rpartition("+")[2]
    return bare[:1] == "f" and bare[1:].isdigit()
