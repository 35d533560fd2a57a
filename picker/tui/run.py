"""A station with everything beside it, on a terminal: printers, further scanners, the practice kit."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
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
from picker.tui.port import Beside, Opened, Opening, Post
from picker.tui.practice import Practice
from picker.tui.prints import StationPrints
from picker.tui.scanner import SettingsCheck

if TYPE_CHECKING:
    from picker.config import Settings
    from picker.locale.messages import Message
    from picker.services.devices.scanners import Sources
    from picker.services.printers.workers import PrintersNow
    from picker.services.station.station import Reply, Station
    from picker.services.station.thread import Ticket


class PaperFolder:
    """The pictures of printed papers in a folder, newest first."""

    def __init__(self, folder: Path, faults: Faults | None) -> None:
        self._folder, self.faults = folder, faults

    def latest(self, n: int) -> list[tuple[str, Path]]:
        """Return at most `n` papers as (title, PNG file)."""
        files = sorted(self._folder.glob("*.png"), key=lambda path: path.stat().st_mtime, reverse=True)
        return [(path.name, path) for path in files[:n]]


class KeyboardCheck(SettingsCheck):
    """The scanner doctor of a running station: what it has learnt counts from then on."""

    def __init__(self, settings: "Settings", post: Post) -> None:
        super().__init__(settings)
        self._post = post

    def learn(self, received: Sequence[str]) -> "Message | None":
        """Keep the translation that mends its layout, and read it so from now on."""
        learned = super().learn(received)
        self.show_habits()
        return learned

    def show_habits(self) -> None:
        """Tell the app how the scanner at the keyboard types."""
        from picker.services.devices.scanners import keyboard_habits

        self._post(ScannerHabits(keyboard_habits(self._settings)))


class _Posts:
    """Tells the app what happens beside the station, from whichever thread it does."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def scanned(self, raw: str, source: str) -> None:
        self._post(Scanned(raw, source))

    def health(self, name: str, trouble: str) -> None:
        self._post(ScannerHealth(name, trouble))

    def printers(self, now: "PrintersNow") -> None:
        self._post(PrintersChanged(now))

    def label(self, order: str, parcel: int) -> None:
        self._post(LabelPrinted(order, parcel))

    def fault(self) -> None:
        self._post(FaultLogged())


def _opened(choose: "Callable[[], Settings]", stack: ExitStack, practice: bool, post: Post) -> Opened:
    """Open a station as the settings say, with its printers and scanners; `stack` closes them again."""
    from picker.services.devices.camera import station_camera
    from picker.services.devices.scanners import open_sources
    from picker.services.station.running import running_station

    settings, posts = choose(), _Posts(post)
    camera = station_camera(settings, posts.scanned, posts.health)
    printer = _PracticePrinter() if practice else None
    beside = printer.running if printer else nullcontext
    running = stack.enter_context(
        running_station(settings, posts.printers, camera, posts.label, beside, posts.fault)
    )
    check = KeyboardCheck(settings, post)
    check.show_habits()
    scanners = open_sources(settings, posts.scanned, posts.health)
    stack.callback(scanners.stop)
    return Opened(
        running.station,
        Beside(
            language=settings.language,
            sound=settings.sound,
            practice=_practice(running.station, settings.language) if practice else None,
            paper=PaperFolder(settings.home / "paper", printer.faults if printer else None),
            scanner=check,
            camera=camera,
            prints=StationPrints(settings, running.station.db, running.outbox),
            on_verdict=partial(_sound, scanners),
        ),
    )


class _PracticePrinter:
    """The virtual printer that a trainee breaks; there are faults once it runs."""

    faults: Faults | None = None

    @contextmanager
    def running(self, settings: "Settings") -> "Iterator[None]":
        from picker.services.printers.practice_faults import PracticeFaults
        from picker.services.station.demo import demo_printer

        with demo_printer(settings) as printer:
            self.faults = PracticeFaults(printer)
            yield


def _practice(station: "Station", language: str) -> Practice:
    from picker.services.station.practice import practice_codes

    return Practice(*practice_codes(station.db, language))


def _sound(scanners: "Sources", ticket: "Ticket", reply: "Reply") -> None:
    """Have a scanner that can sound the verdict on its scan."""
    scanners.answer(ticket.source, good=reply.message.severity in (Severity.OK, Severity.INFO))


def steady(opening: Opening) -> Opening:
    """Return what opens a station and leaves all that is loaded by then out of the search for garbage, which would
    hold up a scan for a tenth of a second.
    """

    def opened(post: Post) -> Opened:
        found = opening(post)
        gc.freeze()
        gc.set_threshold(700, 10, 10)
        return found

    return opened


def run_station(choose: "Callable[[], Settings]", *, practice: bool) -> None:
    """Run a station on this terminal until the packer leaves.

    `choose` is called beside the screen: settings and database take longer to load than the first paint.
    """
    with ExitStack() as stack:
        app = StationApp("", steady(partial(_opened, choose, stack, practice)), practice=practice)
        app.run(mouse=False)
