"""What each worker got done, in hours that are theirs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from data.store import report
from data.tables import Worker
from data.types import ShopId, WorkerId
from picker.flow import events as ev
from picker.flow.eventlog import EVENTS, kind_of
from picker.services.reports.types import Output

LONGEST_PAUSE_MIN = 15
_LEAST_HOURS = 5 / 60
_FLAWS = (ev.ScanRefused, ev.Undone, ev.UnitsTakenOut)
_TOLD = (ev.ParcelSealed, ev.ParcelWeighed)
"""Of these the payload is asked for too."""


@dataclass(slots=True)
class Tally:
    """What the notable events since the shift began add up to."""

    units: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    closed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[str] = field(default_factory=Counter)
    flawed: set[str] = field(default_factory=set)
    closed_by_service: Counter[str] = field(default_factory=Counter)
    closed_lately: int = 0


def tally(connection: Connection, since: datetime, lately: datetime, shop: ShopId = ShopId("")) -> Tally:
    """Add the shift's notable events up; orders closed after `lately` are counted apart, for the pace.

    By service only those of `shop` are counted, where one is named.
    """
    counted = Tally()
    event_kinds = [kind_of(event) for event in _TOLD]
    kinds = [*map(kind_of, _FLAWS), *event_kinds, kind_of(ev.OrderClosed)]
    for row in report.notable(connection, since, kinds, event_kinds):
        event = EVENTS[row.kind]
        if event is ev.ParcelSealed:
            counted.units[row.worker] += sum(units for _, units in row.payload["contents"])
            counted.lines[row.worker] += len(row.payload["contents"])
        elif event is ev.OrderClosed:
            counted.closed[row.worker].append(row.stream)
            counted.closed_by_service[row.service or ""] += not shop or row.shop == shop
            counted.closed_lately += row.at >= lately
        elif event is ev.ParcelWeighed:
            counted.flawed.update([row.stream] if row.payload["confirmed"] else [])
        else:
            counted.flawed.add(row.stream)
            counted.refused[row.worker] += event is ev.ScanRefused
    return counted


def names(connection: Connection) -> dict[WorkerId, str]:
    """Return every worker's name by id."""
    rows = connection.execute(select(Worker.__table__.c.id, Worker.__table__.c.name))
    return {row.id: row.name for row in rows}


def outputs(
    connection: Connection, since: datetime, done: Tally, people: Mapping[WorkerId, str]
) -> tuple[Output, ...]:
    """Return what every worker who did anything since then got done, by name."""
    hours = worked_hours(report.active_minutes(connection, since))
    reports = [_output(worker, people[worker], hours[worker], done) for worker in hours if worker in people]
    return tuple(sorted(reports, key=lambda output: output.name))


def worked_hours(minutes: Iterable[tuple[WorkerId, int]]) -> dict[WorkerId, float]:
    """Return each worker's hours from (worker, minute) pairs in order; long pauses don't count."""
    worked: Counter[WorkerId] = Counter()
    last: dict[WorkerId, int] = {}
    for worker, minute in minutes:
        gap = minute - last.get(worker, minute)
        worked[worker] += gap if 0 < gap <= LONGEST_PAUSE_MIN else 1
        last[worker] = minute
    return {worker: minutes / 60 for worker, minutes in worked.items()}


def total_of(done: Sequence[Output]) -> Output:
    """Return everybody's output together; per hour means per hour of one worker."""
    hours = sum(output.hours for output in done)
    units, lines = sum(output.units for output in done), sum(output.lines for output in done)
    orders = sum(output.orders for output in done)
    clean = sum((output.first_pass_percent or 0) * output.orders for output in done)
    refused = sum(output.refused_scans for output in done)
    percent = round(clean / orders) if orders else None
    return Output(
        WorkerId(""),
        "",
        round(hours, 2),
        units,
        lines,
        orders,
        *_rates(hours, units, lines, orders),
        percent,
        refused,
    )


def _output(worker: WorkerId, name: str, hours: float, done: Tally) -> Output:
    closed, units, lines = done.closed.get(worker, []), done.units[worker], done.lines[worker]
    clean = sum(order not in done.flawed for order in closed)
    return Output(
        worker,
        name,
        round(hours, 2),
        units,
        lines,
        len(closed),
        *_rates(hours, units, lines, len(closed)),
        round(100 * clean / len(closed)) if closed else None,
        done.refused[worker],
    )


def _rates(hours: float, *amounts: int) -> tuple[float | None, float | None, float | None]:
    rates = [round(amount / hours, 1) if hours >= _LEAST_HOURS else None for amount in amounts]
    return rates[0], rates[1], rates[2]
