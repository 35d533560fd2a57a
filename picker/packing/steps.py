"""The order of filling in words: bottom first, heavy before light, fragile last.

`place` is made of a level ("bottom", "layer 2", ...) and, where it says something, a spot: "left", "right"
or "middle" with "front" or "back" ("bottom left front"). Every word is from that closed set, so it can be
translated.
The packer stands at the front: y grows away from them, x to their right.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from string import ascii_letters

from picker.packing.types import FillStep, Item, PackingPolicy, Placement

LETTERS = ascii_letters[26:] + ascii_letters[:26]
"""What the sketch draws products with, the first to be put in as A."""


def fill_steps(
    placements: Sequence[Placement], items: Sequence[Item], policy: PackingPolicy, padded: bool = True
) -> tuple[FillStep, ...]:
    """The steps for one parcel; equal units that follow each other at one level are one step.

    A product's own box takes no padding: `padded` is false.
    """
    by_line = {item.line: item for item in items}
    width = max([p.x + p.dx for p in placements], default=0)
    depth = max([p.y + p.dy for p in placements], default=0)
    letters: dict[int, str] = {}
    steps = []
    for (level, line, way), members in groupby(_ordered(placements, by_line), key=itemgetter(0, 3, 4)):
        units = [entry[-1] for entry in members]
        item = by_line[line]
        padding = policy.cushioning.padding_mm[item.fragility] if padded else 0
        spot = _spot(units, width, depth)
        steps.append(
            FillStep(
                key="packing.put",
                line=line,
                quantity=len(units),
                name=item.name,
                place=f"{level_word(level)} {spot}" if spot else level_word(level),
                orientation=way,
                padding_mm=padding,
                material=policy.cushioning.name if padding else "",
                layer=level,
                letter=letters.setdefault(line, LETTERS[len(letters) % len(LETTERS)]),
                nested=item.nests_mm is not None and any(share_space(p, q) for p, q in pairwise(units)),
            )
        )
    return tuple(steps)


_Entry = tuple[int, int, int, int, str, int, int, int, Placement]
"""(level, fragility, -g, line, orientation, -y, x, place in the plan, unit): sorted, it is the order of filling."""


def _ordered(placements: Sequence[Placement], by_line: Mapping[int, Item]) -> list[_Entry]:
    levels = level_of(placements)
    ordered: list[_Entry] = []
    for n, p in enumerate(placements):
        item = by_line[p.line]
        ordered.append(
            (levels[n], item.fragility, -(item.weight_g or 0), p.line, orientation(p), -p.y, p.x, n, p)
        )
    ordered.sort()
    return ordered


def level_of(placements: Sequence[Placement]) -> list[int]:
    """For each placement 1 on the bottom, else one more than the highest of those anywhere beneath it.

    Units nested into each other are one body: all of them are where its lowest is.
    """
    bodies = _bodies(placements)
    level = [1] * len(bodies)
    done: list[tuple[int, Placement]] = []
    for n in sorted(range(len(bodies)), key=lambda n: bodies[n][0].z):
        p = bodies[n][0]
        if p.z:
            x2, y2 = p.x + p.dx, p.y + p.dy
            for its_level, q in done:
                if (
                    its_level >= level[n]
                    and q.z + q.dz <= p.z
                    and q.x < x2
                    and q.y < y2
                    and p.x < q.x + q.dx
                    and p.y < q.y + q.dy
                ):
                    level[n] = its_level + 1
        done.append((level[n], p))
    return [level[n] for n, (_, units) in enumerate(bodies) for _ in range(units)]


def _bodies(placements: Sequence[Placement]) -> list[tuple[Placement, int]]:
    """Each body's hull and of how many units it is made: those that follow each other and share space are one."""
    bodies: list[tuple[Placement, int]] = []
    last: Placement | None = None
    for p in placements:
        if last is not None and p.line == last.line and share_space(p, last):
            hull, units = bodies.pop()
            bodies.append((_hull(hull, p), units + 1))
        else:
            bodies.append((p, 1))
        last = p
    return bodies


def _hull(a: Placement, b: Placement) -> Placement:
    x, y, z = min(a.x, b.x), min(a.y, b.y), min(a.z, b.z)
    dx, dy, dz = (max(a.x + a.dx, b.x + b.dx), max(a.y + a.dy, b.y + b.dy), max(a.z + a.dz, b.z + b.dz))
    return Placement(a.line, x, y, z, dx - x, dy - y, dz - z)


def share_space(p: Placement, q: Placement) -> bool:
    """Whether two units lie within each other, as only nested ones do."""
    return (
        p.x < q.x + q.dx
        and q.x < p.x + p.dx
        and p.y < q.y + q.dy
        and q.y < p.y + p.dy
        and p.z < q.z + q.dz
        and q.z < p.z + p.dz
    )


def orientation(p: Placement) -> str:
    """How a unit stands: "flat" on its widest face, "upright" on its narrowest, else "on edge"."""
    small, _, large = sorted((p.dx, p.dy, p.dz))
    if p.dz == small:
        return "flat"
    return "upright" if p.dz == large else "on edge"


def level_word(level: int) -> str:
    """What a level is called."""
    return "bottom" if level == 1 else f"layer {level}"


def _spot(units: Sequence[Placement], width: int, depth: int) -> str:
    """Which part of the goods' common base these units take up; nothing if they reach across all of it."""
    side = _part(min(p.x for p in units), max(p.x + p.dx for p in units), width, ("left", "middle", "right"))
    row = _part(min(p.y for p in units), max(p.y + p.dy for p in units), depth, ("front", "", "back"))
    return " ".join(word for word in (side, row) if word)


def _part(low: int, high: int, size: int, words: tuple[str, str, str]) -> str:
    """The word for where [low, high) lies in [0, size); nothing if it covers three quarters of it."""
    if (high - low) * 4 >= size * 3:
        return ""
    centre = low + high
    return words[0] if centre * 3 < size * 2 else words[2] if centre * 3 > size * 4 else words[1]
