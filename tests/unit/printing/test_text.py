"""Words from outside become harmless single lines, and fonts are known to have what they draw."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.bidi import stretches
from printing.fonts import CJK, MISSING, SANS, Run, coverage, face, runs
from printing.shape import mask, measure
from printing.text import clean
from printing.words import LANGUAGES, parcel_of, word


@given(st.text(), st.integers(1, 60))
def test_nothing_dangerous_is_left(text: str, limit: int) -> None:
    line = clean(text, limit)
    assert len(line) <= limit
    visible = line.replace("\u200c", "").replace("\u200d", "")
    assert {unicodedata.category(char) for char in visible}.isdisjoint({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
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
    assert runs(char) == ((Run(char, SANS),), ())


@pytest.mark.parametrize("char", "王小明あア한글，。")
def test_chinese_japanese_and_korean_come_from_noto_sans_cjk(char: str) -> None:
    assert runs(char) == ((Run(char, CJK),), ())


@pytest.mark.parametrize(
    ("text", "font"),
    [("شارع", "Arabic"), ("שלום", "Hebrew"), ("ถนน", "Thai"), ("हिन्दी", "Devanagari"), ("ქუჩა", "Georgian")],
)
def test_scripts_that_must_be_shaped_have_fonts_of_their_own(text: str, font: str) -> None:
    found, missing = runs(text)
    assert [run.font for run in found] == [font]
    assert found[0].shaped
    assert missing == ()


@given(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "So"]))
def test_coverage_agrees_with_what_the_font_draws(char: str) -> None:
    """A character without a glyph is drawn as the same box as any other such character."""
    for name in (SANS, CJK):
        font = face(name, 40, 500, "zh")
        box = font.getmask("\U0010fffd", mode="1")
        drawn = font.getmask(char, mode="1")
        if ord(char) not in coverage(name):
            assert (drawn.size, bytes(drawn)) == (box.size, bytes(box))
        elif drawn.size[0]:
            assert (drawn.size, bytes(drawn)) != (box.size, bytes(box))


def test_a_text_is_cut_by_font_and_what_none_has_is_marked() -> None:
    found, missing = runs("Łódź 王 😀!")
    assert [(run.text, run.font) for run in found] == [
        ("Łódź ", SANS),
        ("王", CJK),
        (f" {MISSING}!", SANS),
    ]
    assert missing == ("😀",)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Tel. 12 (Łódź)", ["Tel. 12 (Łódź)"]),
        ("شارع 12 (مبنى) Giza", ["Giza", " (مبنى) ", "12", "شارع "]),
        ("רחוב 12-3, קומה 4", ["4", ", קומה ", "12-3", "רחוב "]),
        ("Ali علي 5", ["Ali ", "5", "علي "]),
        ("محمد (CEO) 50%", ["50%", ") ", "CEO", "محمد ("]),
        ("(00)340", ["(00)340"]),
        ("", []),
    ],
)
def test_a_line_is_put_in_the_order_of_the_bidirectional_algorithm(text: str, seen: list[str]) -> None:
    """Each piece in reading order, the pieces from left to right as they are seen."""
    pieces = stretches(text)
    assert [piece for piece, _ in pieces] == seen


@given(st.text("אבdعا12٣٤ ()[]-+,.%\u0301", max_size=30))
def test_no_character_is_lost_in_ordering(text: str) -> None:
    assert sorted("".join(piece for piece, _ in stretches(text))) == sorted(text)


def test_marks_and_joiners_stay_with_their_letters() -> None:
    persian = clean("می\u200cخواهم", 50)
    assert persian == "می\u200cخواهم"
    assert [run.text for run in runs(persian)[0]] == [persian]
    assert clean("a\u200db\u200c", 50) == "ab"
    assert clean("❤\ufe0f", 50) == "❤"


def test_arabic_letters_are_joined_and_thai_marks_do_not_collide() -> None:
    joined, lam, alef = (
        measure(Run(text, "Arabic", right_to_left=True), 40, 500, "ar") for text in ("لا", "ل", "ا")
    )
    assert joined < lam + alef
    low, high = (mask(Run(text, "Thai"), 40, 500, "th", 50, 22).getbbox() for text in ("ที", "ที่"))
    assert low is not None
    assert high is not None
    assert high[1] < low[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_parcel_before_the_last_says_its_number_alone(language: str) -> None:
    assert "7" in parcel_of(language, 7, 0)
    assert "0" not in parcel_of(language, 7, 0)
    assert parcel_of(language, 7, 8) == word(language, "parcel", parcel=7, parcels=8)
