"""The shift lead's screen: the worst first and biggest."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from data.types import OrderId, StationId, WorkerId
from picker.locale.messages import render, say
from picker.services.reports.types import CutOff, LeadReport, OpenException, Output, PrinterReport, StationNow
from picker.services.reports.words import exception_message
from picker.tui.glyphs import large
from picker.tui.lead import LeadApp
from tests.tui.screen import text_of, until
from tests.tui.states import NOW

EVIL = "\x1b]0;x\x07[/]"


def cutoff(service: str, minutes: int, missed: int | None) -> CutOff:
    at = NOW + timedelta(minutes=minutes)
    return CutOff(service, "Swift", service, at, 9, 2, 1, 0, 3, 17, 12, None, missed)


REPORT = LeadReport(
    at=NOW,
    since=NOW - timedelta(hours=4),
    pace_per_hour=22.0,
    cutoffs=(cutoff("STANDARD", 200, 0), cutoff("EXPRESS", 30, 14)),
    stations=(
        StationNow(StationId("PACK-1"), WorkerId("tom"), "Tom Baker", OrderId("10404"), NOW, NOW, 40, ""),
        StationNow(
            StationId("PACK-2"),
            WorkerId("ewa"),
            "Ewa Nowak",
            OrderId("10405"),
            NOW,
            NOW,
            40,
            f"paper out {EVIL}",
        ),
    ),
    workers=(Output(WorkerId("tom"), "Tom Baker", 3.5, 200, 90, 40, 57.1, 25.7, 11.4, 97, 3),),
    total=Output(WorkerId(""), "", 3.5, 200, 90, 40, 57.1, 25.7, 11.4, 97, 3),
    exceptions=(OpenException("short", OrderId("10399"), f"2 x MUG-BLU short {EVIL}", NOW, 900),),
    exception_counts={"short": 1},
)


def shown(report: LeadReport | Exception, size: tuple[int, int], language: str = "en") -> str:
    async def look_at_it() -> str:
        def read() -> LeadReport:
            if isinstance(report, Exception):
                raise report
            return report

        app = LeadApp(read, language=language)
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: bool(app.model.report or app.model.trouble))
            return text_of(app)

    return asyncio.run(look_at_it())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_what_will_be_missed_is_biggest(size: tuple[int, int]) -> None:
    text = shown(REPORT, size)
    drawn = large("■ 14 LATE", 5, size[0] // 2)
    assert drawn
    assert all(row.rstrip() in text for row in drawn)
    assert "14 of EXPRESS will miss" in text
    assert text.index(" EXPRESS ") < text.index(" STANDARD ")
    for part in ("30 min", "9/2/1/17", "Tom Baker", "paper out", "57 / 26 / 11", "10399", "15 min"):
        assert part in text
    assert "\x1b" not in text


def test_a_printer_that_needs_somebody_is_seen_at_once_and_a_silent_station_is_told() -> None:
    ready = PrinterReport(StationId("PACK-1"), "main", "ready", "ready", 0, 0, NOW, 5, 0, well=True)
    out = replace(
        ready,
        station=StationId("PACK-2"),
        health="paper_out",
        words=f"paper is out {EVIL}",
        waiting=3,
        well=False,
    )
    calm = replace(REPORT, cutoffs=(cutoff("EXPRESS", 30, 0),), stations=())
    text = shown(replace(calm, printers=(out, replace(ready, silent_s=300))), (120, 40))
    assert "PACK-2, printer main: paper is out" in text
    assert "BLOCKED" in text or "▲" in text
    assert "3 to print" in text
    assert "NO WORD FROM THE STATION for 5 min" in text
    assert "Orders per hour, last 60 min: 22" in shown(replace(calm, printers=(ready,)), (160, 50))


def test_narrow() -> None:
    text = shown(REPORT, (40, 12))
    assert "14 LATE" in text
    assert "EXPRESS" in text


def test_all_in_time_and_no_pace() -> None:
    calm = replace(REPORT, cutoffs=(cutoff("EXPRESS", 30, 0),), stations=())
    assert "Orders per hour, last 60 min: 22" in shown(calm, (160, 50))
    unknown = replace(calm, cutoffs=(cutoff("EXPRESS", 30, None),))
    assert "nobody knows yet" in shown(unknown, (120, 40))


def test_a_database_that_is_away_is_told() -> None:
    assert "no route to host" in shown(OSError("no route to host"), (80, 24))


def test_only_q_leaves() -> None:
    async def go() -> None:
        app = LeadApp(lambda: REPORT)
        async with app.run_test() as pilot:
            await pilot.press("x", "enter", "escape")
            await pilot.pause()
            assert not app._exit
            await pilot.press("q")
            await pilot.pause()
            assert app._exit

    asyncio.run(go())


def late(service: str, hours: int, orders: int) -> CutOff:
    past = NOW - timedelta(hours=hours)
    return replace(cutoff(service, 400, orders), waiting=orders, late=orders, late_since=past)


def test_what_is_late_since_yesterday_is_never_called_in_time() -> None:
    behind = replace(REPORT, cutoffs=(cutoff("EXPRESS", 30, 0), late("STANDARD", 16, 3)), stations=())
    for size in ((80, 24), (160, 50)):
        text = shown(behind, size)
        assert "IN TIME" not in text
        assert "3 of STANDARD late since yesterday 17:00" in text
        assert "3 LATE by 16 h" in text
        assert text.index(" STANDARD ") < text.index(" EXPRESS ")


FULL = replace(
    REPORT,
    cutoffs=(*(cutoff(f"SVC{n}", 60 + n, 0) for n in range(5)), late("WORLD", 2, 17)),
    stations=tuple(
        StationNow(StationId(f"PACK-{n}"), WorkerId("tom"), "Tom", OrderId(""), None, NOW, 40, "")
        for n in range(6)
    ),
    exceptions=tuple(
        OpenException(
            "short", OrderId(f"1{n:03}"), f"{n} x MUG short, and a long story about it" * 4, NOW, 900
        )
        for n in range(30)
    ),
    exception_counts={"short": 30},
)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (160, 50), (40, 12)])
def test_what_is_cut_is_counted_and_what_presses_stays(size: tuple[int, int]) -> None:
    rows = shown(FULL, size).splitlines()
    assert any("17 LATE" in row for row in rows)
    if size[0] > 40:
        assert any("WORLD" in row and "17 LATE by 2 h" in row for row in rows)
    [head] = [row for row in rows if "TO LOOK AT" in row]
    seen = sum("MUG short" in row for row in rows)
    assert (f"and {30 - seen} more" in head) == (seen < 30)
    assert seen >= (4 if size[0] > 40 else 0)


def test_a_tall_screen_is_used() -> None:
    rows = [row for row in shown(FULL, (160, 50)).splitlines() if row.strip()]
    assert len(rows) > 40


def test_f3_lists_everything_and_scrolls_and_f1_tells_the_keys() -> None:
    async def go() -> list[str]:
        app = LeadApp(lambda: FULL)
        texts = []
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: app.model.report is not None)
            for keys in (("f3",), ("end",), ("home", "down"), ("escape",), ("f1",), ("escape",)):
                await pilot.press(*keys)
                await pilot.pause()
                await asyncio.sleep(0.05)
                texts.append(text_of(app))
        return texts

    whole, end, down, back, keys, again = asyncio.run(go())
    assert "1000" in whole
    assert whole.replace("\n", " ").count("a long story") > 8
    assert "Tom Baker" in end
    assert "1000" not in end
    assert "TO LOOK AT" not in down
    assert "1000" in down
    assert "17 LATE" in back
    assert "F3" in keys
    assert "Leave" in keys
    assert "pace per hour" in keys or "cutoff" in keys
    assert "17 LATE" in again


def test_every_pace_says_what_it_is() -> None:
    two = (*REPORT.workers, replace(REPORT.workers[0], worker=WorkerId("ewa"), name="Ewa Nowak"))
    text = shown(replace(REPORT, workers=two), (160, 50))
    assert "average of all" in text
    assert "per hour of work" in text


def test_what_waits_for_a_person_is_told_in_the_readers_language() -> None:
    detail = {"sku": "MUG", "location": "A-01-1", "reason": "stock_out", "quantity": 2}
    message = exception_message("short", detail)
    [short] = REPORT.exceptions
    stuck = replace(
        REPORT.stations[1], blocked="nobody is signed in", blocked_message=say("exception.nobody")
    )
    told = replace(
        REPORT, exceptions=(replace(short, words=render(message), message=message),), stations=(stuck,)
    )
    assert "2 x MUG short at A-01-1: stock is out" in shown(told, (120, 40))
    polish = shown(told, (120, 40), "pl")
    for part in (
        "DO SPRAWDZENIA",
        "nie zdąży na",
        "Zmiana od",
        "brakuje 2 x MUG w A-01-1",
        "nikt nie jest zalogowany",
        "brak sztuk: 1",
    ):
        assert part in polish
    assert "short" not in polish
    assert "nobody" not in polish
