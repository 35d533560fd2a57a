"""The viewfinder: opened from the menu, newest frame only, scans and keys go on, nothing when closed."""

import asyncio
import time
from typing import TYPE_CHECKING

import numpy as np

from picker.flow import Command, CommandName, Phase
from picker.tui.screens.viewfinder import ViewfinderScreen
from tests.tui.screen import opened, text_of, until
from tests.tui.states import in_phase
from tests.tui.stations import Standing
from tests.tui.test_screens import commands

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Picture:
    """A camera that counts how often it is looked through."""

    def __init__(self) -> None:
        self.looks = 0
        self.frame: NDArray[np.uint8] | None = None

    def snapshot(self) -> "NDArray[np.uint8] | None":
        self.looks += 1
        return self.frame


def half_white() -> "NDArray[np.uint8]":
    frame = np.zeros((720, 1280, 3), np.uint8)
    frame[:, 640:] = 255
    return frame


def test_it_shows_the_newest_frame_and_no_more_than_ten_a_second() -> None:
    async def go() -> None:
        camera = Picture()
        station = Standing(in_phase(Phase.PHOTO))
        async with opened(station, camera=camera) as (app, pilot):
            await pilot.press("f1")
            assert "Camera" in text_of(app)
            await pilot.press("f4")
            await until(pilot, lambda: camera.looks > 0)
            assert "gives no picture" in text_of(app)
            camera.frame = half_white()
            await until(pilot, lambda: "█" in text_of(app).splitlines()[-4])
            dark, bright = text_of(app).splitlines()[-4].rstrip().split("█", 1)
            assert dark.strip(" ░▒▓") == "", "only the edge may be grey"
            assert bright == "█" * len(bright)
            assert abs(len(dark) - len(bright)) <= 2
            before, started = camera.looks, time.monotonic()
            await asyncio.sleep(0.6)
            assert camera.looks - before <= (time.monotonic() - started) / 0.1 + 1
            await pilot.press("escape")
            assert not isinstance(app.screen, ViewfinderScreen)
            await asyncio.sleep(0.25)
            before = camera.looks
            await asyncio.sleep(0.3)
            assert camera.looks == before

    asyncio.run(go())


def test_scans_leave_it_open_and_their_verdict_is_on_it() -> None:
    async def go() -> None:
        station = Standing(in_phase(Phase.PHOTO))
        async with opened(station, camera=Picture()) as (app, pilot):
            await pilot.press("f1", "f4")
            app.scan("4006381333931", "camera:0")
            await until(pilot, lambda: not app.model.unconfirmed)
            assert isinstance(app.screen, ViewfinderScreen)
            await until(pilot, lambda: "Ready. Scan your badge" in text_of(app))
            await pilot.press("f2")
            await until(pilot, lambda: commands(station) == [Command(CommandName.OK)])
            assert isinstance(app.screen, ViewfinderScreen)

    asyncio.run(go())


def test_without_a_camera_the_menu_doesnt_offer_it() -> None:
    async def go() -> None:
        async with opened(in_phase(Phase.PICK)) as (app, pilot):
            await pilot.press("f1", "f4")
            assert not isinstance(app.screen, ViewfinderScreen)

    asyncio.run(go())
