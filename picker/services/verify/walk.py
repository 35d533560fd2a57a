"""Through the log stream by stream, with the rows of a batch of orders at hand at a time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Row

from data.engine import Database
from data.store import audit, log
from data.types import EventRecord, OrderId, StationId, station_stream
from picker.services.verify.compare import OrderRows, compare
from picker.services.verify.inserts import insert_faults
from picker.services.verify.rebuild import rebuild
from picker.services.verify.report import VerifyReport, about
from picker.services.verify.totals import Totals

_STATION = station_stream(StationId("")).name
_BATCH = 200

Stream = tuple[str, list[EventRecord]]


def verify(db: Database) -> VerifyReport:
    """Rebuild every order from the log and compare it with the tables.

    Reads one snapshot, so that stations may go on working meanwhile. Compared are line counts, order
    states and versions, claims, parcels and their documents, stock and packaging moved, SSCCs, attached
    barcodes, serial numbers, photos, cards and coupons, gapless versions of each stream and sequence numbers of
    each station.
    """
    with db.reader.connect() as connection:
        if db.dialect == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        return _verify(connection)


def _verify(connection: Connection) -> VerifyReport:
    totals, events, orders = Totals(), 0, 0
    differences: list[str] = []
    streams = ((name, list(records)) for name, records in groupby(log.every(connection), lambda r: r.stream))
    while batch := list(islice(streams, _BATCH)):
        events += sum(len(records) for _, records in batch)
        differences += [gap for name, records in batch for gap in _gaps(name, records)]
        for name, records in batch:
            totals.measure(name, records)
        of_orders = [(name, records) for name, records in batch if not name.startswith(_STATION)]
        orders += len(of_orders)
        differences += _orders(connection, of_orders, totals)
    differences += [
        about("order", order, f"it has {what}, but no event")
        for order, what in audit.untouched_but_changed(connection)
    ]
    stations = audit.sequences(connection)
    differences += _sequence_gaps(stations)
    differences += totals.compare(connection)
    differences += insert_faults(connection)
    return VerifyReport(events, orders, len(stations), tuple(differences))


def _gaps(name: str, records: Sequence[EventRecord]) -> Iterator[str]:
    for expected, record in enumerate(records, start=1):
        if record.version != expected:
            yield about("stream", name, f"expected version {expected}, got {record.version}")
            return


def _sequence_gaps(stations: Sequence[tuple[str, int, int, int]]) -> list[str]:
    """A station's numbers are unique by the table, so that their count and ends tell whether one is missing."""
    return [
        about("station", name, f"expected events 1 to {last}, got {count} from {first} on")
        for name, count, first, last in stations
        if first != 1 or count != last
    ]


def _orders(connection: Connection, streams: Sequence[Stream], totals: Totals) -> list[str]:
    ids = [name for name, _ in streams]
    heads = {row.id: row for row in audit.order_rows(connection, ids)}
    lines = _by_order(audit.line_rows(connection, ids))
    parcels = _by_order(audit.parcel_rows(connection, ids))
    jobs = _by_order(audit.job_rows(connection, ids))
    claims = _by_order(audit.claim_rows(connection, ids))
    differences: list[str] = []
    for name, records in streams:
        if name not in heads:
            differences.append(about("stream", name, "there is no such order"))
            continue
        try:
            rebuilt = rebuild(records, lines[name])
        except (ValueError, KeyError, TypeError, IndexError) as error:
            differences.append(about("order", name, f"its events can't be played again: {error!r}"))
            continue
        totals.add(OrderId(name), rebuilt)
        rows = OrderRows(heads[name], lines[name], parcels[name], jobs[name], claims[name])
        differences += [about("order", name, words) for words in compare(rebuilt, rows)]
    return differences


def _by_order(rows: Sequence[Row[Any]]) -> dict[str, list[Row[Any]]]:
    by_order: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        by_order[row.order_id].append(row)
    return by_order
