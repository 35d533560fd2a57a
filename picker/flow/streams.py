"""What one input adds to the log: entries for one stream or for many, written together or not at all."""

from dataclasses import dataclass

from data.types import Stream
from picker.flow.events import Event
from picker.flow.work import Entry, OrderWork


@dataclass(frozen=True, slots=True)
class StreamEntries:
    """Entries for one stream, whose version was `seen` until then.

    Of an order's stream `work` is the order as the entries leave it, and `before` as it was in hand, None when it was
    in nobody's.
    """

    stream: Stream
    seen: int
    entries: tuple[Entry, ...]
    before: OrderWork | None = None
    work: OrderWork | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """The entries' events."""
        return tuple(entry.event for entry in self.entries)
