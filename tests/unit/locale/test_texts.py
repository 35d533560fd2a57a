"""Every language says everything, with every figure and code in it, and nothing is left in English."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

import picker.locale
from picker.flow import CommandName, look, render, say
from picker.flow.filling import steps
from picker.locale import LANGUAGES, known, texts
from picker.locale.translations import Translations, english, parameters, translations
from picker.packing.steps import level_word
from picker.tui.glyphs import LOW, large
from picker.tui.ink import SHAPES
from tests.unit.flow.shop import packed

OTHERS = [language for language in LANGUAGES if language != "en"]
SAME = {
    "ui.ok",
    "ui.info",
    "ui.stop",
    "home.parked_order",
    "ui.span.minutes",
    "ui.span.hours",
    "key.help",
    "key.ok",
    "also.sides",
    "also.weight",
    "fill.put",
}
"""Texts that a language may have in common with English: OK, STOP, mm, min."""
STATION = {key for key in english() if not key.startswith("ui.lead.")}
"""What a packer reads; the lead's screen speaks English only."""
TYPED = re.compile(rf"(?<=[a-z,;.] )(?:{'|'.join(name.value for name in CommandName)})\b")
"""Command words that a sentence asks to type."""


def test_the_languages_of_the_packers_are_there() -> None:
    assert {"en", "pl", "ru", "zh"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_everything_and_nothing_else(language: str) -> None:
    assert list(texts(language).keys() - english().keys()) == []
    assert list(STATION - texts(language).keys()) == []
    assert translations(language).texts == english() | texts(language)


@pytest.mark.parametrize("language", OTHERS)
def test_no_parameter_is_lost_or_made_up(language: str) -> None:
    wrong = {
        key: text
        for key, text in texts(language).items()
        if parameters(text) != parameters(english().get(key, ""))
    }
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    said = texts(language)
    same = {key for key, text in station() if said[key] == text and re.search(r"[^\W\d_]", bare(text))}
    assert same <= SAME


@pytest.mark.parametrize("language", OTHERS)
def test_words_that_can_be_typed_are_named_as_they_are_typed(language: str) -> None:
    said = texts(language)
    for key, text in station():
        for command in TYPED.findall(text):
            assert re.search(rf"\b{command}\b", said[key]), (key, command)


@pytest.mark.parametrize("language", OTHERS)
def test_pieces_of_sentences_keep_their_joints(language: str) -> None:
    """A piece that is followed by another sentence ends in a space, or in a mark as wide as one."""
    said = texts(language)
    loose = [key for key, text in station() if text.endswith(" ") and said[key][-1] not in " 。？"]
    glued = [key for key, text in station() if not text.endswith(" ") and said[key].endswith(" ")]
    assert loose + glued == []


@pytest.mark.parametrize("language", OTHERS)
def test_captions_and_helps_have_room_on_80_columns(language: str) -> None:
    said = texts(language)
    assert [key for key in said if key.startswith("key.") and cell_len(said[key]) > 13] == []
    assert [key for key in said if key.startswith("help.") and cell_len(said[key]) > 58] == []
    assert [key for key in said if key.startswith("ui.job.") and cell_len(said[key]) > 19] == []


@pytest.mark.parametrize("language", [language for language in OTHERS if language != "zh"])
def test_the_word_of_a_verdict_is_drawn_large(language: str) -> None:
    for severity, shape in SHAPES.items():
        assert large(f"{shape} {texts(language)[f'ui.{severity.value}']}", LOW, 36), severity


def test_a_region_speaks_its_language_and_an_unknown_one_english() -> None:
    assert translations("zh-CN") == translations("zh_Hans") == translations("zh")
    for stranger in ("en", "xx", "../pl", ""):
        assert translations(stranger).texts == english()


def test_only_languages_that_are_spoken_are_known() -> None:
    assert known("pl-PL") == "pl-PL"
    with pytest.raises(ValueError, match="'tlh': expected one of en"):
        known("tlh")


def damaged(folder: Path, text: str) -> Translations:
    """What a station says in a language whose file was spoilt."""
    (folder / "pl.json").write_text(text, "utf-8")
    translations.cache_clear()
    return translations("pl")


def test_a_spoilt_text_is_said_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picker.locale, "_FOLDER", tmp_path)
    try:
        spoilt = {
            "signin.done": "Cześć",
            "home.resumed": "{order} i {nic}",
            "pick.later": "Później {name}",
            "x": "y",
        }
        said = damaged(tmp_path, json.dumps(spoilt))
        assert said.texts == english() | {"pick.later": "Później {name}"}
        assert render(say("signin.done", worker="Ewa"), said) == "Hello Ewa"
        assert damaged(tmp_path, "{broken").texts == english()
    finally:
        translations.cache_clear()


def test_how_to_fill_a_parcel_is_told_in_the_packers_language() -> None:
    view = look(packed(("MUG", 2)).state)
    assert view.filling
    for message, step in zip(steps(view.filling), view.filling.steps, strict=True):
        assert f"{step.orientation}, {step.place}" in render(message)
        polish = render(message, translations("pl"))
        assert not {step.orientation, level_word(step.layer)} & set(re.findall(r"\w+", polish))


def bare(text: str) -> str:
    """A text without its parameters."""
    return re.sub(r"\{\w+\}", "", text)


def station() -> Iterator[tuple[str, str]]:
    """The keys of what a packer reads, with their English."""
    return ((key, text) for key, text in english().items() if key in STATION)
