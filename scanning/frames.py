"""Barcodes in the frames of a camera: a few milliseconds for each, on the strength of many frames."""

from dataclasses import replace
from typing import TYPE_CHECKING

from scanning.barcode import Barcode
from scanning.decoding import as_grey, cut_out
from scanning.locate import Crop, locate
from scanning.readers import zbar, zxing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIDE = 480  # px: stripes are looked for in a small picture, that takes a third of the time


def read_frame(image: "NDArray[np.uint8]", *, upce: bool = False) -> list[Barcode]:
    """What may be barcodes in a frame, grey (height, width) or BGR (height, width, 3).

    Unlike `scanning.decoding.decode` this accepts nothing: one frame may be misread, and the frames
    are for `scanning.sightings.Sightings` to compare. Symbols that stand about upright come first;
    straightened crops only when there are none.

    Raises:
        ValueError: the array has another shape or type, or is empty.
    """
    grey = as_grey(image)
    found = zxing(grey, "frame", upce=upce)
    if found:
        return found
    for region in locate(grey, limit=3, side=_SIDE):
        crop = cut_out(grey, region)
        found = _placed(zxing(crop.pixels, "crop", upce=upce) or zbar(crop.pixels, "crop"), crop)
        if found:
            return found
    return []
    

def _placed(reads: list[Barcode], crop: Crop) -> list[Barcode]:
    return [replace(read, corners=crop.placed(read.corners)) for read in reads]
