"""A two-way line of bytes to a printer, whatever it is made of, and a conversation over it."""

import time
from collections.abc import Callable
from typing import Generic, Protocol, Self, TypeVar

CHUNK = 2048


class Channel(Protocol):
    """Bytes to a printer and back; every call ends within the time it is given."""

    def write(self, data: bytes, seconds: float) -> int:
        """Write some of it and return how many bytes were taken, at least one.

        Raises `TimeoutError` when certainly none was taken, after `seconds` or sooner, so that it can be
        tried again, and any other `OSError` for a broken line or a doubt.
        """
        ...

    def read(self, seconds: float) -> bytes:
        """What comes within `seconds`, no bytes for nothing; raises `OSError` when the line is gone."""
        ...

    def finish(self, seconds: float) -> None:
        """Say that no more comes and wait for the line's end; raises `OSError` for a broken one."""
        ...

    def close(self) -> None:
        """Let go of the line."""
        ...


Open = Callable[[], Channel]
"""Opens a line to one printer; raises `OSError` when there is none."""


class Listener(Protocol):
    """Whatever sorts the bytes that come back."""

    def feed(self, data: bytes) -> None:
        """More bytes, cut anywhere."""
        ...


Heard = TypeVar("Heard", bound=Listener)


class Line(Generic[Heard]):
    """A conversation over a channel: what is said, and what was heard meanwhile."""

    def __init__(self, channel: Channel, heard: Heard) -> None:
        """`heard` gets every byte that comes back."""
        self._channel = channel
        self.heard = heard

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._channel.close()

    def send(self, data: bytes, stall: float, held: Callable[[float], bool] = lambda still: False) -> None:
        """Send all; raises `OSError` when no byte moves for `stall` seconds or the line breaks.

        `held` gets the seconds for which nothing has moved. While it is true, the printer has said why,
        and no time is counted.
        """
        start, moved = 0, time.monotonic()
        while start < len(data):
            try:
                start += self._channel.write(data[start : start + CHUNK], stall)
                moved = time.monotonic()
            except TimeoutError:
                if time.monotonic() - moved >= stall:
                    raise
            self.heard.feed(self._channel.read(0))
            if held(time.monotonic() - moved):
                moved = time.monotonic()

    def drain(self) -> None:
        """Hear what has come already: it is no answer to what is asked next."""
        self.heard.feed(self._channel.read(0))

    def wait(self, arrived: Callable[[], bool], seconds: float) -> bool:
        """Read until `arrived` or the time is up; raises `OSError` when the printer hangs up."""
        deadline = time.monotonic() + seconds
        while not arrived():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self.heard.feed(self._channel.read(left))
        return True

    def finish(self, seconds: float) -> None:
        """Say that no more comes and read to the end, which shows a reset that sending never does."""
        self._channel.finish(seconds)
