"""Every phase at every size: what must be readable is on the screen."""

import asyncio
from dataclasses import replace

import pytest

from picker.flow import Phase, State, look, render, say
from picker.services.station.thread import Ticket
from picker.tui.glyphs import large
from picker.tui.model import StationModel
from picker.tui.practice import Practice
from tests.tui.prints import printers
from tests.tui.screen import SIZES, opened, text_of, until
from tests.tui.states import asking, in_phase, order
from tests.tui.stations import Standing

NARROW = (40, 12)


DONE = say("pick.done", name="Blue mug", done=1, wanted=3)


def shown(state: State, size: tuple[int, int]) -> str:
    """The screen of a standing station as text."""

    async def look_at_it() -> str:
        async with opened(Standing(state, DONE), size) as (app, _pilot):
            return text_of(app)

    return asyncio.run(look_at_it())


@pytest.mark.parametrize("size", SIZES)
def test_verdict_and_prompt_are_there_in_every_phase(size: tuple[int, int]) -> None:
    async def go_through_them() -> None:
        station = Standing(in_phase(Phase.SIGNED_OUT), DONE)
        async with opened(station, size) as (app, pilot):
            for phase in Phase:
                station.state = in_phase(phase)
                app.scan("x")
                await until(pilot, lambda: not app.model.unconfirmed)
                text = text_of(app)
                assert "Blue mug: 1 of 3" in " ".join(text.split()), phase
                assert _says_ok(text, size), phase
                assert render(look(station.state).prompt)[:15] in text, phase

    asyncio.run(go_through_them())


def _says_ok(text: str, size: tuple[int, int]) -> bool:
    drawn = large("✔ OK", 5 if size[1] >= 34 else 3, 60)
    return "✔ OK" in text if size == NARROW else all(row.rstrip() in text for row in drawn or ("?",))


@pytest.mark.parametrize("size", SIZES)
def test_the_pick_shows_where_what_and_how_many(size: tuple[int, int]) -> None:
    text = shown(in_phase(Phase.PICK), size)
    if size == NARROW:
        assert "A-01-2-03" in text
        assert "×3" in text
    else:
        rows = 5 if size[1] >= 34 else 3
        for part in ("A-01-2-03", "×3"):
            drawn = large(part, rows, size[0])
            assert drawn
            assert all(row.strip() in text for row in drawn)
    assert "Blue mug 300 ml" in text


@pytest.mark.parametrize("size", SIZES[:2])
def test_lines_and_header(size: tuple[int, int]) -> None:
    text = shown(in_phase(Phase.PICK), size)
    for part in (
        "PACK-1",
        "Tom Baker",
        "10404",
        "0/3",
        "0/2",
        "0/1",
        "Green tea",
        "Spoon",
        "0 of 6",
        "EXPRESS",
    ):
        assert part in text
    assert "90 min" in text


@pytest.mark.parametrize("size", SIZES[:2])
def test_filling_shows_steps_and_sketch(size: tuple[int, int]) -> None:
    text = shown(in_phase(Phase.PACKAGING), size)
    assert "bottom" in text
    assert "+--" in text
    assert "3 x Blue mug" in text
    drawn = large("CTN-S", 3, 80)
    if size[1] < 34:
        assert drawn
        assert all(row.rstrip() in text for row in drawn)


@pytest.mark.parametrize("size", SIZES)
def test_all_answers_of_a_question_are_there(size: tuple[int, int]) -> None:
    text = shown(asking(), size)
    for number, word in enumerate(
        ("broken", "wet", "its packing", "scratched", "expired", "wrong", "other"), 1
    ):
        assert f" {number}  {word}" in text or f" {number}   {word}" in text
    if size != NARROW:
        assert "F7" in text


def test_take_out_changes_the_prompt() -> None:
    text = shown(replace(in_phase(Phase.PICK), take_out=True), (80, 24))
    assert "TAKE OUT" in text


def test_many_lines_keep_the_one_in_work_in_sight() -> None:
    facts = order()
    base = facts.lines[0]
    lines = tuple(replace(base, line=n, name=f"Thing {n}") for n in range(1, 41))
    work = in_phase(Phase.CHECK, replace(facts, lines=lines))
    assert work.work
    done = tuple(replace(line, checked=line.picked if line.line < 30 else 0) for line in work.work.lines)
    text = shown(replace(work, work=replace(work.work, lines=done)), (80, 24))
    assert "Thing 30" in text
    assert "+3" in text


def test_printer_and_note() -> None:
    async def look_at_it() -> str:
        state = in_phase(Phase.PICK, order(note="Gift: no invoice"))
        async with opened(state) as (app, pilot):
            app.post_message(printers(("main", "paper_out", 4)))
            await until(pilot, lambda: bool(app.model.printers))
            return text_of(app)

    text = asyncio.run(look_at_it())
    assert "✖ PAPER OUT" in text
    assert "4 to print" in text
    assert "Gift: no invoice" in text


@pytest.mark.parametrize(
    ("healths", "shown_as"),
    [
        ([("main", "ready", 0)], "✔ printer"),
        ([("main", "ready", 0), ("labels", "ready", 0)], "✔ 2 printers"),
        ([("main", "ready", 0), ("labels", "cover_open", 1)], "✖ labels: COVER OPEN"),
        ([("a", "unknown", 0), ("b", "offline", 0), ("c", "hot", 0)], "✖ b: PRINTER OFFLINE  +2"),
    ],
)
def test_the_header_names_the_printers_that_are_not_ready(
    healths: list[tuple[str, str, int]], shown_as: str
) -> None:
    async def look_at_it() -> str:
        async with opened(in_phase(Phase.PICK)) as (app, pilot):
            app.post_message(printers(*healths))
            await until(pilot, lambda: bool(app.model.printers))
            return text_of(app)

    assert shown_as in asyncio.run(look_at_it()).split("\n")[0]


def test_practice_strip_names_the_right_code() -> None:
    async def look_at_it() -> str:
        async with opened(in_phase(Phase.PICK), practice=Practice(("B1",), ("999",))) as (app, _pilot):
            return text_of(app)

    text = asyncio.run(look_at_it())
    assert "F11 scan 04006381333931 MUG-BLU" in text
    assert "F12" in text


def test_the_tape_shows_a_code_without_the_identifier_of_its_symbology() -> None:
    model = StationModel("PACK-1")
    model.submitted(Ticket(1, "]C05901234567016", "camera"), 0.0)
    model.submitted(Ticket(2, "]", "camera"), 0.0)
    assert [entry.code for entry in model.tape] == ["5901234567016", "]"]
