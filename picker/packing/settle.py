"""Once the packaging is chosen: the calmest arrangement in it, with the lowest centre of gravity found."""

from collections.abc import Sequence
from dataclasses import replace

from picker.packing.choose import Arrangement
from picker.packing.geometry import Kind, Spot
from picker.packing.place import pack
from picker.packing.starts import CALM


def settled(found: Arrangement, kinds: Sequence[Kind], support: int) -> Arrangement:
    """`found`, or the same load in the same room lying flatter and with the weight lower."""
    best, least = found.spots, moment(found.spots, kinds)
    all_flat_on_the_floor = sum(kinds[spot[0]].weight * kinds[spot[0]].turns[0][2] for spot in found.spots)
    for start in CALM:
        if least == all_flat_on_the_floor:
            break
        spots = pack(kinds, found.load, found.room, start, support)
        if spots is not None and moment(spots, kinds) < least:
            best, least = tuple(spots), moment(spots, kinds)
    return replace(found, spots=best)


def moment(spots: Sequence[Spot], kinds: Sequence[Kind]) -> int:
    """Twice the sum of weight times height of its middle over all units, in g mm."""
    return sum(kinds[spot[0]].weight * (2 * spot[3] + spot[6]) for spot in spots)
