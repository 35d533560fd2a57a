"""Keys scoped to the screen on top; menu, paper, the unsure question, verdict times, languages."""

import asyncio
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from picker.flow import Command, CommandName, Phase, Severity, State, say
from picker.locale.messages import word
from picker.locale.translations import english, translations
from picker.services.printers.practice_faults import FAULTS, PracticeFaults
from picker.tui import keymap
from picker.tui.paper import half_blocks
from picker.tui.practice import Practice
from picker.tui.screens.menu import MenuScreen
from printing.virtual import VirtualPrinter
from printing.virtual_machine import Fault
from tests.tui.screen import opened, text_of, until
from tests.tui.states import TOM, asking, in_phase
from tests.tui.stations import Papers, Slow, Standing

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")


def commands(station: Standing) -> list[Command]:
    return [given for given in station.given if isinstance(given, Command)]


def pressed(state: State, *keys: str) -> list[Command]:
    """The commands that a station in a state is given when these keys are pressed."""

    async def press_them() -> list[Command]:
        station = Standing(state)
        async with opened(station) as (app, pilot):
            await pilot.press(*keys)
            await until(pilot, lambda: not app.model.unconfirmed)
            return commands(station)

    return asyncio.run(press_them())


def test_every_command_for_people_has_one_key_and_its_readme_row() -> None:
    keys = {action.command: action.key for action in (*keymap.ACTIONS, *keymap.MENU) if action.command}
    without = {CommandName.NEXT, CommandName.CHOICE, CommandName.PRINTED}
    assert set(keys) == set(CommandName) - without
    rows = [line.split("|")[1:3] for line in README.splitlines() if line.startswith(("| F", "| Esc"))]
    told = {
        word.strip(): key.strip().lower().replace("esc", "escape")
        for key, words in rows
        for word in words.split(",")
    }
    for name, key in keys.items():
        if name is not CommandName.SIGNOUT:
            assert told[name.value] == key, name


def test_in_take_out_only_what_takes_out_is_offered() -> None:
    state = replace(in_phase(Phase.CHECK), take_out=True)
    offered = {action.name for action in keymap.now(state, practice=False)}
    assert (
        offered & {"short", "skip", "reprint", "other", "attach", "later", "more", "nextparcel", "measure"}
        == set()
    )
    assert {"ok", "back", "takeout", "damage", "park"} <= offered


def test_every_action_has_its_words_and_no_key_two_meanings() -> None:
    for action in (*keymap.ACTIONS, *keymap.PRACTICE, *keymap.MENU):
        assert english()[f"key.{action.name}"]
        assert english()[f"help.{action.name}"]
    for phase in Phase:
        keys = [action.key for action in keymap.now(in_phase(phase), practice=True)]
        assert len(keys) == len(set(keys)), phase


def test_keys_follow_the_phase() -> None:
    assert pressed(in_phase(Phase.PICK), "f5", "f2", "f3") == [
        Command(CommandName.SHORT),
        Command(CommandName.OK),
        Command(CommandName.UNDO),
    ]
    assert pressed(in_phase(Phase.LABEL), "f5") == [Command(CommandName.REPRINT)]


def test_a_key_that_does_not_fit_now_is_given_all_the_same_so_that_it_is_answered_and_recorded() -> None:
    for phase, key, command in (
        (Phase.LABEL, "f7", CommandName.DAMAGE),
        (Phase.CHECK, "f2", CommandName.OK),
        (Phase.WEIGH, "f10", CommandName.NEXTPARCEL),
    ):
        assert pressed(in_phase(phase), key) == [Command(command)]
    assert pressed(in_phase(Phase.CHECK), "f8") == []


def test_in_a_question_the_keys_are_its_answers() -> None:
    given = pressed(asking(), "f1", "f7", "f9", "escape")
    assert given == [
        Command(CommandName.CHOICE, 1),
        Command(CommandName.CHOICE, 7),
        Command(CommandName.PARK),
        Command(CommandName.BACK),
    ]


def test_the_menus_keys_are_not_the_stations() -> None:
    async def go() -> None:
        station = Standing(in_phase(Phase.PICK))
        async with opened(station) as (app, pilot):
            await pilot.press("f1", "f6", "f9")
            assert isinstance(app.screen, MenuScreen)
            text = text_of(app)
            assert "Undo" in text
            assert "Leave" in text
            assert not station.given
            await pilot.press("escape")
            assert not isinstance(app.screen, MenuScreen)
            await pilot.press("f1", "f5")
            await until(pilot, lambda: bool(station.given))
            assert commands(station) == [Command(CommandName.SIGNOUT)]
            await pilot.press("f1", "f10")
            await pilot.pause()
            assert not app.is_running or app._exit

    asyncio.run(go())


