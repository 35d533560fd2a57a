"""Barcodes in the frames of a camera: a few milliseconds for each, on the strength of many frames."""

from typing import TYPE_CHECKING

from scanning.barcode import ERROR_CORRECTED, Barcode
from scanning.decoding import as_grey, placed
from scanning.locate import Region, cut, locate
from scanning.readers import ALL, zbar, zxing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_SIDE = 480  # px: looking for regions in a picture this small takes half the time it takes in one of 640
_LINE_WIDTH = 450  # px that a line of bars is enlarged to, at most three times
_BAND = 0.3  # of a line's length: more of the bars' height would tell the same once more
_SQUARE_WIDTHS = (
    180,
    300,
)  # px that a square is enlarged to: where one falls badly on its modules, the other fits
_MAX_ZOOM = 3.0
_MIN_LINES = 8  # of a band's scan lines: zbar's chance reads come from fewer


def read_frame(image: "NDArray[np.uint8]", *, upce: bool = False) -> list[Barcode]:
    """What may be barcodes in a frame, grey (height, width) or BGR (height, width, 3).

    Unlike `scanning.decoding.decode` this accepts nothing: one frame may be misread, and the frames
    are for `scanning.sightings.Sightings` to compare. Symbols that stand about upright come first;
    regions that look like codes, cut out and straightened, only when there are none.

    Raises:
        ValueError: the array has another shape or type, or is empty.
    """
    grey = as_grey(image)
    found = zxing(grey, "frame", upce=upce)
    if found:
        return found
    regions = locate(grey, limit=4, side=_SIDE)
    for region in regions.striped[:2]:
        if found := _line(grey, region, upce):
            return found
    for region in regions.checkered:
        for width in _SQUARE_WIDTHS:
            crop = cut(grey, region, _zoom(region, width))
            if found := placed(zxing(crop.pixels, "square", rotate=True, only=ERROR_CORRECTED), crop):
                return found
    return []


def _line(grey: "Grey", region: Region, upce: bool) -> list[Barcode]:
    """What a band across the middle of a region reads."""
    crop = cut(grey, region.band(_BAND), _zoom(region, _LINE_WIDTH))
    found = zxing(crop.pixels, "line", upce=upce, only=ALL - ERROR_CORRECTED)
    if not found:
        found = [read for read in zbar(crop.pixels, "line") if read.evidence.lines >= _MIN_LINES]
    return placed(found, crop)


def _zoom(region: Region, width: int) -> float:
    return min(max(1.0, width / region.length), _MAX_ZOOM)
