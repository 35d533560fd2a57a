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
    for space in sorted(set(cut), key=_volume, reverse=True):
        if not _covered(space, result) and not _covered(space, kept):
            result.append(space)
    return result


def _covered(space: Space, others: list[Space]) -> bool:
    x1, y1, z1, x2, y2, z2 = space
    for ox1, oy1, oz1, ox2, oy2, oz2 in others:
        if ox1 <= x1 and x2 <= ox2 and oy1 <= y1 and y2 <= oy2 and oz1 <= z1 and z2 <= oz2:
            return True
    return False


def _volume(space: Space) -> tuple[int, Space]:
    x1, y1, z1, x2, y2, z2 = space
    return (x2 - x1) * (y2 - y1) * (z2 - z1), space
