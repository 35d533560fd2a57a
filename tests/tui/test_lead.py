"""The shift lead's screen: the worst first and biggest."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from picker.services.reports import CutOff, LeadReport, OpenException, Output, PrinterReport, StationNow
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
        StationNow("PACK-1", "tom", "Tom Baker", "10404", NOW, NOW, 40, ""),
        StationNow("PACK-2", "ewa", "Ewa Nowak", "10405", NOW, NOW, 40, f"paper out {EVIL}"),
    ),
    workers=(Output("tom", "Tom Baker", 3.5, 200, 90, 40, 57.1, 25.7, 11.4, 97, 3),),
    total=Output("", "", 3.5, 200, 90, 40, 57.1, 25.7, 11.4, 97, 3),
    exceptions=(OpenException("short", "10399", f"2 x MUG-BLU short {EVIL}", NOW, 900),),
    exception_counts={"short": 1},
)


def shown(report: LeadReport | Exception, size: tuple[int, int]) -> str:
    async def look_at_it() -> str:
        def read() -> LeadReport:
            if isinstance(report, Exception):
                raise report
            return report

        app = LeadApp(read)
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
    for part in ("30 min", "10/2/17", "Tom Baker", "paper out", "57 / 26 / 11", "10399", "15 min"):
        assert part in text
    assert "\x1b" not in text


def test_a_printer_that_needs_somebody_is_seen_at_once_and_a_silent_station_is_told() -> None:
    ready = PrinterReport("PACK-1", "main", "ready", "ready", 0, 0, NOW, 5, 0, well=True)
    out = replace(
        ready, station="PACK-2", health="paper_out", words=f"paper is out {EVIL}", waiting=3, well=False
    )
    calm = replace(REPORT, cutoffs=(cutoff("EXPRESS", 30, 0),), stations=())
    text = shown(replace(calm, printers=(out, replace(ready, silent_s=300))), (120, 40))
    assert "PACK-2, printer main: paper is out" in text
    assert "BLOCKED" in text or "▲" in text
    assert "3 to print" in text
    assert "NO WORD FROM THE STATION for 5 min" in text
    assert "22 orders per hour" in shown(replace(calm, printers=(ready,)), (120, 40))


def test_narrow() -> None:
    text = shown(REPORT, (40, 12))
    assert "14 LATE" in text
    assert "EXPRESS" in text


def test_all_in_time_and_no_pace() -> None:
    calm = replace(REPORT, cutoffs=(cutoff("EXPRESS", 30, 0),), stations=())
    assert "22 orders per hour" in shown(calm, (120, 40))
    unknown = replace(calm, cutoffs=(cutoff("EXPRESS", 30, None),))
    assert "nobody knows yet" in shown(unknown, (120, 40))


def test_a_database_that_is_away_is_told() -> None:
    assert "no route to host" in shown(OSError("no route to host"), (80, 24))


def test_q_leaves() -> None:
    async def go() -> None:
        app = LeadApp(lambda: REPORT)
        async with app.run_test() as pilot:
            await pilot.press("x", "enter", "q")
            await pilot.pause()
            assert app._exit

    asyncio.run(go())
