"""The scanner doctor on the screen: from the menu and as a command of its own."""

import asyncio
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from picker.config import Settings
from picker.flow import Phase
from picker.locale.messages import render
from picker.locale.translations import translations
from picker.services.devices.scanner_habits import SavedTranslation, forget, keep, saved_translation
from picker.services.devices.scanners import keyboard_habits
from picker.tui.events import ScannerHabits
from picker.tui.scanner import ScannerApp, SettingsCheck
from picker.tui.screens import scanner
from picker.tui.screens.scanner import ScannerScreen
from scanning.diagnose import TEST_CODES
from scanning.layouts import layout
from tests.command import picker
from tests.tui.screen import opened, text_of, until
from tests.tui.states import in_phase
from tests.tui.test_keyboard import name_of

FRENCH = layout("fr")
SENT = [FRENCH.typed(code.aim + code.text) + "\r" for code in TEST_CODES]


async def type_codes(screen: ScannerScreen, pilot: Pilot[None], texts: Sequence[str]) -> None:
    """Type each text as key events, and wait until it counts as arrived."""
    for number, text in enumerate(texts, 1):
        for char in text:
            screen.hears("f8" if char == "\x1d" else name_of(char), None if char == "\x1d" else char)
        await until(pilot, lambda: len(screen.received) == number)  # noqa: B023 - awaited in the loop


def test_three_codes_tell_the_layout_and_f2_keeps_its_translation(tmp_path: Path) -> None:
    async def go() -> None:
        scanner.QUIET = 0.02
        app = ScannerApp(SettingsCheck(Settings(home=tmp_path)))
        async with app.run_test(size=(80, 24)) as pilot:
            assert "test code 1 of 3" in text_of(app)
            await type_codes(app.doctor, pilot, SENT)
            assert "French AZERTY" in text_of(app)
            await pilot.press("f2")
            assert "Kept in" in " ".join(text_of(app).split())
            await pilot.press("f5")
            await type_codes(app.doctor, pilot, SENT)
            assert "this station translates" in " ".join(text_of(app).split())

    asyncio.run(go())
    habits = keyboard_habits(Settings(home=tmp_path))
    assert [habits.meant(text) for text in SENT] == [code.aim + code.text + "\r" for code in TEST_CODES]


def test_the_station_opens_it_from_the_menu_and_scans_go_on_afterwards(tmp_path: Path) -> None:
    async def go() -> None:
        scanner.QUIET = 0.02
        check = SettingsCheck(Settings(home=tmp_path))
        async with opened(in_phase(Phase.PICK), scanner=check) as (app, pilot):
            await pilot.press("f1", "f7")
            screen = app.screen
            assert isinstance(screen, ScannerScreen)
            await type_codes(screen, pilot, [code.aim + code.text + "\r" for code in TEST_CODES])
            assert "as they should" in " ".join(text_of(app).split())
            await pilot.press("escape")
            assert not isinstance(app.screen, ScannerScreen)
            app.post_message(ScannerHabits(keyboard_habits(Settings(home=tmp_path, scanner_suffix="#"))))
            await pilot.pause()
            for char in "A1#":
                await pilot.press({"#": "number_sign"}.get(char, char))
            await until(pilot, lambda: any(entry.code == "A1" for entry in app.model.tape))

    asyncio.run(go())


def test_codes_scanned_without_a_pause_are_told_apart(tmp_path: Path) -> None:
    async def go() -> None:
        scanner.QUIET = 0.02
        app = ScannerApp(SettingsCheck(Settings(home=tmp_path)))
        async with app.run_test(size=(80, 24)) as pilot:
            for char in "".join(SENT):
                app.doctor.hears("f8" if char == "\x1d" else name_of(char), None if char == "\x1d" else char)
            await until(pilot, lambda: app.doctor.received == SENT)
            assert "French AZERTY" in text_of(app)

    asyncio.run(go())


