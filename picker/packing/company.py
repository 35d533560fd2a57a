"""Which goods may share a parcel."""

from collections.abc import Sequence

from picker.packing.geometry import Kind, Load
from picker.packing.types import PackingPolicy


class Company:
    """What the policy keeps apart among one order's kinds."""

    def __init__(self, kinds: Sequence[Kind], policy: PackingPolicy) -> None:
        self._kinds = kinds
        powered = any(kind.batteries for kind in kinds)
        self._most = policy.max_batteries if powered else None
        self._most_g = policy.max_battery_net_g if powered else None
        self._alone = any(kind.alone for kind in kinds)
        picky = self._alone or policy.apart
        self._foes = {kind.number: foes for kind in kinds if picky and (foes := _foes(kind, kinds, policy))}

    def agrees(self, members: int) -> bool:
        """Whether these kinds, as bits, may share a parcel."""
        return not any(members >> number & 1 and members & foes for number, foes in self._foes.items())

    def travels(self, load: Load) -> bool:
        """Whether so many units of them may: those that ship alone, and batteries by number."""
        if self._alone and sum(load) > 1 and any(n and self._kinds[k].alone for k, n in enumerate(load)):
            return False
        if self._most is not None and self._sum(load, [kind.batteries for kind in self._kinds]) > self._most:
            return False
        return (
            self._most_g is None or self._sum(load, [kind.battery_g for kind in self._kinds]) <= self._most_g
        )

    def parts(self, load: Load) -> list[tuple[Load, int]]:
        """(part of `load`, how many times): what is never in one parcel with anything of another part."""
        if not self._foes:
            return [(load, 1)]
        left = sum(1 << n for n, count in enumerate(load) if count)
        parts = []
        while left:
            members = self._linked(left & -left, left)
            left &= ~members
            part = tuple(count if members >> n & 1 else 0 for n, count in enumerate(load))
            times = max(part) if any(kind.alone for kind in self._kinds if members >> kind.number & 1) else 1
            parts.append((tuple(count // times for count in part), times))
        return parts

    def _linked(self, members: int, among: int) -> int:
        """`members` and whoever may share a parcel with one of them, or with one of those, and so on."""
        friends = members
        for kind in self._kinds:
            if members >> kind.number & 1:
                friends |= among & ~self._foes.get(kind.number, 0)
        return members if friends == members else self._linked(friends, among)

    def part(self, load: Load) -> Load:
        """As much of `load` as may share a parcel, the bulkiest kinds first."""
        part = [0] * len(load)
        members = 0
        left, left_g = self._most, self._most_g
        for kind in sorted(self._kinds, key=lambda kind: (-kind.volume, kind.number)):
            count = load[kind.number]
            if not count or not self.agrees(members | 1 << kind.number):
                continue
            count = 1 if kind.alone else count
            if left is not None and kind.batteries:
                count = min(count, left // kind.batteries)
                left -= count * kind.batteries
            if left_g is not None and kind.battery_g:
                count = min(count, left_g // kind.battery_g)
                left_g -= count * kind.battery_g
            if count:
                members |= 1 << kind.number
                part[kind.number] = count
        return tuple(part)

    @staticmethod
    def _sum(load: Load, each: Sequence[int]) -> int:
        return sum(count * one for count, one in zip(load, each, strict=True))


def _foes(kind: Kind, kinds: Sequence[Kind], policy: PackingPolicy) -> int:
    """The kinds, as bits, that may not lie with `kind`."""
    foes = 0
    for other in kinds:
        if other is not kind and (kind.alone or other.alone or _hostile(kind, other, policy)):
            foes |= 1 << other.number
    return foes


def _hostile(kind: Kind, other: Kind, policy: PackingPolicy) -> bool:
    return any(
        (a in kind.groups and b in other.groups) or (b in kind.groups and a in other.groups)
        for a, b in policy.apart
    )
