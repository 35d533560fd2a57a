"""The report's sentences, in English."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from data.types import ExceptionKind, PrintJobState
from picker.flow.messages import reason as worded
from picker.locale.messages import Message, render
from picker.services.reports.types import CutOff, LeadReport, Output, ParkedOrder, StationNow, span

if TYPE_CHECKING:
    from data.store.report import TroubledJob

_EXCEPTIONS: dict[str, str] = {
    ExceptionKind.SHORT: "{quantity} x {sku} short at {location}: {reason}",
    ExceptionKind.DAMAGE: "{quantity} x {sku} damaged: {reason}, {severity}, to {disposition}",
    ExceptionKind.COLLECTION: "waits to be collected, parcels: {parcels} {location}",
    ExceptionKind.HOLD: "on hold: {reason}",
    ExceptionKind.PUT_BACK: "{quantity} x {sku} set aside, to be put back",
    ExceptionKind.INSERT: "card {campaign} of parcel {parcel}: {why}",
    ExceptionKind.CUSTOMS: "customs declaration: {why}",
    ExceptionKind.STOCK_WRONG: "{more} more {sku}{packaging} used than on record {location}",
    ExceptionKind.UNKNOWN_SKU: "unknown SKU: {lines}",
    ExceptionKind.AMBIGUOUS_SKU: "which one is {lines}? {skus}",
    ExceptionKind.UNCLEAR_CELL: "a cell that is needed can't be read: {lines}",
    ExceptionKind.MISSING_BARCODE: "no barcode: {lines}",
    ExceptionKind.SSCC_LOW: "the numbers of parcels of GS1 prefix {prefix} run out: {left} left",
    ExceptionKind.SSCC_USED_UP: (
        "GS1 prefix {prefix} has no numbers left: labels bear codes of our own; get a new prefix"
    ),
    ExceptionKind.NO_ADDRESS: "the address lacks {parts}",
    ExceptionKind.PARTLY_FULFILLED: "went out in part already, the file doesn't say how many: {lines}",
    ExceptionKind.LEFT_OUT: "left out of {file}: {what}: {items}",
    ExceptionKind.TABLE_DUE: (
        "the table of dangerous goods was last compared with its sources on {day}: picker dangerous confirm"
    ),
    ExceptionKind.CARRIER_LABEL: "carrier's label refused: {why}",
}
_EMPTY = "no {sku} at {location}: {reason}"
"""Of a short of no units: other stock serves the line."""
_ITEMS = 5
"""So many of what an import left out are named; how many more there are is told."""
_CODES = ("reason", "severity", "disposition")


def reason_words(reason: str) -> str:
    """Return a reason's words; a reason without words is told as it is."""
    words = worded(reason)
    return render(words) if isinstance(words, Message) else words


def exception_words(kind: str, detail: Mapping[str, Any]) -> str:
    """Return an exception report in words; one of an unknown kind as its bare facts."""
    values = {name: _value(name, value) for name, value in detail.items() if name != "event"}
    template = _EXCEPTIONS.get(kind)
    if kind == ExceptionKind.SHORT and not detail.get("quantity"):
        template = _EMPTY
    if template is None:
        return ", ".join(f"{name} {value}" for name, value in values.items()) or kind.replace("_", " ")
    values.setdefault("lines", values.get("skus", ""))  # all that earlier versions told
    for name in (
        "quantity",
        "sku",
        "location",
        "packaging",
        "lines",
        "parcels",
        "skus",
        "more",
        "campaign",
        "parcel",
        "parts",
        "prefix",
        "left",
        "why",
        "file",
        "what",
        "items",
        "day",
        *_CODES,
    ):
        template = template.replace(f"{{{name}}}", values.get(name, ""))
    return template.strip()


def _value(name: str, value: object) -> str:
    if isinstance(value, list) and name == "items" and len(value) > _ITEMS:
        return f"{_value(name, value[:_ITEMS])} and {len(value) - _ITEMS} more"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return reason_words(str(value)) if name in _CODES else str(value)


def job_words(job: "TroubledJob", order: str) -> str:
    """Return a print job in trouble in words; `order` is what its order is called."""
    outcome = "nobody knows whether it printed" if job.state is PrintJobState.UNSURE else "did not print"
    detail = f" ({job.detail})" if job.detail else ""
    return f"{job.document} of order {order} parcel {job.parcel.number} {outcome}{detail}"


def parked_words(one: ParkedOrder) -> str:
    """Return in words why an order is parked, by whom and where."""
    return f"parked: {reason_words(one.reason)}, by {one.worker_name} at {one.station}"


def kind_words(kind: str) -> str:
    """Return what a kind of exception is called in a list of how many there are."""
    return kind.replace("_", " ").replace("sku", "SKU")


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
    counts = ", ".join(f"{kind_words(kind)}: {n}" for kind, n in report.exception_counts.items())
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
