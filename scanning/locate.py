"""Finding striped and checkered regions at any tilt, and cutting them out upright for a decoder."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scanning.barcode import Corner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Plane = NDArray[np.float32]

WORK_SIDE = 640  # px: a code that fills a twentieth of the frame still has bars at this size
_WINDOW = 15  # px at working size: a few bars of a code, more than one stroke of print
_MIN_COHERENCE = 0.6
_MAX_STEP = 0.4
_MIN_ENERGY = 400.0  # Scharr units squared: grey values that change by less than one a pixel are flat
_MIN_LENGTH, _MIN_HEIGHT = 20, 10  # px at working size
_MIN_AREA = 50  # square px at working size
_MAX_PARTS = 32  # of a mask that are looked at, the largest: a page of small print has hundreds
_MAX_ASPECT = 4.0  # of a PDF417; squares have less
_MIN_FILL = 0.5  # of a square's bounding box that its mask covers
_QUIET = 0.15  # of a region's length, added at both ends for the quiet zone and for what the mask missed


@dataclass(frozen=True, slots=True)
class Region:
    """A striped place: `origin` (x, y) is its top left corner once turned upright, `across` the unit
    vector across the bars; `length` is measured along it, `height` along the bars, all in pixels.
    """

    origin: tuple[float, float]
    across: tuple[float, float]
    length: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the picture lies in the region."""
        right, down = x - self.origin[0], y - self.origin[1]
        (ax, ay) = self.across
        return 0 <= right * ax + down * ay <= self.length and 0 <= down * ax - right * ay <= self.height

    def grown(self, margin: float) -> "Region":
        """The region with `margin` pixels more on every side."""
        (x, y), (ax, ay) = self.origin, self.across
        origin = (x - margin * (ax - ay), y - margin * (ay + ax))
        return Region(origin, self.across, self.length + 2 * margin, self.height + 2 * margin)

    def band(self, share: float) -> "Region":
        """The middle of the region, at most `share` of its length high."""
        height = min(self.height, share * self.length)
        down = (self.height - height) / 2
        origin = (self.origin[0] - self.across[1] * down, self.origin[1] + self.across[0] * down)
        return Region(origin, self.across, self.length, height)


@dataclass(frozen=True, slots=True)
class Crop:
    """A region turned so that bars stand upright.

    `pixels` is grey (height, width); `to_image` the 2 x 3 matrix from crop to picture coordinates;
    `length` the pixels of the crop that the region takes, between two quiet zones.
    """

    pixels: "Grey"
    to_image: "NDArray[np.float64]"
    length: float

    def placed(self, corners: Iterable[tuple[float, float]]) -> tuple[Corner, ...]:
        """Corners in the crop as corners in the picture it was cut from."""
        (ax, bx, cx), (ay, by, cy) = self.to_image.tolist()
        return tuple((round(ax * x + bx * y + cx), round(ay * x + by * y + cy)) for x, y in corners)


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
    import cv2

    scale = min(1.0, side / max(grey.shape))
    small: Any = grey
    if scale <= 0.5:  # by whole pixels first: OpenCV halves twenty times as fast as it takes other shares
        small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    texture = _texture(cv2.resize(small, (max(size[0], 1), max(size[1], 1)), interpolation=cv2.INTER_AREA))
    return Regions(_striped(texture, scale)[:limit], _checkered(texture, scale)[:limit])


