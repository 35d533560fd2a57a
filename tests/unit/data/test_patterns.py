"""Patterns of lots and serial numbers: what is one, and that none can take long."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.patterns import LONGEST, is_pattern


@pytest.mark.parametrize(
    "text", [r"L\d{6}", r"[A-Z]{2}-\d{4,8}|X\d+", "A.C", r"\d+\.\d", "LOT [0-9A-F]{4}", "[A-Z-]{3}", r"A\|B"]
)
def test_these_are_patterns(text: str) -> None:
    assert is_pattern(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "(a+)+", "(?=x)", "a**", "[z-a]", r"\w+", r"(\d)\1", "a{5,2}", "A||B", "|", "+", "[", "x" * 81),
        *("é", "a\n", r"\d*\d*\d*\d*\d*", "[A-A-A-A-" * 8, "$", "^L"),
    ],
)
def test_these_are_not(text: str) -> None:
    assert not is_pattern(text)


@given(st.text(r"ab\d[]-{}?*+|.,2A0", max_size=LONGEST), st.text("ab0-d", max_size=20))
def test_whatever_is_taken_is_matched_at_once(text: str, value: str) -> None:
    started = time.perf_counter()
    if is_pattern(text):
        re.fullmatch(text, value, re.ASCII)
    assert time.perf_counter() - started < 0.5


def test_the_worst_that_is_taken_is_cheap() -> None:
    worst = r"\d*.*\d*" + "b|" + r".*.*.*c"
    assert is_pattern(worst)
    started = time.perf_counter()
    assert re.fullmatch(worst, "0" * 20, re.ASCII) is None
    assert time.perf_counter() - started < 0.05
