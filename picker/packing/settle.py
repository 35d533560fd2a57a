"""Once the packaging is chosen: the calmest arrangement in it, firm, lying flat and heavy below."""

from collections.abc import Sequence
from dataclasses import replace

from picker.packing.choose import Arrangement, Chooser
from picker.packing.geometry import Kind, Spot
from picker.packing.pile import Pile
from picker.packing.starts import CALM, PATIENT
from picker.packing.tries import Effort, search
from picker.packing.types import PackingPolicy

FIRM = 60
"""Percent of a raised unit's base that should rest on others where the policy asks for less."""

SETTLING = 6000
"""Empty spaces looked at for a calmer arrangement."""

FIRMLY = 2500
"""Empty spaces looked at, from two starts each, for an arrangement in which all rests firmly."""

SLENDER = 268
"""Thousandths of its height: a base narrower than tan 15 degrees of it tips (the rule of BoxPacker)."""


def settled(arrangement: Arrangement, chooser: Chooser) -> Arrangement:
    """`arrangement`, or the same load in the same room lying more firmly, flatter and with the weight lower.

    Packaging, load and room stay what they are: preferring calm, `stable` too, never costs a cent or a parcel.
    """
    best, kinds, policy = arrangement.spots, chooser.kinds, chooser.policy
    if all(not spot[3] and spot[6] == kinds[spot[0]].turns[0][2] for spot in best):
        return arrangement
    least = _unrest(best, kinds, policy)
    calm = (0, 0, sum(kinds[spot[0]].weight * kinds[spot[0]].turns[0][2] for spot in best))
    support = max(FIRM, policy.min_support_percent) if least[0] else policy.min_support_percent
    effort = Effort(SETTLING)
    for start in (*CALM, *PATIENT) if least[0] or least[1] else CALM:
        if least <= calm or effort.left <= 0:
            break
        spots = chooser.tries.attempt(arrangement.load, arrangement.room, start, support, effort)
        if spots is not None and (unrest := _unrest(spots, kinds, policy)) < least:
            best, least = spots, unrest
    if least[0]:
        best = _firmly(arrangement, kinds) or best
    return replace(arrangement, spots=best)


def _firmly(arrangement: Arrangement, kinds: Sequence[Kind]) -> tuple[Spot, ...] | None:
    """The same load found in the same room by a patient search for firm places only."""
    for start in PATIENT[:2]:
        spots = search(kinds, arrangement.load, arrangement.room, start, FIRM, Effort(FIRMLY))
        if spots is not None:
            return tuple(spots)
    return None


def _unrest(spots: Sequence[Spot], kinds: Sequence[Kind], policy: PackingPolicy) -> tuple[int, int, int]:
    """(units that rest on too little, units that would tip, twice the weight times height in g mm)."""
    loose = policy.min_support_percent < FIRM and _loose(spots, kinds)
    tipping = policy.stable and sum(tips(kinds[spot[0]], spot) for spot in spots)
    return int(loose), int(tipping), sum(kinds[spot[0]].weight * (2 * spot[3] + spot[6]) for spot in spots)


def _loose(spots: Sequence[Spot], kinds: Sequence[Kind]) -> int:
    """How many units rest on too little."""
    if not any(spot[3] for spot in spots):
        return 0
    pile = Pile(kinds, FIRM, heeded=False)
    for spot in spots:
        pile.add(spot)
    return sum(not pile.stands(spot) for spot in spots)


def tips(kind: Kind, spot: Spot) -> bool:
    """Whether it stands on a base too narrow for its height although it could lie."""
    _, _, _, _, dx, dy, dz = spot
    return _slender(dx, dy, dz) and not all(_slender(*turn) for turn in kind.turns)


def _slender(dx: int, dy: int, dz: int) -> bool:
    return min(dx, dy) * 1000 < SLENDER * dz
