"""When orders are due and what is parked, on the station's screen: never cut, never rosier than it is."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from data.types import OrderId
from picker.flow import Phase, State, render, say
from picker.flow.facts import Offer, Parked
from picker.locale.messages import word
from picker.tui import due
from tests.tui.screen import opened, text_of, until
from tests.tui.states import NOW, TOM, in_phase
from tests.tui.stations import Standing

LATE = timedelta(hours=16, minutes=42)


def shown(state: State, size: tuple[int, int] = (80, 24)) -> str:
    async def look_at_it() -> str:
        async with opened(state, size) as (app, _):
            return text_of(app)

    return asyncio.run(look_at_it())


@pytest.mark.parametrize(
    ("language", "late"),
    [("en", "16 h late"), ("pl", "16 h spóźnienia"), ("ru", "опоздание 16 ч"), ("zh", "16 小时")],
)
@pytest.mark.parametrize("name", ["Tom", "Wolfgang Amadeus Theophilus von Mozart und Taxis"])
@pytest.mark.parametrize("width", [60, 80])
def test_how_late_an_order_is_is_never_cut_off(language: str, late: str, name: str, width: int) -> None:
    worker = replace(TOM, name=name, language=language)
    offer = Offer(OrderId("10404"), "STANDARD", NOW - LATE, 3, 6, 12)
    state = replace(in_phase(Phase.HOME), worker=worker, offer=offer)
    header = shown(state, (width, 24)).splitlines()[0]
    assert late in header
    assert "1002" not in header


def test_a_cut_off_of_another_day_is_told_with_its_day() -> None:
    noon = NOW.replace(hour=12)
    days = [due.clock(word, noon + timedelta(days=days), noon) for days in (-2, -1, 0, 1)]
    clock = f"{noon.astimezone():%H:%M}"
    assert days == [f"Feb 28 {clock}", f"yesterday {clock}", clock, f"tomorrow {clock}"]


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "0 min"),
        (119, "119 min"),
        (120, "2 h"),
        (-1, "1 min late"),
        (-1002, "16 h late"),
        (-2880, "2 d late"),
    ],
)
def test_a_time_is_told_in_its_largest_unit(minutes: int, told: str) -> None:
    assert due.left(word, NOW + timedelta(minutes=minutes), NOW) == told


def test_parked_orders_are_listed_between_two_orders() -> None:
    parked = Parked(12, tuple((f"104{n:02}", "question") for n in range(9)))
    text = shown(replace(in_phase(Phase.HOME), offer=None, parked=parked))
    assert "12 orders are parked. Scan one to go on with it" in " ".join(text.split())
    assert "10400: question for the lead" in text
    assert " +" in text
    assert "Parked" not in shown(replace(in_phase(Phase.HOME), offer=None))


@pytest.mark.parametrize("size", [(120, 40), (160, 50)])
def test_verdicts_on_the_tape_are_whole_where_there_is_room(size: tuple[int, int]) -> None:
    told = say("home.busy", order="10404", station="PACK-2", worker="Wolfgang Amadeus")

    async def look_at_it() -> str:
        async with opened(Standing(in_phase(Phase.PICK), told), size) as (app, pilot):
            app.scan("ORDER-10404")
            await until(pilot, lambda: not app.model.unconfirmed)
            return text_of(app)

    rows = asyncio.run(look_at_it()).splitlines()
    [start] = [n for n, row in enumerate(rows) if "ORDER-10404" in row]
    column = rows[start].index("BUSY")
    assert render(told) in " ".join(row[column:].strip() for row in rows[start : start + 3])


def test_a_short_line_has_no_tick() -> None:
    state = in_phase(Phase.CHECK)
    assert state.work is not None
    line = state.work.line(1)
    none_there = replace(line, picked=0, checked=0, short=line.wanted)
    rows = shown(replace(state, work=state.work.with_line(none_there))).splitlines()
    [row] = [row for row in rows if "Blue mug" in row]
    assert "✔" not in row
    assert "▲" in row
