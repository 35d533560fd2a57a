"""Telling a machine from a hand by the times of keys, so that nothing typed is glued to a scan and no scan is cut.

The rule, for the keys of one entry up to its suffix:

1. Keys less than `PACE` apart are one stretch; so are those less than `EVEN` times as far apart as is usual among
   these, since a scanner over Bluetooth isn't even.
2. A stretch of at least `BURST` keys, the middle gap of which is under `PACE`, is a burst: only a machine types it.
   The suffix counts twice, since no hand is as quick to Enter.
3. An entry without a burst was typed by a hand and counts as it is, whatever its pauses. So does a burst alone, also
   where its suffix came late.
4. A burst that ends an entry, and began `OLD` or more after all that a hand had typed before, stands alone: what was
   typed is taken off.
5. Anything else came in pieces, and nobody knows which belong together: it is refused whole.

Measured in bursts on a loaded machine: middle gap 0.02 ms, 99 % under 8 ms, some over 300 ms. Bluetooth scanners wait
12 to 50 ms between characters; one that is set to wait longer than `PACE` can't be told from a hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

PACE = 0.06
"""Seconds between keys that no hand keeps up: 200 words a minute."""
EVEN = 3
BURST = 4
OLD = 1.0
"""Seconds after which a typed text has nothing to do with the scan that follows."""
PAUSE = 0.2
"""Seconds of silence within which a device that only scans begins and ends a scan."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What the times of an entry say: its text begins with key `start`, and what is before it was typed by a hand.

    Where the entry is not `whole`, its last piece begins there. `by_hand`: no machine typed it, or one as slow.
    """

    start: int = 0
    whole: bool = True
    by_hand: bool = False


Judge = Callable[[Sequence[float], int], Rhythm]
"""Judges the times of keys in seconds, of which the last so many are those of the suffix."""


def of_keyboard(times: Sequence[float], suffix: int) -> Rhythm:
    """Judge an entry at a keyboard, where hands and scanners type."""
    quick = [gap for gap in _gaps(times) if gap < PACE]
    parts = _cut(times, max(PACE, EVEN * median(quick)) if quick else PACE)
    bursts = [part for part in parts if _is_burst(times[part.start : part.stop], part, len(times) - suffix)]
    if not bursts:
        return Rhythm(by_hand=True)
    parts = _without_late_suffix(parts, len(times) - suffix)
    start = parts[-1].start
    old = start > 0 and times[start] - times[start - 1] >= OLD
    return Rhythm(start, whole=start == 0 or (old and bursts == parts[-1:]))


def of_device(times: Sequence[float], suffix: int) -> Rhythm:
    """Judge an entry of a device that only scans: one that was silent in between has sent pieces."""
    gaps = _gaps(times)
    parts = _cut(times, max(PAUSE, EVEN * median(gaps)) if gaps else PAUSE)
    start = _without_late_suffix(parts, len(times) - suffix)[-1].start
    return Rhythm(start, whole=start == 0)


def _gaps(times: Sequence[float]) -> list[float]:
    return [after - before for before, after in pairwise(times)]


def _cut(times: Sequence[float], limit: float) -> list[range]:
    """The keys in stretches, cut at each gap of `limit` seconds or more."""
    cuts = [place for place, gap in enumerate(_gaps(times), 1) if gap >= limit]
    return [range(start, end) for start, end in pairwise((0, *cuts, len(times)))]


def _without_late_suffix(parts: list[range], suffix_at: int) -> list[range]:
    return parts[:-1] if len(parts) > 1 and parts[-1].start >= suffix_at else parts


def _is_burst(times: Sequence[float], part: range, suffix_at: int) -> bool:
    keys = len(part) + (part.start < suffix_at < part.stop)
    return keys >= BURST and median(_gaps(times)) < PACE
