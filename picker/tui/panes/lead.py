"""What the shift lead sees: first whatever will be missed or is blocked, then the tables behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from picker.flow import Severity
from picker.tui.glyphs import LOW, TALL, large
from picker.tui.ink import BANDS, BLANK, INKS, SHAPES, Ink, Line, beside, centred, ends, fit, pad, wrap
from picker.tui.pane import Pane
from picker.tui.words import word

if TYPE_CHECKING:
    from picker.services.reports import CutOff, LeadReport, OpenException, Output, PrinterReport, StationNow

_QUIET = 10
"""Minutes without an event from which a station with an order in hand is shown as a warning."""


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
        keys = word("ui.lead.keys_campaigns" if self._model.campaigns else "ui.lead.keys")
        right: Line = ((f"{word('ui.lead.at', time=time)}   {keys} ", Ink.BAR),)
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
    """Cut-offs, stations, output and exceptions; in two columns when the screen is wide."""

    def __init__(self, model: LeadModel) -> None:
        super().__init__("lead-tables")
        self._model = model

    def paint(self, width: int, height: int) -> Sequence[Line]:
        report = self._model.report
        if report is None:
            return []
        inner = width - 2
        if width >= 110:
            half = inner // 2
            left = _stacked([_cutoffs(report, half - 2), _outputs(report, half - 2)], height)
            other = inner - half
            sections = [_stations(report, other), _printers(report, other), _exceptions(report, other)]
            right = _stacked(sections, height)
            rows = beside(left, right, half, Ink.PLAIN)
        else:
            sections = [
                _cutoffs(report, inner),
                _stations(report, inner),
                _printers(report, inner),
                _exceptions(report, inner),
                _outputs(report, inner),
            ]
            rows = _stacked(sections, height)
        return [BLANK] * (height > len(rows)) + [((" ", Ink.PLAIN), *row) for row in rows]


def _state(report: "LeadReport") -> tuple[Severity, str, list[str]]:
    """The band's colour, its sign, and the sentences that explain it."""
    missed = sorted((c for c in report.cutoffs if c.missed), key=lambda cutoff: cutoff.at)
    blocked = [s for s in report.stations if s.blocked]
    reasons = [word("ui.lead.station_blocked", station=s.station, why=s.blocked) for s in blocked]
    stuck = [printer for printer in report.printers if not printer.well]
    reasons += [
        word("ui.lead.printer_stuck", station=p.station, printer=p.printer, why=p.told) for p in stuck
    ]
    if missed:
        late = [word("ui.lead.missed", count=c.missed, service=c.service, time=_clock(c.at)) for c in missed]
        total = sum(cutoff.missed or 0 for cutoff in missed)
        return Severity.STOP, word("ui.lead.late", count=total), late + reasons
    if reasons:
        return Severity.WARNING, word("ui.lead.blocked"), reasons
    if any(cutoff.missed is None for cutoff in report.cutoffs):
        return Severity.INFO, word("ui.lead.no_pace"), [word("ui.lead.pace_unknown")]
    pace = f"{report.pace_per_hour or 0:g}"
    return Severity.OK, word("ui.lead.in_time"), [word("ui.lead.all_in_time", pace=pace)]


def _cutoffs(report: "LeadReport", width: int) -> list[Line]:
    ordered = sorted(report.cutoffs, key=lambda cutoff: (not cutoff.missed, cutoff.at))
    rows = [_cutoff(cutoff, report.at, width) for cutoff in ordered]
    return _section("cutoffs", rows, width, word("ui.lead.cutoffs.columns"))


