"""The judge's words for what is wrong, and its own view of what lies in a parcel: bodies with their padding."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from data.types import Rotation
from picker.packing.types import Item, PackingPolicy, ParcelPlan, Placement


class Fault(StrEnum):
    """What can be wrong with a plan."""

    OVERLAP = "overlap"
    OUTSIDE = "outside"
    OVERWEIGHT = "overweight"
    WRONG_SIZE = "wrong_size"
    UNKNOWN = "unknown"
    LOST = "lost"
    DOUBLED = "doubled"
    FLOATING = "floating"
    UNSUPPORTED = "unsupported"
    CRUSHED = "crushed"
    MAILER = "mailer"
    OUT_OF_STOCK = "out_of_stock"
    COMPANY = "company"
    BATTERIES = "batteries"
    NOT_CARRIED = "not_carried"
    OWN_BOX = "own_box"
    WRONG_SUM = "wrong_sum"
    HALF = "half"


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault: in which parcel (from 0; -1 the whole plan), of which order line (-1 none), and details."""

    fault: Fault
    parcel: int
    line: int
    detail: str


@dataclass(frozen=True, slots=True)
class Body:
    """A placed unit with its padding around it."""

    at: Placement
    item: Item
    low: tuple[int, int, int]
    high: tuple[int, int, int]
    units: int = 1
    """How many lie nested in it."""


def bodies_of(parcel: ParcelPlan, items: Sequence[Item], policy: PackingPolicy) -> list[Body]:
    """What lies in `parcel`, each unit with its padding; nested units are one body. Unknown lines are left out."""
    by_line = {item.line: item for item in items}
    bodies: list[Body] = []
    for p in parcel.placements:
        item = by_line.get(p.line)
        if item is None:
            continue
        pad = 0 if parcel.packaging.own_of else policy.cushioning.padding_mm[item.fragility]
        low = (p.x - pad, p.y - pad, p.z - pad)
        body = Body(p, item, low, (p.x + p.dx + pad, p.y + p.dy + pad, p.z + p.dz + pad))
        pile = _nested(bodies[-1], body) if bodies and item.nests_mm is not None else None
        if pile is not None:
            bodies[-1] = pile
        else:
            bodies.append(body)
    return bodies


def _nested(pile: Body, body: Body) -> Body | None:
    """The pile with one more unit stuck into it, if it lies as far on as such units nest."""
    if pile.item is not body.item:
        return None
    turned = (pile.at.dx, pile.at.dy, pile.at.dz) == (body.at.dx, body.at.dy, body.at.dz)
    along = [axis for axis in range(3) if body.high[axis] != pile.high[axis]]
    nest = body.item.nests_mm
    dims = body.item.dims_mm
    if not turned or len(along) > 1 or nest is None or dims is None:
        return None
    axis = along[0] if along else 2
    on = body.high[axis] - pile.high[axis] == nest and (along or not nest)
    sideways = sorted(side for n, side in enumerate((body.at.dx, body.at.dy, body.at.dz)) if n != axis)
    if not on or sideways != sorted(dims[:2]):
        return None
    return Body(pile.at, pile.item, pile.low, body.high, pile.units + 1)


def at(fault: Fault, number: int, body: Body, detail: str) -> Violation:
    """A fault of `body` in parcel `number`, told with its place."""
    return Violation(fault, number, body.at.line, f"{body.item.sku!r} at {body.low}: {detail}")


def is_its_size(body: Body) -> bool:
    """Whether a unit has the sides of its product, turned as it may be."""
    sides = (body.at.dx, body.at.dy, body.at.dz)
    dims = body.item.dims_mm
    if dims is None:
        return False
    if body.item.rotation is Rotation.FIXED:
        return sides == dims
    # Closures of dangerous liquids stay up: 49 CFR 173.24a(a)(1).
    if body.item.rotation is Rotation.UPRIGHT or (body.item.liquid and body.item.hazmat):
        return sides in ((dims[0], dims[1], dims[2]), (dims[1], dims[0], dims[2]))
    return sorted(sides) == sorted(dims)
