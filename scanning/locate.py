"""Finding bar-like regions at any tilt, and cutting them out upright for a decoder."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Plane = NDArray[np.float32]

_WORK_SIDE = 640  # px: a code fills enough of a frame to be seen at this size, and cv2 takes 8 ms
_MIN_COHERENCE = 0.6
_MIN_SIDE = 12  # px at working size
_QUIET = 0.12  # of the region's length, added at both ends for the quiet zone
_MIN_CROP_WIDTH = 500  # px: narrower crops are enlarged, so that modules are 2 px and more
_MAX_CROP_WIDTH = 1600


@dataclass(frozen=True, slots=True)
class Crop:
    """A region turned so that bars stand upright.

    `pixels` is grey (height, width); `to_image` the 2 x 3 matrix from crop to picture coordinates.
    """

    pixels: "Grey"
    to_image: "NDArray[np.float64]"


def locate(grey: "Grey", limit: int = 3) -> list[Crop]:
    """The `limit` largest regions of `grey` (height, width) whose edges all run one way, straightened.

    A structure tensor (Bigun and Granlund 1987) over small windows tells how strongly and in which
    direction grey values change; bars of one code share that direction.
    """
    import cv2

    scale = min(1.0, _WORK_SIDE / max(grey.shape))
    small: Any = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    mask, gxx, gyy, gxy = _striped(small)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    crops: list[Crop] = []
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:limit]:
        if min(cv2.minAreaRect(contour)[1]) < _MIN_SIDE:
            continue
        angle = _direction(contour, gxx, gyy, gxy)
        crops.append(_cut(grey, contour.reshape(-1, 2) / scale, angle))
    return crops


def _striped(small: "Grey") -> tuple["Grey", "Plane", "Plane", "Plane"]:
    """Mask of striped places, and the smoothed tensor components xx, yy, xy."""
    import cv2
    import numpy as np

    gx = cv2.Scharr(small, cv2.CV_32F, 1, 0)
    gy = cv2.Scharr(small, cv2.CV_32F, 0, 1)
    window = (15, 15)
    parts: list[Any] = [cv2.blur(product, window) for product in (gx * gx, gy * gy, gx * gy)]
    gxx, gyy, gxy = parts
    energy = gxx + gyy
    coherence = np.sqrt((gxx - gyy) ** 2 + 4 * gxy**2) / (energy + 1e-6)
    strong = energy > max(float(energy.mean()), 1.0)
    mask: Any = ((coherence > _MIN_COHERENCE) & strong).astype(np.uint8) * 255
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    return mask, gxx, gyy, gxy


def _direction(contour: Any, gxx: "Plane", gyy: "Plane", gxy: "Plane") -> float:
    """Angle in radians of the direction across the bars, by the tensor summed over the region."""
    import cv2
    import numpy as np

    inside = np.zeros(gxx.shape, np.uint8)
    cv2.drawContours(inside, [contour], -1, 255, cv2.FILLED)
    xx, yy, xy = (cv2.mean(part, inside)[0] for part in (gxx, gyy, gxy))
    return float(0.5 * np.arctan2(2 * xy, xx - yy))


def _cut(grey: "Grey", outline: "NDArray[np.float64]", angle: float) -> Crop:
    """Cut the region around `outline` (points in picture coordinates), turned by `angle`."""
    import cv2
    import numpy as np

    across = np.array([np.cos(angle), np.sin(angle)])
    along = np.array([-across[1], across[0]])
    u, v = outline @ across, outline @ along
    pad = _QUIET * (u.max() - u.min())
    left, right, top, bottom = u.min() - pad, u.max() + pad, v.min(), v.max()
    width, height = right - left, bottom - top
    zoom = min(max(1.0, _MIN_CROP_WIDTH / width), max(0.1, _MAX_CROP_WIDTH / width))
    origin = left * across + top * along
    to_image = np.column_stack([across / zoom, along / zoom, origin])
    size = (max(1, round(width * zoom)), max(1, round(height * zoom)))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    pixels: Any = cv2.warpAffine(grey, to_image, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return Crop(pixels, to_image)
