"""Key events sorted into scans and presses: what a scanner types never acts, what a person presses never scans."""

from dataclasses import dataclass

from scanning.characters import GS
from scanning.wedge import Habits, WedgeBuffer

MACHINE_GAP = 0.035
"""Seconds between keys below which no person types: scanners send 1 to 20 ms apart, fast typists over 50."""

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
    """What one key event came to: raw scans it completed, or the name of a pressed key."""

    scans: tuple[str, ...] = ()
    pressed: str = ""


_NOTHING = Stroke()


class Keyboard:
    """Gathers characters into raw scans; control keys inside a scan stay in it, so that it is refused."""

    def __init__(self, habits: Habits | None = None) -> None:
        self._buffer = WedgeBuffer()
        self.adopt(habits or Habits())
        self._by_hand = True
        self._last_char = 0.0
        self._last_press = 0.0

    def adopt(self, habits: Habits) -> None:
        """Read the scanner by these habits from now on; people go on ending what they type with Enter."""
        held = self._buffer.held
        self._habits = habits
        self._buffer = WedgeBuffer(tuple(dict.fromkeys((*habits.suffixes, *_ENTER))))
        self._buffer.feed(held)

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
        if name == "escape" and not held:
            return self._press(name, at)
        text = GS if name == SEPARATOR_KEY and held else text_of(name, character)
        if name == "backspace" and self._editable(at):
            self._buffer.drop_last()
            return _NOTHING
        if text:
            return Stroke(self._take(text, at))
        if name.rpartition("+")[2].endswith(_MODIFIERS):
            return _NOTHING
        if held and (not _is_function_key(name) or at - self._last_char < MACHINE_GAP):
            return Stroke(self._take(SPOILER, at))
        return self._press(name, at)

    def paste(self, text: str) -> tuple[str, ...]:
        """Take a pasted text; a paste without a suffix is one scan."""
        return tuple(filter(None, map(self._habits.separated, self._buffer.paste(text))))

    def feed(self, text: str) -> tuple[str, ...]:
        """Take characters that need no translation: of a person on the desktop's own layout, or of practice."""
        return tuple(filter(None, map(self._habits.separated, self._buffer.feed(text))))

    def _take(self, text: str, at: float) -> tuple[str, ...]:
        # A cursor key right before or inside a burst is an escape sequence that was in the barcode.
        if at - self._last_press < MACHINE_GAP:
            text = SPOILER + text
            self._last_press = 0.0
        self._by_hand = self._buffer.empty or (self._by_hand and at - self._last_char >= MACHINE_GAP)
        self._last_char = at
        if self._by_hand:
            return self.feed(text)
        return tuple(filter(None, map(self._habits.meant, self._buffer.feed(text))))

    def _editable(self, at: float) -> bool:
        """Whether a backspace comes from the hand that typed the text: a scanner's DEL must spoil its scan."""
        return self._buffer.empty or (self._by_hand and at - self._last_char >= MACHINE_GAP)

    def _press(self, name: str, at: float) -> Stroke:
        if not _is_function_key(name) and name != "escape":
            self._last_press = at
        return Stroke(pressed=name)


def text_of(name: str, character: str | None) -> str:
    """The characters of a key event as a scanner meant them; empty for keys that type nothing."""
    if name.startswith("alt+"):
        return SPOILER + (character or "")
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
