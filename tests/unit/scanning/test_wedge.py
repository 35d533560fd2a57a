"""Keystrokes to raw scans: nothing lost, merged, split or reordered."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.layouts import LAYOUTS, layout
from scanning.parse import parse
from scanning.result import ScanProblem
from scanning.wedge import CAPACITY, Habits, WedgeBuffer

SUFFIXES = ("\r", "\n", "\t", "\r\n")
texts = st.text(st.characters(exclude_characters="\r\n\t\x02"), min_size=1, max_size=60)


def texts_of(buffer: WedgeBuffer, stream: str, at: float = 0.0) -> list[str]:
    """The scans that a stream completes that came at once."""
    return [entry.text for entry in buffer.feed(stream, at)]


def fed(buffer: WedgeBuffer, stream: str, cuts: list[int]) -> list[str]:
    scans: list[str] = []
    edges = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
    for start, end in pairwise(edges):
        scans += texts_of(buffer, stream[start:end])
    return scans


@given(st.lists(st.tuples(texts, st.sampled_from(SUFFIXES))), st.lists(st.integers(0)))
def test_scans_come_out_whole_and_in_order(sent: list[tuple[str, str]], cuts: list[int]) -> None:
    buffer = WedgeBuffer()
    assert fed(buffer, "".join(text + suffix for text, suffix in sent), cuts) == [text for text, _ in sent]
    assert buffer.pending == ""


@given(st.lists(texts), st.sampled_from(SUFFIXES), st.sampled_from(("", "\r")))
def test_a_paste_of_lines_is_a_scan_a_line(lines: list[str], between: str, end: str) -> None:
    assert WedgeBuffer().paste(between.join(lines) + end) == lines


def test_a_paste_leaves_typed_keys_alone() -> None:
    buffer = WedgeBuffer()
    buffer.feed("12", 0.0)
    assert buffer.paste("ABC") == ["ABC"]
    assert texts_of(buffer, "34\r") == ["1234"]


def test_bare_suffixes_deliver_nothing() -> None:
    assert texts_of(WedgeBuffer(), "\r\n\n\r\t") == []


def test_the_line_feed_of_crlf_does_not_begin_the_next_scan() -> None:
    """With CR alone as suffix, an LF would otherwise stand in front of every scan but the first."""
    assert texts_of(WedgeBuffer(("\r",)), "A\r\nB\r") == ["A", "B"]


def test_between_stx_and_etx_is_a_scan_and_an_etx_elsewhere_is_content() -> None:
    got = texts_of(WedgeBuffer(), "\x0210AB\x1d21C\x03\x02A1\x03\r\n\x02B2\x03AB\x03C\r")
    assert [Habits().separated(text) for text in got] == ["10AB\x1d21C", "A1", "B2", "AB\x03C"]


def test_a_character_that_is_no_suffix_stays_for_parse_to_refuse() -> None:
    (raw,) = texts_of(WedgeBuffer(("\r",)), "A\tB\x11\r")
    assert raw == "A\tB\x11"
    assert parse(raw, "keyboard").problem is ScanProblem.CONTROL_CHARACTER


def test_separators_are_kept() -> None:
    assert texts_of(WedgeBuffer(), "10AB\x1d21C\r") == ["10AB\x1d21C"]


@given(st.sampled_from(["A", " ", "\x1d", "]"]))
def test_an_endless_scan_is_bounded_and_refused(char: str) -> None:
    buffer = WedgeBuffer()
    assert texts_of(buffer, char * 3 * CAPACITY) == []
    assert len(buffer.pending) == CAPACITY
    (raw,) = texts_of(buffer, "\r")
    assert parse(raw, "keyboard").problem is ScanProblem.TOO_LONG
    assert texts_of(buffer, "B\r") == ["B"]


def test_pending_text_is_safe_to_show() -> None:
    buffer = WedgeBuffer()
    buffer.feed("A\x1b]0;x\x07\x1d\u202e", 0.0)
    assert buffer.pending == "A\ufffd]0;x\ufffd\u241d\ufffd"
    buffer.clear()
    assert buffer.pending == ""


@pytest.mark.parametrize("suffixes", [(), ("",), ("\r", "")])
def test_a_scan_must_end_somehow(suffixes: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        Habits(suffixes=suffixes)


@given(st.lists(st.text("AB%\r", min_size=1, max_size=9)), st.lists(st.integers(0)))
def test_a_longer_suffix_ends_a_scan_and_its_parts_do_not(texts: list[str], cuts: list[int]) -> None:
    sent = [text.replace("%\r", "%A") for text in texts if not text.endswith("%")]
    stream = "".join(f"{text}%\r" for text in sent)
    assert fed(WedgeBuffer(("%\r",)), stream, cuts) == sent


def test_an_endless_scan_ends_with_a_long_suffix() -> None:
    buffer = WedgeBuffer(("%%%",))
    assert texts_of(buffer, "A" * 2 * CAPACITY) == []
    (raw,) = texts_of(buffer, "%%%")
    assert raw == "A" * CAPACITY


def test_prefix_and_separator_are_taken_off() -> None:
    habits = Habits(prefix="\x02", separator="^]")
    assert habits.meant("\x02]C110A^]21B") == "]C110A\x1d21B"
    assert habits.meant("10A") == "10A"


@pytest.mark.parametrize("spoken", [known.code for known in LAYOUTS])
def test_a_translation_brings_back_what_the_scanner_meant(spoken: str) -> None:
    there = layout(spoken)
    habits = Habits(translation=there.translation())
    for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./abcxyz":
        if typed := there.typed(char):
            assert habits.meant(typed) == char
