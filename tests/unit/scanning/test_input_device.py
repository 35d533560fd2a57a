"""A grabbed input device, played by a named pipe that holds the kernel's own events."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.input_device import EVENT, InputScanner, Keys
from scanning.layouts import KEY_CODES, US, Layout, layout
from scanning.parse import parse
from scanning.result import ScanProblem
from scanning.wedge import Habits

if not sys.platform.startswith("linux"):
    pytest.skip("input devices are Linux only", allow_module_level=True)

SHIFT, CTRL, ALT, ENTER, F8, CAPS = 42, 29, 56, 28, 66, 58
KEYPAD = {"0": 82, "2": 80, "9": 73}


def key(code: int) -> list[tuple[int, int, int]]:
    return [(1, code, 1), (0, 0, 0), (1, code, 0), (0, 0, 0)]


def with_key(held: int, code: int) -> list[tuple[int, int, int]]:
    return [(1, held, 1), *key(code), (1, held, 0)]


def typing(text: str, board: Layout = US) -> list[tuple[int, int, int]]:
    """The events of a scanner of this layout that types `text`; "\\r" is Enter and GS Ctrl+]."""
    events: list[tuple[int, int, int]] = []
    for char in text:
        if char in "\r ":
            events += key(ENTER if char == "\r" else 57)
        elif char == "\x1d":
            events += with_key(CTRL, KEY_CODES[US.places["]"][1]])
        else:
            shift, place = board.places[char]
            events += with_key(SHIFT, KEY_CODES[place]) if shift else key(KEY_CODES[place])
    return events


def pressed(keys: Keys, events: list[tuple[int, int, int]]) -> str:
    return "".join(keys.press(code, value) for kind, code, value in events if kind == 1)


@given(st.text([*US.places, " ", "\x1d"], max_size=60))
def test_what_is_typed_comes_back(text: str) -> None:
    assert pressed(Keys(), typing(text)) == text


@pytest.mark.parametrize("code", ["fr", "de", "ru", "dvorak"])
def test_the_scanner_may_have_another_layout(code: str) -> None:
    board = layout(code)
    text = "".join(sorted(board.places))[:80]
    assert pressed(Keys(board), typing(text, board)) == text


def test_caps_lock_turns_letters_only() -> None:
    assert pressed(Keys(), [*key(CAPS), *typing("Ab1-"), *key(CAPS), *typing("Ab1-")]) == "aB1-Ab1-"


def test_alt_and_keypad_digits_and_f8_are_the_separator() -> None:
    digits = [event for digit in "0029" for event in key(KEYPAD[digit])]
    assert pressed(Keys(), [(1, ALT, 1), *digits, (1, ALT, 0)]) == "\x1d"
    assert pressed(Keys(), key(F8)) == "\x1d"


def test_a_key_that_is_no_character_spoils_the_scan_and_a_held_key_does_not_repeat() -> None:
    assert parse(pressed(Keys(), [*typing("AB"), *key(105), *typing("C")]), "x").problem is not None
    assert pressed(Keys(), [(1, KEY_CODES[1], 1), (1, KEY_CODES[1], 2), (1, KEY_CODES[1], 0)]) == "1"


class Piped(InputScanner):
    """Reads a pipe, which can't be grabbed but is remembered as if it had been."""

    grabbed = 0

    def _grab(self, handle: int) -> None:
        self.grabbed += 1


class Device:
    """The kernel's end of the pipe."""

    def __init__(self, path: Path) -> None:
        self.path = path
        os.mkfifo(path)
        self.end = os.open(path, os.O_RDWR)

    def send(self, events: list[tuple[int, int, int]]) -> None:
        os.write(self.end, b"".join(EVENT.pack(0, 0, *event) for event in events))


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    made = Device(tmp_path / "event7")
    yield made
    os.close(made.end)


def eventually(happens: Callable[[], bool], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.01)
    return happens()


def test_scans_come_whole_and_in_order(device: Device) -> None:
    heard: list[str] = []
    scanner = Piped(str(device.path), heard.append, on_trouble=heard.append, habits=Habits(prefix="~"))
    scanner.start()
    try:
        for number in range(60):
            device.send(typing(f"~]C110Lot-{number}\x1d21S\r"))
        assert eventually(lambda: len(heard) == 60), heard
    finally:
        scanner.stop()
    assert heard == [f"]C110Lot-{number}\x1d21S" for number in range(60)]
    assert scanner.grabbed == 1


def test_a_scan_of_which_the_kernel_dropped_keys_is_refused(device: Device) -> None:
    heard: list[str] = []
    scanner = Piped(str(device.path), heard.append, on_trouble=heard.append)
    scanner.start()
    try:
        device.send([*typing("12"), (0, 3, 0), *typing("3")[:1], (0, 0, 0), *typing("45\r"), *typing("ok\r")])
        assert eventually(lambda: len(heard) == 2), heard
    finally:
        scanner.stop()
    assert parse(heard[0], "x").problem is ScanProblem.UNDECODABLE
    assert heard[1] == "ok"


def test_unplugged_and_plugged_in_again(tmp_path: Path) -> None:
    heard: list[str] = []
    states: list[str] = []
    path = tmp_path / "event7"
    scanner = Piped(
        str(path), heard.append, on_trouble=states.append, on_well=lambda: states.append("well"), retry_s=0.02
    )
    scanner.start()
    try:
        assert eventually(lambda: len(states) == 1)
        first = Device(path)
        first.send(typing("A\rhalf"))
        assert eventually(lambda: heard == ["A"])
        path.unlink()
        os.close(first.end)
        assert eventually(lambda: len(states) == 3)
        second = Device(path)
        second.send(typing("B\r"))
        assert eventually(lambda: heard == ["A", "B"])
        os.close(second.end)
    finally:
        scanner.stop()
    assert [state == "well" for state in states[:4]] == [False, True, False, True]


def test_a_device_that_cannot_be_grabbed_is_reported_in_words(device: Device) -> None:
    troubles: list[str] = []
    scanner = InputScanner(str(device.path), print, on_trouble=troubles.append, retry_s=0.02)
    scanner.start()
    try:
        assert eventually(lambda: bool(troubles))
    finally:
        scanner.stop()
    assert str(device.path) in troubles[0]