def test_a_slow_verdict_says_so_and_the_tape_shows_it_at_once() -> None:
    async def go() -> None:
        station = Slow(in_phase(Phase.PICK), say("pick.line_done", name="Mug", wanted=3), seconds=1.5)
        async with opened(station) as (app, pilot):
            app.scan("5901234123457")
            await asyncio.sleep(0.2)
            text = text_of(app)
            assert "   1 … 5901234123457" in text
            assert "Checking 5901234123457" in text
            await asyncio.sleep(1.0)
            assert "NOT CONFIRMED" in text_of(app)
            await until(pilot, lambda: not app.model.unconfirmed)
            assert "   1 ✔ 5901234123457" in text_of(app)

    asyncio.run(go())


def test_a_dead_desk_is_said_loudly() -> None:
    class Broken(Standing):
        def handle(self, given: object) -> "object":  # type: ignore[override]
            raise OSError("disk full")

    async def go() -> None:
        async with opened(Broken(in_phase(Phase.PICK))) as (app, pilot):
            app.scan("1")
            await until(pilot, lambda: app.model.verdict.severity is Severity.STOP)
            assert "disk full" in text_of(app)

    asyncio.run(go())


def test_the_bell_rings_once_for_a_refusal_and_never_when_off() -> None:
    async def rings(sound: bool) -> int:
        station = Standing(in_phase(Phase.PICK), say("scan.unknown", code="1", why="", wanted=""))
        count = 0
        async with opened(station, sound=sound) as (app, pilot):

            def ring() -> None:
                nonlocal count
                count += 1

            app.bell = ring  # type: ignore[method-assign]
            app.scan("1")
            await until(pilot, lambda: not app.model.unconfirmed)
        return count

    assert asyncio.run(rings(True)) == 1
    assert asyncio.run(rings(False)) == 0


def test_words_and_messages_follow_the_workers_language() -> None:
    async def go() -> str:
        state = replace(in_phase(Phase.PICK), worker=replace(TOM, language="pl"))
        station = Standing(state, say("pick.done", name="x", done=1, wanted=2))
        async with opened(station, (40, 12)) as (app, _):
            return text_of(app)

    text = asyncio.run(go())
    said = {key: str(text) for key, text in translations("pl").texts.items()}
    assert said["phase.pick"] in text
    assert said["prompt.pick"].replace("{name}", "Blue mug") in text
    assert said["key.short"] in text
    assert word("kind.product", sku="{name}", name="Mug") == "{name} Mug"


def test_practice_scans_the_right_and_the_wrong_thing_through_the_keyboard() -> None:
    async def go() -> None:
        station = Standing(in_phase(Phase.PICK))
        kit = Practice(("B1",), ("04006381333931", "05901234123457"))
        async with opened(station, practice=kit) as (app, pilot):
            await pilot.press("f11", "f12")
            await until(pilot, lambda: len(station.given) == 2)
            assert [entry.code for entry in app.model.tape] == ["04006381333931", "05901234123457"]

    asyncio.run(go())


def picture(file: Path, size: tuple[int, int]) -> Path:
    """A white paper with a black left half."""
    image = Image.new("1", size, 1)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1]), fill=0)
    image.save(file)
    return file


def test_paper_as_half_blocks(tmp_path: Path) -> None:
    rows = half_blocks(picture(tmp_path / "a.png", (400, 201)), 40)
    assert len(rows) == 10
    assert rows[0] == "█" * 20 + " " * 20
    assert half_blocks(picture(tmp_path / "b.png", (8, 3)), 40)[1] in ("▀▀▀▀    ", "████    ")


def test_the_paper_screen_pages_and_survives_a_bad_file(tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    source = Papers([("slip", picture(tmp_path / "slip.png", (200, 900))), ("broken", bad)])

    async def go() -> None:
        async with opened(in_phase(Phase.PICK), paper=source) as (app, pilot):
            await pilot.press("f1", "f3")
            await until(pilot, lambda: "slip.png" in text_of(app))
            assert "██" in text_of(app)
            await pilot.press("down", "pagedown", "right")
            await until(pilot, lambda: "can't be read" in text_of(app))
            await pilot.press("left")
            await until(pilot, lambda: "slip.png" in text_of(app))
            await pilot.press("escape")
            assert len(app.screen_stack) == 1

    asyncio.run(go())


def test_a_trainee_breaks_the_practice_printer_and_mends_it(tmp_path: Path) -> None:
    with VirtualPrinter() as printer:
        source = Papers([("slip", picture(tmp_path / "slip.png", (200, 300)))], PracticeFaults(printer))

        async def go() -> None:
            async with opened(in_phase(Phase.PICK), paper=source) as (app, pilot):
                await pilot.press("f1", "f3")
                await until(pilot, lambda: "nothing is broken" in text_of(app))
                await pilot.press("f5")
                await until(pilot, lambda: "the paper is out" in text_of(app))
                assert printer.machine.faults == {Fault.PAPER_OUT}
                await pilot.press("f5")
                await until(pilot, lambda: "the cover is open" in text_of(app))
                assert printer.machine.faults == {Fault.COVER_OPEN}
                await pilot.press("f6")
                await until(pilot, lambda: "nothing is broken" in text_of(app))
                assert printer.machine.faults == set()

        asyncio.run(go())


def test_every_practice_fault_has_words() -> None:
    assert all(f"ui.fault.{fault}" in english() for fault, _ in FAULTS)
