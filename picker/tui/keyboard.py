"""Key events sorted into scans and presses: what a scanner types never acts, what a person presses never scans."""

from dataclasses import dataclass

from scanning.wedge import CAPACITY, WedgeBuffer

MACHINE_GAP = 0.035
"""Seconds between keys below which no person types: scanners send 1 to 20 ms apart, fast typists over 50."""

SPOILER = "\x1b"
"""Stands in a scan for a key that has no character; `scanning.parse` refuses any scan that holds it."""

_SUFFIXES = frozenset("\r\n\t")
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

    def __init__(self) -> None:
        self._buffer = WedgeBuffer()
        self._held = ""
        self._by_hand = True
        self._last_char = 0.0
        self._last_press = 0.0

    @property
    def pending(self) -> str:
        """The text typed so far, safe to show."""
        return self._buffer.pending

    def key(self, name: str, character: str | None, at: float) -> Stroke:
        """Take one key event: its Textual name, its character if it has one, and its time in seconds."""
        if name == "escape" and not self._held:
            return self._press(name, at)
        text = _text(name, character)
        if name == "backspace" and self._editable(at):
            return self._backspace()
        if text:
            return Stroke(self._take(text, at))
        if name.rpartition("+")[2].endswith(_MODIFIERS):
            return _NOTHING
        if self._held and (not _is_function_key(name) or at - self._last_char < MACHINE_GAP):
            return Stroke(self._take(SPOILER, at))
        return self._press(name, at)

    def paste(self, text: str) -> tuple[str, ...]:
        """Take a pasted text; a paste without a suffix is one scan."""
        return tuple(self._buffer.paste(text))

    def feed(self, text: str) -> tuple[str, ...]:
        """Take characters as if a scanner had typed them."""
        self._held = "" if text[-1:] in _SUFFIXES else (self._held + text)[:CAPACITY]
        return tuple(self._buffer.feed(text))

    def _take(self, text: str, at: float) -> tuple[str, ...]:
        # A cursor key right before or inside a burst is an escape sequence that was in the barcode.
        if at - self._last_press < MACHINE_GAP:
            text = SPOILER + text
            self._last_press = 0.0
        self._by_hand = not self._held or (self._by_hand and at - self._last_char >= MACHINE_GAP)
        self._last_char = at
        return self.feed(text)

    def _editable(self, at: float) -> bool:
        """Whether a backspace comes from the hand that typed the text: a scanner's DEL must spoil its scan."""
        return not self._held or (self._by_hand and at - self._last_char >= MACHINE_GAP)

    def _backspace(self) -> Stroke:
        self._held = self._held[:-1]
        self._buffer.clear()
        self._buffer.feed(self._held)
        return _NOTHING

    def _press(self, name: str, at: float) -> Stroke:
        if not _is_function_key(name) and name != "escape":
            self._last_press = at
        return Stroke(pressed=name)


def _text(name: str, character: str | None) -> str:
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
