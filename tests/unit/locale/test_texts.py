"""Every language says everything, with every figure and code in it, and nothing is left in English."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

import picker.locale
from picker.flow import CommandName, look, render, say
from picker.flow.filling import steps
from picker.locale import LANGUAGES, known, texts
from picker.locale.figures import OTHER, plural_forms
from picker.locale.messages import Message, Money, Sides, word
from picker.locale.translations import HOLE, Translations, english, forms, parameters, translations
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
    "command.OK",
    "also.sides",
    "also.weight",
    "fill.put",
    "ui.lead.station_blocked",
}
"""Texts that a language may have in common with English: OK, STOP, mm, min."""
STATION = {key for key in english() if not key.startswith("ui.lead.campaigns")}
"""What a packer or a lead reads; the campaigns' screens speak English only."""
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
        if any(parameters(form) != parameters(sentences("en")[key]) for form in forms(text))
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_counted_sentence_has_every_form_that_its_language_needs(language: str) -> None:
    said = texts(language)
    counted = {key for key, text in english().items() if isinstance(text, dict)} & said.keys()
    assert counted >= {"home.parked", "ui.waiting", "counted.units"}
    assert {key for key, text in said.items() if isinstance(text, dict)} == counted
    for key in counted:
        text = said[key]
        assert isinstance(text, dict)
        assert text.keys() == plural_forms(language), key
        assert list(text)[-1] == OTHER, key
        assert all("{count}" in form for form in forms(text)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_with_its_word_has_forms(language: str) -> None:
    said = texts(language)
    named = {word for text in said.values() for form in forms(text) for _, word in HOLE.findall(form) if word}
    assert named
    assert [word for word in named if not isinstance(said[word], dict)] == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("1 order waiting", "2 orders waiting", "5 orders waiting", "21 orders waiting")),
        ("pl", ("1 zamówienie czeka", "2 zamówienia czekają", "5 zamówień czeka", "21 zamówień czeka")),
        ("ru", ("1 заказ ждёт", "2 заказа ждут", "5 заказов ждут", "21 заказ ждёт")),
        ("zh", ("1 个订单等待", "2 个订单等待", "5 个订单等待", "21 个订单等待")),
    ],
)
def test_a_count_takes_the_form_of_its_language(language: str, told: tuple[str, ...]) -> None:
    assert tuple(word("ui.waiting", translations(language), count=n) for n in (1, 2, 5, 21)) == told


@pytest.mark.parametrize(
    ("language", "count", "told"),
    [
        *[
            ("pl", 22, "22 sztuki, 112 dni"),
            ("pl", 112, "112 sztuk, 112 dni"),
            ("pl", 1, "1 sztuka, 112 dni"),
        ],
        *[
            ("ru", 22, "22 штуки, 112 дней"),
            ("ru", 112, "112 штук, 112 дней"),
            ("ru", 21, "21 штука, 112 дней"),
        ],
    ],
)
def test_two_counts_of_a_sentence_have_each_its_form(language: str, count: int, told: str) -> None:
    said = Translations(
        language, texts(language) | {"home.claimed": "{units:counted.units}, {lines:counted.days}"}
    )
    assert render(say("home.claimed", units=count, lines=112), said) == told
    assert render(say("home.claimed", units=str(count), lines="112"), said) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "1,200 x 400 x 9 mm 9,650 €1,234.50 Mar 5 14:00"),
        ("pl", "1 200 x 400 x 9 mm 9 650 1 234,50 € 5 mar 14:00"),
        ("ru", "1 200 x 400 x 9 mm 9 650 1 234,50 € 5 мар. 14:00"),
        ("zh", "1,200 x 400 x 9 mm 9,650 €1,234.50 3月5日 14:00"),
        ("de", "1.200 x 400 x 9 mm 9.650 1.234,50 € 5. März 14:00"),
    ],
)
def test_figures_are_written_as_the_readers_language_does(language: str, told: str) -> None:
    said = Translations(language, {"x": "{sides} mm {weight} {cost} {at}"})
    at = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
    params = (("sides", Sides((1200, 400, 9))), ("weight", 9650), ("cost", Money(123450, "EUR")), ("at", at))
    assert render(Message("x", params), said).replace("\xa0", " ") == told
    plain = render(Message("x", params), replace(said, bare=True))
    assert plain == "1200 x 400 x 9 mm 9650 1234.50 EUR 2026-03-05T14:00:00+00:00"


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    said = sentences(language)
    same = {key for key, text in station() if said[key] == text and re.search(r"[^\W\d_]", bare(text))}
    assert same <= SAME


@pytest.mark.parametrize("language", OTHERS)
def test_words_that_can_be_typed_are_named_as_they_are_typed(language: str) -> None:
    said = sentences(language)
    for key, text in station():
        for command in TYPED.findall(text):
            assert re.search(rf"\b{command}\b", said[key]), (key, command)


@pytest.mark.parametrize("language", OTHERS)
def test_pieces_of_sentences_keep_their_joints(language: str) -> None:
    """A piece that is followed by another sentence ends in a space, or in a mark as wide as one."""
    said = sentences(language)
    loose = [key for key, text in station() if text.endswith(" ") and said[key][-1] not in " 。？"]
    glued = [key for key, text in station() if not text.endswith(" ") and said[key].endswith(" ")]
    assert loose + glued == []


@pytest.mark.parametrize("language", OTHERS)
def test_captions_and_helps_have_room_on_80_columns(language: str) -> None:
    said = sentences(language)
    assert [key for key in said if key.startswith("key.") and cell_len(said[key]) > 13] == []
    assert [key for key in said if key.startswith("help.") and cell_len(said[key]) > 58] == []
    assert [key for key in said if key.startswith("ui.job.") and cell_len(said[key]) > 19] == []


@pytest.mark.parametrize("language", [language for language in OTHERS if language != "zh"])
def test_the_word_of_a_verdict_is_drawn_large(language: str) -> None:
    for severity, shape in SHAPES.items():
        assert large(f"{shape} {sentences(language)[f'ui.{severity.value}']}", LOW, 36), severity


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
    return HOLE.sub("", text)


def station() -> Iterator[tuple[str, str]]:
    """The keys of what a packer reads, with their English."""
    return ((key, text) for key, text in sentences("en").items() if key in STATION)


def sentences(language: str) -> dict[str, str]:
    """What a language says for any count."""
    return {key: forms(text)[-1] for key, text in texts(language).items()}
