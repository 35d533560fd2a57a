"""Empty space as a list of maximal boxes.

The method is that of maximal (empty) spaces: Lai & Chan 1997; Parreno et al. 2008, "A maximal-space algorithm
for the container loading problem". Spaces overlap; none lies within another.
"""

Space = tuple[int, int, int, int, int, int]
"""(x1, y1, z1, x2, y2, z2), the far corner excluded."""


def carve(spaces: list[Space], taken: Space, least: int) -> list[Space]:
    """The spaces left when `taken` is filled; those thinner than `least` mm hold nothing and are dropped."""
    ax, ay, az, bx, by, bz = taken
    kept: list[Space] = []
    cut: list[Space] = []
    for space in spaces:
        x1, y1, z1, x2, y2, z2 = space
        if bx <= x1 or ax >= x2 or by <= y1 or ay >= y2 or bz <= z1 or az >= z2:
            kept.append(space)
            continue
        if ax - x1 >= least:
            cut.append((x1, y1, z1, ax, y2, z2))
        if x2 - bx >= least:
            cut.append((bx, y1, z1, x2, y2, z2))
        if ay - y1 >= least:
            cut.append((x1, y1, z1, x2, ay, z2))
        if y2 - by >= least:
            cut.append((x1, by, z1, x2, y2, z2))
        if az - z1 >= least:
            cut.append((x1, y1, z1, x2, y2, az))
        if z2 - bz >= least:
            cut.append((x1, y1, bz, x2, y2, z2))
    return kept + _maximal(cut, kept)


def _maximal(cut: list[Space], kept: list[Space]) -> list[Space]:
    """Those of `cut` that lie neither within a space of `kept` nor within another of `cut`."""
    result: list[Space] = []
    cut = list(dict.fromkeys(cut))
    for space in cut:
        x1, y1, z1, x2, y2, z2 = space
        for others in (kept, cut):
            if any(
                o[0] <= x1 and o[1] <= y1 and o[2] <= z1 and o[3] >= x2 and o[4] >= y2 and o[5] >= z2
                for o in others
                if o is not space
            ):
                break
        else:
            result.append(space)
    return result
