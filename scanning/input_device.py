"""A scanner in keyboard mode read as a Linux input device and grabbed: its scans come whatever has the focus.

The kernel's own interface (Documentation/input/event-codes.rst, include/uapi/linux/input.h) is a handful of bytes,
so it needs no library with a compiler behind it. The characters are those of the scanner's keyboard layout, never
of the desktop's.
"""

import os
import select
import struct
import sys
from collections.abc import Callable
from typing import Any

from scanning.characters import GS, REPLACEMENT
from scanning.device import DeviceReader
from scanning.layouts import KEY_CODES, US, Layout
from scanning.rhythm import of_device
from scanning.wedge import Habits, WedgeBuffer

EVENT = struct.Struct("llHHi")
"""struct input_event: seconds, microseconds, type, code, value."""

_GRAB = 0x40044590
"""EVIOCGRAB: with 1 nobody else gets the device's events, with 0 everybody does."""

_EV_SYN, _EV_KEY = 0, 1
_SYN_REPORT, _SYN_DROPPED = 0, 3
_UP, _DOWN = 0, 1

_SHIFTS, _CONTROLS, _ALTS = frozenset({42, 54}), frozenset({29, 97}), frozenset({56, 100})
_CAPS_LOCK = 58
_PLACES = {code: place for place, code in enumerate(KEY_CODES)}
_NAMED = {28: "\r", 96: "\r", 15: "\t", 57: " ", 66: GS}
"""Enter of both kinds, Tab, space, and F8, which scanners send for GS."""
_KEYPAD = {82: "0", 79: "1", 80: "2", 81: "3", 75: "4", 76: "5", 77: "6", 71: "7", 72: "8", 73: "9"}
_KEYPAD_SIGNS = {55: "*", 74: "-", 78: "+", 83: ".", 98: "/"}

_POLL_S = 0.2


class Keys:
    """From pressed keys to characters: Shift, Caps Lock, Ctrl, and Alt with digits of the keypad."""

    def __init__(self, layout: Layout = US) -> None:
        self._layout = layout
        self._down: set[int] = set()
        self._caps = False
        self._alt_digits = ""

    def press(self, code: int, value: int) -> str:
        """The characters that a key gives: `value` 1 is down, 0 up, 2 a repetition, which no scanner means.

        A key that no barcode can have sent gives U+FFFD, so that its scan is refused.
        """
        modifier = code in _SHIFTS | _CONTROLS | _ALTS
        if value == _UP:
            self._down.discard(code)
            return self._alt_character() if code in _ALTS else ""
        if value != _DOWN:
            return ""
        if code == _CAPS_LOCK:
            self._caps = not self._caps
            return ""
        if modifier:
            self._down.add(code)
            return ""
        return self._character(code)

    def _character(self, code: int) -> str:
        if self._down & _ALTS:
            self._alt_digits += _KEYPAD.get(code, REPLACEMENT)
            return ""
        char = self._typed(code)
        if self._down & _CONTROLS and len(char) == 1 and "@" <= char.upper() <= "_":
            return chr(ord(char.upper()) & 0x1F)
        return char

    def _typed(self, code: int) -> str:
        place = _PLACES.get(code)
        if place is None:
            return _NAMED.get(code) or _KEYPAD.get(code) or _KEYPAD_SIGNS.get(code) or REPLACEMENT
        shift = bool(self._down & _SHIFTS)
        char = self._layout.character(place, shift=shift)
        return (char.swapcase() if self._caps else char) or REPLACEMENT

    def _alt_character(self) -> str:
        """Alt with 0029 on the keypad is the character 29, as Windows has it."""
        digits, self._alt_digits = self._alt_digits, ""
        if not digits:
            return ""
        number = int(digits) if digits.isascii() and digits.isdigit() else 0
        return chr(number) if 0 < number < 256 else REPLACEMENT


class InputScanner(DeviceReader):
    """Delivers what one input device types; grabbed, so that nothing of it reaches the desktop."""

    def __init__(
        self,
        path: str,
        on_raw: Callable[[str], None],
        *,
        layout: Layout = US,
        habits: Habits | None = None,
        **reports: Any,
    ) -> None:
        """`path` is a device such as /dev/input/by-id/usb-…-event-kbd; `layout` is the scanner's own.

        `reports` are `on_trouble`, `on_well` and `retry_s` of every device.
        """
        super().__init__(path, on_raw, **reports)
        self._layout = layout
        self._habits = habits or Habits()
        self._handle = -1

    def _open(self) -> None:
        if not sys.platform.startswith("linux"):
            raise OSError(
                "input devices can be read on Linux only; set the scanner to keyboard or serial mode instead"
            )
        self._handle = os.open(self.name, os.O_RDONLY | os.O_NONBLOCK)
        self._grab(self._handle)

    def _grab(self, handle: int) -> None:
        """Take the device for ourselves; closing it gives it back."""
        import fcntl

        fcntl.ioctl(handle, _GRAB, 1)

    def _close(self) -> None:
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def _read(self) -> None:
        keys, buffer = Keys(self._layout), WedgeBuffer(self._habits.suffixes, of_device)
        lost = False
        while not self._stopped.is_set():
            for at, kind, code, value in self._events():
                if kind == _EV_SYN and code == _SYN_DROPPED:
                    lost = True
                elif lost and (kind, code) == (_EV_SYN, _SYN_REPORT):
                    # Keys are missing now; the scan they belonged to must not pass for a whole one.
                    lost, keys = False, Keys(self._layout)
                    buffer.feed(REPLACEMENT, at)
                elif kind == _EV_KEY and not lost:
                    for entry in buffer.feed(keys.press(code, value), at):
                        self._deliver(self._habits.separated(entry.text))

    def _events(self) -> list[tuple[float, int, int, int]]:
        """The next (seconds, type, code, value), within a moment. Raises OSError when the device is gone."""
        if not select.select([self._handle], [], [], _POLL_S)[0]:
            return []
        data = os.read(self._handle, EVENT.size * 64)
        if not data:
            raise OSError("the device was unplugged")
        whole = len(data) - len(data) % EVENT.size
        events = EVENT.iter_unpack(data[:whole])
        return [(seconds + micros / 1e6, *event) for seconds, micros, *event in events]
