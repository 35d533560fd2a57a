"""Getting a whole load into one room: quick tries in one go, and a patient search for what they miss."""

from collections.abc import Sequence
from operator import itemgetter, le

from picker.packing.blocks import BULK, lay_much
from picker.packing.geometry import Kind, Load, Size, Spot
from picker.packing.place import Filling, Start, lay, sequence

WIDTH = 4
PLACES = 6
"""How many states the patient search keeps at each step, and how many places it tries for the next unit of each."""


_Child = tuple[int, Filling, list[Kind]]
"""(mm3 of goods that found a place, state, units still to be placed)."""


class Effort:
    """Empty spaces still to be looked at: counted, so that no machine's speed decides what is found."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left


class Tries:
    """Quick tries with one order's kinds; the same one is made once."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.kinds = kinds
        self._known: dict[tuple[object, ...], tuple[tuple[Spot, ...] | None, int]] = {}

    def attempt(
        self, load: Load, room: Size, start: Start, support: int, effort: Effort | None = None
    ) -> tuple[Spot, ...] | None:
        """Place all of `load` in `room` in one go, or `None`.

        `support` is the least share of a base in percent. What is looked at is taken from `effort`.
        """
        units = sequence(self.kinds, load, start.order)
        if len(units) == 1:
            return _alone(units[0], room)
        key = (room, start.taste, support, *[kind.number for kind in units])
        known = self._known.get(key)
        if known is None:
            filling = Filling(self.kinds, units, room, support)
            laid = (lay_much if len(units) > BULK else lay)(filling, units, start)
            spots = tuple(filling.spots) if laid == len(units) else None
            known = self._known[key] = spots, filling.looks
        if effort is not None:
            effort.left -= known[1]
        return known[0]


def _alone(kind: Kind, room: Size) -> tuple[Spot, ...] | None:
    """One unit by itself, as flat as it goes."""
    turn = next((turn for turn in kind.turns if all(map(le, turn, room))), None)
    return None if turn is None else ((kind.number, 0, 0, 0, *turn),)


def search(
    kinds: Sequence[Kind], load: Load, room: Size, start: Start, support: int, effort: Effort
) -> list[Spot] | None:
    """Place all of `load` in `room`, looking several places ahead, until `effort` is spent.

    A beam search whose states are judged by filling them up greedily: Araya & Riff 2014, "A beam search approach
    to the container loading problem". The unit that found no place comes first in what follows: "squeaky wheel"
    optimisation, Joslin & Clements 1999.
    """
    units = sequence(kinds, load, start.order)
    beam = [(Filling(kinds, units, room, support), units)]
    seen: set[tuple[Spot, ...]] = set()
    while beam:
        children: list[_Child] = []
        for state, rest in beam:
            for spot in state.places(rest[0], start.taste, PLACES):
                key = tuple(sorted([*state.spots, spot]))
                if key in seen:
                    continue
                seen.add(key)
                child, trial, left = _tried(state, spot, rest[1:], start)
                if not left:
                    return trial.spots
                effort.left -= trial.looks
                if effort.left <= 0:
                    return None
                children.append((sum([kinds[spot[0]].volume for spot in trial.spots]), child, left))
        children.sort(key=itemgetter(0), reverse=True)
        beam = [(state, left) for _, state, left in children[:WIDTH]]
    return None


def _tried(state: Filling, spot: Spot, rest: list[Kind], start: Start) -> tuple[Filling, Filling, list[Kind]]:
    """`state` with one unit more, that filled up with the `rest`, and the rest with the first misfit in front.

    Nothing is left where all of it found a place.
    """
    child = state.copy()
    child.put((spot,))
    trial = child.copy()
    laid = lay(trial, rest, start)
    if laid == len(rest):
        return child, trial, []
    rest.insert(0, rest.pop(laid))
    return child, trial, rest
