"""The station's terminal app: every key and scan goes through one keyboard to one station, in order."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.events import Key, Paste
from textual.timer import Timer

from picker.flow import Command, CommandName, Phase
from picker.locale import LANGUAGES, figures
from picker.services.station.thread import StationThread, Ticket
from picker.tui.events import (
    Answered,
    Equipped,
    Failed,
    FaultLogged,
    LabelPrinted,
    PrintersChanged,
    Scanned,
    ScannerHabits,
    ScannerHealth,
)
from picker.tui.key_app import KeyApp
from picker.tui.keyboard import Keyboard
from picker.tui.model import CHECKING_AFTER, Printer, StationModel
from picker.tui.panes.verdict import sounds
from picker.tui.port import Beside, Opening
from picker.tui.screens.base import KeyScreen
from picker.tui.screens.menu import MenuScreen
from picker.tui.screens.station import StationScreen
from picker.tui.screens.unsure import UnsureScreen
from printing.jobs import Answer, Job

if TYPE_CHECKING:
    from picker.services.station.station import Reply, Station

_TYPED_SHOWN_AFTER = 0.06
"""Seconds until typed text is painted: a scanner's burst is over by then and costs no frames."""
_FAULT_SHOWN = 60.0
"""Seconds for which a fault beside the screen stays in the header after it was met last."""
_SWITCH = 0.0005
"""Seconds for which one thread may keep the others from Python: keys, station and screen each have their own."""
_SHOWN_WITHIN = 0.2
"""Seconds for which an answer may wait to be painted, because a scanner is typing one scan after the other."""


