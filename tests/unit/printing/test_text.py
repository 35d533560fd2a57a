"""Words from outside become harmless single lines, and fonts are known to have what they draw."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.fonts import coverage, face, runs
from printing.text import clean


@given(st.text(), st.integers(1, 60))
def test_nothing_dangerous_is_left(text: str, limit: int) -> None:
    line = clean(text, limit)
    assert len(line) <= limit
    assert {unicodedata.category(char) for char in line}.isdisjoint({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    assert line == line.strip(" ")
    assert "  " not in line
    assert unicodedata.normalize("NFC", line) == line
    assert clean(line, limit) == line


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Bob\x1b@\x1dV\x00\x10\x14", "Bob@V"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("two\nlines\u2028three", "two lines three"),
        ("cafe\u0301", "café"),
        ("e" + "\u0316" * 9, "e\u0316\u0316"),
        ("\ud800x", "x"),
        ("   ", ""),
        ("Łódź 王小明", "Łódź 王小明"),
    ],
)
def test_known_tricks(text: str, cleaned: str) -> None:
    assert clean(text, 50) == cleaned


def test_a_text_that_was_cut_says_so() -> None:
    assert clean("Mississippi", 6) == "Missi…"


@pytest.mark.parametrize("char", "łŁźğґєїіжÅßπΩẞ")
def test_latin_cyrillic_and_greek_come_from_noto_sans(char: str) -> None:
    assert char in coverage(cjk=False)


@pytest.mark.parametrize("char", "王小明あア한글，。")
def test_chinese_japanese_and_korean_come_from_noto_sans_cjk(char: str) -> None:
    assert char not in coverage(cjk=False)
    assert char in coverage(cjk=True)


@given(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "So"]))
def test_coverage_agrees_with_what_the_font_draws(char: str) -> None:
    """A character without a glyph is drawn as the same box as any other such character."""
    for cjk in (False, True):
        font = face(cjk, 40, 500, "zh")
        box = font.getmask("\U0010fffd", mode="1")
        drawn = font.getmask(char, mode="1")
        if char not in coverage(cjk):
            assert (drawn.size, bytes(drawn)) == (box.size, bytes(box))
        elif drawn.size[0]:
            assert (drawn.size, bytes(drawn)) != (box.size, bytes(box))


def test_a_text_is_cut_by_font_and_what_none_has_becomes_a_question_mark() -> None:
    found, missing = runs("Łódź 王 😀!")
    assert [(run.text, run.cjk) for run in found] == [("Łódź ", False), ("王", True), (" ?!", False)]
    assert missing == ["😀"]
