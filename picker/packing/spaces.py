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
    if len(spaces) > 1 and cut:
        _add_maximal(cut, kept)
        return kept
    return kept + cut


def _add_maximal(cut: list[Space], kept: list[Space]) -> None:
    """Add to `kept` those of `cut` that lie within no other; the larger first, so that one look is enough."""
    if len(cut) > 1:
        cut.sort(key=_volume, reverse=True)
    for space in cut:
        x1, y1, z1, x2, y2, z2 = space
        for ox1, oy1, oz1, ox2, oy2, oz2 in kept:
            if ox1 <= x1 and x2 <= ox2 and oy1 <= y1 and y2 <= oy2 and oz1 <= z1 and z2 <= oz2:
                break
        else:
            kept.append(space)


def _volume(space: Space) -> int:
    return (space[3] - space[0]) * (space[4] - space[1]) * (space[5] - space[2])