class StationApp(KeyApp):
    """A packing station on a terminal. Call `run`; it returns when the packer leaves."""

    _unsure: "tuple[Job, ...]" = ()
    _printed: tuple[str, int] | None = None
    _question: "UnsureScreen | None" = None
    _watch: "Timer | None" = None
    _fault: "Timer | None" = None
    _typing: "Timer | None" = None
    _started = False
    _answered_at: float | None = None

    def __init__(
        self,
        station: str,
        opening: Opening,
        *,
        practice: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`station` is shown until the opened station says its name; `practice` makes room for the practice scanner."""
        super().__init__()
        self.model = StationModel(station, practice=practice)
        self.station_thread = StationThread(
            self._open, self._post_ready, self._post_reply, self._post_failure
        )
        self._opening, self._beside = opening, Beside()
        self._on_verdict: Callable[[Ticket, Reply], None] | None = None
        self._settled: set[str] = set()
        self._keyboard = Keyboard()
        self._station_screen = StationScreen(self.model, clock, self.give, self._act)

    def get_default_screen(self) -> StationScreen:
        """Return the one screen of a station."""
        return self._station_screen

    def on_mount(self) -> None:
        """Open the station once the screen stands."""
        self.set_interval(1, self._station_screen.show_header)
        self.call_after_refresh(self._start)

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Run until the packer leaves; what was scanned is answered before this returns."""
        sys.setswitchinterval(_SWITCH)
        super().run(*args, **kwargs)
        if self._started:
            self.station_thread.stop()

    def strike(self, event: Key | Paste) -> None:
        """Sort a key into scans and presses; scans are submitted at once."""
        if isinstance(event, Paste):
            self._scan(self._keyboard.paste(event.text))
            return
        if self._top.hears(event.key, event.character):
            return
        stroke = self._keyboard.key(event.key, event.character, event.time)
        if stroke.scans and self._typing is not None:
            self._typing.reset()
        if (stroke.scans or stroke.pressed) and (stroke.aside or self.model.aside):
            self.model.left_aside(stroke.aside)
            self._station_screen.show_aside()
        self._scan(stroke.scans)
        if stroke.pressed:
            self._top.press(stroke.pressed)
        self._show_typing()

    def scan(self, raw: str, source: str = "keyboard") -> None:
        """Submit a raw scan of any source, on the app's thread."""
        self._submit(raw, source)

    def give(self, command: Command) -> None:
        """Submit a command."""
        self._submit(command, "key")

    def on_equipped(self, message: Equipped) -> None:
        """Take over what stands beside the station."""
        self._beside = beside = message.beside
        self.model.equipped(beside)
        self._station_screen.equip(beside.practice)

    def on_answered(self, message: Answered) -> None:
        """Show a verdict."""
        self.model.answered(message.ticket, message.reply)
        self._take_printed()
        if message.ticket is None:
            self.call_after_refresh(self._warm)
        if self._answered_at is None:
            self._answered_at = time.monotonic()
            self.call_later(self._show_reply)
        if self._beside.sound and message.ticket and sounds(message.reply.message.severity):
            self.bell()

    def _warm(self) -> None:
        """Load, once the first prompt stands, what the first figures of a verdict would wait for."""
        self.run_worker(partial(figures.warm, LANGUAGES), thread=True, exit_on_error=False)

    def _show_reply(self) -> None:
        """Paint the last answer; while the next scan is arriving, a painting would hold it up."""
        waited = time.monotonic() - (self._answered_at or 0.0)
        if self._keyboard.typing and waited < _SHOWN_WITHIN:
            self.set_timer(_SHOWN_WITHIN / 5, self._show_reply)
            return
        self._answered_at = None
        self._station_screen.show_reply()
        if self._top is not self._station_screen:
            self._top.show_reply()

    def on_failed(self, message: Failed) -> None:
        """Say that the station is gone."""
        self.model.failed(message.error)
        self._station_screen.show_verdict()
        self.bell()

    def on_scanned(self, message: Scanned) -> None:
        """Submit what another scanner has read."""
        if not self._top.takes(message.raw):
            self.scan(message.raw, message.source)

    def on_scanner_habits(self, message: ScannerHabits) -> None:
        """Read the scanner at the keyboard as it types."""
        self._keyboard.adopt(message.habits)

    def on_scanner_health(self, message: ScannerHealth) -> None:
        """Show in the header which scanners are away."""
        away = self.model.scanners_away
        self.model.scanners_away = away | {message.name} if message.trouble else away - {message.name}
        self._station_screen.show_header()

    def on_fault_logged(self, message: FaultLogged) -> None:
        """Show in the header, for a while, that the log has something to tell."""
        if self._fault is not None:
            self._fault.stop()
        self.model.fault = True
        self._fault = self.set_timer(_FAULT_SHOWN, self._forget_fault)
        self._station_screen.show_header()

    def _forget_fault(self) -> None:
        self._fault, self.model.fault = None, False
        self._station_screen.show_header()

    def on_label_printed(self, message: LabelPrinted) -> None:
        """Remember it: a fast printer has done so before the screen knows that the parcel is sealed."""
        self._printed = (message.order, message.parcel)
        self._take_printed()

    def _take_printed(self) -> None:
        """Go on without a scan of the label, where the shop takes the printer's word and nobody is typing."""
        state = self.model.state
        if state is None or state.work is None or state.phase is not Phase.LABEL or state.dialog is not None:
            return
        parcel = state.work.next_parcel
        awaited = parcel is not None and self._printed == (state.work.order.id, parcel.number)
        if awaited and state.policy.close_on_printed and not self._keyboard.typing:
            self._printed = None
            self._submit(Command(CommandName.PRINTED), "printer")

    def on_printers_changed(self, message: PrintersChanged) -> None:
        """Show in the header how the printers are, and ask about a job that nobody is sure of."""
        printers = message.now.printers
        self.model.printers = tuple(Printer(one.printer, one.health, one.waiting) for one in printers)
        self._unsure = message.now.unsure
        self._station_screen.show_header()
        self._ask()

    def _ask(self) -> None:
        """Have one question open while a job is unsure; one that was settled elsewhere goes by itself."""
        waiting = [job for job in self._unsure if job.id not in self._settled]
        if self._question is not None and self._question.job not in waiting:
            self._question = None
            self.pop_screen()
        if self._question is None and waiting:
            typing = self._keyboard.typing
            self._question = UnsureScreen(self.model, waiting[0], self._settle, typing=typing)
            self.push_screen(self._question)
            if self._beside.sound:
                self.bell()

    def _settle(self, job: Job, answer: Answer) -> None:
        """Take the packer's answer; whoever settled the job before was right as well."""
        self._settled.add(job.id)
        self._ask()
        if self._beside.prints is not None:
            by = self.model.state.worker.id if self.model.state and self.model.state.worker else "packer"
            decide = partial(self._beside.prints.decide, job.id, answer.value, "", by)
            self.run_worker(decide, thread=True, exit_on_error=False)

    @property
    def _top(self) -> KeyScreen:
        screen = self.screen
        if not isinstance(screen, KeyScreen):
            raise TypeError(f"Expected a KeyScreen on top, got {screen!r}")
        return screen

    def _start(self) -> None:
        self._started = True
        self.station_thread.start()

    def _scan(self, scans: Sequence[str]) -> None:
        for raw in scans:
            if not self._top.takes(raw):
                self._submit(raw, "keyboard")

    def _submit(self, given: str | Command, source: str) -> None:
        while not self._top.STAYS:
            self.pop_screen()
        ticket = self.station_thread.submit(given, source)
        self.model.submitted(ticket, time.monotonic())
        self._keep_watch()

    def _keep_watch(self) -> None:
        # Nothing is painted at the submit: most verdicts come 2 ms later and would wait for a second frame.
        if self._watch is None and self.model.unconfirmed:
            self._watch = self.set_timer(CHECKING_AFTER / 2, self._look_at_the_time)

    def _look_at_the_time(self) -> None:
        self._watch = None
        now = time.monotonic()
        if self.model.waited(now) >= CHECKING_AFTER / 2:
            self._station_screen.show_submitted()
        if self.model.overdue(now):
            self._station_screen.show_verdict()
        self._keep_watch()

    def _show_typing(self) -> None:
        if self._typing is None and (self._keyboard.typing or self.model.typed):
            self._typing = self.set_timer(_TYPED_SHOWN_AFTER, self._show_typed)

    def _show_typed(self) -> None:
        self._typing = None
        self.model.typed = self._keyboard.pending
        self._station_screen.show_typed()

    def _act(self, name: str) -> None:
        acts: Mapping[str, Callable[[], object]] = {
            "help": lambda: self.push_screen(MenuScreen(self.model, self.give, self._act)),
            "paper": self._open_paper,
            "scanner": self._open_scanner,
            "jobs": self._open_jobs,
            "viewfinder": self._open_viewfinder,
            "leave": self.exit,
            "scan": partial(self._practise, right=True),
            "wrong": partial(self._practise, right=False),
        }
        acts[name]()

    def _open_paper(self) -> None:
        from picker.tui.screens.paper import PaperScreen

        if self._beside.paper:
            self.push_screen(PaperScreen(self.model, self._beside.paper))

    def _open_jobs(self) -> None:
        from picker.tui.screens.jobs import JobsScreen

        if self._beside.prints:
            self.push_screen(JobsScreen(self.model, self._beside.prints))

    def _open_scanner(self) -> None:
        from picker.tui.screens.scanner import ScannerScreen

        if self._beside.scanner:
            self.push_screen(ScannerScreen(self._beside.scanner, self.pop_screen, self.model.translations))

    def _open_viewfinder(self) -> None:
        from picker.tui.screens.viewfinder import ViewfinderScreen

        if self._beside.camera:
            self.push_screen(ViewfinderScreen(self.model, self._beside.camera, self._station_screen.press))

    def _practise(self, *, right: bool) -> None:
        practice = self._beside.practice
        if practice is None or self.model.view is None:
            return
        raw = practice.right(self.model.view).raw if right else practice.wrong(self.model.view)
        if raw:
            practice.scanned()
            self._scan(self._keyboard.paste(raw))

    def _open(self) -> "Station":
        opened = self._opening(self.post_message)
        self._on_verdict = opened.beside.on_verdict
        self.post_message(Equipped(opened.beside))
        return opened.station

    def _post_ready(self, reply: "Reply") -> None:
        self.post_message(Answered(None, reply))

    def _post_reply(self, ticket: Ticket, reply: "Reply") -> None:
        if self._on_verdict is not None:
            self._on_verdict(ticket, reply)
        self.post_message(Answered(ticket, reply))

    def _post_failure(self, error: Exception) -> None:
        self.post_message(Failed(error))
