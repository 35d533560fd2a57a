"""Empty space as a list of maximal boxes.

The method is that of maximal (empty) spaces: Lai & Chan 1997; Parreno et al. 2008, "A maximal-space algorithm
for the container loading problem". Spaces overlap; none lies within another.
"""

Space = tuple[int, int, int, int, int, int, int]
"""(mm3, x1, y1, z1, x2, y2, z2), the far corner excluded."""


def space(x1: int, y1: int, z1: int, x2: int, y2: int, z2: int) -> Space:
    """The empty space between two corners."""
    return (x2 - x1) * (y2 - y1) * (z2 - z1), x1, y1, z1, x2, y2, z2


def carve(
    spaces: list[Space], taken: tuple[int, int, int, int, int, int], thinnest: int, least: int
) -> list[Space]:
    """The spaces left when `taken` (x1, y1, z1, x2, y2, z2) is filled.

    Those thinner than `thinnest` mm or under `least` mm3 hold nothing and are dropped.
    """
    ax, ay, az, bx, by, bz = taken
    remaining: list[Space] = []
    cut: list[Space] = []
    for old in spaces:
        _, x1, y1, z1, x2, y2, z2 = old
        if bx <= x1 or ax >= x2 or by <= y1 or ay >= y2 or bz <= z1 or az >= z2:
            remaining.append(old)
            continue
        w, d, h = x2 - x1, y2 - y1, z2 - z1
        if ax - x1 >= thinnest and (volume := (ax - x1) * d * h) >= least:
            cut.append((volume, x1, y1, z1, ax, y2, z2))
        if x2 - bx >= thinnest and (volume := (x2 - bx) * d * h) >= least:
            cut.append((volume, bx, y1, z1, x2, y2, z2))
        if ay - y1 >= thinnest and (volume := w * (ay - y1) * h) >= least:
            cut.append((volume, x1, y1, z1, x2, ay, z2))
        if y2 - by >= thinnest and (volume := w * (y2 - by) * h) >= least:
            cut.append((volume, x1, by, z1, x2, y2, z2))
        if az - z1 >= thinnest and (volume := w * d * (az - z1)) >= least:
            cut.append((volume, x1, y1, z1, x2, y2, az))
        if z2 - bz >= thinnest and (volume := w * d * (z2 - bz)) >= least:
            cut.append((volume, x1, y1, bz, x2, y2, z2))
    if len(spaces) == 1:
        return cut or remaining
    # A space that holds a piece reaches over the same side of what was taken, and not into it: it ends there too.
    near = [
        s
        for s in remaining
        if s[1] == bx or s[4] == ax or s[2] == by or s[5] == ay or s[3] == bz or s[6] == az
    ]
    return remaining + _maximal(cut, near)


def _maximal(cut: list[Space], near: list[Space]) -> list[Space]:
    """Those of `cut` that lie within no other nor in one of `near`; the larger first, so that one look is enough."""
    cut.sort(reverse=True)
    spaces: list[Space] = []
    for new in cut:
        _, x1, y1, z1, x2, y2, z2 = new
        for _, ox1, oy1, oz1, ox2, oy2, oz2 in near:
            if ox1 <= x1 and x2 <= ox2 and oy1 <= y1 and y2 <= oy2 and oz1 <= z1 and z2 <= oz2:
                break
        else:
            near.append(new)
            spaces.append(new)
    return spaces
