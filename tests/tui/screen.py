"""Driving an app without a terminal, and reading its screen as text."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.app import App
from textual.pilot import Pilot

from picker.flow import State
from picker.services.station.station import Station
from picker.tui.app import StationApp
from picker.tui.keyboard import Keyboard, Stroke
from picker.tui.port import Beside
from picker.tui.practice import Practice
from tests.tui.states import NOW
from tests.tui.stations import Standing, opener

SIZES = [(80, 24), (120, 40), (40, 12)]


def text_of(app: App[None]) -> str:
    """What is on the screen, row by row."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    assert len(strips) == height
    assert all(strip.cell_length == width for strip in strips)
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


class ByHand(Keyboard):
    """What Pilot presses was typed by a hand, however the machine that runs the test is loaded."""

    _at = 0.0

    def key(self, name: str, character: str | None, at: float) -> Stroke:
        """Take a key 0.2 s after the one before."""
        self._at += 0.2
        return super().key(name, character, self._at)


@asynccontextmanager
async def opened(
    station: Station | State,
    size: tuple[int, int] = (80, 24),
    *,
    practice: Practice | None = None,
    **beside: object,
) -> AsyncIterator[tuple[StationApp, Pilot[None]]]:
    """An app on a station that has said its first words."""
    real = Standing(station) if isinstance(station, State) else station
    around = Beside(practice=practice, **beside)  # type: ignore[arg-type]
    app = StationApp("PACK-1", opener(real, around), practice=practice is not None, clock=lambda: NOW)
    app._keyboard = ByHand()
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.model.state is not None)
        yield app, pilot
    app.station_thread.stop()


async def until(pilot: Pilot[None], true: Callable[[], bool], seconds: float = 3.0) -> None:
    """Wait for something to become true, then for the screen to be painted."""
    for _ in range(int(seconds / 0.01)):
        if true():
            break
        await asyncio.sleep(0.01)
    assert true()
    await pilot.pause()
    await asyncio.sleep(0.02)
    await pilot.pause()
