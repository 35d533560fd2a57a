"""What the station screen knows: the last reply, the last verdict, and the tape of every input."""

from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from picker.flow import Command, CommandName, Message, Severity, State, View, look, render, say
from picker.locale import ENGLISH
from picker.locale.messages import word
from picker.locale.translations import Translations, translations
from scanning.characters import aim_of

if TYPE_CHECKING:
    from picker.services.station.station import Reply
    from picker.services.station.thread import Ticket
    from picker.tui.port import Beside

CHECKING_AFTER, UNCONFIRMED_AFTER = 0.05, 1.0
"""Seconds without an answer after which the screen says so."""

TAPE_LENGTH = 200
_PRINTER_SEVERITIES = {"ready": Severity.OK, "unfit": Severity.WARNING, "unknown": Severity.INFO}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to the last input; `severity` is `None` while it is not known. `number` is its ticket."""

    severity: Severity | None
    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class TapeEntry:
    """One input on the tape; `severity` is `None` until it is committed. Without a `number` it was never given."""

    number: int | None
    code: str
    severity: Severity | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Printer:
    """How a printer is: its name, its health as `ui.printer.` knows it, and its jobs still to come."""

    name: str
    health: str
    waiting: int = 0

    @property
    def severity(self) -> Severity:
        """How bad that is."""
        return _PRINTER_SEVERITIES.get(self.health, Severity.ERROR)


@dataclass(slots=True)
class StationModel:
    """Changes with every input and answer; holds no widget, so that it can be tested alone.

    `language` is spoken while nobody is signed in.
    """

    station: str
    language: str = "en"
    practice: bool = False
    paper: bool = False
    scanner: bool = False
    jobs: bool = False
    camera: bool = False
    state: State | None = None
    view: View | None = None
    verdict: Verdict = field(default_factory=lambda: Verdict(None, word("ui.starting")))
    printers: tuple[Printer, ...] = ()
    scanners_away: frozenset[str] = frozenset()
    fault: bool = False
    """Something beside the screen went wrong a moment ago."""
    tape: deque[TapeEntry] = field(default_factory=lambda: deque(maxlen=TAPE_LENGTH))
    typed: str = ""
    aside: str = ""
    dead: bool = False
    translations: Translations = field(default_factory=lambda: translations(ENGLISH))
    _open: dict[int, tuple[str, float]] = field(default_factory=dict)

    @property
    def unconfirmed(self) -> int:
        """Inputs that wait for their verdict."""
        return len(self._open)

    def equipped(self, beside: "Beside") -> None:
        """The station is open: what there is beside it, and the language that it speaks."""
        self.language = beside.language
        self.paper, self.scanner = beside.paper is not None, beside.scanner is not None
        self.jobs, self.camera = beside.prints is not None, beside.camera is not None

    def words(self, key: str, **params: object) -> str:
        """Return a label in the worker's language."""
        return word(key, self.translations, **params)

    def text(self, message: Message) -> str:
        """Return a message of the flow in the worker's language."""
        return render(message, self.translations)

    def submitted(self, ticket: "Ticket", at: float) -> None:
        """An input went to the station at `at` (seconds of a monotonic clock)."""
        code = self._written(ticket.given)
        self._open[ticket.number] = (code, at)
        self.tape.append(TapeEntry(ticket.number, code))

    def left_aside(self, typed: str) -> None:
        """The last key left this typed text aside, or none: it was no part of the scan behind it."""
        self.aside = typed
        if typed:
            self.tape.append(TapeEntry(None, typed, Severity.WARNING, self.words("ui.aside")))

    def answered(self, ticket: "Ticket | None", reply: "Reply") -> None:
        """A verdict came; without a ticket it is the station's first words."""
        self._take(reply.state)
        text = self.text(reply.message)
        number = ticket.number if ticket else 0
        self.verdict = Verdict(reply.message.severity, text, number)
        self._open.pop(number, None)
        self._stamp(number, reply.message.severity, text)

    def failed(self, error: Exception) -> None:
        """The station is gone: say so from now on; what was not confirmed stays so on the tape."""
        self.dead = True
        self.verdict = Verdict(
            Severity.STOP, self.words("ui.failed", why=str(error).rstrip(".") or type(error).__name__)
        )

    def waited(self, now: float) -> float:
        """For how many seconds the oldest input has waited for its verdict; 0 when none does."""
        return now - min((at for _, at in self._open.values()), default=now)

    def overdue(self, now: float) -> bool:
        """Say what still waits for its verdict; returns whether the verdict changed."""
        if not self._open or self.state is None or self.dead:
            return False
        code, since = next(iter(self._open.values()))
        if now - since < CHECKING_AFTER:
            return False
        late = now - since >= UNCONFIRMED_AFTER
        message = say("station.not_confirmed" if late else "station.checking", code=code)
        verdict = Verdict(Severity.WARNING if late else None, self.text(message))
        changed = verdict != self.verdict
        self.verdict = verdict
        return changed

    def _take(self, state: State) -> None:
        self.translations = translations(state.worker.language if state.worker else self.language)
        self.station, self.state, self.view = state.station, state, look(state)

    def _stamp(self, number: int, severity: Severity, text: str) -> None:
        for place in range(len(self.tape) - 1, -1, -1):
            if self.tape[place].number == number:
                self.tape[place] = replace(self.tape[place], severity=severity, text=text)
                return

    def _written(self, given: str | Command) -> str:
        if isinstance(given, str):
            return given.removeprefix(aim_of(given))
        if given.name is CommandName.CHOICE:
            option = self.view.options[given.argument - 1] if self.view else None
            return f"{given.argument} {self.text(option) if option else ''}".strip()
        return (
            f"[{self.words(f'key.{given.name.value.lower()}')}]"
            if given.name is not CommandName.NEXT
            else "[NEXT]"
        )
