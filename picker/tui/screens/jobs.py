"""The job list: what this station has printed, and what a person decides about a job."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult

from data.types import PrintJobState
from picker.flow import Message, Severity, say
from picker.flow.dialogs import REPRINT
from picker.flow.messages import reason as reason_words
from picker.locale.translations import english
from picker.services.print_words import printer_trouble
from picker.tui.ink import BLANK, INKS, SHAPES, Ink, Line, ends, fit, pad, wrap
from picker.tui.model import StationModel
from picker.tui.pane import Pane
from picker.tui.prints import PrintDecisions, job_name
from picker.tui.screens.base import KeyScreen

if TYPE_CHECKING:
    from printing.jobs import Job

EVERY = 1.0
"""Seconds between two readings of the list."""
_SEVERITIES: dict[str, Severity] = {
    PrintJobState.PRINTED: Severity.OK,
    PrintJobState.VERIFIED: Severity.OK,
    PrintJobState.SENT: Severity.OK,
    PrintJobState.UNSURE: Severity.WARNING,
    PrintJobState.FAILED: Severity.ERROR,
}
_DECISIONS = {"f6": "lost", "f9": "cancel"}


class JobsScreen(KeyScreen):
    """Newest first. A decision about the chosen job that needs a reason or a lead asks for it in place."""

    def __init__(self, model: StationModel, prints: PrintDecisions) -> None:
        super().__init__()
        self._model, self._prints = model, prints
        self._pane = _JobsPane(model)

    def compose(self) -> ComposeResult:
        yield self._pane

    def on_mount(self) -> None:
        """Read the list now and again."""
        self._load()
        self.set_interval(EVERY, self._load)

    def press(self, key: str) -> None:
        """Choose, decide, answer, or go back."""
        pane = self._pane
        if key == "escape" and pane.asks:
            pane.ask("")
        elif key in ("escape", "f1") and not pane.asks:
            self.app.pop_screen()
        elif pane.asks == "reason":
            self._take_reason(key.removeprefix("f"))
        elif key in ("up", "down", "pageup", "pagedown"):
            step = 1 if key in ("up", "down") else max(1, self.size.height - 6)
            pane.choose(step if key in ("down", "pagedown") else -step)
        elif key == "f5" and pane.job is not None:
            pane.ask("reason")
        elif key in _DECISIONS and pane.job is not None:
            self._decide(pane.job, _DECISIONS[key], "", self._worker)

    def takes(self, raw: str) -> bool:
        """An answer to what the list asks; any other scan goes to the station and closes the list."""
        if self._pane.asks == "reason":
            return self._take_reason(raw)
        if self._pane.asks == "lead" and self._pane.job is not None:
            self._reprint(self._pane.job, self._pane.reason, raw)
            return True
        return False

    def _take_reason(self, digit: str) -> bool:
        job = self._pane.job
        if job is None or not digit.isdecimal() or not 1 <= int(digit) <= len(REPRINT):
            return False
        self._pane.reason = REPRINT[int(digit) - 1]
        if self._prints.wants_lead:
            self._pane.ask("lead")
        else:
            self._decide(job, "reprint", self._pane.reason, self._worker)
        return True

    @property
    def _worker(self) -> str:
        state = self._model.state
        return state.worker.id if state is not None and state.worker is not None else self._model.station

    @work(exit_on_error=False)
    async def _reprint(self, job: "Job", reason: str, badge: str) -> None:
        lead = await asyncio.to_thread(self._prints.lead, badge)
        if lead:
            self._decide(job, "reprint", reason, lead)
        else:
            self._pane.tell(self._model.words("ui.jobs.no_lead"))

    @work(exit_on_error=False)
    async def _decide(self, job: "Job", action: str, reason: str, by: str) -> None:
        done = await asyncio.to_thread(self._prints.decide, job.id, action, reason, by)
        self._pane.ask("")
        told = f"ui.jobs.done.{action}" if done else "ui.jobs.refused"
        self._pane.tell(self._model.words(told, job=job_name(job)))
        self._load()

    @work(exclusive=True, group="load", exit_on_error=False)
    async def _load(self) -> None:
        self._pane.show(await asyncio.to_thread(self._prints.jobs))


class _JobsPane(Pane):
    def __init__(self, model: StationModel) -> None:
        super().__init__("jobs")
        self._model = model
        self._jobs: Sequence[Job] | None = None
        self._chosen = ""
        self._told = ""
        self.asks, self.reason = "", ""

    @property
    def job(self) -> "Job | None":
        """The chosen job; a list that grows at its top doesn't change it."""
        jobs = self._jobs or ()
        return next((job for job in jobs if job.id == self._chosen), jobs[0] if jobs else None)

    def show(self, jobs: "Sequence[Job]") -> None:
        self._jobs = jobs
        self.changed()

    def choose(self, rows: int) -> None:
        jobs, job = self._jobs or (), self.job
        if job is not None:
            place = max(0, min(len(jobs) - 1, jobs.index(job) + rows))
            self._chosen, self._told = jobs[place].id, ""
            self.changed()

    def ask(self, what: str) -> None:
        """Ask for the "reason" of a reprint or for a "lead", or for nothing any more."""
        self._chosen = self.job.id if self.job is not None else ""
        self.asks, self._told = what, ""
        self.changed()

    def tell(self, words: str) -> None:
        self._told = words
        self.changed()

    def paint(self, width: int, height: int) -> Sequence[Line]:
        words = self._model.words
        head = ends(
            ((f" {words('ui.jobs')} ", Ink.ON_INFO),), ((f"{words('ui.jobs.close')} ", Ink.DIM),), width
        )
        foot = self._foot(width)
        room = max(1, height - 2 - len(foot))
        return [head, *self._list(width, room), BLANK, *foot]

    def _list(self, width: int, room: int) -> list[Line]:
        jobs, job = self._jobs, self.job
        if jobs is None or job is None:
            empty = "…" if jobs is None else self._model.words("ui.jobs.none")
            return [((f" {empty}", Ink.BOLD),), *[BLANK] * (room - 1)]
        top = max(0, min(jobs.index(job) - room // 2, len(jobs) - room))
        rows = [self._row(one, width, chosen=one is job) for one in jobs[top : top + room]]
        return [*rows, *[BLANK] * (room - len(rows))]

    def _row(self, job: "Job", width: int, *, chosen: bool) -> Line:
        severity = _SEVERITIES.get(job.state.value, Severity.INFO)
        state = self._model.words(f"ui.job.{job.state.value}")
        room = width - 30
        return (
            ("▶" if chosen else " ", Ink.CHECK),
            (f"{job.taken_at.astimezone():%H:%M} ", Ink.DIM),
            (pad(self._model.text(job_name(job)), room), Ink.BOLD if chosen else Ink.PLAIN),
            (f" {SHAPES[severity]} ", INKS[severity]),
            (fit(state, 19), INKS[severity]),
        )

    def _said(self, told: Message | str | None) -> str:
        return self._model.text(told) if isinstance(told, Message) else told or ""

    def _notes(self, job: "Job") -> list[str]:
        """What the paper doesn't show as meant, each as `kind: text` on the job."""
        notes = []
        for note in filter(None, job.notes.split("; ")):
            kind, colon, text = note.partition(": ")
            key = f"ui.note.{kind}"
            notes.append(f"{self._model.words(key)}: {text}" if colon and key in english() else note)
        return notes

    def _foot(self, width: int) -> list[Line]:
        """What is known of the chosen job, then what can be done or is asked."""
        job, words = self.job, self._model.words
        if job is None:
            return []
        told = (printer_trouble(job.detail), reason_words(job.reason))
        facts = [job.printer, *map(self._said, told), *self._notes(job)]
        about = wrap("; ".join(fact for fact in facts if fact), width - 2, 2)
        rows: list[Line] = [((f" {row}", Ink.PLAIN),) for row in about]
        rows += [((f" {row}", Ink.CHECK),) for row in wrap(self._told, width - 2, 2)]
        if self.asks == "reason":
            rows.append(((f" {fit(words('ui.jobs.why', job=job_name(job)), width - 1)}", Ink.ON_CHECK),))
            reasons = [self._model.text(say(f"reason.{reason}")) for reason in REPRINT]
            rows += [((f"  F{number} {reason}", Ink.BOLD),) for number, reason in enumerate(reasons, 1)]
        elif self.asks == "lead":
            rows.append(((f" {fit(words('ui.jobs.lead'), width - 1)}", Ink.ON_CHECK),))
        else:
            rows += [((f" {row}", Ink.DIM),) for row in wrap(words("ui.jobs.keys"), width - 2, 2)]
        return rows
