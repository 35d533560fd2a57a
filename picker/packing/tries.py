"""Getting a whole load into one room: quick tries in one go, and a patient search for what they miss."""

from collections.abc import Sequence
from operator import le

from picker.packing.blocks import BULK, lay_much
from picker.packing.geometry import Kind, Load, Size, Spot
from picker.packing.place import Filling, Start, lay, sequence

WIDTH = 4
PLACES = 6
"""How many states the patient search keeps at each step, and how many places it tries for the next unit of each."""


class Effort:
    """Empty spaces still to be looked at: counted, so that no machine's speed decides what is found."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left


def attempt(
    kinds: Sequence[Kind], load: Load, room: Size, start: Start, support: int, effort: Effort | None = None
) -> list[Spot] | None:
    """Place all of `load` in `room` in one go, or `None`. `support` is the least share of a base in percent."""
    units = sequence(kinds, load, start.order)
    if len(units) == 1:
        return _alone(units[0], room)
    filling = Filling(kinds, units, room, support)
    laid = (lay_much if len(units) > BULK else lay)(filling, units, start)
    if effort is not None:
        effort.left -= filling.looks
    return filling.spots if laid == len(units) else None


def _alone(kind: Kind, room: Size) -> list[Spot] | None:
    """One unit by itself, as flat as it goes."""
    turn = next((turn for turn in kind.turns if all(map(le, turn, room))), None)
    return None if turn is None else [(kind.number, 0, 0, 0, *turn)]


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
        children: list[tuple[int, Filling, list[Kind]]] = []
        for state, rest in beam:
            for spot in state.places(rest[0], start.taste, PLACES):
                key = tuple(sorted([*state.spots, spot]))
                if key in seen:
                    continue
                seen.add(key)
                child = state.copy()
                child.put((spot,))
                trial = child.copy()
                left = rest[1:]
                laid = lay(trial, left, start)
                if laid == len(left):
                    return trial.spots
                effort.left -= trial.looks
                if effort.left <= 0:
                    return None
                left.insert(0, left.pop(laid))
                children.append((sum(kinds[spot[0]].volume for spot in trial.spots), child, left))
        children.sort(key=_filled, reverse=True)
        beam = [(state, left) for _, state, left in children[:WIDTH]]
    return None


def _filled(entry: tuple[int, Filling, list[Kind]]) -> int:
    return entry[0]
