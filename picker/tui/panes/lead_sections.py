"""The lead's tables as sections of rows, what presses most first in each; cut, they say how much is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.cutoff import minutes_left
from picker.flow import Severity
from picker.locale.messages import Message, render, word
from picker.locale.translations import Translations
from picker.tui import due
from picker.tui.ink import BLANK, INKS, SHAPES, Ink, Line, ends, fit, pad, width_of, wrap
from printing.health import HEALTH_WORDS, Health

if TYPE_CHECKING:
    from datetime import datetime

    from picker.services.reports.types import (
        CutOff,
        LeadReport,
        OpenException,
        Output,
        PrinterReport,
        StationNow,
    )

_QUIET = 10
"""Minutes without an event from which a station with an order in hand is shown as a warning."""


_KEPT = 4
"""Exceptions that give way after everything that is well."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever reads the screen, and the language of their words; English without one."""

    translations: Translations | None = None

    def __call__(self, key: str, **params: object) -> str:
        """Return a label."""
        return word(key, self.translations, **params)

    def told(self, message: Message | None, english: str) -> str:
        """Return what is reported: as a message, or as it came."""
        return render(message, self.translations).strip() if message else english


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows; the first `pressing` rows are the last to give way."""

    name: str
    rows: Sequence[Line]
    note: str = ""
    pressing: int = 0

    def lines(self, size: int, width: int, said: Reader, *, spaced: bool = False) -> list[Line]:
        """Return the heading and `size` rows, `spaced` with a blank line between them."""
        hidden = len(self.rows) - size
        left: Line = ((said(f"ui.lead.{self.name}"), Ink.CHECK),)
        if hidden > 0:
            left = (*left, (f"  {said('ui.lead.more', count=hidden)} (F3)", Ink.STOP))
        room = width - width_of(left) - 1
        head = ends(left, ((fit(self.note, room), Ink.DIM),) if room > 8 else BLANK, width)
        rows = [*(self.rows or [((said("ui.lead.none"), Ink.DIM),)])][:size]
        if spaced:
            rows = [row for pair in zip(rows, [BLANK] * len(rows), strict=True) for row in pair][:-1]
        return [head, *rows]


def stacked(sections: Sequence[Section], width: int, height: int, said: Reader) -> list[Line]:
    """Return sections one above the other: airy where there is room, and where there is too little
    cut from the end of those with most rows that do not press.
    """
    sizes = [max(1, len(section.rows)) for section in sections]
    heads = len(sections)
    spaced = sum(2 * size for size in sizes) + heads - 1 <= height
    gap = [BLANK] if sum(sizes) + 2 * heads - 1 <= height else []
    while sum(sizes) + heads > height and any(sizes):
        spare = [_spare(section, size) for section, size in zip(sections, sizes, strict=True)]
        sizes[spare.index(max(spare))] -= 1
    rows: list[Line] = []
    for section, size in zip(sections, sizes, strict=True):
        rows += [*section.lines(size, width, said, spaced=spaced), *gap]
    return rows[: len(rows) - len(gap)][:height]


def _spare(section: Section, size: int) -> tuple[bool, int, int]:
    """How well a section of `size` rows can do without its last: every one keeps a row while others have spare."""
    return size > max(1, section.pressing), size - section.pressing, size


def natural(sections: Sequence[Section]) -> int:
    """Return the lines that sections take uncut."""
    return sum(max(1, len(section.rows)) + 2 for section in sections) - 1


def cutoffs(report: "LeadReport", width: int, said: Reader) -> Section:
    """Return the cut-offs, those that will be missed first."""
    ordered = sorted(report.cutoffs, key=lambda one: (not one.missed, one.late_since or one.at))
    rows = [_cutoff(cutoff, report.at, width, said) for cutoff in ordered]
    missed = sum(bool(cutoff.missed) for cutoff in ordered)
    return Section("cutoffs", rows, said("ui.lead.cutoffs.columns"), missed)


def _cutoff(cutoff: "CutOff", now: "datetime", width: int, said: Reader) -> Line:
    severity = Severity.INFO if cutoff.missed is None else Severity.STOP if cutoff.missed else Severity.OK
    ink = {Severity.STOP: Ink.STOP, Severity.OK: Ink.OK}.get(severity, Ink.DIM)
    left = due.left(said, cutoff.at, now)
    start: Line = (
        (f"{SHAPES[severity]} ", ink),
        (f"{due.clock(said, cutoff.at, cutoff.at)} ", Ink.BOLD),
        (pad(cutoff.service, 10), Ink.BOLD),
        (f" {pad(left, max(7, width_of(((left, ink),))), right=True)}", ink),
        (f"  {_missed(cutoff, now, said)}" if cutoff.missed else "", Ink.STOP),
    )
    counts = f"{cutoff.waiting}/{cutoff.in_work}/{cutoff.parked}/{cutoff.closed}"
    return ends(start, ((counts, Ink.PLAIN),), width)


def _missed(cutoff: "CutOff", now: "datetime", said: Reader) -> str:
    if cutoff.late_since is None:
        return said("ui.lead.late", count=cutoff.missed)
    minutes = -minutes_left(cutoff.late_since, now)
    return said("ui.lead.late_by", count=cutoff.missed, span=due.span(said, minutes))


def stations(report: "LeadReport", width: int, said: Reader) -> Section:
    """Return the stations, blocked ones first."""
    ordered = sorted(report.stations, key=lambda station: (not station.blocked, station.station))
    rows = [_station(station, report.at, width, said) for station in ordered]
    return Section("stations", rows, "", sum(bool(station.blocked) for station in ordered))


def _station(station: "StationNow", now: "datetime", width: int, said: Reader) -> Line:
    who = station.worker_name or said("ui.nobody")
    start: Line = ((pad(station.station, 8), Ink.BOLD), (f" {pad(who, 16)} ", Ink.PLAIN))
    room = width - 26
    if station.blocked:
        return (
            ("■ ", Ink.STOP),
            *start,
            (fit(said.told(station.blocked_message, station.blocked), room - 2), Ink.STOP),
        )
    idle = station.idle_s // 60
    slow = bool(station.order) and idle >= _QUIET
    what = station.order or said("ui.lead.no_order")
    if station.since:
        what += " " + said("ui.lead.since", time=due.clock(said, station.since, now))
    if slow:
        what += ", " + said("ui.lead.idle", span=due.span(said, idle))
    shape = ("▲ ", Ink.CHECK) if slow else ("✔ ", Ink.OK) if station.order else ("● ", Ink.DIM)
    return (shape, *start, (fit(what, room - 2), Ink.CHECK if slow else Ink.PLAIN))


def printers(report: "LeadReport", width: int, said: Reader) -> Section:
    """Return the printers, as the report orders them: those that need a person first."""
    rows = [_printer(printer, width, said) for printer in report.printers]
    return Section("printers", rows, "", sum(not printer.well for printer in report.printers))


def _printer(printer: "PrinterReport", width: int, said: Reader) -> Line:
    severity = Severity.ERROR if not printer.well else Severity.WARNING if printer.silent_s else Severity.OK
    start: Line = ((pad(printer.station, 8), Ink.BOLD), (f" {pad(printer.printer, 10)} ", Ink.PLAIN))
    words = fit(printer_words(printer, said), width - 22)
    return ((f"{SHAPES[severity]} ", INKS[severity]), *start, (words, INKS[severity]))


def printer_words(printer: "PrinterReport", said: Reader) -> str:
    """Return how a printer is, what waits for it, and for how long; what its driver said beyond that stays as it is."""
    state = said(f"ui.lead.printer.{printer.health}")
    detail = printer.words.removeprefix(HEALTH_WORDS[Health(printer.health)]).strip(" :,;")
    if detail:
        state = said("ui.lead.printer_detail", state=state, detail=detail)
    if not printer.well:
        state = said("ui.lead.printer_since", state=state, span=due.span(said, printer.for_s // 60))
    parts = [state]
    parts += [said("ui.lead.printer_waiting", count=printer.waiting)] if printer.waiting else []
    parts += [said("ui.lead.printer_unsure", count=printer.unsure)] if printer.unsure else []
    state = ", ".join(parts)
    if not printer.silent_s:
        return state
    return said("ui.lead.printer_silent", span=due.span(said, printer.silent_s // 60), state=state)


def outputs(report: "LeadReport", width: int, said: Reader) -> Section:
    """Return what each worker gets done in an hour of work, and on average."""
    total = [report.total] if len(report.workers) > 1 else []
    rows = [_output(output, width, said) for output in (*total, *report.workers)]
    return Section("pace", rows, said("ui.lead.pace.columns"))


def _output(output: "Output", width: int, said: Reader) -> Line:
    rates = (output.units_per_hour, output.lines_per_hour, output.orders_per_hour)
    per_hour = " / ".join("–" if rate is None else f"{rate:.0f}" for rate in rates)
    ink = Ink.PLAIN if output.worker else Ink.BOLD
    return ends(((fit(output.name or said("ui.lead.all"), width - 24), ink),), ((per_hour, ink),), width)


def exceptions(report: "LeadReport", width: int, said: Reader, rows_each: int = 1) -> Section:
    """Return what a person must look at, each in at most `rows_each` rows."""
    from picker.services.reports.words import kind_message

    counts = ", ".join(
        f"{render(kind_message(kind), said.translations)}: {count}"
        for kind, count in report.exception_counts.items()
    )
    rows = [row for exception in report.exceptions for row in _exception(exception, width, rows_each, said)]
    return Section("exceptions", rows, counts, min(len(rows), _KEPT))


def _exception(exception: "OpenException", width: int, most: int, said: Reader) -> list[Line]:
    age = due.span(said, exception.age_s // 60)
    start: Line = (
        (f"{exception.number or '':>4} ", Ink.DIM),
        (f"{pad(exception.order, 10)} ", Ink.BOLD),
    )
    room = width - 18 - len(age)
    first, *more = wrap(said.told(exception.message, exception.words), room, most) or ("",)
    rows: list[Line] = [ends((*start, (first, Ink.PLAIN)), ((age, Ink.DIM),), width)]
    return [*rows, *(((" " * 16 + row, Ink.PLAIN),) for row in more)]
