"""What is known of single units beside their product: lot, serial number, expiry; and how many there are of each."""

from dataclasses import dataclass

FIELDS = ("lot", "serial", "expiry")


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """Lot, serial number and expiry (ISO date) of a unit, "" for what isn't known of it."""

    lot: str = ""
    serial: str = ""
    expiry: str = ""

    def agrees(self, other: "Trace") -> bool:
        """Whether both can be said of one unit: nothing known of one gainsays the other."""
        pairs = [(getattr(self, name), getattr(other, name)) for name in FIELDS]
        return all(a == b or not a or not b for a, b in pairs)

    def with_gaps_of(self, other: "Trace") -> "Trace":
        """Return this, and where nothing is known what `other` says."""
        return Trace(self.lot or other.lot, self.serial or other.serial, self.expiry or other.expiry)


NOTHING = Trace()

Traced = tuple[tuple[Trace, int], ...]
"""(trace, units) pairs in order; units of which nothing is known are not in it."""


def added(held: Traced, trace: Trace, units: int) -> Traced:
    """Return `held` with so many more (or, negative, fewer) units of a trace."""
    counts = dict(held)
    counts[trace] = counts.get(trace, 0) + units
    return tuple(sorted((key, n) for key, n in counts.items() if n > 0 and key != NOTHING))


def removed(held: Traced, trace: Trace, units: int, left: int) -> Traced:
    """Return `held` without so many units; `left` is how many units there are afterwards, known or not.

    A serial number names its unit alone. What leaves without a name may be any of several, and then they all stay
    in question until none is left.
    """
    counts = dict(held)
    named = [key for key in counts if key == trace or (trace.serial and key.serial == trace.serial)]
    for key in named[:1]:
        return added(held, key, -units)
    if left <= 0:
        return ()
    if len(held) == 1 and held[0][1] > left:
        return added(held, held[0][0], left - held[0][1])
    return held


def common(traces: set[Trace]) -> Trace:
    """Return what all of these have in common."""
    by_field = {name: {getattr(trace, name) for trace in traces} for name in FIELDS}
    return Trace(
        **{name: next(iter(values)) if len(values) == 1 else "" for name, values in by_field.items()}
    )


def last_of(held: Traced, units: int, total: int) -> Traced:
    """Return which of `total` units, of which `held` are known, the last `units` are; those not known come first."""
    stay, away = total - units - max(0, total - sum(n for _, n in held)), []
    for trace, n in held:
        staying = min(n, max(0, stay))
        stay -= staying
        if n > staying:
            away.append((trace, n - staying))
    return tuple(away)
