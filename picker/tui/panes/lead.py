"""What the shift lead sees: first whatever will be missed or is blocked, then the tables behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from picker.flow import Severity
from picker.tui import due
from picker.tui.glyphs import LOW, TALL, large
from picker.tui.ink import BANDS, BLANK, SHAPES, Ink, Line, beside, centred, ends, width_of, wrap
from picker.tui.pane import Pane
from picker.tui.panes.lead_sections import (
    Reader,
    cutoffs,
    exceptions,
    natural,
    outputs,
    printer_words,
    printers,
    stacked,
    stations,
)

if TYPE_CHECKING:
    from picker.services.reports.types import CutOff, LeadReport

_WIDE = 110
"""Cells from which there are two columns."""
_WHOLE = 12
"""Rows that the words of an exception take at most where it is told whole."""


@dataclass(slots=True)
class LeadModel:
    """The last report, and why there is no newer one ("" while all is well); whether campaigns can be opened."""

    report: "LeadReport | None" = None
    trouble: str = ""
    campaigns: bool = False
    said: Reader = field(default_factory=Reader)


class LeadHead(Pane):
    """One line: how old the figures are."""

    def __init__(self, model: LeadModel) -> None:
        super().__init__("lead-head")
        self._model = model

    def ground(self) -> Ink:
        return Ink.BAR

    def paint(self, width: int, height: int) -> Sequence[Line]:
        report, trouble, said = self._model.report, self._model.trouble, self._model.said
        if report is None:
            return [((f" {trouble or said('ui.lead.loading')}", Ink.BAR),)]
        time = f"{report.at.astimezone():%H:%M:%S}"
        left: Line = ((f" {said('ui.lead.head', since=_clock(report.since))} ", Ink.ON_INFO),)
        if trouble:
            return [(*left, (f" {said('ui.lead.failed', time=time, why=trouble)} ", Ink.ON_STOP))]
        long = "ui.lead.keys_campaigns" if self._model.campaigns else "ui.lead.keys"
        headings = (
            f"{said('ui.lead.at', time=time)}   {said(long)} ",
            f"{said(long)} ",
            said("ui.lead.keys_short"),
        )
        rights: list[Line] = [((text, Ink.BAR),) for text in headings]
        right = next((one for one in rights if width_of(left) + width_of(one) < width), BLANK)
        return [ends(left, right, width, Ink.BAR)]


class LeadBand(Pane):
    """The five seconds: the word, the number, and the cut-offs or stations it is about."""

    def __init__(self, model: LeadModel) -> None:
        super().__init__("lead-band")
        self._model = model

    def ground(self) -> Ink:
        report = self._model.report
        return BANDS[_state(report, self._model.said)[0]] if report else Ink.ON_INFO

    def paint(self, width: int, height: int) -> Sequence[Line]:
        report = self._model.report
        if report is None:
            return []
        severity, sign, sentences = _state(report, self._model.said)
        ink = BANDS[severity]
        text = f"{SHAPES[severity]} {sign}"
        drawn = large(text, TALL if height >= TALL + 2 else LOW, width // 2) if width >= 60 else None
        block = drawn or (text,)
        left = max(len(row) for row in block) + 6
        folded = [row for sentence in sentences for row in wrap(sentence, width - left - 1, 2)]
        if len(folded) > height:
            folded = [*folded[: height - 1], f"+{len(folded) - height + 1}"]
        return beside(
            centred([((f"  {row}", ink),) for row in block], height),
            centred([((row, ink),) for row in folded], height),
            left,
            ink,
        )


class LeadTables(Pane):
    """Cut-offs, stations, output and exceptions; a wide screen has columns above the exceptions."""

    def __init__(self, model: LeadModel) -> None:
        super().__init__("lead-tables")
        self._model = model

    def paint(self, width: int, height: int) -> Sequence[Line]:
        report = self._model.report
        if report is None:
            return []
        laid_out = _wide if width >= _WIDE else _narrow
        rows = laid_out(report, width - 2, height, self._model.said)
        return [((" ", Ink.PLAIN), *row) for row in rows]


def everything(report: "LeadReport", width: int, said: Reader) -> list[Line]:
    """Return all tables uncut and every exception in whole sentences, for a screen that scrolls."""
    inner = width - 2
    sections = [part(report, inner, said) for part in (cutoffs, stations, printers, outputs)]
    sections.insert(0, exceptions(report, inner, said, _WHOLE))
    rows = stacked(sections, inner, natural(sections), said)
    return [((" ", Ink.PLAIN), *row) for row in rows]


def _narrow(report: "LeadReport", width: int, height: int, said: Reader) -> list[Line]:
    parts = (cutoffs, stations, printers, exceptions, outputs)
    return stacked([part(report, width, said) for part in parts], width, height, said)


def _wide(report: "LeadReport", width: int, height: int, said: Reader) -> list[Line]:
    half = width // 2
    left = [cutoffs(report, half - 2, said), outputs(report, half - 2, said)]
    right = [stations(report, width - half, said), printers(report, width - half, said)]
    below = [exceptions(report, width, said)]
    above = min(max(natural(left), natural(right)), height - min(natural(below), height // 3) - 1)
    above = max(above, min(height - 2 * natural(below) - 1, 2 * max(natural(left), natural(right))))
    top = beside(
        stacked(left, half - 2, above, said), stacked(right, width - half, above, said), half, Ink.PLAIN
    )
    return [*top, BLANK, *stacked(below, width, height - len(top) - 1, said)]


def _state(report: "LeadReport", said: Reader) -> tuple[Severity, str, list[str]]:
    """The band's colour, its sign, and the sentences that explain it."""
    missed = sorted((c for c in report.cutoffs if c.missed), key=lambda one: one.late_since or one.at)
    blocked = [s for s in report.stations if s.blocked]
    reasons = [
        said("ui.lead.station_blocked", station=s.station, why=said.told(s.blocked_message, s.blocked))
        for s in blocked
    ]
    stuck = [printer for printer in report.printers if not printer.well]
    reasons += [
        said("ui.lead.printer_stuck", station=p.station, printer=p.printer, why=printer_words(p, said))
        for p in stuck
    ]
    if missed:
        late = [sentence for cutoff in missed for sentence in _missed(cutoff, report.at, said)]
        total = sum(cutoff.missed or 0 for cutoff in missed)
        return Severity.STOP, said("ui.lead.late", count=total), late + reasons
    if reasons:
        return Severity.WARNING, said("ui.lead.blocked"), reasons
    if any(cutoff.missed is None for cutoff in report.cutoffs):
        return Severity.INFO, said("ui.lead.no_pace"), [said("ui.lead.pace_unknown")]
    if report.pace_per_hour is None:
        return Severity.OK, said("ui.lead.in_time"), [said("ui.lead.nothing_due")]
    pace = f"{report.pace_per_hour:g}"
    sentences = [said("ui.lead.pace_now", pace=pace), said("ui.lead.all_in_time")]
    return Severity.OK, said("ui.lead.in_time"), sentences


def _missed(cutoff: "CutOff", now: datetime, said: Reader) -> list[str]:
    """The orders that are late already, and those that will be."""
    missed = []
    if cutoff.late_since:
        since = due.clock(said, cutoff.late_since, now)
        missed.append(said("ui.lead.missed_since", count=cutoff.late, service=cutoff.service, time=since))
    if coming := (cutoff.missed or 0) - cutoff.late:
        missed.append(said("ui.lead.missed", count=coming, service=cutoff.service, time=_clock(cutoff.at)))
    return missed


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"
