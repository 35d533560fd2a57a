"""A place in a picture that may hold a code, and cutting it out for a decoder."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

from scanning.barcode import Barcode, Corner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

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

    @classmethod
    def of(cls, read: Barcode) -> "Region":
        """The outline of a read; of a line of bars that may be a single scan line, without height."""
        (ax, ay), (bx, by), _, (dx, dy) = read.corners
        length = max(hypot(bx - ax, by - ay), 1.0)
        across = ((bx - ax) / length, (by - ay) / length)
        height = abs((dy - ay) * across[0] - (dx - ax) * across[1])
        return cls((ax, ay), across, length, height).moved_to(*read.middle)

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre (x, y)."""
        (x, y), (ax, ay) = self.origin, self.across
        return (
            x + (ax * self.length - ay * self.height) / 2,
            y + (ay * self.length + ax * self.height) / 2,
        )

    @property
    def reach(self) -> tuple[float, float]:
        """How far it reaches from its centre to the right and down, in the picture as it is."""
        ax, ay = abs(self.across[0]), abs(self.across[1])
        return (ax * self.length + ay * self.height) / 2, (ay * self.length + ax * self.height) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the picture lies in the region."""
        right, down = x - self.origin[0], y - self.origin[1]
        (ax, ay) = self.across
        return 0 <= right * ax + down * ay <= self.length and 0 <= down * ax - right * ay <= self.height

    def moved_to(self, x: float, y: float) -> "Region":
        """The region with its centre there."""
        (mx, my), (left, top) = self.middle, self.origin
        return Region((left + x - mx, top + y - my), self.across, self.length, self.height)

    def at_least(self, length: float, height: float) -> "Region":
        """The region about the same centre, no shorter and no lower than this."""
        larger = Region(self.origin, self.across, max(self.length, length), max(self.height, height))
        return larger.moved_to(*self.middle)

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


def cut(
    grey: "Grey", region: Region, zoom: float = 1.0, quiet: float = _QUIET, rows: int | None = None
) -> Crop:
    """The region of `grey`, upright, `zoom` times as large, with `quiet` of its length more at both ends.

    It is squeezed to `rows` px of height where it has more.
    """
    import cv2
    import numpy as np

    across = np.array(region.across)
    along = np.array([-across[1], across[0]])
    pad = quiet * region.length
    origin = np.array(region.origin) - pad * across
    tall = max(1, round(region.height * zoom))
    height = min(tall, rows or tall)
    to_image = np.column_stack([across / zoom, along * tall / (zoom * height), origin])
    size = (max(1, round((region.length + 2 * pad) * zoom)), height)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    pixels: Any = cv2.warpAffine(grey, to_image, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return Crop(pixels, to_image, region.length * zoom)


def cut_level(grey: "Grey", region: Region, width: int, max_zoom: float) -> Crop:
    """The level rectangle of `grey` around a region, `width` px wide as far as `max_zoom` allows.

    For symbols that are read at any tilt: a quarter of the time that turning them upright takes.
    """
    import cv2
    import numpy as np

    (x, y), (right, down) = region.middle, region.reach
    left, top = max(0, int(x - right)), max(0, int(y - down))
    pixels: Any = grey[top : int(y + down) + 1, left : int(x + right) + 1]
    zoom = min(max(1.0, width / region.length), max_zoom)
    if zoom > 1:
        pixels = cv2.resize(pixels, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
    to_image = np.array([[1 / zoom, 0.0, left], [0.0, 1 / zoom, top]])
    return Crop(np.ascontiguousarray(pixels), to_image, region.length * zoom)
