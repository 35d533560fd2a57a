"""How the app comes to its station: opened in the station's thread, with everything that stands beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from textual import message

from picker.locale.messages import Message
from picker.tui.paper import PaperSource
from picker.tui.practice import Practice
from picker.tui.prints import PrintDecisions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from picker.services.doctor.finding import Finding
    from picker.services.station.station import Reply, Station
    from picker.services.station.thread import Ticket


class ScannerCheck(Protocol):
    """What the screen asks the scanner doctor."""

    def examine(self, received: Sequence[str]) -> "list[Finding]":
        """Return what is wrong, and well, with the scanner."""

    def learn(self, received: Sequence[str]) -> Message | None:
        """Keep the translation that mends its layout, and say so; None when there is none."""


class CameraPicture(Protocol):
    """Where the newest picture of the camera is."""

    def snapshot(self) -> "NDArray[np.uint8] | None":
        """Return it as BGR (height, width, 3), or None while there is none."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a station, None where there is no such thing, and its settings of the screen.

    `paper` is for the paper screen, `scanner` for the scanner doctor, `camera` for the viewfinder, `prints` for the
    list of jobs. `on_verdict` is called in the station's thread, before the screen shows it. `language` is spoken while
    nobody is signed in.
    """

    language: str = "en"
    sound: bool = True
    practice: Practice | None = None
    paper: PaperSource | None = None
    scanner: ScannerCheck | None = None
    camera: CameraPicture | None = None
    prints: PrintDecisions | None = None
    on_verdict: "Callable[[Ticket, Reply], None] | None" = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A station that is open, and what stands beside it."""

    station: "Station"
    beside: Beside


Post = Callable[[message.Message], object]
"""Takes a message for the app, from any thread."""

Opening = Callable[[Post], Opened]
"""Opens a station, called in the station's thread after the first paint; what happens beside it is posted."""
