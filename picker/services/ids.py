"""Ids made by the station: UUID version 7, ordered by time within one process."""

import secrets
import threading
import time
from uuid import UUID


class _Clock:
    """Milliseconds in 1/4096, never the same twice and never back, whatever the system clock does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def tick(self) -> int:
        with self._lock:
            self._last = max(time.time_ns() * 4096 // 1_000_000, self._last + 1)
            return self._last


_clock = _Clock()


def uuid7() -> UUID:
    """Return a new UUIDv7 (RFC 9562, 5.7 with 6.2 method 3): milliseconds, their fraction, randomness."""
    stamp = _clock.tick()
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value & (1 << 128) - 1)


def new_id() -> str:
    """Return a new id as text, as the flow wants it."""
    return str(uuid7())
