"""The report's sentences, in English."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from data.types import ExceptionKind, PrintJobState
from picker.flow.messages import reason as worded
from picker.flow.messages import stored_message
from picker.locale.messages import Message, render, say
from picker.locale.translations import english, forms, parameters
from picker.services.print_words import document_name, printer_trouble
from picker.services.reports.types import CutOff, LeadReport, Output, ParkedOrder, StationNow, span

if TYPE_CHECKING:
    from data.store.report import TroubledJob

_ITEMS = 5
"""So many of what an import left out are named; how many more there are is told."""
_CODES = ("reason", "severity", "disposition")


def reason_words(reason: str) -> str:
    """Return a reason's words; a reason without words is told as it is."""
    words = worded(reason)
    return render(words) if isinstance(words, Message) else words


def exception_message(kind: str, detail: Mapping[str, object]) -> Message:
    """Return what an exception report says; one of an unknown kind says its bare facts."""
    key = (
        "exception.empty"
        if kind == ExceptionKind.SHORT and not detail.get("quantity")
        else f"exception.{kind}"
    )
    values = {name: _value(name, value) for name, value in detail.items() if name != "event"}
    if key not in english():
        facts = ", ".join(f"{name} {value}" for name, value in values.items())
        return say("exception.unknown", text=facts or kind.replace("_", " "))
    values.setdefault("lines", values.get("skus", ""))  # all that earlier versions told
    return say(key, **{name: values.get(name, "") for name in sorted(parameters(forms(english()[key])[-1]))})


def _value(name: str, value: object) -> str | int | Message:
    """What a report's detail says; what earlier versions kept in words is told as it is."""
    if (message := stored_message(value)) is not None:
        return message
    if isinstance(value, list) and name == "items" and len(value) > _ITEMS:
        return say("exception.items", items=_value(name, value[:_ITEMS]), count=len(value) - _ITEMS)
    if isinstance(value, list):
        return _listed([_value(name, part) for part in value])
    if name == "parts" and f"address.{value}" in english():
        return say(f"address.{value}")
    if name == "what" and (key := str(value).partition(":")[0]) in english():
        return say(key, reason=worded(str(value).partition(":")[2]))
    if name in _CODES:
        return worded(str(value))
    return value if isinstance(value, int) else str(value)


def _listed(values: list[str | int | Message]) -> str | Message:
    """Some values one after the other: as one text where they are data, else as a message."""
    if not any(isinstance(value, Message) for value in values):
        return ", ".join(map(str, values))
    first, *others = values
    listed = first if isinstance(first, Message) else say("exception.unknown", text=first)
    for other in others:
        listed = say("also.comma", first=listed, second=other)
    return listed


def job_message(job: "TroubledJob", order: str) -> Message:
    """Return what is wrong with a print job in trouble; `order` is what its order is called."""
    key = "exception.print_unsure" if job.state is PrintJobState.UNSURE else "exception.print_failed"
    detail = say("exception.because", why=printer_trouble(job.detail) or job.detail) if job.detail else ""
    return say(
        key, document=document_name(job.document), order=order, number=job.parcel.number, detail=detail
    )


def parked_message(one: ParkedOrder) -> Message:
    """Return why an order is parked, by whom and where."""
    return say("exception.parked", reason=worded(one.reason), who=one.worker_name, station=one.station)


def kind_message(kind: str) -> Message:
    """Return what a kind of exception is called in a list of how many there are."""
    key = f"exception.kind.{kind}"
    return say(key) if key in english() else say("exception.unknown", text=kind.replace("_", " "))


def in_words(report: LeadReport) -> str:
    """Return the whole report as lines, the most urgent first."""
    return "\n".join(_lines(report))


def _lines(report: LeadReport) -> Iterator[str]:
    yield f"Shift since {report.since:%Y-%m-%d %H:%M %Z}, as of {report.at:%H:%M:%S} UTC"
    yield "CUT-OFFS"
    for cutoff in report.cutoffs:
        yield _cutoff(cutoff)
    yield "STATIONS"
    for station in report.stations:
        yield _station(station)
    yield "PRINTERS"
    for printer in report.printers:
        yield f"  {printer.station:<10} {printer.printer}: {printer.summary}"
    yield "OUTPUT"
    for output in (*report.workers, report.total):
        yield _output(output)
    counts = ", ".join(f"{render(kind_message(kind))}: {n}" for kind, n in report.exception_counts.items())
    yield f"EXCEPTIONS {counts or 'none'}"
    for exception in report.exceptions:
        number = f"{exception.number}" if exception.number else ""
        yield f"  {number:>6} {exception.kind:<12} {exception.order:<14} {exception.words} ({span(exception.age_s)})"


def _cutoff(cutoff: CutOff) -> str:
    missed = {None: "pace not known yet", 0: "in time"}.get(cutoff.missed, f"WILL MISS {cutoff.missed}")
    if cutoff.late_since:
        since = f"{cutoff.late_since:%Y-%m-%d %H:%M} UTC"
        missed = f"LATE {cutoff.late} since {since}" + (f", {missed}" if cutoff.missed != cutoff.late else "")
    counts = f"{cutoff.waiting} waiting, {cutoff.in_work} in work, {cutoff.parked} parked, {cutoff.held} held"
    finish = f"{cutoff.finish:%H:%M} UTC" if cutoff.finish else "?"
    return (
        f"  {cutoff.at:%H:%M} UTC {cutoff.service:<10} {missed}: {counts}, {cutoff.closed} closed, "
        f"{cutoff.later} later; done at {finish}"
    )


def _station(station: StationNow) -> str:
    what = f"order {station.order} since {station.since:%H:%M} UTC" if station.since else "no order in hand"
    blocked = f"BLOCKED: {station.blocked}; " if station.blocked else ""
    who = station.worker_name or "nobody"
    return f"  {station.station:<10} {blocked}{who}, {what}, last event {station.idle_s} s ago"


def _output(output: Output) -> str:
    rates = (output.units_per_hour, output.lines_per_hour, output.orders_per_hour)
    per_hour = "/".join("-" if rate is None else f"{rate:g}" for rate in rates)
    clean = "-" if output.first_pass_percent is None else f"{output.first_pass_percent} %"
    return (
        f"  {output.name or 'all':<20} units {output.units}, lines {output.lines}, orders {output.orders} in "
        f"{output.hours:.2f} h of work ({per_hour} per hour), first pass {clean}, {output.refused_scans} refused"
    )
