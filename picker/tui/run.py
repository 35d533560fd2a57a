"""A station with everything beside it, on a terminal: printers, further scanners, the practice kit."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from picker.flow import Severity
from picker.tui.app import StationApp
from picker.tui.events import (
    FaultLogged,
    LabelPrinted,
    PrintersChanged,
    Scanned,
    ScannerHabits,
    ScannerHealth,
)
from picker.tui.paper import Faults
from picker.tui.practice import Practice
from picker.tui.prints import StationPrints
from picker.tui.scanner import SettingsCheck

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from picker.config import Settings
    from picker.locale.messages import Message
    from picker.services.devices.camera import StationCamera
    from picker.services.devices.scanners import Sources
    from picker.services.doctor.finding import Finding
    from picker.services.printers.outbox import Outbox
    from picker.services.printers.workers import PrintersNow
    from picker.services.station.station import Reply, Station
    from picker.services.station.thread import Ticket


class PaperFolder:
    """The pictures of printed papers in a folder, newest first; there are none before it is known."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.faults: Faults | None = None

    def latest(self, n: int) -> list[tuple[str, Path]]:
        """Return at most `n` papers as (title, PNG file)."""
        if self.folder is None:
            return []
        files = sorted(self.folder.glob("*.png"), key=lambda path: path.stat().st_mtime, reverse=True)
        return [(path.name, path) for path in files[:n]]


class _Surroundings:
    """Opens, in the station's thread, what a station needs; tells the app what its printers say."""

    def __init__(self, choose: "Callable[[], Settings]", stack: ExitStack, practice: Practice | None) -> None:
        self._choose, self._stack, self._practice = choose, stack, practice
        self.papers = PaperFolder()
        self.prints = StationPrints()
        self.app: StationApp | None = None
        self._scanners: Sources | None = None
        self._camera: StationCamera | None = None
        self._settings: Settings | None = None
        self._check: SettingsCheck | None = None

    def open(self) -> "Station":
        from picker.services.devices.camera import station_camera
        from picker.services.station.running import running_station

        settings = self._choose()
        self.papers.folder = settings.home / "paper"
        if self.app is not None:
            self.app.sound = settings.sound
            self.app.model.language = settings.language
            self.app.model.camera = bool(settings.camera)
        self._camera = station_camera(settings, self._scanned, self._scanner_state)
        station = self._stack.enter_context(
            running_station(
                settings,
                self._on_printers,
                self._on_outbox,
                self._camera,
                self._on_label,
                self._beside,
                self._on_fault,
            )
        )
        self.prints.open(settings, station.db)
        if self._practice is not None:
            self._fill_practice(station, settings.language)
        self._open_scanners(settings)
        return station

    def _beside(self, settings: "Settings") -> "AbstractContextManager[object]":
        """What practice needs: a virtual printer."""
        if self._practice is None:
            return nullcontext()
        return self._practice_printer(settings)

    @contextmanager
    def _practice_printer(self, settings: "Settings") -> "Iterator[None]":
        from picker.services.printers.practice_faults import PracticeFaults
        from picker.services.station.demo import demo_printer

        with demo_printer(settings) as printer:
            self.papers.faults = PracticeFaults(printer)
            yield

    def _fill_practice(self, station: "Station", language: str) -> None:
        from picker.services.station.practice import practice_codes

        if self._practice is not None:
            self._practice.badges, self._practice.strangers = practice_codes(station.db, language)

    def examine(self, received: Sequence[str]) -> "list[Finding]":
        """Return what is wrong, and well, with the scanner at the keyboard."""
        return self._check.examine(received) if self._check else []

    def snapshot(self) -> "NDArray[np.uint8] | None":
        """Return the newest picture of the camera, BGR (height, width, 3), or None."""
        return self._camera.snapshot() if self._camera is not None else None

    def learn(self, received: Sequence[str]) -> "Message | None":
        """Keep the translation that mends its layout, and read it so from now on."""
        learned = self._check.learn(received) if self._check else None
        self._show_habits()
        return learned

    def _show_habits(self) -> None:
        from picker.services.devices.scanners import keyboard_habits

        if self.app is not None and self._settings is not None:
            self.app.post_message(ScannerHabits(keyboard_habits(self._settings)))

    def _open_scanners(self, settings: "Settings") -> None:
        from picker.services.devices.scanners import open_sources

        self._settings, self._check = settings, SettingsCheck(settings)
        self._show_habits()
        self._scanners = open_sources(settings, self._scanned, self._scanner_state)
        self._stack.callback(self._scanners.stop)

    def verdict(self, ticket: "Ticket", reply: "Reply") -> None:
        """Have a scanner that can sound the verdict on its scan."""
        if self._scanners is not None:
            good = reply.message.severity in (Severity.OK, Severity.INFO)
            self._scanners.answer(ticket.source, good=good)

    def _scanner_state(self, name: str, trouble: str) -> None:
        if self.app is not None:
            self.app.post_message(ScannerHealth(name, trouble))

    def _scanned(self, raw: str, source: str) -> None:
        if self.app is not None:
            self.app.post_message(Scanned(raw, source))

    def _on_outbox(self, outbox: "Outbox") -> None:
        self.prints.outbox = outbox

    def _on_label(self, order: str, parcel: int) -> None:
        if self.app is not None:
            self.app.post_message(LabelPrinted(order, parcel))

    def _on_fault(self) -> None:
        if self.app is not None:
            self.app.post_message(FaultLogged())

    def _on_printers(self, now: "PrintersNow") -> None:
        if self.app is not None:
            self.app.post_message(PrintersChanged(now))


def steady(open_station: "Callable[[], Station]") -> "Callable[[], Station]":
    """Return what opens a station and leaves all that is loaded by then out of the search for garbage, which would
    hold up a scan for a tenth of a second.
    """

    def opened() -> "Station":
        station = open_station()
        gc.freeze()
        gc.set_threshold(700, 10, 10)
        return station

    return opened


def run_station(choose: "Callable[[], Settings]", *, practice: bool) -> None:
    """Run a station on this terminal until the packer leaves.

    `choose` is called beside the screen: settings and database take longer to load than the first paint.
    """
    kit = Practice() if practice else None
    with ExitStack() as stack:
        around = _Surroundings(choose, stack, kit)
        app = StationApp(
            "",
            steady(around.open),
            practice=kit,
            paper=around.papers,
            scanner=around,
            prints=around.prints,
            camera=around,
            on_verdict=around.verdict,
        )
        around.app = app
        app.run(mouse=False)
