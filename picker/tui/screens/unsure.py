"""The question after a printer broke off: only the packer can see whether the paper is there."""

import time
from collections.abc import Callable, Sequence

from textual.app import ComposeResult

from picker.services.print_words import printer_trouble
from picker.tui.ink import BLANK, Ink, Line, wrap
from picker.tui.model import StationModel
from picker.tui.pane import Pane
from picker.tui.prints import document_of
from picker.tui.screens.base import KeyScreen
from printing.jobs import Answer, Job

QUIET_SECONDS = 0.8
"""After which a key can be meant for a question that has come up by itself."""
_ANSWERS = {"2": Answer.YES, "3": Answer.PRINT_AGAIN, "4": Answer.TORN}
"""By the digit of their key: F1 is the menu wherever it does anything, so that here it must not mean yes."""


class UnsureScreen(KeyScreen):
    """Stays until answered; scans go on to the station meanwhile, but 2, 3 and 4 with Enter answer it."""

    STAYS = True

    def __init__(
        self, model: StationModel, job: Job, answer: Callable[[Job, Answer], None], *, typing: bool
    ) -> None:
        """`typing` says that an input has begun before the question was asked, so that it is no answer."""
        super().__init__()
        self._model, self.job, self._answer = model, job, answer
        self._typing = typing
        self._asked_at = time.monotonic()

    def compose(self) -> ComposeResult:
        yield _UnsurePane(self._model, self.job)

    def press(self, key: str) -> None:
        """F2 to F4 answer."""
        answer = _ANSWERS.get(key[1:]) if key.startswith("f") else None
        if answer and not self._too_soon:
            self._answer(self.job, answer)

    def takes(self, raw: str) -> bool:
        """A single digit that is an answer closes the question."""
        typed_before, self._typing = self._typing, False
        if raw not in _ANSWERS or typed_before or self._too_soon:
            return False
        self._answer(self.job, _ANSWERS[raw])
        return True

    @property
    def _too_soon(self) -> bool:
        return time.monotonic() - self._asked_at < QUIET_SECONDS


class _UnsurePane(Pane):
    def __init__(self, model: StationModel, job: Job) -> None:
        super().__init__("unsure")
        self._model, self._job = model, job

    def paint(self, width: int, height: int) -> Sequence[Line]:
        words, job = self._model.words, self._job
        title = words(
            "ui.unsure.title",
            printer=job.printer,
            document=document_of(job),
            order=job.order,
            parcel=job.parcel,
        )
        rows: list[Line] = [((f" ▲ {words('ui.unsure')}".ljust(width), Ink.ON_CHECK),), BLANK]
        rows += [((f" {row}", Ink.BOLD),) for row in wrap(title, width - 2, 3)]
        rows += [((f" {row}", Ink.DIM),) for row in wrap(words("ui.unsure.why"), width - 2, 2)]
        fault = printer_trouble(job.detail)
        told = self._model.text(fault) if fault else ""
        rows += [((f" {row}", Ink.DIM),) for row in wrap(told, width - 2, 2)] if height >= 20 else []
        loose = height >= 12 + len(rows)
        for number, answer in _ANSWERS.items():
            rows += [BLANK] if loose or number == "2" else []
            folded = wrap(words(f"ui.unsure.{answer.value}"), width - 12, 2)
            rows.append(
                ((f"  {number} ", Ink.ON_CHECK), (f" {folded[0]}", Ink.BOLD), (f"  F{number}", Ink.DIM))
            )
            rows += [(("     " + row, Ink.BOLD),) for row in folded[1:]]
        return rows
