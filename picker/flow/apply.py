"""What each event does to the order in hand. The only place where work changes."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

from picker.flow import events as ev
from picker.flow.trace import Trace, added, last_of, removed
from picker.flow.work import Entry, LineWork, OrderWork, ParcelWork

_E = TypeVar("_E", bound=ev.Event)
_Handler = Callable[[OrderWork, ev.Event], OrderWork]

NOTHING_TO_PACK = "nothing_to_pack"
"""Reason of the hold of an order of which nothing could be picked; its release means: try again."""


def apply(work: OrderWork, entry: Entry) -> OrderWork:
    """Return the work after one more event."""
    handler = _HANDLERS.get(type(entry.event))
    after = handler(work, entry.event) if handler else work
    return replace(after, version=work.version + 1, history=(*work.history, entry))


def _claimed(work: OrderWork, event: ev.OrderClaimed) -> OrderWork:
    return replace(work, epoch=event.epoch, parked="", location="")


def _parked(work: OrderWork, event: ev.OrderParked) -> OrderWork:
    return replace(work, parked=event.reason, location="")


def _location(work: OrderWork, event: ev.LocationConfirmed) -> OrderWork:
    return replace(work, location=event.location)


def _capture(work: OrderWork, event: ev.CaptureStarted) -> OrderWork:
    return replace(work, capture=event)


def _trace(event: ev.UnitsPicked | ev.UnitsChecked | ev.UnitsTakenOut | ev.UnitsDamaged) -> Trace:
    return Trace(event.lot, event.serial, event.expiry)


def _without(line: LineWork, units: int, trace: Trace) -> LineWork:
    """The line when so many picked units are no longer with the order."""
    left = line.picked - units
    return replace(line, picked=left, traced=removed(line.traced, trace, units, left))


def _picked(work: OrderWork, event: ev.UnitsPicked) -> OrderWork:
    line = work.line(event.line)
    traced = added(line.traced, _trace(event), event.quantity)
    # Whoever fetches again after the check has begun fetches everything before he checks on.
    check_begun = work.check_begun and any(other.in_tote for other in work.lines)
    work = work.with_line(replace(line, picked=line.picked + event.quantity, postponed=0, traced=traced))
    return replace(work, capture=None, check_begun=check_begun)


def _empty(work: OrderWork, event: ev.LocationEmpty) -> OrderWork:
    line = work.line(event.line)
    return work.with_line(replace(line, empty=line.empty | {event.location}))


def _short(work: OrderWork, event: ev.UnitsShort) -> OrderWork:
    line = work.line(event.line)
    changed = replace(line, short=line.short + event.quantity, empty=line.empty | {event.location})
    return replace(work.with_line(changed), capture=None)


def _postponed(work: OrderWork, event: ev.TaskPostponed) -> OrderWork:
    last = max(line.postponed for line in work.lines)
    return work.with_line(replace(work.line(event.line), postponed=last + 1))


def _checked(work: OrderWork, event: ev.UnitsChecked) -> OrderWork:
    line = work.line(event.line)
    parcel = next((p for p in work.parcels if p.number == event.parcel), ParcelWork(event.parcel))
    work = work.with_line(replace(line, checked=line.checked + event.quantity))
    return replace(work.with_parcel(parcel.add(event.line, event.quantity, _trace(event))), check_begun=True)


def _damaged(work: OrderWork, event: ev.UnitsDamaged) -> OrderWork:
    line = work.line(event.line)
    damaged = line.damaged + event.quantity
    if event.source is ev.DamageSource.SHELF:
        pending = work.capture is not None and work.capture.line != event.line
        work = work.with_line(replace(line, damaged=damaged))
        return work if pending else replace(work, capture=None)
    checked = line.checked - (event.quantity if event.source is ev.DamageSource.PARCEL else 0)
    # What else is in the tote is checked before the replacement is fetched, but only once all was picked.
    check_begun = work.check_begun or not any(other.waiting for other in work.lines)
    changed = replace(_without(line, event.quantity, _trace(event)), damaged=damaged, checked=checked)
    work = replace(work.with_line(changed), check_begun=check_begun)
    if event.source is ev.DamageSource.PARCEL:
        return _out_of_parcel(work, event.parcel, event)
    return work


def _taken_out(work: OrderWork, event: ev.UnitsTakenOut) -> OrderWork:
    line = work.line(event.line)
    checked = line.checked - (event.quantity if event.from_parcel else 0)
    if event.to_shelf:
        line = _without(line, event.quantity, _trace(event))
    work = work.with_line(replace(line, checked=checked))
    return _out_of_parcel(work, event.from_parcel, event) if event.from_parcel else work


def _out_of_parcel(work: OrderWork, number: int, event: ev.UnitsTakenOut | ev.UnitsDamaged) -> OrderWork:
    """A parcel that loses a unit is planned anew: another packaging may be the right one."""
    return work.with_parcel(_unboxed(work.parcel(number).add(event.line, -event.quantity, _trace(event))))


def _unboxed(parcel: ParcelWork) -> ParcelWork:
    if parcel.sealed:
        return parcel
    return replace(parcel, packaging="", expected_g=0, gross_g=0, photographed=False)


def _set_aside(work: OrderWork, event: ev.UnitsSetAside) -> OrderWork:
    line = work.line(event.line)
    for parcel in work.parcels:
        work = work.with_parcel(parcel.add(event.line, -parcel.count(event.line)))
    return work.with_line(replace(_without(line, event.quantity, Trace()), checked=0))


def _parcel_started(work: OrderWork, event: ev.ParcelStarted) -> OrderWork:
    return work.with_parcel(ParcelWork(event.parcel))


def _packaging(work: OrderWork, event: ev.PackagingChosen) -> OrderWork:
    parcel = work.parcel(event.parcel)
    taken = dict(event.contents)
    rest = tuple((line, n - taken.get(line, 0)) for line, n in parcel.units if n > taken.get(line, 0))
    stays, moved = parcel, ParcelWork(event.rest)
    for line, units in rest:
        # Which of them are laid aside is not told: those that come last.
        known = parcel.known(line)
        away = last_of(known, units, parcel.count(line))
        for trace, count in away:
            known = added(known, trace, -count)
        stays, moved = stays.with_known(line, known), moved.add(line, units).with_known(line, away)
    boxed = replace(stays, units=event.contents, packaging=event.packaging, expected_g=event.expected_g)
    work = work.with_parcel(boxed)
    return work.with_parcel(moved) if rest else work


def _weighed(work: OrderWork, event: ev.ParcelWeighed) -> OrderWork:
    return work.with_parcel(replace(work.parcel(event.parcel), gross_g=event.gross_g))


def _photo(work: OrderWork, event: ev.PhotoTaken | ev.PhotoMissed) -> OrderWork:
    if event.subject is not ev.PhotoSubject.BOX:
        return work
    return work.with_parcel(replace(work.parcel(event.parcel), photographed=True))


def _pieces(work: OrderWork, event: ev.PiecesConfirmed) -> OrderWork:
    return replace(work, pieces=event.pieces)


def _sealed(work: OrderWork, event: ev.ParcelSealed) -> OrderWork:
    parcel = work.parcel(event.parcel)
    sealed = replace(parcel, sscc=event.sscc, gross_g=event.gross_g, finished=not event.label_scan)
    return work.with_parcel(sealed)


def _finished(work: OrderWork, event: ev.LabelVerified | ev.LabelPrinted) -> OrderWork:
    return work.with_parcel(replace(work.parcel(event.parcel), finished=True))


def _shelf_chosen(work: OrderWork, event: ev.ShelfChosen) -> OrderWork:
    return replace(work, shelf=event.location)


def _handed_out(work: OrderWork, event: ev.OrderHandedOut) -> OrderWork:
    return replace(work, handed_out=True)


def _closed(work: OrderWork, event: ev.OrderClosed) -> OrderWork:
    return replace(work, closed=True)


def _changed(work: OrderWork, event: ev.OrderChanged) -> OrderWork:
    after = {change.line: change.after for change in event.changes}
    lines = tuple(_no_longer_short(line, after.get(line.line)) for line in work.lines)
    if not work.epoch:  # nobody has seen it as it was
        return replace(work, lines=lines)
    work = replace(work, lines=lines, changes=_merged(work.changes, event.changes))
    return work if work.stop in (ev.StopKind.CANCELLED, ev.StopKind.HELD) else _stop_if_changed(work)


def _no_longer_short(line: LineWork, after: int | None) -> LineWork:
    """Units that nobody wants any more are not short either."""
    return line if after is None else replace(line, short=min(line.short, max(0, after - line.picked)))


def _merged(
    unread: tuple[tuple[int, int, int], ...], new: tuple[ev.LineChange, ...]
) -> tuple[tuple[int, int, int], ...]:
    """Changes the packer has not read yet add up; what was changed back is none.

    One from a number of units to the same number is of a line that means another product now.
    """
    before = {line: was for line, was, _ in unread}
    after = {line: now for line, _, now in unread}
    changed_since = {line for line, was, now in unread if was == now}
    changed_since |= {change.line for change in new if change.before == change.after}
    for change in new:
        before.setdefault(change.line, change.before)
        after[change.line] = change.after
    unchanged = [line for line in before if before[line] != after[line] or line in changed_since]
    return tuple((line, before[line], after[line]) for line in unchanged)


def _stop_if_changed(work: OrderWork) -> OrderWork:
    return replace(work, stop=ev.StopKind.CHANGED if work.changes else None, stop_reason="")


def _held(work: OrderWork, event: ev.OrderHeld) -> OrderWork:
    return (
        work
        if work.stop is ev.StopKind.CANCELLED
        else replace(work, stop=ev.StopKind.HELD, stop_reason=event.reason)
    )


def _hold_released(work: OrderWork, event: ev.HoldReleased) -> OrderWork:
    if work.stop is not ev.StopKind.HELD:
        return work
    if work.stop_reason == NOTHING_TO_PACK:
        lines = tuple(replace(line, short=0, empty=frozenset()) for line in work.lines)
        work = replace(work, lines=lines)
    return _stop_if_changed(work)


def _cancelled(work: OrderWork, event: ev.OrderCancelled) -> OrderWork:
    return replace(work, stop=ev.StopKind.CANCELLED, stop_reason=event.reason)


def _acknowledged(work: OrderWork, event: ev.StopAcknowledged) -> OrderWork:
    if event.kind is not ev.StopKind.CHANGED:
        return work
    parcels = tuple(_unboxed(parcel) for parcel in work.parcels)
    return replace(work, stop=None, stop_reason="", changes=(), parcels=parcels, capture=None)


def _case(kind: type[_E], handler: Callable[[OrderWork, _E], OrderWork]) -> tuple[type, _Handler]:
    """A row of the table, whose handler takes this kind of event and is given no other."""
    return kind, cast("_Handler", handler)


_HANDLERS: dict[type, _Handler] = dict(
    [
        _case(ev.OrderClaimed, _claimed),
        _case(ev.OrderParked, _parked),
        _case(ev.LocationConfirmed, _location),
        _case(ev.CaptureStarted, _capture),
        _case(ev.UnitsPicked, _picked),
        _case(ev.LocationEmpty, _empty),
        _case(ev.UnitsShort, _short),
        _case(ev.TaskPostponed, _postponed),
        _case(ev.UnitsChecked, _checked),
        _case(ev.UnitsDamaged, _damaged),
        _case(ev.UnitsTakenOut, _taken_out),
        _case(ev.UnitsSetAside, _set_aside),
        _case(ev.ParcelStarted, _parcel_started),
        _case(ev.PackagingChosen, _packaging),
        _case(ev.ParcelWeighed, _weighed),
        _case(ev.PhotoTaken, _photo),
        _case(ev.PhotoMissed, _photo),
        _case(ev.PiecesConfirmed, _pieces),
        _case(ev.ParcelSealed, _sealed),
        _case(ev.LabelPrinted, _finished),
        _case(ev.LabelVerified, _finished),
        _case(ev.OrderClosed, _closed),
        _case(ev.ShelfChosen, _shelf_chosen),
        _case(ev.OrderHandedOut, _handed_out),
        _case(ev.OrderChanged, _changed),
        _case(ev.OrderHeld, _held),
        _case(ev.HoldReleased, _hold_released),
        _case(ev.OrderCancelled, _cancelled),
        _case(ev.StopAcknowledged, _acknowledged),
    ]
)
