"""A station that writes down when each scan reached its handler, on a screen that is idle or busy.

Arguments: the file to write to, and `idle` or `busy` (the whole screen is painted anew 20 times a second).
"""

import sys
import time
from pathlib import Path

import picker.tui.app
from picker.flow import Command, Phase
from picker.services.station.station import Reply
from picker.tui.app import StationApp
from picker.tui.pane import Pane
from picker.tui.run import steady
from scanning.result import Scan
from tests.tui.states import in_phase
from tests.tui.stations import Recorder, opener, written

_EVERY = 0.05


class Timed(Recorder):
    """Writes the time of a monotonic clock, which all processes of this machine share, before each input."""

    def handle(self, given: Scan | Command) -> Reply:
        at = time.monotonic()
        reply = super().handle(given)
        with self.file.with_suffix(".times").open("a", encoding="utf-8") as out:
            out.write(f"{at!r} {written(given)}\n")
        return reply


class BusyApp(StationApp):
    """Paints every pane anew, again and again."""

    CSS_PATH = str(Path(picker.tui.app.__file__).with_name("picker.tcss"))

    def on_mount(self) -> None:
        self.set_interval(_EVERY, self._paint_all)

    def _paint_all(self) -> None:
        for pane in self.screen.query(Pane):
            pane._painted_for, pane._look = (-1, -1), None
            pane.refresh()


if __name__ == "__main__":
    station = Timed(in_phase(Phase.PICK), Path(sys.argv[1]))
    (BusyApp if sys.argv[2] == "busy" else StationApp)("PACK-1", steady(opener(station))).run()
