"""A packer reads their own language: the screen follows who is signed in, and nothing that matters is cut."""

import asyncio
from dataclasses import replace

import pytest
from rich.cells import cell_len

from picker.flow import Message, Phase, State, look, render, say
from picker.locale.messages import word
from picker.locale.translations import english, forms, parameters, translations
from picker.tui import keymap
from picker.tui.ink import wrap
from picker.tui.model import StationModel, Verdict
from picker.tui.panes.verdict import VerdictBand
from picker.tui.screens.unsure import UnsureScreen
from tests.tui.prints import job, printers
from tests.tui.screen import opened, text_of, until
from tests.tui.states import TOM, asking, in_phase
from tests.tui.stations import Standing

SIZE = (80, 24)
LANGUAGES = ("pl", "ru", "zh")
PIECES = {
    "kind",
    "also",
    "about",
    "care",
    "fill",
    "level",
    "spot",
    "way",
    "other",
    "hint",
    "figure",
    "undone",
    "ui",
    "key",
    "help",
    "phase",
    "mode",
}
"""Parts of the catalogue that are no verdicts of their own."""
REFUSED = say("scan.too_many", name="Blue mug", count=1)


def speaking(language: str, state: State) -> State:
    """The state with a packer of a language."""
    return replace(state, worker=replace(TOM, language=language) if state.worker else None)


def flat(text: str) -> str:
    """A screen without its folds and spaces."""
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdict_prompt_and_keys_are_whole_in_every_phase(language: str) -> None:
    said = translations(language)

    async def go() -> None:
        station = Standing(in_phase(Phase.SIGNED_OUT), REFUSED)
        async with opened(station, SIZE) as (app, pilot):
            app.model.language = language
            for phase in Phase:
                station.state = speaking(language, in_phase(phase))
                app.scan("x")
                await until(pilot, lambda: not app.model.unconfirmed)
                text = text_of(app)
                verdict = render(REFUSED, said)
                assert all(part in text for part in verdict.split()), (phase, verdict)
                assert flat(render(look(station.state).prompt, said)) in flat(text), phase
                for action in keymap.now(station.state, practice=False):
                    assert f" {keymap.label(action.key)}  {word(f'key.{action.name}', said)} " in text, phase

    asyncio.run(go())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_verdict_is_too_long_for_its_band(language: str) -> None:
    model = StationModel("PACK-1", translations=translations(language))
    band = VerdictBand(model)
    for key, text in english().items():
        if key.partition(".")[0] in PIECES:
            continue
        message = Message(key, tuple((name, "Abcdef 12") for name in parameters(forms(text)[-1])))
        model.verdict = Verdict(message.severity, model.text(message))
        shown = "".join(part for line in band.paint(80, 5) for part, _ in line)
        assert "…" not in shown, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_of_a_question_are_whole(language: str) -> None:
    async def go() -> str:
        async with opened(Standing(speaking(language, asking())), SIZE) as (app, _):
            return text_of(app)

    text = asyncio.run(go())
    for option in look(asking()).options:
        assert render(option, translations(language)) in text


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_menu_is_whole(language: str) -> None:
    async def go() -> str:
        state = speaking(language, in_phase(Phase.PICK))
        async with opened(Standing(state), SIZE) as (app, pilot):
            await pilot.press("f1")
            return text_of(app)

    text = asyncio.run(go())
    for action in keymap.ACTIONS[1:]:
        assert word(f"help.{action.name}", translations(language)) in text, action.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_after_a_printer_broke_off_is_whole(language: str) -> None:
    said = translations(language)

    async def go() -> str:
        async with opened(Standing(speaking(language, in_phase(Phase.PICK))), SIZE) as (
            app,
            pilot,
        ):
            app.post_message(printers(("main", "ready", 1), unsure=(job("1", "unsure"),)))
            await until(pilot, lambda: isinstance(app.screen, UnsureScreen))
            return text_of(app)

    text = flat(asyncio.run(go()))
    document = say("ui.document.label")
    title = word("ui.unsure.title", said, printer="main", document=document, order="ORD-1", parcel=1)
    for words in (title, *(word(f"ui.unsure.{answer}", said) for answer in ("yes", "print_again", "torn"))):
        assert flat(words) in text


def test_chinese_after_sign_in_and_english_after_sign_out() -> None:
    async def go() -> None:
        station = Standing(in_phase(Phase.SIGNED_OUT))
        async with opened(station, SIZE) as (app, pilot):
            assert "Scan your badge" in text_of(app)
            for state, message, words in (
                (speaking("zh", in_phase(Phase.HOME)), say("signin.done", worker="李娜"), "你好，李娜"),
                (in_phase(Phase.SIGNED_OUT), say("signout.done", worker="李娜"), "Goodbye 李娜"),
            ):
                station.state, station.message = state, message
                app.scan("BADGE")
                await until(pilot, lambda: not app.model.unconfirmed)
                text = text_of(app)
                assert words in text
                assert ("撤销" in text or "菜单" in text) == ("你好" in words)
                assert ("Scan" in text) == ("Goodbye" in words)

    asyncio.run(go())


def test_before_sign_in_the_stations_own_language_is_spoken() -> None:
    async def go() -> None:
        async with opened(Standing(in_phase(Phase.SIGNED_OUT)), SIZE) as (app, pilot):
            app.model.language = "pl"
            app.scan("x")
            await until(pilot, lambda: not app.model.unconfirmed)
            assert "Zeskanuj identyfikator" in text_of(app)

    asyncio.run(go())


def test_chinese_is_folded_between_any_two_characters_but_not_before_a_mark() -> None:
    text = "扫描 10404，然后把面单贴在包裹上。再扫一次"
    rows = wrap(text, 12, 9)
    assert flat("".join(rows)) == flat(text)
    assert all(cell_len(row) <= 12 for row in rows)
    assert not any(row[0] in "，。" for row in rows)
    assert any("10404" in row for row in rows)
    assert all(cell_len(row) >= 9 for row in rows[:-1])
