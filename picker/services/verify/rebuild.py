"""One order's stream, played again: what its rows must hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from data.types import EventRecord, OrderId, OrderState
from picker.flow import events as ev
from picker.flow.fold import fold, without_undone
from picker.flow.order import OrderFacts, OrderLine
from picker.flow.work import Entry, OrderWork
from picker.services.orders.effects import Effects, effects, hold_reason_after, state_after
from picker.services.orders.load import entries
from picker.services.orders.names import INTAKE, OFFICE

_AWAY = (INTAKE, OFFICE)


@dataclass(slots=True)
class Rebuilt:
    """What a stream adds up to. `holder` is (station, epoch) of the owner, or None; `faults` are in words."""

    work: OrderWork
    state: OrderState = OrderState.WAITING
    hold_reason: str = ""
    holder: tuple[str, int] | None = None
    effects: list[Effects] = field(default_factory=list)
    sealed: list[ev.ParcelSealed] = field(default_factory=list)
    verified: set[int] = field(default_factory=set)
    reprints: list[ev.ReprintRequested] = field(default_factory=list)
    photos: list[ev.PhotoTaken] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def rebuild(records: Sequence[EventRecord], lines: Iterable[Row[Any]]) -> Rebuilt:
    """Play a stream on the order's lines as the shop wants them now.

    Raises ValueError, KeyError or TypeError when an event can't be read or fits no line or parcel.
    """
    wanted = tuple(OrderLine(row.line, row.sku or row.sku_text, row.name, row.quantity) for row in lines)
    facts = OrderFacts(OrderId(records[0].stream), OrderState.WAITING, wanted, {}, {}, {})
    history = entries(records)
    rebuilt = Rebuilt(fold(facts, history, records[-1].version))
    _check_undone(rebuilt, history)
    _follow_all(rebuilt, records, history)
    rebuilt.photos = [entry.event for entry in history if isinstance(entry.event, ev.PhotoTaken)]
    standing = without_undone(history)
    rebuilt.effects = [effects(entry.event) for entry in standing]
    for entry in standing:
        _collect(rebuilt, entry.event)
    return rebuilt


def _check_undone(rebuilt: Rebuilt, history: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in history:
        seen.add(entry.id)
        if isinstance(entry.event, ev.Undone):
            strangers = [name for name in entry.event.events if name not in seen]
            rebuilt.faults += [f"an undo names the event {name}, which it doesn't have" for name in strangers]


def _follow_all(rebuilt: Rebuilt, records: Sequence[EventRecord], history: list[Entry]) -> None:
    """State, hold and owner after the stream; no event that decides on these is ever undone."""
    epoch, leaving = 0, ""
    for record, entry in zip(records, history, strict=True):
        if leaving and entry.group != leaving:
            rebuilt.holder, leaving = None, ""
        event = entry.event
        rebuilt.state = state_after(rebuilt.state, event)
        rebuilt.hold_reason = hold_reason_after(rebuilt.hold_reason, event)
        if isinstance(event, ev.OrderClaimed):
            if event.epoch <= epoch:
                rebuilt.faults.append(
                    f"version {record.version} claims with epoch {event.epoch} after {epoch}"
                )
            epoch, leaving = event.epoch, ""
            rebuilt.holder = (record.station, epoch)
        elif record.station not in _AWAY and not isinstance(event, ev.OrderHandedOut):
            _check_writer(rebuilt, record)
            leaving = entry.group if _gives_back(event) else leaving
    rebuilt.holder = None if leaving else rebuilt.holder


def _check_writer(rebuilt: Rebuilt, record: EventRecord) -> None:
    owner = rebuilt.holder[0] if rebuilt.holder else "nobody"
    if owner != record.station:
        rebuilt.faults.append(
            f"version {record.version} was written by {record.station} while {owner} held the order"
        )


def _gives_back(event: ev.Event) -> bool:
    """Whether the order leaves the station's hand with the input that made this event."""
    match event:
        case ev.OrderParked() | ev.OrderClosed() | ev.OrderHeld():
            return True
        case ev.StopAcknowledged(kind=ev.StopKind.CANCELLED):
            return True
    return False


def _collect(rebuilt: Rebuilt, event: ev.Event) -> None:
    match event:
        case ev.ParcelSealed():
            rebuilt.sealed.append(event)
        case ev.LabelVerified():
            rebuilt.verified.add(event.parcel)
        case ev.ReprintRequested():
            rebuilt.reprints.append(event)


def documents_due(rebuilt: Rebuilt, documents: Sequence[str]) -> Mapping[tuple[int, str], int]:
    """Return how often each (parcel, document) must have been queued."""
    due = {(sealed.parcel, document): 1 for sealed in rebuilt.sealed for document in documents}
    for again in rebuilt.reprints:
        due[again.parcel, again.document] = due.get((again.parcel, again.document), 0) + 1
    return due