@pytest.mark.parametrize(
    ("twist", "words"),
    [
        (lambda text: FRENCH.typed(text).swapcase(), "Caps Lock is on"),
        (lambda text: "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text),
         "an input method is on and types full-width characters"),
        (lambda text: "".join(f"\ufffd{digit}" for char in text for digit in f"{ord(char):04}"), "Alt codes"),
        (lambda text: "".join(char for char in text if not char.isdigit()), "NumLock is off"),
    ],
)  # fmt: skip
def test_what_somebody_switches_on_is_named_and_nothing_is_learnt_from_it(
    twist: Callable[[str], str], words: str, tmp_path: Path
) -> None:
    received = [twist(code.aim + code.text) + "\r" for code in TEST_CODES]
    check = SettingsCheck(Settings(home=tmp_path))
    assert any(words in finding.words and not finding.ok for finding in check.examine(received))
    assert check.learn(received) is None
    keep(tmp_path, SavedTranslation("French AZERTY", FRENCH.translation()))
    assert check.learn(received) is None
    assert saved_translation(tmp_path).why == "French AZERTY"


def test_the_findings_are_told_in_the_packers_language(tmp_path: Path) -> None:
    check, polish = SettingsCheck(Settings(home=tmp_path)), translations("pl")
    (layout_wrong,) = check.examine(SENT)
    assert layout_wrong.message
    assert "klawiatura tego komputera to French AZERTY" in render(layout_wrong.message, polish)
    none, part = check.examine([]), check.examine(SENT[:1])
    assert none[0].message
    assert render(none[0].message, polish).startswith("nie dotarł żaden")
    assert part[0].message
    assert "1/3" in render(part[0].message, polish)


def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = SettingsCheck(Settings(home=tmp_path / "file")).learn(SENT)
    assert refused
    assert render(refused, translations("pl")).startswith("NIE ZACHOWANO")


def test_a_stray_key_is_no_code(tmp_path: Path) -> None:
    async def go() -> None:
        scanner.QUIET = 0.02
        app = ScannerApp(SettingsCheck(Settings(home=tmp_path)))
        async with app.run_test(size=(80, 24)) as pilot:
            app.doctor.hears("5", "5")
            await asyncio.sleep(0.1)
            await type_codes(app.doctor, pilot, SENT)
            assert app.doctor.received == SENT

    asyncio.run(go())


def test_what_was_learnt_is_kept_and_forgotten(tmp_path: Path) -> None:
    lesson = SavedTranslation("French AZERTY", FRENCH.translation())
    keep(tmp_path, lesson)
    assert saved_translation(tmp_path) == lesson
    assert forget(tmp_path)
    assert not forget(tmp_path)
    (tmp_path / "scanner.json").write_text("{")
    assert saved_translation(tmp_path) == SavedTranslation()


def test_the_command_reads_lines_where_there_is_no_terminal(tmp_path: Path) -> None:
    def run(texts: Sequence[str], *options: str) -> tuple[int, str]:
        done = picker("doctor", "scanner", *options, given="".join(texts), home=tmp_path)
        return done.code, done.out

    code, words = run([text.replace("\r", "\n") for text in SENT], "--keep")
    assert (code, "French AZERTY" in words, "Kept in" in words) == (1, True, True)
    code, words = run(SENT, "--json")
    assert (code, json.loads(words)["findings"][0]["ok"]) == (0, True)
    right = [f"{code.aim}{code.text}\n" for code in TEST_CODES]
    code, words = run(right)
    assert (code, "spoils what now arrives right" in words) == (1, True)
    code, words = run(right[:1], "--keep")
    assert (code, "1/3 codes" in words, "dropped" in words) == (1, True, False)
    assert "dropped" in run(right, "--keep")[1]
    code, words = run(right)
    assert (code, "as they should" in words) == (0, True)
    run(SENT, "--keep")
    assert run([], "--forget") == (0, "Forgotten.\n")
