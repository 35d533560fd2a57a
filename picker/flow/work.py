"""The order in hand: what its events add up to."""

from dataclasses import dataclass, replace

from picker.flow.events import CaptureStarted, Counts, Event, StopKind
from picker.flow.order import OrderFacts, OrderLine
from picker.flow.trace import NOTHING, Trace, Traced, added, removed


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its id and the id of the input that caused it; undo takes back whole inputs."""

    id: str
    group: str
    event: Event


@dataclass(frozen=True, slots=True)
class LineWork:
    """Units of one line: `picked` are with the order (in tote or parcel), `checked` in a parcel.

    `traced` are the picked ones of which lot, serial number or expiry is known.
    """

    line: int
    sku: str
    name: str
    wanted: int
    picked: int = 0
    checked: int = 0
    short: int = 0
    damaged: int = 0
    postponed: int = 0
    empty: frozenset[str] = frozenset()
    traced: Traced = ()

    @property
    def waiting(self) -> int:
        """Units still to be picked."""
        return max(0, self.wanted - self.picked - self.short)

    @property
    def in_tote(self) -> int:
        """Units picked and not yet in a parcel."""
        return self.picked - self.checked

    @property
    def surplus(self) -> int:
        """Units with the order that it no longer wants."""
        return max(0, self.picked - self.wanted)


@dataclass(frozen=True, slots=True)
class ParcelWork:
    """One parcel of the order; `expected_g` and `gross_g` are 0 while unknown."""

    number: int
    units: Counts = ()
    packaging: str = ""
    expected_g: int = 0
    gross_g: int = 0
    sscc: str = ""
    finished: bool = False
    photographed: bool = False
    """Its open box was photographed, or a lead has excused that."""
    traced: tuple[tuple[int, Traced], ...] = ()
    """By line the units in it of which lot, serial number or expiry is known."""

    @property
    def sealed(self) -> bool:
        """Whether its documents are queued and nothing goes in or out any more."""
        return bool(self.sscc)

    def count(self, line: int) -> int:
        """Units of `line` in this parcel."""
        return dict(self.units).get(line, 0)

    def add(self, line: int, quantity: int, trace: Trace = NOTHING) -> "ParcelWork":
        """Return the parcel with `quantity` more (or, negative, fewer) units of `line`."""
        counts = dict(self.units)
        counts[line] = counts.get(line, 0) + quantity
        units = tuple(sorted((key, n) for key, n in counts.items() if n))
        known = self.known(line)
        gone = quantity < 0
        known = removed(known, trace, -quantity, counts[line]) if gone else added(known, trace, quantity)
        return replace(self, units=units).with_known(line, known)

    def known(self, line: int) -> Traced:
        """Units of `line` in this parcel of which lot, serial number or expiry is known."""
        return dict(self.traced).get(line, ())

    def with_known(self, line: int, held: Traced) -> "ParcelWork":
        """Return the parcel with other knowledge of a line's units."""
        traced = {**dict(self.traced), line: held}
        return replace(self, traced=tuple(sorted((key, known) for key, known in traced.items() if known)))


@dataclass(frozen=True, slots=True)
class OrderWork:
    """Facts of the order and the sum of its events; built only by `start` and `fold`."""

    order: OrderFacts
    lines: tuple[LineWork, ...]
    parcels: tuple[ParcelWork, ...] = (ParcelWork(1),)
    version: int = 0
    epoch: int = 0
    location: str = ""
    capture: CaptureStarted | None = None
    check_begun: bool = False
    stop: StopKind | None = None
    stop_reason: str = ""
    changes: tuple[tuple[int, int, int], ...] = ()
    closed: bool = False
    pieces: int = 0
    """In how many parcels it goes, as confirmed; 0 before that, or where nobody asks."""
    shelf: str = ""
    """Where the parcels of an order that is picked up were put."""
    handed_out: bool = False
    parked: str = ""
    history: tuple[Entry, ...] = ()

    def line(self, number: int) -> LineWork:
        """Return the line with this number; KeyError when the order has none."""
        for line in self.lines:
            if line.line == number:
                return line
        raise KeyError(number)

    def with_line(self, changed: LineWork) -> "OrderWork":
        """Return the work with one line replaced."""
        return replace(self, lines=tuple(changed if old.line == changed.line else old for old in self.lines))

    def parcel(self, number: int) -> ParcelWork:
        """Return the parcel with this number; KeyError when there is none."""
        for parcel in self.parcels:
            if parcel.number == number:
                return parcel
        raise KeyError(number)

    def with_parcel(self, changed: ParcelWork) -> "OrderWork":
        """Return the work with one parcel replaced or, when its number is new, added."""
        parcels = [old for old in self.parcels if old.number != changed.number]
        return replace(self, parcels=tuple(sorted([*parcels, changed], key=lambda parcel: parcel.number)))

    @property
    def serials(self) -> frozenset[tuple[int, str]]:
        """(line, serial number) of the units with the order."""
        serials = ((line.line, trace.serial) for line in self.lines for trace, _ in line.traced)
        return frozenset((number, serial) for number, serial in serials if serial)

    def loose(self, number: int) -> int:
        """Units of a line that are with the order and not yet in a sealed parcel."""
        return self.line(number).picked - sum(p.count(number) for p in self.parcels if p.sealed)

    @property
    def open_parcel(self) -> ParcelWork:
        """The parcel that checked units go into: the last one, or a new one when that is sealed or boxed."""
        last = self.parcels[-1]
        return ParcelWork(last.number + 1) if last.sealed or last.packaging else last

    @property
    def next_parcel(self) -> ParcelWork | None:
        """The first parcel that is not finished, in packing order."""
        return next((parcel for parcel in self.parcels if parcel.units and not parcel.finished), None)

    @property
    def parcels_begun(self) -> int:
        """The number of the last parcel with goods in it."""
        return max((parcel.number for parcel in self.parcels if parcel.units), default=0)

    @property
    def parcels_open(self) -> bool:
        """Whether it must be asked how many parcels there will be: more than was said, and more follow this one."""
        here = self.next_parcel
        others = any(parcel.units and not parcel.sealed and parcel != here for parcel in self.parcels)
        return self.order.pieces and others and self.parcels_begun > self.pieces


def start(order: OrderFacts) -> OrderWork:
    """Return the work on an order none of whose events has been applied yet."""
    return OrderWork(order, tuple(_line(line) for line in order.lines))


def _line(line: OrderLine) -> LineWork:
    return LineWork(line.line, line.sku, line.name, line.quantity)
