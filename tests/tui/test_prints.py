"""The unsure question, and the job list: keys only, no answer by accident."""

import asyncio
from dataclasses import replace

import pytest

from picker.flow import Command, CommandName, FlowPolicy, Phase
from picker.tui.app import StationApp
from picker.tui.events import LabelPrinted
from picker.tui.screens import unsure as unsure_screen
from picker.tui.screens.jobs import JobsScreen
from picker.tui.screens.menu import MenuScreen
from picker.tui.screens.unsure import UnsureScreen
from printing.jobs import Job
from tests.tui.prints import Prints, job, printers
from tests.tui.screen import opened, text_of, until
from tests.tui.states import in_phase
from tests.tui.stations import Standing

FIRST, SECOND = job("1", "unsure"), job("2", "unsure", order="ORD-2", document="slip")
LIST = [
    job("3", "queued", order="ORD-3", notes="address_cut: 10 Mill Lane; later"),
    job("4", "sending", order="ORD-4", detail="paper is out"),
    FIRST,
]


def asked(app: StationApp) -> Job | None:
    """The job that the screen asks about."""
    return app.screen.job if isinstance(app.screen, UnsureScreen) else None


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions may be answered as soon as they are there."""
    monkeypatch.setattr(unsure_screen, "QUIET_SECONDS", 0.0)


@pytest.mark.usefixtures("at_once")
def test_the_questions_come_one_by_one_and_scans_go_on_meanwhile() -> None:
    async def go() -> None:
        station, print_list = Standing(in_phase(Phase.PICK)), Prints()
        async with opened(station, prints=print_list) as (app, pilot):
            app.post_message(printers(unsure=(FIRST, SECOND)))
            await until(pilot, lambda: asked(app) is FIRST)
            assert "label ORD-1 / 1" in text_of(app)
            await pilot.press(*"5901234123457", "enter")
            await until(pilot, lambda: len(station.given) == 1 and not app.model.unconfirmed)
            await pilot.press("f1", "f4")  # F1, the menu's key everywhere else, must answer nothing
            await until(pilot, lambda: asked(app) is SECOND)
            assert "slip ORD-2 / 1" in text_of(app)
            app.post_message(printers(unsure=(FIRST, SECOND)))  # on its way before the answer
            await pilot.press("2", "enter")
            await until(pilot, lambda: len(app.screen_stack) == 1)
            assert print_list.decided == [("1", "torn", "", "tom"), ("2", "yes", "", "tom")]
            assert len(station.given) == 1

    asyncio.run(go())


@pytest.mark.usefixtures("at_once")
def test_a_question_settled_elsewhere_goes_by_itself_whatever_is_open() -> None:
    async def go() -> None:
        print_list = Prints()
        async with opened(in_phase(Phase.PICK), prints=print_list) as (app, pilot):
            await pilot.press("f1")
            app.post_message(printers(unsure=(FIRST,)))
            await until(pilot, lambda: isinstance(app.screen, UnsureScreen))
            app.post_message(printers())
            await until(pilot, lambda: isinstance(app.screen, MenuScreen))
            assert not print_list.decided

    asyncio.run(go())


def test_what_was_meant_for_something_else_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    async def go() -> None:
        station, print_list = Standing(in_phase(Phase.PICK)), Prints()
        async with opened(station, prints=print_list) as (app, pilot):
            monkeypatch.setattr(unsure_screen, "QUIET_SECONDS", 60.0)
            await pilot.press("3")  # half of "3 Enter", the number of something
            app.post_message(printers(unsure=(FIRST,)))
            await until(pilot, lambda: isinstance(app.screen, UnsureScreen))
            await pilot.press("enter")
            await until(pilot, lambda: len(station.given) == 1)
            await pilot.press("f2")  # meant as OK, a moment too late
            assert not print_list.decided
            monkeypatch.setattr(unsure_screen, "QUIET_SECONDS", 0.0)
            await pilot.press("3", "enter")
            await until(pilot, lambda: bool(print_list.decided))
            assert print_list.decided == [("1", "print_again", "", "tom")]

    asyncio.run(go())


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_the_list_is_worked_with_keys_alone(size: tuple[int, int]) -> None:
    async def go() -> None:
        print_list = Prints(LIST)
        async with opened(in_phase(Phase.PICK), size, prints=print_list) as (app, pilot):
            await pilot.press("f1", "f6")
            await until(pilot, lambda: isinstance(app.screen, JobsScreen))
            await until(pilot, lambda: "ORD-4-1 label" in text_of(app))
            text = text_of(app)
            for words in ("waits", "is being printed", "DID IT PRINT?", "F5 again"):
                assert words in text
            assert "THE ADDRESS IS CUT OFF: 10 Mill Lane; later" in text
            await pilot.press("f9", "down", "f6")
            await until(pilot, lambda: len(print_list.decided) == 2)
            await until(pilot, lambda: "Nobody waits for ORD-4-1 label" in text_of(app))
            assert "PAPER OUT" in text_of(app)
            await pilot.press("down", "f5")
            await until(pilot, lambda: "F3 torn or lost" in text_of(app))
            print_list.refuses = True
            await pilot.press("f3")
            await until(pilot, lambda: "can't be changed any more" in text_of(app))
            assert print_list.decided == [
                ("3", "cancel", "", "tom"),
                ("4", "lost", "", "tom"),
                ("1", "reprint", "torn", "tom"),
            ]
            await pilot.press("escape")
            assert len(app.screen_stack) == 1

    asyncio.run(go())


def test_a_reprint_by_a_leads_badge_where_the_shop_wants_it() -> None:
    async def go() -> None:
        station, print_list = Standing(in_phase(Phase.PICK)), Prints(LIST, wants_lead=True)
        async with opened(station, prints=print_list) as (app, pilot):
            await pilot.press("f1", "f6")
            await until(pilot, lambda: isinstance(app.screen, JobsScreen))
            await until(pilot, lambda: "ORD-4-1 label" in text_of(app))
            await pilot.press("f5", "f1", *"W1", "enter")
            await until(pilot, lambda: "no lead's badge" in text_of(app))
            assert not print_list.decided
            await pilot.press(*"LEAD0001", "enter")
            await until(pilot, lambda: print_list.decided == [("3", "reprint", "not_printed", "ewa")])
            assert not station.given

    asyncio.run(go())


def test_a_scan_closes_the_list_and_goes_to_the_desk() -> None:
    async def go() -> None:
        station = Standing(in_phase(Phase.PICK))
        async with opened(station, prints=Prints(LIST)) as (app, pilot):
            await pilot.press("f1", "f6")
            await until(pilot, lambda: isinstance(app.screen, JobsScreen))
            await pilot.press(*"4006381333931", "enter")
            await until(pilot, lambda: len(app.screen_stack) == 1 and len(station.given) == 1)

    asyncio.run(go())


def test_the_printers_word_closes_the_order_where_the_shop_takes_it() -> None:
    async def go() -> None:
        sealed = in_phase(Phase.LABEL)
        assert sealed.work is not None
        for policy, wanted in (
            (FlowPolicy(close_on_printed=True), [Command(CommandName.PRINTED)]),
            (FlowPolicy(), []),
        ):
            station = Standing(replace(sealed, policy=policy))
            async with opened(station) as (app, pilot):
                app.post_message(LabelPrinted("OTHER", 1))
                app.post_message(LabelPrinted(sealed.work.order.id, 1))
                await pilot.pause()
                await until(pilot, lambda: not app.model.unconfirmed)
                assert station.given == wanted

    asyncio.run(go())
