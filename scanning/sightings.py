"""Which of the codes seen frame after frame count as a scan: pure, the clock is handed in."""

from collections import deque
from collections.abc import Callable, Iterable

WINDOW = 3
AGREEING = 2
GONE_AFTER_S = 1.0


def _nothing_expected(_key: str) -> bool:
    return False


class Sightings:
    """Accepts a code seen in two of three frames, once for each time it is held to the camera.

    A single frame can hold a wrong read with a valid check digit; two frames agreeing on one are
    rare. A code that `expected` knows is accepted at its first sight: no measured wrong read was
    ever another code of a catalogue. An accepted code counts again only after it was out of sight
    for `gone_after_s` seconds.
    """

    def __init__(
        self, expected: Callable[[str], bool] = _nothing_expected, gone_after_s: float = GONE_AFTER_S
    ) -> None:
        """`expected` is asked for keys as `scanning.codes.lookup_key` makes them."""
        self._expected = expected
        self._gone_after_s = gone_after_s
        self._frames: deque[frozenset[str]] = deque(maxlen=WINDOW)
        self._last_seen: dict[str, float] = {}

    def frame(self, keys: Iterable[str], now: float) -> list[str]:
        """Keys newly accepted, given those seen in the next frame at `now` (monotonic seconds)."""
        seen = list(dict.fromkeys(keys))
        self._frames.append(frozenset(seen))
        self._forget(now)
        accepted = [key for key in seen if key not in self._last_seen and self._trusted(key)]
        for key in seen:
            if key in self._last_seen or key in accepted:
                self._last_seen[key] = now
        return accepted

    def _trusted(self, key: str) -> bool:
        return sum(key in frame for frame in self._frames) >= AGREEING or self._expected(key)

    def _forget(self, now: float) -> None:
        gone = [key for key, seen in self._last_seen.items() if now - seen >= self._gone_after_s]
        for key in gone:
            del self._last_seen[key]
