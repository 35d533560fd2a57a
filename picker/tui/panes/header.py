"""The header: who works where on what, and whether the machines are well."""

from collections.abc import Callable, Sequence
from datetime import datetime

from data.cutoff import minutes_left
from picker.flow import Severity
from picker.tui import due
from picker.tui.ink import SHAPES, Ink, Line, Span, fit, width_of
from picker.tui.model import StationModel
from picker.tui.pane import Pane

_PRINTER_INKS = {Severity.OK: Ink.BAR, Severity.INFO: Ink.BAR, Severity.WARNING: Ink.ON_CHECK}
_SOON = 30
"""Minutes before a cut-off from which it is shown as a warning."""
_ROOMY = 60
"""Cells from which a healthy printer has room for its name."""


class Header(Pane):
    """One line; when it is too narrow, what matters least goes first, and how late the order is stays."""

    def __init__(self, model: StationModel, clock: Callable[[], datetime]) -> None:
        super().__init__("header")
        self._model, self._clock = model, clock

    def ground(self) -> Ink:
        return Ink.BAR

    def paint(self, width: int, height: int) -> Sequence[Line]:
        now = self._clock().astimezone()
        right = [
            *self._queue(),
            *self._fault(),
            *self._scanners(),
            *self._printer(width),
            (f" {now:%H:%M} ", Ink.BAR),
        ]
        left: list[Span] = [(f" {self._model.station} ", Ink.ON_INFO)]
        pressing = self._left(now)
        room = width - width_of(left) - width_of(right) - width_of(pressing)
        for span in (*self._people(), *self._due(now)):
            if width_of([span]) > room and room > 8:
                span = (fit(span[0], room), span[1])
            if width_of([span]) <= room:
                left.append(span)
                room -= width_of([span])
        return [[*left, *pressing, (" " * max(0, room), Ink.BAR), *right]]

    def _people(self) -> list[Span]:
        model = self._model
        if model.state is None:
            return []
        worker = model.state.worker.name if model.state.worker else model.words("ui.nobody")
        spans = [(f" {worker} ", Ink.BAR)]
        if model.view and model.view.order:
            spans.append((f" {model.view.order} ", Ink.ON_INFO))
        return spans

    def _due(self, now: datetime) -> list[Span]:
        view = self._model.view
        if view is None or view.due_at is None:
            return [(f" {view.service} ", Ink.BAR)] if view and view.service else []
        words = self._model.words
        when = words("ui.due", time=due.clock(words, view.due_at, now))
        return [(f" {view.service} {when} ", _pressing(view.due_at, now))]

    def _left(self, now: datetime) -> list[Span]:
        view = self._model.view
        if view is None or view.due_at is None:
            return []
        return [(f" {due.left(self._model.words, view.due_at, now)} ", _pressing(view.due_at, now))]

    def _printer(self, width: int) -> list[Span]:
        """The printers that are not ready, each by its name where there are several; else that all are."""
        words, printers = self._model.words, self._model.printers
        unwell = [printer for printer in printers if printer.severity is not Severity.OK]
        unwell.sort(key=lambda printer: printer.severity is not Severity.ERROR)
        if not unwell:
            text = words("ui.printer" if len(printers) == 1 else "ui.printers", count=len(printers))
            return (
                [(f" {SHAPES[Severity.OK]} {text if width >= _ROOMY else ''} ", Ink.BAR)] if printers else []
            )
        spans = []
        for printer in unwell[: max(1, width // _ROOMY)]:
            name = f"{fit(printer.name, 10)}: " if len(printers) > 1 else ""
            text = fit(name + words(f"ui.printer.{printer.health}"), 32)
            ink = _PRINTER_INKS.get(printer.severity, Ink.ON_STOP)
            spans.append((f" {SHAPES[printer.severity]} {text} ", ink))
        more = len(unwell) - len(spans)
        return [*spans, (f" +{more} ", Ink.ON_STOP)] if more else spans

    def _scanners(self) -> list[Span]:
        away = sorted(self._model.scanners_away)
        words = self._model.words("ui.scanner.away", name=away[0] if away else "")
        return [(f" {SHAPES[Severity.WARNING]} {fit(words, 30)} ", Ink.ON_CHECK)] if away else []

    def _fault(self) -> list[Span]:
        words = self._model.words("ui.fault")
        return [(f" {SHAPES[Severity.WARNING]} {words} ", Ink.ON_CHECK)] if self._model.fault else []

    def _queue(self) -> list[Span]:
        model = self._model
        waiting, unsent = sum(printer.waiting for printer in model.printers), model.unconfirmed
        spans = []
        if unsent > 1:
            spans.append((f" {model.words('ui.unsent', count=unsent)} ", Ink.ON_CHECK))
        if waiting:
            spans.append((f" {model.words('ui.queue', count=waiting)} ", Ink.BAR))
        return spans


def _pressing(due_at: datetime, now: datetime) -> Ink:
    minutes = minutes_left(due_at, now)
    return Ink.ON_STOP if minutes < 0 else Ink.ON_CHECK if minutes < _SOON else Ink.BAR
