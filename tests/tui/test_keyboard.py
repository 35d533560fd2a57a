"""Keys sorted into scans and presses; a scan is whole or refused, never shortened."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picker.tui.keyboard import Keyboard, Stroke
from scanning.layouts import layout
from scanning.parse import parse
from scanning.result import ScanProblem
from scanning.wedge import Habits

NAMES = {"\r": "enter", "\n": "ctrl+j", "\t": "tab", "\x1b": "escape", "\x7f": "backspace", "\x08": "ctrl+h"}


def name_of(char: str) -> str:
    return NAMES.get(char, f"ctrl+{chr(ord(char) + 0x60)}" if char < " " else char)


def typed(keyboard: Keyboard, text: str, gap: float = 0.001, at: float = 100.0) -> list[str]:
    """Type a text as key events a gap apart; returns the scans."""
    scans: list[str] = []
    for number, char in enumerate(text):
        scans += keyboard.key(name_of(char), char, at + number * gap).scans
    return scans


@given(st.lists(st.text(st.characters(exclude_characters="\r\n\t\x02"), min_size=1, max_size=40), max_size=8))
def test_bursts_come_out_whole_and_in_order(texts: list[str]) -> None:
    # An escape first in an idle keyboard is the key Esc; the driver tells it from one inside a burst.
    texts = [text for text in texts if not text.startswith(("\x1b", "\x7f"))]
    assert typed(Keyboard(), "".join(text + "\r" for text in texts)) == texts


@given(
    st.text(st.sampled_from("AB12\x1d"), min_size=1, max_size=20),
    st.sampled_from("\x03\x04\x10\x11\x15\x1a\x1b\x7f\x08"),
)
def test_a_control_character_refuses_the_scan(text: str, control: str) -> None:
    (scan,) = typed(Keyboard(), text + control + text + "\r")
    assert scan == text + control + text
    assert parse(scan, "keyboard").problem is not None


def test_every_suffix_ends_a_scan_once() -> None:
    assert typed(Keyboard(), "A1\rB2\nC3\tD4\r\nE5\r\n") == ["A1", "B2", "C3", "D4", "E5"]


def test_the_gs1_separator_stays() -> None:
    assert typed(Keyboard(), "0103453120000011\x1d10AB\r") == ["0103453120000011\x1d10AB"]
    keyboard = Keyboard()
    keyboard.key("A", "A", 1.0)
    keyboard.key("ctrl+right_square_bracket", None, 1.001)
    assert keyboard.key("enter", "\r", 1.002).scans == ("A\x1d",)


def test_escape_is_back_only_when_nothing_is_typed() -> None:
    keyboard = Keyboard()
    assert keyboard.key("escape", "\x1b", 1.0).pressed == "escape"
    keyboard.key("1", "1", 2.0)
    assert keyboard.key("escape", "\x1b", 3.0) == Stroke()
    assert not keyboard.typing
    assert typed(keyboard, "SN-900001\r", at=3.2) == ["SN-900001"]


def test_alt_inside_a_scan_refuses_it() -> None:
    keyboard = Keyboard()
    typed(keyboard, "12")
    keyboard.key("alt+x", "x", 101.0)
    (scan,) = keyboard.key("enter", "\r", 101.1).scans
    assert parse(scan, "keyboard").problem is not None


def test_a_function_key_leaves_a_typed_text_aside() -> None:
    keyboard = Keyboard()
    typed(keyboard, "12", gap=0.2)
    assert keyboard.key("f7", None, 102.0) == Stroke(pressed="f7", aside="12")
    assert typed(keyboard, "34\r", at=102.2) == ["34"]


@pytest.mark.parametrize("name", ["escape", "f7"])
def test_a_key_that_clears_is_none_where_a_burst_goes_on_behind_it(name: str) -> None:
    """A machine that was held up before it sent the key: the rest is not all of its scan."""
    keyboard = Keyboard()
    typed(keyboard, "SN-9")
    keyboard.key(name, None, 100.3)
    (scan,) = typed(keyboard, "00001\r", at=100.301)
    assert parse(scan, "keyboard").problem is not None


def test_a_function_key_inside_a_burst_refuses_the_scan() -> None:
    keyboard = Keyboard()
    typed(keyboard, "0103453120000011")
    assert keyboard.key("f5", None, 100.016).pressed == ""
    (scan,) = typed(keyboard, "10AB\r", at=100.017)
    assert parse(scan, "keyboard").problem is not None


def test_f8_is_the_separator_inside_a_scan_and_nothing_outside() -> None:
    keyboard = Keyboard()
    assert keyboard.key("f8", None, 99.0).pressed == "f8"
    typed(keyboard, "]C110AB")
    assert keyboard.key("f8", None, 100.008) == Stroke()
    assert typed(keyboard, "21C\r", at=100.009) == ["]C110AB\x1d21C"]


def test_a_chosen_prefix_suffix_and_separator() -> None:
    keyboard = Keyboard(Habits(prefix="\x02", suffixes=("\x03",), separator="~"))
    assert typed(keyboard, "\x0210AB~21C\x03\x02A1\x03") == ["10AB\x1d21C", "A1"]
    assert typed(keyboard, "typed\r", gap=0.2, at=200.0) == ["typed"]


def test_habits_adopted_in_the_middle_lose_nothing() -> None:
    keyboard = Keyboard()
    typed(keyboard, "12")
    keyboard.adopt(Habits(suffixes=("#",)))
    assert typed(keyboard, "34#", at=100.003) == ["1234"]


def test_a_learnt_layout_is_for_the_scanner_and_not_for_the_hand() -> None:
    french = layout("fr")
    keyboard = Keyboard(Habits(translation=french.translation()))
    assert typed(keyboard, french.typed("]C0PICKER-12 az") + "\r") == ["]C0PICKER-12 az"]
    assert typed(keyboard, "PICKER-12 az\r", gap=0.2, at=200.0) == ["PICKER-12 az"]


@given(
    st.lists(st.tuples(st.text("AB12\x1d~]", min_size=1, max_size=12), st.booleans()), max_size=8),
    st.sampled_from(["\r", "\t", "\n", "\r\n", "\x03", "%%"]),
    st.sampled_from(["", "\x02", "@"]),
)
def test_no_mixture_of_scans_and_typing_is_lost_or_merged(
    sent: list[tuple[str, bool]], suffix: str, prefix: str
) -> None:
    """By hand with Enter, by scanner with its own prefix and suffix, in any order."""
    keyboard = Keyboard(Habits(prefix=prefix, suffixes=(suffix,), separator="~"))
    got: list[str] = []
    for number, (text, by_hand) in enumerate(sent):
        stream = f"{text}\r" if by_hand else f"{prefix}{text}{suffix}"
        got += typed(keyboard, stream, gap=0.2 if by_hand else 0.001, at=100.0 * (number + 1))
    assert got == [text.replace("~", "\x1d") for text, _ in sent]


def test_a_cursor_key_inside_or_right_before_a_burst_refuses_the_scan() -> None:
    keyboard = Keyboard()
    keyboard.key("up", None, 99.9999)
    (scan,) = typed(keyboard, "123\r")
    assert parse(scan, "keyboard").problem is not None
    assert typed(keyboard, "123\r", at=200.0) == ["123"]
    typed(keyboard, "12", at=300.0)
    keyboard.key("left", None, 300.002)
    (scan,) = typed(keyboard, "3\r", at=300.003)
    assert parse(scan, "keyboard").problem is not None


def test_shift_and_lock_keys_are_nothing() -> None:
    keyboard = Keyboard()
    typed(keyboard, "A")
    for name in ("left_shift", "right_shift", "caps_lock", "shift+left_shift", "left_control"):
        assert keyboard.key(name, None, 100.002) == keyboard.key("num_lock", None, 100.002)
    assert typed(keyboard, "B\r", at=100.003) == ["AB"]


def test_backspace_by_hand_edits_and_is_safe_when_empty() -> None:
    keyboard = Keyboard()
    for _ in range(3):
        assert not keyboard.key("backspace", "\x7f", 1.0).scans
    typed(keyboard, "12x", gap=0.2)
    keyboard.key("backspace", "\x7f", 101.0)
    assert keyboard.pending == "12"
    assert typed(keyboard, "5\r", gap=0.2, at=102.0) == ["125"]
    typed(keyboard, "9", at=110.0)
    for time in (111.0, 111.03, 111.06):
        keyboard.key("backspace", "\x7f", time)
    assert keyboard.pending == ""
    assert typed(keyboard, "7\r", gap=0.2, at=112.0) == ["7"]


def test_backspace_in_a_burst_is_content() -> None:
    keyboard = Keyboard()
    assert typed(keyboard, "AB\x7f\r") == ["AB\x7f"]
    typed(keyboard, "ABCD", at=200.0)
    keyboard.key("backspace", "\x7f", 201.0)
    (scan,) = keyboard.key("enter", "\r", 202.0).scans
    assert parse(scan, "keyboard").problem is not None


def test_paste_is_whole_scans() -> None:
    keyboard = Keyboard()
    assert keyboard.paste("ABC") == ("ABC",)
    assert keyboard.paste("ABC\r\nDEF\n") == ("ABC", "DEF")
    assert keyboard.paste("") == ()


def test_a_scan_without_an_end_stays_as_cheap_as_any() -> None:
    keyboard = Keyboard()
    began = process_time()
    for _ in range(50_000):
        assert keyboard.key("x", "x", 0.0) == Stroke()
    assert process_time() - began < 3
    [scan] = keyboard.key("enter", "\r", 0.0).scans
    assert parse(scan, "keyboard").problem is ScanProblem.TOO_LONG
