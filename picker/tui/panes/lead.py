"""What the shift lead sees: first whatever will be missed or is blocked, then the tables behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from picker.flow import Severity
from picker.locale.messages import word
from picker.tui import due
from picker.tui.glyphs import LOW, TALL, large
from picker.tui.ink import BANDS, BLANK, SHAPES, Ink, Line, beside, centred, ends, width_of, wrap
from picker.tui.pane import Pane
from picker.tui.panes.lead_sections import cutoffs, exceptions, natural, outputs, printers, stacked, stations

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


class LeadHead(Pane):
    """One line: how old the figures are."""

    def __init__(self, model: LeadModel) -> None:
        super().__init__("lead-head")
        self._model = model

    def ground(self) -> Ink:
        return Ink.BAR

    def paint(self, width: int, height: int) -> Sequence[Line]:
        report, trouble = self._model.report, self._model.trouble
        if report is None:
            return [((f" {trouble or word('ui.lead.loading')}", Ink.BAR),)]
        time = f"{report.at.astimezone():%H:%M:%S}"
        left: Line = ((f" {word('ui.lead.head', since=_clock(report.since))} ", Ink.ON_INFO),)
        if trouble:
            return [(*left, (f" {word('ui.lead.failed', time=time, why=trouble)} ", Ink.ON_STOP))]
        long = "ui.lead.keys_campaigns" if self._model.campaigns else "ui.lead.keys"
        headings = (
            f"{word('ui.lead.at', time=time)}   {word(long)} ",
            f"{word(long)} ",
            word("ui.lead.keys_short"),
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
        return BANDS[_state(report)[0]] if report else Ink.ON_INFO

    def paint(self, width: int, height: int) -> Sequence[Line]:
        report = self._model.report
        if report is None:
            return []
        severity, sign, sentences = _state(report)
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
        rows = _wide(report, width - 2, height) if width >= _WIDE else _narrow(report, width - 2, height)
        return [((" ", Ink.PLAIN), *row) for row in rows]


def everything(report: "LeadReport", width: int) -> list[Line]:
    """Return all tables uncut and every exception in whole sentences, for a screen that scrolls."""
    inner = width - 2
    sections = [part(report, inner) for part in (cutoffs, stations, printers, outputs)]
    sections.insert(0, exceptions(report, inner, _WHOLE))
    rows = stacked(sections, inner, natural(sections))
    return [((" ", Ink.PLAIN), *row) for row in rows]


def _narrow(report: "LeadReport", width: int, height: int) -> list[Line]:
    parts = (cutoffs, stations, printers, exceptions, outputs)
    return stacked([part(report, width) for part in parts], width, height)


def _wide(report: "LeadReport", width: int, height: int) -> list[Line]:
    half = width // 2
    left = [cutoffs(report, half - 2), outputs(report, half - 2)]
    right = [stations(report, width - half), printers(report, width - half)]
    below = [exceptions(report, width)]
    above = min(max(natural(left), natural(right)), height - min(natural(below), height // 3) - 1)
    above = max(above, min(height - 2 * natural(below) - 1, 2 * max(natural(left), natural(right))))
    top = beside(stacked(left, half - 2, above), stacked(right, width - half, above), half, Ink.PLAIN)
    return [*top, BLANK, *stacked(below, width, height - len(top) - 1)]


def _state(report: "LeadReport") -> tuple[Severity, str, list[str]]:
    """The band's colour, its sign, and the sentences that explain it."""
    missed = sorted((c for c in report.cutoffs if c.missed), key=lambda one: one.late_since or one.at)
    blocked = [s for s in report.stations if s.blocked]
    reasons = [word("ui.lead.station_blocked", station=s.station, why=s.blocked) for s in blocked]
    stuck = [printer for printer in report.printers if not printer.well]
    reasons += [
        word("ui.lead.printer_stuck", station=p.station, printer=p.printer, why=p.summary) for p in stuck
    ]
    if missed:
        late = [sentence for cutoff in missed for sentence in _missed(cutoff, report.at)]
        total = sum(cutoff.missed or 0 for cutoff in missed)
        return Severity.STOP, word("ui.lead.late", count=total), late + reasons
    if reasons:
        return Severity.WARNING, word("ui.lead.blocked"), reasons
    if any(cutoff.missed is None for cutoff in report.cutoffs):
        return Severity.INFO, word("ui.lead.no_pace"), [word("ui.lead.pace_unknown")]
    if report.pace_per_hour is None:
        return Severity.OK, word("ui.lead.in_time"), [word("ui.lead.nothing_due")]
    pace = f"{report.pace_per_hour:g}"
    sentences = [word("ui.lead.pace_now", pace=pace), word("ui.lead.all_in_time")]
    return Severity.OK, word("ui.lead.in_time"), sentences


def _missed(cutoff: "CutOff", now: datetime) -> list[str]:
    """The orders that are late already, and those that will be."""
    missed = []
    if cutoff.late_since:
        since = due.clock(word, cutoff.late_since, now)
        missed.append(word("ui.lead.missed_since", count=cutoff.late, service=cutoff.service, time=since))
    if coming := (cutoff.missed or 0) - cutoff.late:
        missed.append(word("ui.lead.missed", count=coming, service=cutoff.service, time=_clock(cutoff.at)))
    return missed


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"