def _cutoff(cutoff: "CutOff", now: datetime, width: int) -> Line:
    severity = Severity.INFO if cutoff.missed is None else Severity.STOP if cutoff.missed else Severity.OK
    ink = {Severity.STOP: Ink.STOP, Severity.OK: Ink.OK}.get(severity, Ink.DIM)
    minutes = int((cutoff.at - now).total_seconds() // 60)
    left = word("ui.left", minutes=minutes) if minutes >= 0 else word("ui.late", minutes=-minutes)
    start: Line = (
        (f"{SHAPES[severity]} ", ink),
        (f"{_clock(cutoff.at)} ", Ink.BOLD),
        (pad(cutoff.service, 10), Ink.BOLD),
        (f" {pad(left, 9, right=True)}", ink),
        (f"  {word('ui.lead.late', count=cutoff.missed)}" if cutoff.missed else "", Ink.STOP),
    )
    counts = f"{cutoff.waiting + cutoff.parked}/{cutoff.in_work}/{cutoff.closed}"
    return ends(start, ((counts, Ink.PLAIN),), width)


def _stations(report: "LeadReport", width: int) -> list[Line]:
    ordered = sorted(report.stations, key=lambda station: (not station.blocked, station.station))
    return _section("stations", [_station(station, width) for station in ordered], width)


def _station(station: "StationNow", width: int) -> Line:
    who = station.worker_name or word("ui.nobody")
    start: Line = ((pad(station.station, 8), Ink.BOLD), (f" {pad(who, 16)} ", Ink.PLAIN))
    room = width - 26
    if station.blocked:
        return (("■ ", Ink.STOP), *start, (fit(station.blocked, room - 2), Ink.STOP))
    idle = station.idle_s // 60
    slow = bool(station.order) and idle >= _QUIET
    what = station.order or word("ui.lead.no_order")
    if station.since:
        what += " " + word("ui.lead.since", time=_clock(station.since))
    if slow:
        what += ", " + word("ui.lead.idle", minutes=idle)
    shape = ("▲ ", Ink.CHECK) if slow else ("✔ ", Ink.OK) if station.order else ("● ", Ink.DIM)
    return (shape, *start, (fit(what, room - 2), Ink.CHECK if slow else Ink.PLAIN))


def _printers(report: "LeadReport", width: int) -> list[Line]:
    return _section("printers", [_printer(printer, width) for printer in report.printers], width)


def _printer(printer: "PrinterReport", width: int) -> Line:
    severity = Severity.ERROR if not printer.well else Severity.WARNING if printer.silent_s else Severity.OK
    start: Line = ((pad(printer.station, 8), Ink.BOLD), (f" {pad(printer.printer, 10)} ", Ink.PLAIN))
    words = fit(printer.told, width - 22)
    return ((f"{SHAPES[severity]} ", INKS[severity]), *start, (words, INKS[severity]))


def _outputs(report: "LeadReport", width: int) -> list[Line]:
    rows = [_output(output, width) for output in report.workers]
    total = [_output(report.total, width)] if len(report.workers) > 1 else []
    return _section("pace", total + rows, width, word("ui.lead.pace.columns"))


def _output(output: "Output", width: int) -> Line:
    rates = (output.units_per_hour, output.lines_per_hour, output.orders_per_hour)
    per_hour = " / ".join("–" if rate is None else f"{rate:.0f}" for rate in rates)
    ink = Ink.PLAIN if output.worker else Ink.BOLD
    return ends(((fit(output.name or word("ui.lead.all"), width - 24), ink),), ((per_hour, ink),), width)


def _exceptions(report: "LeadReport", width: int) -> list[Line]:
    counts = ", ".join(f"{count} {kind}" for kind, count in report.exception_counts.items())
    return _section("exceptions", [_exception(found, width) for found in report.exceptions], width, counts)


def _exception(found: "OpenException", width: int) -> Line:
    age = word("ui.lead.minutes", minutes=found.age_s // 60)
    number = str(found.number or "")
    start: Line = (
        (f"{number:>4} ", Ink.DIM),
        (f"{pad(found.order, 10)} ", Ink.BOLD),
        (fit(found.words, width - 18 - len(age)), Ink.PLAIN),
    )
    return ends(start, ((age, Ink.DIM),), width)


def _section(name: str, rows: list[Line], width: int, note: str = "") -> list[Line]:
    head = ends(((word(f"ui.lead.{name}"), Ink.CHECK),), ((fit(note, width - 24), Ink.DIM),), width)
    return [head, *(rows or [((word("ui.lead.none"), Ink.DIM),)])]


def _stacked(sections: list[list[Line]], height: int) -> list[Line]:
    """The sections one above the other; when they are too long, the longest give way first."""
    room = height - (len(sections) - 1)
    sizes = [len(section) for section in sections]
    while sum(sizes) > room and max(sizes) > 2:
        sizes[sizes.index(max(sizes))] -= 1
    rows: list[Line] = []
    for section, size in zip(sections, sizes, strict=True):
        rows += [*section[:size], BLANK]
    return rows[: min(height, len(rows) - 1)]


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"
