"""The cheapest single packaging for a load: by full cost, a few quick tries each until one succeeds, then all
tries for those cheaper than it. Adding a packaging therefore never makes the answer dearer.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from picker.packing.bounds import impossible
from picker.packing.geometry import Kind, Load, Size, Spot, rooms
from picker.packing.place import Start, pack
from picker.packing.starts import QUICK, patient
from picker.packing.types import Container, PackingPolicy

PLACED_UNITS = 900
"""Units placed per packaging at the most, so that huge orders get fewer tries."""

MANY = 1 << 60


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A load placed in one packaging (by its number): in which free room, and where every unit lies."""

    number: int
    load: Load
    room: Size
    spots: tuple[Spot, ...]
    cost: int


class Chooser:
    """Answers for loads of one order's kinds; remembers what it has already tried."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        containers: Sequence[Container],
        policy: PackingPolicy,
        stock: tuple[int | None, ...] | None = None,
    ) -> None:
        self.kinds = kinds
        self.containers = containers
        self.policy = policy
        self._stock = tuple(container.stock for container in containers) if stock is None else stock
        self._known: dict[tuple[Load, int], tuple[int, Arrangement | None]] = {}
        self._less: dict[int, Chooser] = {}
        self._boxes = [
            _box(number, container, policy)
            for number, container in enumerate(containers)
            if self._stock[number] != 0
        ]
        self._holders: list[tuple[int, _Box, int]] | None = None

    def single(self, load: Load, below: int = MANY, effort: int | None = None) -> Arrangement | None:
        """The cheapest arrangement of all of `load` in one packaging for less than `below` cents.

        `effort` is about how many tries a packaging is worth after the quick ones; the policy's by default.
        """
        effort = self.policy.effort if effort is None else effort
        bound, known = self._known.get((load, effort), (-1, None))
        if known is None and bound < below:
            known = self._search(load, below, effort)
            self._known[load, effort] = below, known
        return known if known is not None and known.cost < below else None

    def take(self, number: int) -> "Chooser":
        """The chooser for what else goes into the order once packaging `number` is used up by one."""
        left = self._stock[number]
        if left is None:
            return self
        if number not in self._less:
            stock = (*self._stock[:number], left - 1, *self._stock[number + 1 :])
            self._less[number] = Chooser(self.kinds, self.containers, self.policy, stock)
        return self._less[number]

    def without(self, numbers: Collection[int]) -> "Chooser":
        """A chooser that never proposes the packagings `numbers`."""
        stock = tuple(0 if n in numbers else left for n, left in enumerate(self._stock))
        return Chooser(self.kinds, self.containers, self.policy, stock)

    @property
    def has_stock(self) -> bool:
        """Whether there is any packaging to choose from."""
        return bool(self._boxes)

    @property
    def housed(self) -> int:
        """The kinds, as bits, of which some packaging can hold a single unit."""
        found = 0
        for *_, holds in self.holders:
            found |= holds
        return found

    def at_least(self, load: Load) -> int:
        """A cost in cents that no single packaging for `load` can undercut; `MANY` if none can take it."""
        volume, weight, members = self.measure(load)
        least = MANY
        for floor, box, holds in self.holders:
            if floor >= least:
                break
            if volume <= box.room and weight <= box.most and holds & members == members:
                least = min(least, self._cost(box, weight))
        return least

    def least_of_two(self, load: Load) -> int:
        """A cost in cents that no two parcels for `load` can undercut, from sums alone."""
        policy = self.policy
        if not self._boxes:
            return MANY
        volume, weight, _ = self.measure(load)
        grams = max(weight + 2 * min(box.tare for box in self._boxes), volume // policy.dim_divisor)
        steps = max(2, -(-grams // policy.step_g))
        return 2 * min(box.fixed for box in self._boxes) + policy.step_cents * steps

    def measure(self, load: Load) -> tuple[int, int, int]:
        """(mm3, g, set of kinds as bits) of `load`."""
        volume = weight = members = 0
        for kind, count in zip(self.kinds, load, strict=True):
            if count:
                volume += kind.volume * count
                weight += kind.weight * count
                members |= 1 << kind.number
        return volume, weight, members

    def takers(self, load: Load, below: int = MANY) -> list[tuple[int, int]]:
        """(cost, number) of the packagings that may take `load` for less than `below`, cheapest first."""
        volume, weight, _ = self.measure(load)
        return sorted(
            (cost, box.number)
            for box in self._boxes
            if volume <= box.room and weight <= box.most and (cost := self._cost(box, weight)) < below
        )

    def enterable(self, number: int) -> int:
        """The kinds, as bits, of which packaging `number` can hold a single unit."""
        return next((holds for _, box, holds in self.holders if box.number == number), 0)

    @property
    def holders(self) -> list[tuple[int, "_Box", int]]:
        """(cost of it nearly empty, packaging, kinds it can hold a unit of as bits), cheapest first."""
        if self._holders is None:
            found = [(self._cost(box, 0), box, self._held(box)) for box in self._boxes]
            found.sort(key=lambda entry: (entry[0], entry[1].number))
            self._holders = [entry for entry in found if entry[2]]
        return self._holders

    def arrangement(self, number: int, load: Load, room: Size, spots: Sequence[Spot]) -> Arrangement:
        """Put a price on `load` placed in packaging `number`."""
        container = self.containers[number]
        cost = cost_cents(container, container.tare_g + self.measure(load)[1], self.policy)
        return Arrangement(number, load, room, tuple(spots), cost)

    def _search(self, load: Load, below: int, effort: int) -> Arrangement | None:
        found = None
        failed: list[tuple[int, list[Size]]] = []
        for _, number in self.takers(load, below):
            open_rooms = rooms(self.containers[number], self.kinds, load)
            found = self._arrange(load, number, open_rooms, QUICK[:1], 1)
            if found is None:
                open_rooms = [room for room in open_rooms if not impossible(room, self.kinds, load)]
                found = self._arrange(load, number, open_rooms, QUICK[1:], 1)
            if found is not None:
                break
            failed.append((number, open_rooms))
        tries, rounds = patient(min(effort, PLACED_UNITS // max(1, sum(load))))
        for number, open_rooms in failed:
            cheaper = self._arrange(load, number, open_rooms, tries, rounds)
            if cheaper is not None:
                return cheaper
        return found

    def _arrange(
        self, load: Load, number: int, open_rooms: Sequence[Size], tries: Sequence[Start], rounds: int
    ) -> Arrangement | None:
        """The first of `tries` that places all of `load` in a room of packaging `number`."""
        support = self.policy.min_support_percent
        for room in open_rooms:
            for start in tries:
                spots = pack(self.kinds, load, room, start, support, rounds)
                if spots is not None:
                    return self.arrangement(number, load, room, spots)
        return None

    def _held(self, box: "_Box") -> int:
        container = self.containers[box.number]
        holds = 0
        for kind in self.kinds:
            unit = tuple(int(other is kind) for other in self.kinds)
            if kind.weight <= box.most and rooms(container, self.kinds, unit):
                holds |= 1 << kind.number
        return holds

    def _cost(self, box: "_Box", goods_g: int) -> int:
        billable = max(box.tare + goods_g, box.by_volume)
        return box.fixed + self.policy.step_cents * max(1, -(-billable // self.policy.step_g))


@dataclass(frozen=True, slots=True)
class _Box:
    """A packaging's figures, worked out once: mm3, greatest weight of goods, g, fixed cents, g by volume."""

    number: int
    room: int
    most: int
    tare: int
    fixed: int
    by_volume: int


def _box(number: int, container: Container, policy: PackingPolicy) -> _Box:
    x, y, z = container.inner_mm
    return _Box(
        number=number,
        room=x * y * z,
        most=min(container.max_gross_g, policy.max_weight_g) - container.tare_g,
        tare=container.tare_g,
        fixed=container.price_cents + policy.base_cents,
        by_volume=billable_g(container, 0, policy),
    )


def billable_g(container: Container, gross_g: int, policy: PackingPolicy) -> int:
    """What the carrier bills in g: the gross weight, or the outer volume's if that is more.

    The volume's weight in kg is cm3 / divisor, hence in g mm3 / divisor, rounded up.
    """
    x, y, z = container.outer_mm
    return max(gross_g, -(-x * y * z // policy.dim_divisor))


def cost_cents(container: Container, gross_g: int, policy: PackingPolicy) -> int:
    """Full cost of one parcel: packaging, base price, and a price for each started step of billable weight."""
    steps = max(1, -(-billable_g(container, gross_g, policy) // policy.step_g))
    return container.price_cents + policy.base_cents + policy.step_cents * steps
