"""The station's own thread: one ordered queue in, replies out, so that no screen ever waits for a disk."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from picker.flow import Command

if TYPE_CHECKING:
    from picker.services.station.station import Reply, Station

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One input on its way: its number in this run, and what it was (a command or raw text)."""

    number: int
    given: "str | Command"
    source: str


class StationThread:
    """Runs a `Station` in a thread of its own and answers every input once, in order.

    `on_ready`, `on_reply` and `on_failure` are called on that thread; a screen posts them on.
    """

    def __init__(
        self,
        open_station: "Callable[[], Station]",
        on_ready: "Callable[[Reply], None]",
        on_reply: "Callable[[Ticket, Reply], None]",
        on_failure: Callable[[Exception], None],
    ) -> None:
        """Nothing is opened yet: heavy imports and the database belong to the thread."""
        self._open, self._on_ready, self._on_reply = open_station, on_ready, on_reply
        self._on_failure = on_failure
        self._queue: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        self._count = 0
        self._thread = threading.Thread(target=self._run, name="station", daemon=True)

    def start(self) -> None:
        """Open the station and begin to answer."""
        self._thread.start()

    def submit(self, given: str | Command, source: str) -> Ticket:
        """Queue one input: a raw scan as it came from its source, or a command."""
        self._count += 1
        ticket = Ticket(self._count, given, source)
        self._queue.put(ticket)
        return ticket

    def stop(self, timeout: float = 5.0) -> None:
        """Answer what is queued, then end."""
        self._queue.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        try:
            station = self._open()
            self._on_ready(station.welcome())
            while (ticket := self._queue.get()) is not None:
                given = ticket.given
                source = ticket.source
                reply = station.press(given) if isinstance(given, Command) else station.hear(given, source)
                self._on_reply(ticket, reply)
        except Exception as error:  # noqa: BLE001 - the thread must not die without a word to the screen
            _log.exception("the station stopped")
            self._on_failure(error)
