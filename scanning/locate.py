"""Finding striped and checkered regions at any tilt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scanning.region import Region

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Plane = NDArray[np.float32]

WORK_SIDE = 640  # px: a code that fills a twentieth of the frame still has bars at this size
_BLOCK = 4  # px at working size: what is measured finely is judged block by block
_STRIP = 10 * _BLOCK
_WINDOW = 5  # blocks: a few bars of a code, more than one stroke of print
_CLOSED, _OPENED = 3, 3  # blocks: gaps that are filled, specks that are left out
_MIN_COHERENCE = 0.6
_MAX_STEP = 0.4
_MIN_ENERGY = 400.0  # Scharr units squared: grey values that change by less than one a pixel are flat
_MIN_LENGTH, _MIN_HEIGHT = 5, 2  # blocks
_MIN_AREA = 4  # blocks
_SPARE_PARTS = 10  # of a mask that are looked at beyond those asked for, as some have no code's shape
_MAX_ASPECT = 4.0  # of a PDF417; squares have less
_MIN_FILL = 0.5  # of a square's bounding box that its mask covers


@dataclass(frozen=True, slots=True)
class Regions:
    """What may be codes, the clearest first: lines of bars, and squares (QR, Data Matrix)."""

    striped: list[Region]
    checkered: list[Region]


@dataclass(frozen=True, slots=True)
class _Texture:
    striped: "Grey"
    checkered: "Grey"
    xx: "Plane"
    yy: "Plane"
    xy: "Plane"


def locate(grey: "Grey", limit: int = 3, side: int = WORK_SIDE) -> Regions:
    """The `limit` clearest regions of each kind in `grey` (height, width), looked for at `side` px a side.

    A structure tensor (Bigun and Granlund 1987) over small windows tells how strongly and in which
    direction grey values change; bars of one code share that direction, squares have none. Unlike the
    edge of a label, both go up as often as down, so that their signed gradients cancel.
    """
    small = _shrunk(grey, min(1.0, side / max(grey.shape)))
    texture = _texture(small)
    scale = small.shape[1] / grey.shape[1] / _BLOCK
    return Regions(_striped(texture, scale, limit), _checkered(texture, scale, limit))


def _shrunk(grey: "Grey", scale: float) -> "Grey":
    """The picture at `scale`, filled up to whole blocks."""
    import cv2
    import numpy as np

    small: Any = grey
    if scale <= 0.5:  # by whole pixels first: OpenCV halves twenty times as fast as it takes other shares
        small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    rows, columns = (max(round(side * scale), 1) for side in grey.shape)
    if small.shape != (rows, columns):
        small = cv2.resize(small, (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.copyMakeBorder(small, 0, -rows % _BLOCK, 0, -columns % _BLOCK, cv2.BORDER_REPLICATE), np.uint8
    )


def _texture(small: "Grey") -> _Texture:
    import cv2
    import numpy as np

    strips = [_strip(small, top) for top in range(0, small.shape[0], _STRIP)]
    smooth: list[Any] = [
        cv2.blur(np.vstack(plane), (_WINDOW, _WINDOW)) for plane in zip(*strips, strict=True)
    ]
    xx, yy, xy, mean_x, mean_y, mean_size = smooth
    energy = xx + yy
    one_way = cv2.magnitude(xx - yy, 2 * xy) > _MIN_COHERENCE * energy
    both_signs = cv2.magnitude(mean_x, mean_y) < _MAX_STEP * mean_size
    busy = both_signs & (energy > max(_MIN_ENERGY, 0.5 * float(energy.mean())))
    striped: Any = (busy & one_way).astype(np.uint8)
    checkered: Any = (busy & ~one_way).astype(np.uint8)
    striped = cv2.morphologyEx(striped, cv2.MORPH_CLOSE, np.ones((_CLOSED, _CLOSED), np.uint8))
    striped, checkered = (
        cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((_OPENED, _OPENED), np.uint8))
        for mask in (striped, checkered)
    )
    return _Texture(striped, checkered, xx, yy, xy)


def _strip(small: "Grey", top: int) -> list["Plane"]:
    """Of some rows, block by block: the mean squared slopes, their product, slopes and size of the slope.

    All rows at once would take three times as long: planes that large are new memory every time.
    """
    import cv2

    above = min(top, 1)
    rows: Any = small[top - above : top + _STRIP + 1]
    end = above + min(_STRIP, small.shape[0] - top)
    gx, gy = (cv2.Scharr(rows, cv2.CV_32F, *way)[above:end] for way in ((1, 0), (0, 1)))
    planes = (cv2.multiply(gx, gx), cv2.multiply(gy, gy), cv2.multiply(gx, gy), gx, gy, cv2.magnitude(gx, gy))
    return [_pooled(plane) for plane in planes]


def _pooled(plane: Any) -> Any:
    """The mean of each block, by halving, which takes a third of the time of doing it at once."""
    import cv2

    half = cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return cv2.resize(half, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def _striped(texture: _Texture, scale: float, limit: int) -> list[Region]:
    """Of bars, more area is clearer."""
    parts = _parts(texture, texture.striped)
    parts.sort(key=lambda part: -part.strength * part.area**0.5)
    regions = (_outline(part, scale) for part in parts[: limit + _SPARE_PARTS])
    return [
        region
        for region in regions
        if region.length * scale >= _MIN_LENGTH and region.height * scale >= _MIN_HEIGHT
    ][:limit]


def _checkered(texture: _Texture, scale: float, limit: int) -> list[Region]:
    """Unlike print, squares fill their boxes and have even sides; unlike bars, more area makes them no clearer."""
    parts = _parts(texture, texture.checkered)
    parts.sort(key=lambda part: -part.strength)
    areas = []
    for part in parts[: limit + _SPARE_PARTS]:
        region = _outline(part, scale)
        short, long = sorted((region.length, region.height))
        if long < _MAX_ASPECT * short and part.area > _MIN_FILL * short * long * scale * scale:
            # The mask ends up to half a window inside the symbol, and that needs a quiet zone.
            areas.append((part.strength * short / long, region.grown(_WINDOW / 2 / scale)))
    return [region for _, region in sorted(areas, key=lambda one: -one[0])][:limit]


@dataclass(frozen=True, slots=True)
class _Part:
    """A connected part of a mask: how strongly it stands out, the unit vector in which its grey values change
    most, its area in blocks, and which blocks (row, column) of the picture's from `corner` (column, row) on.
    """

    strength: float
    across: tuple[float, float]
    area: int
    corner: tuple[int, int]
    inside: Any


def _parts(texture: _Texture, mask: "Grey") -> list[_Part]:
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    area = stats[:, cv2.CC_STAT_AREA]
    sums = (
        np.bincount(labels.ravel(), plane.ravel(), count) for plane in (texture.xx, texture.yy, texture.xy)
    )
    xx, yy, xy = (total / np.maximum(area, 1) for total in sums)
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    parts = []
    for number in (np.nonzero(area[1:] >= _MIN_AREA)[0] + 1).tolist():
        left, top, width, height, size = stats[number].tolist()
        across = (float(np.cos(angle[number])), float(np.sin(angle[number])))
        inside = labels[top : top + height, left : left + width] == number
        parts.append(_Part(float(xx[number] + yy[number]) ** 0.5, across, size, (left, top), inside))
    return parts


def _outline(part: _Part, scale: float) -> Region:
    """The upright box around a part of the mask, in pixels of the picture."""
    import numpy as np

    rows, columns = np.nonzero(part.inside)
    x, y = (columns + part.corner[0] + 0.5) / scale, (rows + part.corner[1] + 0.5) / scale
    ax, ay = part.across
    left, right = _most(np.sort(x * ax + y * ay), 0.01)
    top, bottom = _most(np.sort(y * ax - x * ay), 0.03)
    return Region((left * ax - top * ay, left * ay + top * ax), part.across, right - left, bottom - top)


def _most(ordered: "NDArray[np.float64]", ragged: float) -> tuple[float, float]:
    """The ends of ordered values without the `ragged` share at either."""
    spare = int(len(ordered) * ragged)
    return float(ordered[spare]), float(ordered[-1 - spare])
