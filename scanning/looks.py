"""Ways to look at a region of a frame, each about a millisecond, the likeliest to read something first."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from scanning.barcode import ERROR_CORRECTED, Barcode, Symbology
from scanning.decoding import placed
from scanning.readers import zbar, zxing
from scanning.region import Crop, Region, cut, cut_level

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

# Few warehouses have them, and every frame pays for what is looked for: bars of these are seen by one look in three,
# which is the first at a region in which it read something.
SELDOM = frozenset({Symbology.CODABAR, Symbology.CODE93, Symbology.DATABAR, Symbology.AZTEC})
_STACKED = frozenset({Symbology.PDF417, Symbology.DATABAR})
_SQUARES = ERROR_CORRECTED - _STACKED
Kinds = frozenset[Symbology]

_MAX_ZOOM = 4.0
_ROWS = 60  # px: of the five rows of a DataBar and what parts them
_LONG = 3.0  # times its height: no stacked symbol is
_MIN_LINES = 8  # of a band's scan lines: zbar's chance reads come from fewer


def _band(grey: "Grey", region: Region, kinds: Kinds) -> list[Barcode]:
    crop = _enlarged(grey, region.band(0.1), 600)
    reads = zxing(crop.pixels, "line", only=kinds - ERROR_CORRECTED)
    return placed(reads, crop) if reads else _rows(grey, region, kinds)


def _rows(grey: "Grey", region: Region, kinds: Kinds) -> list[Barcode]:
    """A stacked DataBar, its rows squeezed together: low ones tell as much, and take less time."""
    if region.length > _LONG * region.height:
        return []
    crop = cut(grey, region, _zoom(region, 450), rows=_ROWS)
    return placed(zxing(crop.pixels, "rows", only=kinds & {Symbology.DATABAR}), crop)


def _crisp_band(grey: "Grey", region: Region, kinds: Kinds) -> list[Barcode]:
    crop = _enlarged(grey, region.band(0.2), 450)
    return placed(zxing(_crisp(crop), "crisp line", only=kinds - ERROR_CORRECTED - SELDOM), crop)


def _zbar_band(grey: "Grey", region: Region, _kinds: Kinds) -> list[Barcode]:
    crop = _enlarged(grey, region.band(0.1), 450)
    return placed([read for read in zbar(crop.pixels, "line") if read.evidence.lines >= _MIN_LINES], crop)


def _level_square(grey: "Grey", region: Region, kinds: Kinds) -> list[Barcode]:
    crop = cut_level(grey, region, 240, _MAX_ZOOM)
    return placed(zxing(_crisp(crop), "square", rotate=True, only=kinds & _SQUARES), crop)


def _upright_square(grey: "Grey", region: Region, kinds: Kinds) -> list[Barcode]:
    crop = cut(grey, region, _zoom(region, 300), quiet=0.0)
    return placed(zxing(_crisp(crop), "upright square", rotate=True, only=kinds & _SQUARES), crop)


def _stacked(grey: "Grey", region: Region, kinds: Kinds) -> list[Barcode]:
    crop = cut(grey, region, _zoom(region, 360))
    return placed(zxing(crop.pixels, "stack", rotate=True, only=kinds & _STACKED), crop)


# Widths and shares of height were measured: where one falls badly on a symbol's modules, the next one fits.
_Look = Callable[["Grey", Region, Kinds], list[Barcode]]
BAR_LOOKS: Sequence[_Look] = (_crisp_band, _band, _zbar_band)
SQUARE_LOOKS: Sequence[_Look] = (_level_square, _upright_square, _stacked)


def _enlarged(grey: "Grey", region: Region, width: int) -> Crop:
    """The region `width` px wide, as far as it can be enlarged to that."""
    return cut(grey, region, _zoom(region, width))


def _zoom(region: Region, width: int) -> float:
    return min(max(1.0, width / region.length), _MAX_ZOOM)


def _crisp(crop: Crop) -> Any:
    """Its pixels with the blur of a lens taken back."""
    import cv2

    return cv2.addWeighted(crop.pixels, 2.5, cv2.GaussianBlur(crop.pixels, (0, 0), 1.0), -1.5, 0)
