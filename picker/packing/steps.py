"""The order of filling in words: bottom first, heavy before light, fragile last.

`place` is made of a level ("bottom", "layer 2", ...) and, where it says something, a spot: "left", "right"
or "middle" with "front" or "back" ("bottom left front"). Every word is from that closed set, so it can be
translated.
The packer stands at the front: y grows away from them, x to their right.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from picker.packing.types import FillStep, Item, PackingPolicy, Placement


def fill_steps(
    placements: Sequence[Placement], items: Sequence[Item], policy: PackingPolicy
) -> tuple[FillStep, ...]:
    """The steps for one parcel; equal units that follow each other at one level are one step."""
    by_line = {item.line: item for item in items}
    levels = level_of(placements)
    width = max((p.x + p.dx for p in placements), default=0)
    depth = max((p.y + p.dy for p in placements), default=0)
    ordered = []
    for n, p in enumerate(placements):
        item = by_line[p.line]
        way = orientation(p)
        ordered.append(
            (levels[n], item.fragility, -(item.weight_g or 0), p.line, way, -p.y, p.x, n, p)
        )  # fmt: skip
    ordered.sort()
    steps = []
    for (level, line, way), members in groupby(ordered, key=itemgetter(0, 3, 4)):
        units = [entry[-1] for entry in members]
        item = by_line[line]
        steps.append(
            FillStep(
                key="packing.put",
                line=line,
                quantity=len(units),
                name=item.name,
                place=" ".join(word for word in (_level(level), _spot(units, width, depth)) if word),
                orientation=way,
                padding_mm=policy.cushioning.padding_mm[item.fragility],
            )
        )
    return tuple(steps)


def level_of(placements: Sequence[Placement]) -> list[int]:
    """For each placement 1 on the bottom, else one more than the highest of those anywhere beneath it."""
    levels = [1] * len(placements)
    done: list[tuple[int, Placement]] = []
    for n in sorted(range(len(placements)), key=lambda n: placements[n].z):
        p = placements[n]
        if p.z:
            x2, y2 = p.x + p.dx, p.y + p.dy
            for level, q in done:
                if (
                    level >= levels[n]
                    and q.z + q.dz <= p.z
                    and q.x < x2
                    and q.y < y2
                    and p.x < q.x + q.dx
                    and p.y < q.y + q.dy
                ):
                    levels[n] = level + 1
        done.append((levels[n], p))
    return levels


def orientation(p: Placement) -> str:
    """How a unit stands: "flat" on its widest face, "upright" on its narrowest, else "on edge"."""
    small, _, large = sorted((p.dx, p.dy, p.dz))
    if p.dz == small:
        return "flat"
    return "upright" if p.dz == large else "on edge"


def _level(level: int) -> str:
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