def _texture(small: "Grey") -> _Texture:
    import cv2
    import numpy as np

    gx, gy = cv2.Scharr(small, cv2.CV_32F, 1, 0), cv2.Scharr(small, cv2.CV_32F, 0, 1)
    planes = (gx * gx, gy * gy, gx * gy, gx, gy, cv2.magnitude(gx, gy))
    smooth: list[Any] = [cv2.blur(plane, (_WINDOW, _WINDOW)) for plane in planes]
    xx, yy, xy, mean_x, mean_y, mean_size = smooth
    energy = xx + yy
    one_way = cv2.magnitude(xx - yy, 2 * xy) > _MIN_COHERENCE * energy
    both_signs = cv2.magnitude(mean_x, mean_y) < _MAX_STEP * mean_size
    busy = both_signs & (energy > max(_MIN_ENERGY, 0.5 * float(energy.mean())))
    striped: Any = (busy & one_way).astype(np.uint8)
    striped = cv2.morphologyEx(striped, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    striped = cv2.morphologyEx(striped, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    checkered: Any = (busy & ~one_way).astype(np.uint8)
    checkered = cv2.morphologyEx(checkered, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return _Texture(striped, checkered, xx, yy, xy)


def _striped(texture: _Texture, scale: float) -> list[Region]:
    found = [
        (strength * area**0.5, region)
        for strength, area, region in _boxes(texture, texture.striped, scale)
        if region.length * scale >= _MIN_LENGTH and region.height * scale >= _MIN_HEIGHT
    ]
    return _clearest_first(found)


def _checkered(texture: _Texture, scale: float) -> list[Region]:
    """Unlike print, squares fill their boxes and have even sides; unlike bars, more area makes them no clearer."""
    found = []
    for strength, area, region in _boxes(texture, texture.checkered, scale):
        short, long = sorted((region.length, region.height))
        if long < _MAX_ASPECT * short and area > _MIN_FILL * short * long * scale * scale:
            # The mask ends up to half a window inside the symbol, and that needs a quiet zone.
            found.append((strength * short / long, region.grown(_WINDOW / 2 / scale)))
    return _clearest_first(found)


def _boxes(texture: _Texture, mask: "Grey", scale: float) -> Iterator[tuple[float, int, Region]]:
    """Of each connected part of a mask: how strongly it stands out, its area, the box along its direction."""
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    largest = np.argsort(-stats[1:count, cv2.CC_STAT_AREA], kind="stable")[:_MAX_PARTS] + 1
    for number in largest.tolist():
        left, top, width, height, area = stats[number].tolist()
        if area < _MIN_AREA:
            return
        window = np.s_[top : top + height, left : left + width]
        inside = labels[window] == number
        strength, across = _direction(texture, window, inside)
        yield strength, area, _outline(inside, (left, top), across, scale)


def _clearest_first(found: list[tuple[float, Region]]) -> list[Region]:
    return [region for _, region in sorted(found, key=lambda one: -one[0])]


def _direction(texture: _Texture, window: Any, inside: Any) -> tuple[float, tuple[float, float]]:
    """How strongly a region stands out, and the unit vector in which its grey values change most."""
    import numpy as np

    xx, yy, xy = (float(plane[window][inside].mean()) for plane in (texture.xx, texture.yy, texture.xy))
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    return (xx + yy) ** 0.5, (float(np.cos(angle)), float(np.sin(angle)))


def _outline(inside: Any, corner: tuple[int, int], across: tuple[float, float], scale: float) -> Region:
    """The upright box around a region of the small picture, in pixels of the large one."""
    import numpy as np

    rows, columns = np.nonzero(inside)
    x, y = (columns + corner[0] + 0.5) / scale, (rows + corner[1] + 0.5) / scale
    left, right = _most(np.sort(x * across[0] + y * across[1]), 0.01)
    top, bottom = _most(np.sort(y * across[0] - x * across[1]), 0.03)
    origin = (left * across[0] - top * across[1], left * across[1] + top * across[0])
    return Region(origin, across, right - left, bottom - top)


def _most(ordered: "NDArray[np.float64]", ragged: float) -> tuple[float, float]:
    """The ends of ordered values without the `ragged` share at either."""
    spare = int(len(ordered) * ragged)
    return float(ordered[spare]), float(ordered[-1 - spare])


def cut(grey: "Grey", region: Region, zoom: float = 1.0) -> Crop:
    """The region of `grey` with a quiet zone at both ends, upright, `zoom` times as large."""
    import cv2
    import numpy as np

    across = np.array(region.across)
    along = np.array([-across[1], across[0]])
    pad = _QUIET * region.length
    origin = np.array(region.origin) - pad * across
    to_image = np.column_stack([across / zoom, along / zoom, origin])
    size = (max(1, round((region.length + 2 * pad) * zoom)), max(1, round(region.height * zoom)))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    pixels: Any = cv2.warpAffine(grey, to_image, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return Crop(pixels, to_image, region.length * zoom)
