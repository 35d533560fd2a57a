"""The order in hand as its events add up."""

from collections.abc import Iterable
from dataclasses import replace

from picker.flow.apply import apply
from picker.flow.events import Undone
from picker.flow.order import OrderFacts
from picker.flow.work import Entry, OrderWork, start


def fold(order: OrderFacts, entries: Iterable[Entry], version: int) -> OrderWork:
    """Return what the order's events add up to; events named by an `Undone` don't count."""
    standing = without_undone(list(entries))
    work = start(order)
    for entry in standing:
        work = apply(work, entry)
    return replace(work, version=version)


def without_undone(entries: list[Entry]) -> list[Entry]:
    """Return the entries that still count, without the `Undone` events themselves."""
    undone = {name for entry in entries if isinstance(entry.event, Undone) for name in entry.event.events}
    return [entry for entry in entries if entry.id not in undone and not isinstance(entry.event, Undone)]
