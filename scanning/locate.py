"""Finding bar-like regions at any tilt, and cutting them out upright for a decoder."""

from collections.abc import Iterable
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
class _Stripes:
    mask: "Grey"
    xx: "Plane"
    yy: "Plane"
    xy: "Plane"


def locate(grey: "Grey", limit: int = 3, side: int = WORK_SIDE) -> list[Region]:
    """The `limit` clearest striped regions of `grey` (height, width), looked for at `side` px a side.

    A structure tensor (Bigun and Granlund 1987) over small windows tells how strongly and in which
    direction grey values change; bars of one code share that direction. Unlike the edge of a label,
    they go up as often as down, so that their signed gradients cancel.
    """
    import cv2
    import numpy as np

    scale = min(1.0, side / max(grey.shape))
    small: Any = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    stripes = _striped(small)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(stripes.mask)
    found: list[tuple[float, Region]] = []
    for number in range(1, count):
        left, top, width, height, area = stats[number].tolist()
        if area < _MIN_LENGTH * _MIN_HEIGHT:
            continue
        window = np.s_[top : top + height, left : left + width]
        inside = labels[window] == number
        strength, across = _direction(stripes, window, inside)
        region = _outline(inside, (left, top), across, scale)
        if region.length * scale >= _MIN_LENGTH and region.height * scale >= _MIN_HEIGHT:
            found.append((strength * area**0.5, region))
    found.sort(key=lambda one: -one[0])
    return [region for _, region in found[:limit]]


def _striped(small: "Grey") -> _Stripes:
    import cv2
    import numpy as np

    gx, gy = cv2.Scharr(small, cv2.CV_32F, 1, 0), cv2.Scharr(small, cv2.CV_32F, 0, 1)
    planes = (gx * gx, gy * gy, gx * gy, gx, gy, cv2.magnitude(gx, gy))
    smooth: list[Any] = [cv2.blur(plane, (_WINDOW, _WINDOW)) for plane in planes]
    xx, yy, xy, mean_x, mean_y, mean_size = smooth
    energy = xx + yy
    one_way = cv2.magnitude(xx - yy, 2 * xy) > _MIN_COHERENCE * energy
    both_signs = cv2.magnitude(mean_x, mean_y) < _MAX_STEP * mean_size
    strong = energy > max(_MIN_ENERGY, 0.5 * float(energy.mean()))
    mask: Any = (one_way & both_signs & strong).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return _Stripes(mask, xx, yy, xy)


def _direction(stripes: _Stripes, window: Any, inside: Any) -> tuple[float, tuple[float, float]]:
    """How strongly the bars of a region stand out, and the unit vector across them."""
    import numpy as np

    xx, yy, xy = (float(plane[window][inside].mean()) for plane in (stripes.xx, stripes.yy, stripes.xy))
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    strength = np.hypot(xx - yy, 2 * xy) / (xx + yy) ** 0.5
    return float(strength), (float(np.cos(angle)), float(np.sin(angle)))


def _outline(inside: Any, corner: tuple[int, int], across: tuple[float, float], scale: float) -> Region:
    """The upright box around a region of the small picture, in pixels of the large one."""
    import numpy as np

    rows, columns = np.nonzero(inside)
    x, y = (columns + corner[0] + 0.5) / scale, (rows + corner[1] + 0.5) / scale
    left, right = np.percentile(x * across[0] + y * across[1], (1, 99)).tolist()
    top, bottom = np.percentile(y * across[0] - x * across[1], (3, 97)).tolist()
    origin = (left * across[0] - top * across[1], left * across[1] + top * across[0])
    return Region(origin, across, right - left, bottom - top)


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
