"""One order: its rows beside what its stream adds up to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from data.types import OrderState
from picker.services.verify.rebuild import Rebuilt, documents_due
from printing.jobs import CUSTOMS, INSERT, LABEL, MARKS, RETURN, SLIP

_COUNTS = ("picked", "checked", "short", "damaged")


@dataclass(frozen=True, slots=True)
class OrderRows:
    """Everything the tables hold of one order."""

    head: Row[Any]
    lines: Sequence[Row[Any]]
    parcels: Sequence[Row[Any]]
    jobs: Sequence[Row[Any]]
    claims: Sequence[Row[Any]]


def compare(rebuilt: Rebuilt, rows: OrderRows) -> Iterator[str]:
    """Yield every difference in words, each saying what the log says and what the table has."""
    yield from rebuilt.faults
    yield from _head(rebuilt, rows.head)
    yield from _lines(rebuilt, rows.lines)
    yield from _claim(rebuilt, rows.claims)
    yield from _parcels(rebuilt, rows.parcels)
    yield from _jobs(rebuilt, rows.jobs)


def _differs(what: str, expected: object, got: object) -> Iterator[str]:
    if expected != got:
        yield f"{what}: the log says {expected}, the table has {got}"


def _head(rebuilt: Rebuilt, head: Row[Any]) -> Iterator[str]:
    yield from _differs("version", rebuilt.work.version, head.version)
    yield from _differs("state", rebuilt.state.value, head.state)
    yield from _differs("hold reason", rebuilt.hold_reason, head.hold_reason)
    closed, stamped = rebuilt.state is OrderState.CLOSED, head.closed_at is not None
    if closed != stamped:
        yield f"closed_at is {'set' if stamped else 'empty'}, but the log says {rebuilt.state.value}"


def _lines(rebuilt: Rebuilt, lines: Sequence[Row[Any]]) -> Iterator[str]:
    for work, row in zip(rebuilt.work.lines, lines, strict=True):
        for name in _COUNTS:
            yield from _differs(f"line {row.line} {name}", getattr(work, name), getattr(row, name))


def _claim(rebuilt: Rebuilt, claims: Sequence[Row[Any]]) -> Iterator[str]:
    holder = (claims[0].station, claims[0].epoch) if claims else None
    yield from _differs("claim", _words(rebuilt.holder), _words(holder))


def _words(holder: tuple[str, int] | None) -> str:
    return f"{holder[0]}, epoch {holder[1]}" if holder else "nobody's"


def _parcels(rebuilt: Rebuilt, parcels: Sequence[Row[Any]]) -> Iterator[str]:
    rows = {row.parcel: row for row in parcels}
    for sealed in rebuilt.sealed:
        row = rows.pop(sealed.parcel, None)
        if row is None:
            yield f"parcel {sealed.parcel} is sealed in the log and missing in the table"
            continue
        state = "verified" if sealed.parcel in rebuilt.verified else "sealed"
        said = (sealed.sscc, sealed.packaging, sealed.expected_g, sealed.gross_g or None, state)
        stored = (row.sscc, row.packaging, row.expected_g, row.gross_g, row.state)
        yield from _differs(f"parcel {sealed.parcel}", said, stored)
    for number in rows:
        yield f"parcel {number} is in the table, but was never sealed"


def _jobs(rebuilt: Rebuilt, jobs: Sequence[Row[Any]]) -> Iterator[str]:
    queued = Counter((row.parcel, row.document) for row in jobs)
    due = dict(documents_due(rebuilt, (LABEL, SLIP)))
    # Whether a parcel gets these depends on its buyer and on campaigns, which are kept outside the log.
    sealed = {parcel.parcel for parcel in rebuilt.sealed}
    for parcel, document in queued:
        if document in (INSERT, *CUSTOMS, *MARKS, RETURN) and parcel in sealed:
            due[parcel, document] = due.get((parcel, document), 0) + 1
    for key in sorted({*due, *queued}):
        parcel, document = key
        yield from _differs(f"print jobs of {document} {parcel}", due.get(key, 0), queued[key])
