"""The packing screens: nothing of a filling is lost on a small screen, and measuring shows what is on record."""

import asyncio
from dataclasses import replace

import pytest

from picker.flow import CommandName, Phase, State, look, render, say
from picker.locale.messages import Money
from picker.packing import sketches
from picker.packing.plan import plan
from picker.packing.types import Item, PackingPolicy
from tests.tui.screen import opened, text_of, until
from tests.tui.states import BOX, in_phase
from tests.tui.stations import Standing
from tests.tui.test_screens import pressed

SIZES = [(80, 24), (60, 20), (100, 30), (120, 40), (40, 12)]


def tower() -> State:
    """A parcel of three layers: many steps and pictures."""
    state = in_phase(Phase.WEIGH)
    items = [
        Item(1, "BOOK", "Atlas of the northern seas", 1, (280, 190, 40), 900),
        Item(2, "MUG-BLU", "Blue mug 300 ml", 4, (130, 90, 45), 300, max_top_g=900),
        Item(3, "SPOON", "Spoon", 6, (150, 30, 20), 40),
    ]
    found = plan(items, [BOX], PackingPolicy())
    assert found.parcels
    assert len(sketches(found.parcels[0], 24)) > 1
    return replace(state, plan=found)


def pages(state: State, size: tuple[int, int]) -> list[str]:
    """Every page of a filling, in order."""

    async def turn() -> list[str]:
        found: list[str] = []
        for page in range(12):
            async with opened(Standing(replace(state, page=page), say("packaging.more")), size) as (app, _):
                found.append(text_of(app))
            if f"{page + 1} of {page + 1}," in found[-1] or "shows more" not in found[-1]:
                break
        return found

    return asyncio.run(turn())


@pytest.mark.parametrize("size", SIZES)
def test_every_step_fact_and_layer_is_on_some_page(size: tuple[int, int]) -> None:
    state = tower()
    view = look(state)
    shown = pages(state, size)
    words = " ".join(" ".join(shown).replace("|", " ").split())
    for message in (*view.cautions, *view.facts, *view.steps):
        for word in render(message).split():
            assert word in words, message
    assert len(view.steps) > 2
    if size[1] >= 20:
        assert view.filling is not None
        for layer in sketches(view.filling, 24):
            assert f"{layer.name} {layer.number}/{layer.of}" in words
    assert len(shown) > 1
    assert f"1 of {len(shown)}, F6 shows more" in shown[0]


def test_a_filling_that_fits_has_one_page() -> None:
    assert len(pages(in_phase(Phase.WEIGH), (80, 24))) == 1


@pytest.mark.parametrize("size", SIZES)
def test_what_to_take_care_of_is_on_the_first_page(size: tuple[int, int]) -> None:
    state = in_phase(Phase.PACKAGING)
    assert [caution.key for caution in look(state).cautions] == ["care.much_empty"]
    assert "56 % EMPTY:" in pages(state, size)[0]


@pytest.mark.parametrize("size", SIZES)
def test_the_prompt_is_read_to_its_end_where_there_are_two_lines(size: tuple[int, int]) -> None:
    state = in_phase(Phase.WEIGH)
    text = " ".join(pages(state, size)[0].split())
    assert "or SKIP" in text or size == (40, 12)


def test_its_own_box_is_not_drawn() -> None:
    state = in_phase(Phase.PACKAGING)
    tv = Item(1, "TV", "Television", 1, (900, 200, 600), 9000, own_box=True)
    text = pages(replace(state, plan=plan([tv], [], PackingPolicy())), (80, 24))[0]
    assert "NO CARTON" in text
    assert "+--" not in text


def test_keys_of_the_packing_screens() -> None:
    given = pressed(in_phase(Phase.PACKAGING), "f5", "f6", "f10")
    assert [command.name for command in given] == [
        CommandName.OTHER,
        CommandName.MORE,
        CommandName.MEASURE,
    ]
    assert [command.name for command in pressed(in_phase(Phase.MEASURE), "f2", "f3", "escape")] == [
        CommandName.OK,
        CommandName.UNDO,
        CommandName.BACK,
    ]


@pytest.mark.parametrize("size", SIZES)
def test_measuring_shows_the_product_and_what_is_on_record(size: tuple[int, int]) -> None:
    text = " ".join(pages(in_phase(Phase.MEASURE), size)[0].split())
    assert "On record: 150 x 30 x 20 mm; no weight" in text
    assert "Spoon" in text


def test_after_a_question_the_target_is_that_of_the_answer() -> None:
    from picker.flow.state import Measuring

    measuring = in_phase(Phase.MEASURE)
    which = replace(measuring, measuring=Measuring(options=(("MUG-BLU", "Mug"), ("SPOON", "Spoon"))))

    async def go() -> str:
        station = Standing(in_phase(Phase.PACKAGING), say("check.all_done"))
        async with opened(station) as (app, pilot):
            for state in (which, measuring):
                station.state = state
                app.scan("x")
                await until(pilot, lambda: not app.model.unconfirmed)
            return text_of(app)

    assert " Spoon  " in asyncio.run(go()).splitlines()[10]


def test_other_packagings_are_answers_with_keys() -> None:
    from picker.flow.state import Dialog, DialogKind

    words = tuple(
        say("other.dearer", packaging=f"Box {n}", code=n, cost=Money(20, "EUR"), empty=40) for n in (1, 2)
    )
    state = replace(in_phase(Phase.PACKAGING), dialog=Dialog(DialogKind.OTHER, ("1", "2"), words=words))
    text = pages(state, (80, 24))[0]
    assert "Box 2 (2), €0.20 dearer, 40 % empty" in text
    assert "F2" in text
